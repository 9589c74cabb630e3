"""Who the subject of a verb is, and how far its words reach."""

from __future__ import annotations

from app.core.claims.cues import load_cues
from app.core.claims.tree import Tree
from app.core.language import Token
from app.core.records import Span

__all__ = ["SIDE", "SUBJECTS", "source_span", "subject_of"]


SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
SIDE = ("advcl", "parataxis")
# --- who ------------------------------------------------------------------------------------------------------------


def subject_of(tree: Tree, v: int, depth: int = 0) -> tuple[int | None, str]:
    """The token that heads the subject of verb `v`, and how it was found."""
    tokens = tree.tokens
    token = tokens[v]
    passive = tree.kids(v, "nsubjpass")
    if passive:
        for agent in tree.kids(v, "agent"):
            for p in tree.kids(agent, "pobj"):
                return p, "agent"
        return None, "passive"
    if token.tag == "VBN" and token.dep in ("advcl", "acl") and not tree.kids(v, "aux"):
        return next((p for agent in tree.kids(v, "agent") for p in tree.kids(agent, "pobj")), None), "passive"
    own = tree.kids(v, "nsubj", "csubj")
    if not own and tree.kids(v, "expl"):
        return None, "expl"
    if own:
        if token.dep == "advcl" and tokens[token.head].dep == "relcl" and _is_singular_before_plural(tree, v, own[-1]):
            return tokens[token.head].head, "relcl"  # "youths who have protested since the boy's death have vowed"
        best = [c for c in own if tokens[c].dep == "nsubj"] or own
        # "Residents including Mae Ford said": what follows "including" is part of the first, whatever the parser makes of it.
        among = any(tree.low[c + 1] in ("including", "like") for c in best[:1] if c + 1 < best[-1])
        return best[-1] if best[-1] < v and not among else best[0], tokens[best[0]].dep
    if depth > 6:
        return None, "none"
    beside = tokens[v - 1] if token.tag == tokens[token.head].tag == "VBG" and v else None
    if (
        beside is not None
        and (beside.pos, beside.dep) == ("PROPN", "conj")
        and tree.low[tree.extent(v - 1)[0] - 1] == "and"
    ):
        return v - 1, token.dep  # "with Oslo agreeing to talk and Lund pledging to pay", whatever Lund is joined to
    if token.dep == "acl":
        return token.head, "acl"
    if token.dep == "relcl":
        return token.head, "relcl"
    if token.dep in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "parataxis", "dep") and token.head != v:
        head = token.head
        if token.dep == "pcomp":
            while tokens[head].pos == "ADP" and tokens[head].head != head:
                head = tokens[head].head
        if token.dep == "xcomp":
            objects = tree.kids(head, "dobj")
            if objects and tokens[head].lemma not in ("promise", "threaten", "use"):
                return objects[0], "object-control"
        if tokens[head].pos in ("VERB", "AUX") or tokens[head].tag.startswith("VB"):
            head = _reporting_above(tree, v, head)
            found, how = subject_of(tree, head, depth + 1)
            if found is not None and tree.low[found] == "it" and tokens[head].lemma == "be":
                return None, "expl"  # "it is fair to say"
            if token.dep == "conj" and found is not None and _disagree(tree, v, tokens[found]):
                root = next((t.i for t in tokens if t.head == t.i), head)
                found, how = subject_of(tree, root, depth + 1)
            return found, token.dep if how != "passive" else how
        owners = tree.kids(head, "poss")
        if owners:
            return owners[0], "poss"
    return None, "none"


_REPORTING = frozenset(("say", "claim", "show", "call", "judge", "deny", "ask"))


def _reporting_above(tree: Tree, v: int, head: int) -> int:
    """For a trailing participle (", adding that ...") hung inside the reported clause: the verb that reports that clause."""
    tokens = tree.tokens
    verbs = load_cues().verbs
    if tokens[v].tag != "VBG" or v == 0 or tokens[v - 1].text != "," or tokens[v].lemma not in verbs:
        return head
    if verbs[tokens[v].lemma].family not in _REPORTING:
        return head
    top = head
    for _ in range(8):
        up = tokens[top].head
        if up == top:
            break
        top = up
        if tokens[top].lemma in verbs and verbs[tokens[top].lemma].family in _REPORTING and top < v:
            return top
    return head


def _disagree(tree: Tree, v: int, subject: Token) -> bool:
    """A plural pronoun before a singular verb: the parser joined the wrong clauses."""
    finite = next((tree.tokens[c] for c in tree.kids(v, "aux", "auxpass")), tree.tokens[v])
    return subject.text.lower() in ("they", "we", "these", "those") and finite.text.lower() in (
        "has",
        "is",
        "was",
        "does",
    )


def _is_singular_before_plural(tree: Tree, v: int, subject: int) -> bool:
    finite = next((tree.tokens[c] for c in tree.kids(v, "aux", "auxpass")), tree.tokens[v])
    noun = tree.tokens[subject]
    return (
        noun.tag in ("NN", "NNP") and finite.text.lower() in ("have", "are", "were") and not tree.kids(subject, "conj")
    )


def source_span(tree: Tree, head: int, v: int) -> Span:
    left, right = tree.extent(head)
    if left <= v <= right:  # the verb hangs under its own subject (relative clause, reduced clause, misparse)
        left, right = tree.extent(head, without=_path(tree, v, head))
        if left <= v <= right:
            left = right = head
    tokens = tree.tokens
    while right > left and (tokens[right].pos == "PUNCT" or tokens[right].tag == "POS") and tokens[right].text != ")":
        right -= 1
    if (
        right + 1 < len(tokens)
        and tokens[right + 1].text == ")"
        and any(t.text == "(" for t in tokens[left : right + 1])
    ):
        right += 1
    while left < right and tokens[left].pos in ("PUNCT", "CCONJ"):
        left += 1
    return tree.span(left, right)


def _path(tree: Tree, v: int, top: int) -> list[int]:
    out = []
    while v != top and tree.tokens[v].head != v:
        out.append(v)
        v = tree.tokens[v].head
    return out[-1:]
