"""What sets a condition: "if", "unless they agree", "as long as", "provided that", "should they fail", "subject to approval"."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.claims.actions.operators import operators
from app.core.claims.tree import SUBJECTS, Tree

__all__ = ["is_asked_outright", "is_conditional", "is_question", "opens_condition"]

_WITHIN = frozenset("conj ccomp xcomp pcomp acl acomp attr oprd".split())


def is_conditional(tree: Tree, acting: Sequence[int], inside: frozenset[int], *, done: bool) -> bool:
    """Whether the act that the tokens `acting` carry, innermost first, stands in a condition or has one hanging on it.

    What is `done` in exchange for something had its condition met, and what is done "unless" is done as a rule.
    """
    if any(_is_condition(tree, c, done=done) for at in acting for c in tree.children[at]):
        return True
    at, seen = acting[-1], set[int]()
    while at not in seen:
        seen.add(at)
        token = tree.tokens[at]
        if _is_condition(tree, at, done=False, bargains=False):
            return True
        nominal = token.pos not in {"VERB", "AUX", "ADJ"} or token.dep == "pobj"
        opened = token.head in inside and opens_condition(tree, token.head)
        if not (opened or token.dep in (("pobj", "prep", "acl", "conj") if nominal else _WITHIN)):
            return False
        if token.head not in inside or (nominal and tree.is_verbal(token.head) and not opened):
            return False
        at = token.head
    return False


def is_question(tree: Tree, c: int) -> bool:
    """A clause that is asked about: "whether it broke", "asked if it broke", "is unclear if it broke"."""
    marks = tree.words(c, "mark")
    return "whether" in marks or ("if" in marks and (tree.tokens[c].dep == "ccomp" or _asks(tree, tree.tokens[c].head)))


def is_asked_outright(tree: Tree, top: int) -> bool:
    """The clause of a question that is answered by yes or no: "Did it break?"; who asks why it broke says that it did."""
    mark = next((t.text for t in tree.tokens[top + 1 :] if t.text in {"?", ".", "!", ";"}), "")
    return mark == "?" and not any(
        tree.tokens[k].tag in {"WP", "WRB", "WDT"} for c in tree.children[top] for k in (c, *tree.children[c])
    )


def _asks(tree: Tree, head: int) -> bool:
    ops = operators()
    told = {tree.form(k) for k in (head, *tree.kids(head, "acomp", "attr"))}
    return bool(told & (ops.condition_asks_if | ops.truth_unknown | ops.truth_known))


def _is_condition(tree: Tree, c: int, *, done: bool, bargains: bool = True) -> bool:
    """Whether what hangs at a token sets a condition for what it hangs on; a bargain or an exception sets none for what is `done`."""
    ops = operators()
    first = tree.extent(c)[0]
    marks = tree.words(c, "mark")
    if limiting := marks & ops.condition_marks:
        limits = not done or bool(limiting - ops.condition_exceptions)
        return limits and tree.low[first] not in ops.condition_no_condition and not is_question(tree, c)
    nouns = ops.condition_nouns | (ops.condition_bargains if bargains and not done else frozenset())
    if any("_".join(tree.low[c : n + 1]) in nouns for n in tree.kids(c, "pobj")):
        return True
    behind = first > 0 and (tree.tokens[c].dep == "prep" or "as" in marks) and opens_condition(tree, first - 1)
    return behind or opens_condition(tree, c) or _is_turned(tree, c, first)


def opens_condition(tree: Tree, c: int) -> bool:
    """The word behind which a condition stands: "provided", "as long", "subject to"; none with a subject of its own."""
    if tree.low[c] == "long":
        return tree.low[c + 1 : c + 2] == ["as"] and bool(tree.words(c, "advmod") & {"as", "so"})
    if tree.form(c) not in operators().condition_openers or tree.kids(c, *SUBJECTS, "dobj", "aux"):
        return False
    if tree.tokens[c].pos == "VERB" and tree.form(c) != "depend":
        return bool(tree.kids(c, "ccomp")) or (tree.tokens[c].dep == "prep" and not tree.children[c])
    return bool({"to", "on", "upon"}.intersection(tree.low[c + 1 : c + 2]))


def _is_turned(tree: Tree, c: int, first: int) -> bool:
    """A clause that opens with its auxiliary: "should they fail", "had it held"; not a question."""
    if tree.low[first] not in operators().condition_inverted or tree.tokens[c].dep not in {"advcl", "ccomp"}:
        return False
    asked = tree.tokens[-1].text == "?" or (first != c and tree.tokens[first].head != c)
    return not asked and any(tree.tokens[k].dep in {*SUBJECTS, "compound"} and k > first for k in tree.inside(c))
