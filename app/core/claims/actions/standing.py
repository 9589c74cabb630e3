"""How an act stands: done or not, certain, planned, possible, wanted, conditional. Walks from the trigger up its governors."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.claims.actions.conditions import is_asked_outright, is_conditional, is_question
from app.core.claims.actions.governing import is_kept, leaves_open, negated, step_of
from app.core.claims.actions.operators import operators
from app.core.claims.tree import Tree
from app.core.records import Modality, Polarity

__all__ = ["Standing", "standing"]


_ORDER = [
    Modality.FACT,
    Modality.FUTURE,
    Modality.POSSIBLE,
    Modality.NECESSARY,
    Modality.ASKED,
    Modality.ALLEGED,
    Modality.CONDITIONAL,
]
_WANTED = frozenset({Modality.ASKED, Modality.NECESSARY, Modality.ALLEGED})


@dataclass(frozen=True, slots=True)
class Standing:
    """Polarity and modality of one act; `governors` are the tokens it was governed by, innermost first; whether it is told or but named."""

    polarity: Polarity
    modality: Modality
    governors: tuple[int, ...]
    told: bool


def standing(tree: Tree, i: int, inside: frozenset[int]) -> Standing:
    """How the act at token `i` stands.

    Of governors outside `inside` (the reported content) only what they want, ask or allege is heard: who "asked that it be closed" did
    not say that it was, while what somebody denied stands as he would have put it.
    """
    tokens = tree.tokens
    negative, carries = False, True
    modalities = [Modality.FACT]
    governors: list[int] = []
    at, seen = i, set[int]()
    below: int | None = None
    while at not in seen:
        seen.add(at)
        token = tokens[at]
        if at == i or token.pos in {"VERB", "AUX", "ADJ", "NOUN"}:
            negative ^= carries and negated(tree, at, below)
            modalities.extend(_own_modality(tree, at))
        if is_question(tree, at):
            modalities.append(Modality.POSSIBLE)  # who declines to answer it denies nothing
            break
        step = step_of(tree, at) if token.head != at else None
        apart = any(
            t.text == ";" for t in tokens[min(at, token.head) : max(at, token.head)]
        )  # two statements side by side
        if step is None or apart or (at == i and is_kept(tree, at)):
            break
        if token.head not in inside:
            modalities.extend({step.modality} & _WANTED)
            break
        negative ^= step.turns
        carries = step.carries
        below, at = at, token.head
        modalities.append(Modality.POSSIBLE if step.turns and leaves_open(tree, at) else step.modality)
        governors.append(at)
    if negative and _is_for(tree, i):
        modalities.append(Modality.POSSIBLE)  # "did not fire it to frighten anybody": fired perhaps, and not for that
    if is_asked_outright(tree, at):
        modalities.append(Modality.POSSIBLE)
    if tokens[i].dep == "csubj" and tokens[i].tag == "VBG":
        modalities.append(Modality.POSSIBLE)  # "scrapping it would be a mistake": weighed, not done
    if is_conditional(tree, (i, *governors), inside, done=set(modalities) == {Modality.FACT}):
        modalities.append(Modality.CONDITIONAL)
    strongest = max(modalities, key=_ORDER.index)
    told = bool(governors) or tokens[i].pos != "NOUN" or negated(tree, i)
    return Standing(Polarity.NEGATIVE if negative else Polarity.POSITIVE, strongest, tuple(governors), told)


def _is_for(tree: Tree, i: int) -> bool:
    """Whether a purpose stands behind it."""
    return any(c > i and "to" in tree.words(c, "aux") for c in tree.kids(i, "advcl"))


_FUTURE = frozenset({"will", "'ll", "’ll", "shall", "would", "wo", "'d", "’d"})


def _own_modality(tree: Tree, i: int) -> list[Modality]:
    ops = operators()
    out: list[Modality] = []
    for c in tree.kids(i, "aux", "auxpass", "advmod"):
        word = tree.low[c]
        if tree.tokens[c].dep == "advmod":
            out.extend(ops.adverbs[w] for w in (word,) if w in ops.adverbs)
        elif word in _FUTURE and not (word in {"'d", "’d"} and tree.tokens[i].tag == "VBN"):
            out.append(Modality.FUTURE)
        elif word in ops.auxiliaries or word == "ca":
            out.append(ops.auxiliaries.get(word, Modality.POSSIBLE))
    beside = {
        *tree.words(i, "advmod", "amod"),
        *(w for p in tree.kids(i, "prep") for d in tree.children[p] for w in _around(tree, d)),
    }
    return [*out, Modality.CONDITIONAL] if beside & ops.condition_words else out


def _around(tree: Tree, i: int) -> set[str]:
    return {tree.low[c] for c in tree.children[i]}
