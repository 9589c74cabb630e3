"""How much of what two claims state is the same, whatever a guard holds against it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from app.core.lexicon.actions import kinship
from app.core.records import Action, Claim, Span
from app.core.text import stem

__all__ = ["Words", "common_act", "ramp", "rest", "share", "stated", "stems_near", "told"]

Words = frozenset[str]


@lru_cache(maxsize=8192)
def _placed(claim: Claim) -> tuple[tuple[str, int, int], ...]:
    return tuple((stem(w.lemma), w.start, w.end) for w in claim.words)


def stated(claim: Claim, without: Sequence[Span] = ()) -> Words:
    """The stems of what a claim states, less those that stand at `without`."""
    return frozenset(s for s, a, b in _placed(claim) if not any(x < b and a < y for x, y in without))


def told(claim: Claim) -> Words:
    """The stems of what is said: without names, and without who says it and that he does."""
    frame = [(t.cue.start, t.cue.end) for t in claim.attributions if t.cue]
    frame += [(t.speaker.start, t.speaker.end) for t in claim.attributions if t.speaker]
    return frozenset(
        stem(w.lemma)
        for w in claim.words
        if w.kind != "name"
        and any(a <= w.start < b for a, b in claim.content)
        and not any(w.start < b and a < w.end for a, b in frame)
    )


def common_act(some: Iterable[Action], others: Iterable[Action]) -> tuple[Action, Action] | None:
    """The first two acts of one class, or of classes that are often one event told otherwise; whatever is said of them."""
    theirs = tuple(others)
    return next(((x, y) for x in some for y in theirs if kinship(x.cls, y.cls) in {"same", "near"}), None)


def stems_near(claim: Claim, span: Span, reach: int) -> Words:
    """The stems of the `reach` words on either side of a place."""
    before = [s for s, _, b in _placed(claim) if b <= span[0]]
    after = [s for s, a, _ in _placed(claim) if a >= span[1]]
    return frozenset(s for s in (*before[-reach:], *after[:reach]) if not s[0].isdigit())


def share(a: Words, b: Words) -> float:
    """The share of the smaller set that the other has too; 0 when one is empty."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def rest(a: Claim, b: Claim, a_spans: Sequence[Span], b_spans: Sequence[Span]) -> float:
    """How much of all that is stated beside these words is the same on both sides, 0 to 1; 1 for a pair that differs in them alone."""
    x, y = stated(a, a_spans), stated(b, b_spans)
    return len(x & y) / len(x | y) if x or y else 0.0


def ramp(x: float, nothing: float, full: float) -> float:
    """0 up to the one, 1 from the other on, and evenly in between; either may be the greater.

    >>> ramp(3, 2, 4), ramp(0, 2, 4), ramp(0, 2, 1)
    (0.5, 0.0, 1.0)
    """
    return min(1.0, max(0.0, (x - nothing) / (full - nothing)))
