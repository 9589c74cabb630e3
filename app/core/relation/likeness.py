"""How far two statements are about the same: the words they share without the reporting frame, and whom they speak of."""

from __future__ import annotations

from functools import lru_cache

from app.core.records import Claim
from app.core.relation.scan import Scan, Word, scan

__all__ = ["core", "coverage", "different_subjects", "names_before", "shared"]


_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec".split()
)


@lru_cache(maxsize=8192)
def core(claim: Claim) -> tuple[Word, ...]:
    """The content words of what is stated: without the speaker and the cue."""
    spans = [(s.start, s.end) for t in claim.attributions if (s := t.speaker) and s.start < s.end]
    spans += [(t.cue.start, t.cue.end) for t in claim.attributions if t.cue]
    stated = claim.content
    return tuple(
        w
        for w in scan(claim.text).words
        if w.content
        and not any(
            lo <= claim.start + w.start < hi and not any(x <= claim.start + w.start < y for x, y in stated)
            for lo, hi in spans
        )
    )


def shared(a: Claim, b: Claim) -> frozenset[str]:
    return frozenset(w.stem for w in core(a)) & frozenset(w.stem for w in core(b))


def coverage(a: Claim, b: Claim) -> float:
    """Share of the shorter statement's words that the other has too."""
    first, second = {w.stem for w in core(a)}, {w.stem for w in core(b)}
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def names_before(claim: Claim, index: int, read: Scan) -> frozenset[str]:
    """Names in the words before one, as actor keys and stems, without those of the reporting frame."""
    limit = claim.start + read.words[index].start
    speakers = [(s.start, s.end) for t in claim.attributions if (s := t.speaker)]
    out: set[str] = set()
    for mention in claim.actors:
        if mention.end <= limit and not any(lo <= mention.start < hi for lo, hi in speakers):
            out.add(mention.key)
            out.update(w.stem for w in scan(mention.text).words if w.content)
    named = {w.start for w in claim.words if w.kind == "name"}
    for i, word in enumerate(read.words[:index]):
        start = claim.start + word.start
        if any(lo <= start < hi for lo, hi in speakers) or not word.content:
            continue
        if word.lower in _CALENDAR:
            continue
        if start in named or (i > 0 and word.text[0].isupper() and not word.text.isupper()):
            out.add(word.stem)
    return frozenset(out)


def different_subjects(a: Claim, i: int, b: Claim, j: int) -> bool:
    """Do two predicates (word indices) have names before them, and none in common?"""
    first = names_before(a, i, scan(a.text))
    second = names_before(b, j, scan(b.text))
    return bool(first and second and not first & second)
