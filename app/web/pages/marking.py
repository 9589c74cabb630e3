"""Texts cut into pieces for showing: words that differ inside a claim, claims inside an article's body.

Pure: offsets in, pieces out. The pieces of a text, joined, are that text again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.core.records import Dimension, Outcome, Span
from app.store.views import ReasonMark, Underline

__all__ = ["Paragraph", "Strand", "TextRun", "body_paragraphs", "marked", "paragraph"]

_LOUD = {Outcome.EXCLUDES: 0, Outcome.DIFFERS: 1, Outcome.LATER: 2, Outcome.DETAIL: 3, Outcome.SAME: 4}


@dataclass(frozen=True, slots=True)
class TextRun:
    """A run of text; `mark` is the loudest reason that points at it, `hit` whether a search found it; `around`: it is the
    rest of a sentence, around the clause that is shown.
    """

    text: str
    mark: ReasonMark | None = None
    hit: bool = False
    around: bool = False


@dataclass(frozen=True, slots=True)
class Strand:
    """A run of an article's body under the innermost claim that covers it; `anchors` are claims that begin here."""

    text: str
    claim: Underline | None
    anchors: tuple[Underline, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    strands: tuple[Strand, ...]
    notes: tuple[Underline, ...]  # of the claims that begin in it and have something to say


def marked(
    text: str, marks: Sequence[ReasonMark] = (), hits: Sequence[Span] = (), clause: Span | None = None
) -> tuple[TextRun, ...]:
    """The text in pieces. Marks outside the text are clipped; where several overlap, the loudest outcome wins.

    `clause`: the words shown at full strength, all of them without one.
    """
    size = len(text)
    low, high = (max(0, clause[0]), min(size, clause[1])) if clause else (0, size)
    clipped = [(max(0, m.start), min(size, m.end), m) for m in marks]
    found = [(max(0, s), min(size, e)) for s, e in hits]
    pieces: list[TextRun] = []
    for start, end in _runs(size, [*((s, e) for s, e, _ in clipped), *found, (low, high)]):
        over = [m for s, e, m in clipped if s <= start and end <= e]
        loudest = min(over, key=lambda m: (_LOUD[m.outcome], list(Dimension).index(m.dimension)), default=None)
        hit = any(s <= start and end <= e for s, e in found)
        pieces.append(TextRun(text[start:end], loudest, hit, around=not low <= start < end <= high))
    return tuple(pieces)


def body_paragraphs(text: str, underlines: Sequence[Underline], first: int = 0) -> tuple[Paragraph, ...]:
    """The body from `first` on by paragraphs, each cut where claims begin and end. Claims of the headline are left out."""
    spans = [found.span() for found in re.compile(r"\S(?:.*\S)?").finditer(text, first)]
    ends = [end for _, end in spans]
    near: list[list[Underline]] = [[] for _ in spans]
    for u in underlines:
        at = bisect_right(ends, u.claim.start) if u.claim.where == "body" else len(spans)
        while at < len(spans) and spans[at][0] < u.claim.end:
            near[at].append(u)
            at += 1
    return tuple(paragraph(text, span, here) for span, here in zip(spans, near, strict=True))


def paragraph(text: str, span: Span, underlines: Sequence[Underline]) -> Paragraph:
    """These words of the body, cut where claims begin and end."""
    start, end = span
    claims = [u for u in underlines if u.claim.where == "body" and u.claim.start < u.claim.end]
    return Paragraph(
        strands=tuple(_strands(text, start, end, claims)),
        notes=tuple(u for u in claims if start <= u.claim.start < end and u.row is not None),
    )


def _strands(text: str, start: int, end: int, claims: Sequence[Underline]) -> Iterable[Strand]:
    near = [u for u in claims if u.claim.start < end and start < u.claim.end]
    spans = [(max(start, u.claim.start) - start, min(end, u.claim.end) - start) for u in near]
    for left, right in _runs(end - start, spans):
        over = [u for u, (s, e) in zip(near, spans, strict=True) if s <= left and right <= e]
        inner = min(over, key=lambda u: (u.claim.end - u.claim.start, u.claim.start), default=None)
        begins = tuple(u for u in near if u.claim.start == start + left)
        yield Strand(text[start + left : start + right], inner, begins)


def _runs(size: int, spans: Iterable[Span]) -> Iterable[Span]:
    """The stretches between neighbouring edges, first to last, without gaps."""
    edges = sorted({0, size, *(edge for span in spans if span[0] < span[1] for edge in span)})
    return ((a, b) for a, b in pairwise(edges) if a < b)
