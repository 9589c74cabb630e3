"""How the word above an act changes it: planned, refused, wanted, carried."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.claims.actions.operators import Operators
from app.core.claims.actions.triggers import form_of
from app.core.language import Parsed, Token
from app.core.records import Modality

__all__ = ["leaves_open", "left", "negated", "step_of"]


_COMPLEMENTS = frozenset(
    "xcomp ccomp pcomp acl dobj pobj nsubjpass nsubj attr acomp prep oprd conj advcl dative".split()
)
_HAPPENS = frozenset(
    "happen occur come take go proceed stand begin start follow expire hold make complete expect plan schedule sign set conduct carry stage".split()
)
_CALLS = frozenset({"call", "push", "press", "appeal", "plead", "ask", "campaign", "lobby"})


def negated(parsed: Parsed, children: Sequence[Sequence[int]], i: int, ops: Operators) -> bool:
    tokens = parsed.tokens
    out = False
    for c in children[i]:
        word = tokens[c].text.lower()
        if word == "longer" and c and tokens[c - 1].text.lower() == "no":
            out = not out
        elif tokens[c].dep == "neg" or (
            tokens[c].dep in {"advmod", "preconj", "cc"} and word in ops.negative_adverbs and word != "nor"
        ):
            # "not only ... but also" denies nothing; "no later than" neither
            following = [tokens[d].text.lower() for d in range(c + 1, min(c + 2, len(tokens)))]
            if not (word == "not" and following and following[0] in {"only", "just", "least", "surprisingly"}):
                out = not out
        elif tokens[c].dep in {"det", "advmod"} and word in ops.determiners and tokens[i].pos in {"NOUN", "PROPN"}:
            out = not out
        elif tokens[c].dep in {"nsubj", "nsubjpass", "dobj"} and tokens[i].pos in {"VERB", "AUX"}:
            short = c + 1 < len(tokens) and tokens[c + 1].text.lower() in {"short", "but", "less"}
            out ^= (word in {"nobody", "none", "nothing", "no-one"} and not short) or any(
                tokens[d].dep in {"det", "neg"} and tokens[d].text.lower() in ops.determiners for d in children[c]
            )
    if "nor" in (tokens[c].text.lower() for c in children[i] if tokens[c].dep in {"cc", "preconj"} and c < i):
        out = not out
    return out


def _but_stands_before(tokens: Sequence[Token], children: Sequence[Sequence[int]], at: int) -> bool:
    """What stands over A in "not A but B" says nothing of B."""
    return any(tokens[c].dep == "cc" and tokens[c].text.lower() == "but" and c < at for c in children[tokens[at].head])


def step_of(parsed: Parsed, children: Sequence[Sequence[int]], at: int, ops: Operators) -> tuple[bool, Modality] | None:
    """Going from `at` to its head: does the head turn it, what does it add; None when the head does not govern it."""
    tokens = parsed.tokens
    token, head = tokens[at], tokens[tokens[at].head]
    dep = token.dep
    lemma = form_of(head)
    phrasal = _with_particles(parsed, children, head)
    if dep not in _COMPLEMENTS or (
        dep == "conj" and head.pos not in {"VERB", "AUX"} and _but_stands_before(tokens, children, at)
    ):
        return None
    if dep == "advcl":
        # "called for Tokyo to cancel": an infinitive with "for" is what is called for
        words = {tokens[c].text.lower() for c in children[at] if tokens[c].dep in {"mark", "aux"}}
        near = head.pos == "VERB" and lemma in _CALLS and "to" in words
        return (False, Modality.ASKED) if near and any(t.text.lower() == "for" for t in tokens[head.i : at]) else None
    if head.dep == "prep" or head.pos == "ADP":
        word = head.text.lower()
        over = tokens[head.head]
        if word in {"without", "despite"} and dep in {"pcomp", "pobj"}:
            return (word == "without", Modality.FACT) if dep == "pcomp" or word == "without" else None
        if word == "of" and any(tokens[c].text.lower() == "instead" for c in (head.i - 1,) if c >= 0):
            return True, Modality.FACT
        if word == "than" and head.i > 0 and tokens[head.i - 1].text.lower() == "rather":
            return True, Modality.FACT
        governs = over.pos in {"NOUN", "VERB", "ADJ"} and _governs(parsed, children, over, ops)
        if governs and word in {"of", "to", "for", "on", "from", "in", "at", "about", "with", "against", "over"}:
            return (
                word == "from"
                and over.pos == "VERB"
                and form_of(over) not in ops.negative_verbs
                and form_of(over) in {"keep", "dissuade", "deter", "discourage"}
            ), Modality.FACT
        return None
    if dep == "prep":
        # from a preposition to what it hangs on
        if head.pos in {"VERB", "NOUN", "ADJ"}:
            return _effect(head, phrasal, ops)
        return None
    if head.pos in {"NOUN", "PROPN"}:
        if dep in {"acl", "pcomp", "ccomp", "xcomp"} and (
            lemma in ops.carriers or ("nouns", lemma) in ops.modal or lemma in ops.negative_nouns
        ):
            infinitive = any(tokens[c].dep == "aux" and tokens[c].text.lower() == "to" for c in children[at])
            if dep == "acl" and not infinitive and token.tag not in {"VBG", "VB"}:
                return None
            return lemma in ops.negative_nouns, ops.modal.get(("nouns", lemma), Modality.FACT)
        if dep == "conj" and token.pos == "NOUN":
            return False, Modality.FACT
        return None
    if dep == "conj":
        own_subject = any(tokens[c].dep in {"nsubj", "nsubjpass"} for c in children[at])
        if own_subject or head.pos not in {"VERB", "AUX"} or token.pos not in {"VERB", "AUX"}:
            return None
        # The first member's own governors hold for the second; its own negation only in "not A or B".
        either = any(tokens[c].dep == "cc" and tokens[c].text.lower() in {"or", "nor"} for c in children[head.i])
        if token.tag in {"VBD", "VBZ", "VBP"} and token.tag != head.tag:
            return None  # "would protest and urged": the second has its own tense
        undo = negated(parsed, children, head.i, ops) and not either
        return undo, Modality.FACT
    if head.pos in {"VERB", "AUX", "ADJ"}:
        if dep == "nsubj" and token.pos in {"NOUN", "VERB"}:
            # "the extension was postponed" is nsubjpass; "an extension is unlikely", "the talks failed", "no decision came"
            adjectives = [form_of(tokens[c]) for c in children[head.i] if tokens[c].dep == "acomp"]
            if any(a in ops.negative_adjectives for a in adjectives):
                return True, Modality.FUTURE
            likely = next((ops.modal["adjectives", a] for a in adjectives if ("adjectives", a) in ops.modal), None)
            # "the talks will take place"; but "the decision won't impact trade" does not deny the decision
            return (False, likely or Modality.FACT) if likely or head.pos == "AUX" or lemma in _HAPPENS else None
        if dep in {"dobj", "nsubjpass", "attr", "dative", "oprd"} and tokens[at].pos == "NOUN":
            if any(p in ops.negative_verbs for p in phrasal):
                return True, Modality.FACT
            if lemma == "call":
                return None  # "called the move a mistake"
            if lemma in ops.light or head.pos == "AUX" or lemma in _HAPPENS:
                return False, Modality.FACT
            if ("verbs", lemma) in ops.modal:
                return False, ops.modal["verbs", lemma]
            return None
        if lemma == "have" and any(tokens[c].text.lower() == "yet" for c in children[head.i]):
            return True, Modality.FACT  # "has yet to announce"
        if dep in {"ccomp", "xcomp"} and head.pos == "AUX" and lemma == "be":
            return False, Modality.FACT
        finite = not any(tokens[c].dep == "aux" and tokens[c].text.lower() == "to" for c in children[at])
        if finite and lemma in _FINITE_IS_FACT and dep in {"ccomp", "xcomp"}:
            return False, Modality.FACT
        return _effect(head, phrasal, ops)
    return None


# With a clause of its own verb form these only report or cause: "told them that it would", "have them meet", "agreed that".
_FINITE_IS_FACT = frozenset({"tell", "warn", "swear", "mean", "agree", "have", "determine", "ask", "set", "let"})


def leaves_open(parsed: Parsed, children: Sequence[Sequence[int]], i: int, ops: Operators) -> bool:
    """Is the word at `i` denied and one whose denial leaves open what it governs: "did not rule out", "is not unlikely"?"""
    words = _with_particles(parsed, children, parsed.tokens[i])
    return bool(words & ops.leaves_open) and negated(parsed, children, i, ops)


def _with_particles(parsed: Parsed, children: Sequence[Sequence[int]], token: Token) -> set[str]:
    """The word's form alone and with each particle or preposition: "rule", "rule_out"."""
    lemma = form_of(token)
    return {
        f"{lemma}_{parsed.tokens[c].text.lower()}" for c in children[token.i] if parsed.tokens[c].dep in {"prt", "prep"}
    } | {lemma}


def _governs(parsed: Parsed, children: Sequence[Sequence[int]], over: Token, ops: Operators) -> bool:
    lemma = form_of(over)
    if over.pos == "NOUN":
        return lemma in ops.carriers or lemma in ops.negative_nouns or ("nouns", lemma) in ops.modal
    phrasal = _with_particles(parsed, children, over)
    return (
        over.pos == "ADJ"
        or any(p in ops.negative_verbs or ("verbs", p) in ops.modal for p in phrasal)
        or lemma in ops.light
    )


def _effect(head: Token, phrasal: set[str], ops: Operators) -> tuple[bool, Modality]:
    lemma = form_of(head)
    if head.pos == "ADJ":
        return lemma in ops.negative_adjectives, ops.modal.get(("adjectives", lemma), Modality.FACT)
    if head.pos == "NOUN":
        return lemma in ops.negative_nouns, ops.modal.get(("nouns", lemma), Modality.FACT)
    if any(p in ops.negative_verbs for p in phrasal):
        return True, Modality.FACT
    return False, next((ops.modal["verbs", p] for p in sorted(phrasal) if ("verbs", p) in ops.modal), Modality.FACT)


def left(children: Sequence[Sequence[int]], i: int) -> list[int]:
    return [c for c in children[i] if c < i]
