"""What changed between two versions of a text, word by word. The pieces put together again are both texts, to the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rapidfuzz.distance import LCSseq

__all__ = ["CAREFUL", "Change", "changed_words"]

_WORDS = re.compile(r"(\A|\w+(?:[’'\-.,]\w+)*|[^\w\s])(\s*)")
"""A word or sign, and the blanks after it; at the beginning nothing, and the blanks after that."""
CAREFUL = 25_000_000
"""Of one text: things of one side times things of the other that are held against each other. Beyond it what differs is whole."""


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words that stands in both, was taken out, or was put in."""

    kind: Literal["same", "out", "in"]
    text: str


def changed_words(before: str, after: str) -> tuple[Change, ...]:
    """Line by line first, then the words of the lines that differ, as far as `CAREFUL` lets them be compared.

    Guaranteed: `same` and `out` together are `before`, `same` and `in` are `after`; what was taken out stands before what
    was put in for it.

    >>> [(c.kind, c.text) for c in changed_words("Ten people died.", "Twelve people died.")]
    [('out', 'Ten'), ('in', 'Twelve'), ('same', ' people died.')]
    """
    matcher = _Matcher(CAREFUL)
    a, b = before.splitlines(keepends=True), after.splitlines(keepends=True)
    pieces: list[Change] = []
    for same, i1, i2, j1, j2 in matcher.stretches(a, b):
        old, new = "".join(a[i1:i2]), "".join(b[j1:j2])
        pieces += [Change("same", old)] if same else _words(old, new, matcher)
    return tuple(_merged(pieces))


class _Matcher:
    """Holds sequences against each other, the longest common part of both, until so much work is done."""

    def __init__(self, left: int) -> None:
        self._left = left

    def stretches(self, a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
        """Stretches of both that stand for each other, and whether they are equal."""
        head = _common(a, b)
        tail = _common(a[head:][::-1], b[head:][::-1])
        m, n = len(a) - tail, len(b) - tail
        i, j = 0, 0
        for at, other, size in [(0, 0, head), *self._within(a, b, head, m, n), (m, n, tail)]:
            yield False, i, at, j, other
            i, j = at + size, other + size
            yield True, at, i, other, j

    def _within(self, a: Sequence[str], b: Sequence[str], head: int, m: int, n: int) -> list[tuple[int, int, int]]:
        """Where the parts of both that differ agree all the same: from where in each, and how far."""
        work = (m - head) * (n - head)
        if not 0 < work <= self._left:
            return []
        self._left -= work
        found = LCSseq.opcodes(a[head:m], b[head:n])
        return [(head + o.src_start, head + o.dest_start, o.src_end - o.src_start) for o in found if o.tag == "equal"]


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """How many stand at the beginning of both."""
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _words(old: str, new: str, matcher: _Matcher) -> Iterator[Change]:
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    for same, i1, i2, j1, j2 in matcher.stretches([w for w, _ in a], [w for w, _ in b]):
        if same and a[i1:i2] == b[j1:j2]:
            yield Change("same", "".join(map("".join, a[i1:i2])))
        elif same:
            for (word, blank), (_, other) in zip(a[i1:i2], b[j1:j2], strict=True):
                yield Change("same", word)
                yield from _put(blank, other)
        else:
            yield from _put("".join(map("".join, a[i1:i2])), "".join(map("".join, b[j1:j2])))


def _put(old: str, new: str) -> Iterator[Change]:
    """One in the place of the other: what differs, and the blanks that stand after both."""
    after = new[len(new.rstrip()) :] if old != new else new
    kept = len(after) if after and old.endswith(after) else 0
    yield Change("out", old[: len(old) - kept])
    yield Change("in", new[: len(new) - kept])
    yield Change("same", after[:kept])


def _merged(pieces: Sequence[Change]) -> Iterator[Change]:
    """What follows on each other is one piece."""
    for same, run in groupby((p for p in pieces if p.text), key=lambda p: p.kind == "same"):
        group = list(run)
        for kind in ("same",) if same else ("out", "in"):
            text = "".join(p.text for p in group if p.kind == kind)
            if text:
                yield Change("same" if same else "out" if kind == "out" else "in", text)
