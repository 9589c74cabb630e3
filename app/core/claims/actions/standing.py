"""How an act stands: done or not, certain, planned, possible, wanted, conditional. Walks from the trigger up its governors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.claims.actions.governing import leaves_open, left, negated, step_of
from app.core.claims.actions.operators import Operators, operators
from app.core.language import Parsed
from app.core.lexicon.spelling import canonical_spelling
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


@dataclass(frozen=True, slots=True)
class Standing:
    """Polarity and modality of one act; `governors` are the tokens it was governed by, innermost first."""

    polarity: Polarity
    modality: Modality
    governors: tuple[int, ...]


def standing(parsed: Parsed, children: Sequence[Sequence[int]], i: int, inside: frozenset[int]) -> Standing:
    """How the act at token `i` stands; governors outside `inside` (the reported content) are not asked."""
    if not parsed.has_dependencies:
        return _by_words(parsed, i)
    tokens = parsed.tokens
    ops = operators()
    negative = False
    modalities = [Modality.FACT]
    governors: list[int] = []
    at, seen = i, set[int]()
    while at not in seen:
        seen.add(at)
        token = tokens[at]
        if at == i or token.pos in {"VERB", "AUX", "ADJ", "NOUN"}:
            negative ^= negated(parsed, children, at, ops)
            modalities.extend(_own_modality(parsed, children, at, ops))
        if any(tokens[c].dep == "mark" and tokens[c].text.lower() == "whether" for c in children[at]):
            modalities.append(Modality.POSSIBLE)  # a question: who declines to answer it denies nothing
            break
        if token.head == at or token.head not in inside:
            break
        head = tokens[token.head]
        if any(t.text == ";" for t in tokens[min(at, head.i) : max(at, head.i)]):
            break  # two statements side by side
        step = step_of(parsed, children, at, ops)
        if step is None:
            break
        flip, modality = step
        negative ^= flip
        modalities.append(modality)
        at = head.i
        if flip and leaves_open(parsed, children, at, ops):
            modalities.append(Modality.POSSIBLE)
        governors.append(at)
    if tokens[i].dep == "csubj" and tokens[i].tag == "VBG":
        modalities.append(Modality.POSSIBLE)  # "scrapping it would be a mistake": weighed, not done
    if _conditioned(parsed, children, i, governors, ops, done=set(modalities) == {Modality.FACT}):
        modalities.append(Modality.CONDITIONAL)
    strongest = max(modalities, key=_ORDER.index)
    return Standing(Polarity.NEGATIVE if negative else Polarity.POSITIVE, strongest, tuple(governors))


def _own_modality(parsed: Parsed, children: Sequence[Sequence[int]], i: int, ops: Operators) -> list[Modality]:
    tokens = parsed.tokens
    out: list[Modality] = []
    for c in children[i]:
        token = tokens[c]
        word = token.text.lower()
        if token.dep in {"aux", "auxpass"}:
            if word in {"will", "'ll", "’ll", "shall", "would", "wo", "'d", "’d"} and not (
                word.endswith("d") and "'" in word and tokens[i].tag == "VBN"
            ):
                out.append(Modality.FUTURE)
            elif word in ops.auxiliaries or (word == "ca" and c + 1 < len(tokens)):
                out.append(ops.auxiliaries.get(word, Modality.POSSIBLE))
        elif token.dep == "advmod" and word in ops.adverbs:
            out.append(ops.adverbs[word])
        if token.dep in {"advmod", "amod"} and word in ops.condition_words:
            out.append(Modality.CONDITIONAL)
        if token.dep == "prep":
            out.extend(
                Modality.CONDITIONAL
                for d in children[c]
                if any(tokens[e].text.lower() in ops.condition_words for e in children[d])
                or (tokens[d].lemma == "condition" and tokens[c].text.lower() == "on")
            )
    return out


def _conditioned(
    parsed: Parsed, children: Sequence[Sequence[int]], i: int, governors: Sequence[int], ops: Operators, *, done: bool
) -> bool:
    """A clause with "if" or "as long as" hangs on the act or on its nearest governors, or the act stands in one.

    What is `done` in exchange for something had its condition fulfilled, and what is done "unless" is done as a rule; "asked if", "as if",
    "even if" set none, and "should they fail" does.
    """
    tokens = parsed.tokens
    phrases = ops.phrases if not done else tuple(p for p in ops.phrases if p not in ops.bargains)
    conditions = ops.marks if not done else ops.marks - ops.exceptions
    for at in (i, *governors):
        for c in children[at]:
            if tokens[c].dep == "advmod":
                first = min((*left(children, c), c))
                if any(" ".join(t.text.lower() for t in tokens[first : first + 3]).startswith(p) for p in phrases):
                    return True
            elif tokens[c].dep in {"advcl", "prep"}:
                first = min((*left(children, c), c))
                opening = " ".join(t.text.lower() for t in tokens[first : first + 5])
                marks = {tokens[d].text.lower() for d in children[c] if tokens[d].dep == "mark"}
                turned = tokens[c].dep == "advcl" and not marks and tokens[first].text.lower() in ops.inverted
                if turned or (marks & conditions and tokens[first].text.lower() not in ops.no_condition):
                    return tokens[at].lemma not in ops.asks_if
                if any(opening.startswith(p) for p in phrases):
                    return True
            elif tokens[c].dep == "mark" and tokens[c].text.lower() in ops.marks and tokens[at].dep == "advcl":
                return tokens[tokens[at].head].lemma not in ops.asks_if
    return False


def _by_words(parsed: Parsed, i: int) -> Standing:
    ops = operators()
    before = [t.text.lower() for t in parsed.tokens[max(0, i - 5) : i]]
    clause: list[str] = []
    for word in reversed(before):
        if word in {",", ";", ".", ":", "and", "but", "that", "which", "who"}:
            break
        clause.append(canonical_spelling(word))
    negative = sum(
        w in ops.negative_adverbs
        or w.endswith("n't")
        or w.rstrip("ds") in {"refuse", "denie", "deny", "decline", "faile", "fail"}
        for w in clause
    )
    modality = Modality.FACT
    for word in clause:
        if word in {"will", "would", "shall", "won't"}:
            modality = max(modality, Modality.FUTURE, key=_ORDER.index)
        elif word in ops.auxiliaries:
            modality = max(modality, ops.auxiliaries[word], key=_ORDER.index)
        elif word in ops.marks:
            modality = Modality.CONDITIONAL
    return Standing(Polarity.NEGATIVE if negative % 2 else Polarity.POSITIVE, modality, ())
