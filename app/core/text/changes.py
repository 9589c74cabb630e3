"""What changed between two versions of a text, word by word. The pieces put together again are both texts, to the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

__all__ = ["Change", "changed_words"]

_WORDS = re.compile(r"\s+|\w+(?:[’'\-.,]\w+)*|[^\w\s]")
_CAREFUL = 4_000_000
"""Words of one times words of the other up to which every word counts; beyond it, those on every line do not."""


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words that stands in both, was taken out, or was put in."""

    kind: Literal["same", "out", "in"]
    text: str


def changed_words(before: str, after: str) -> tuple[Change, ...]:
    """Line by line first, then the words of the lines that differ.

    Guaranteed: `same` and `out` together are `before`, `same` and `in` are `after`; what was taken out stands before what
    was put in for it.

    >>> [(c.kind, c.text) for c in changed_words("Ten people died.", "Twelve people died.")]
    [('out', 'Ten'), ('in', 'Twelve'), ('same', ' people died.')]
    """
    a, b = before.splitlines(keepends=True), after.splitlines(keepends=True)
    pieces = (piece for old, new in _blocks(a, b) for piece in _words(old, new))
    return tuple(_merged(pieces))


def _blocks(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Stretches of both that stand for each other; of equal ones the very same words."""
    matcher = SequenceMatcher(None, a, b, autojunk=len(a) * len(b) > _CAREFUL)
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        yield "".join(a[i1:i2]), "".join(b[j1:j2])


def _words(old: str, new: str) -> Iterator[Change]:
    if old == new:
        yield Change("same", old)
        return
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, a, b, autojunk=len(a) * len(b) > _CAREFUL)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            yield Change("same", "".join(a[i1:i2]))
        else:
            yield Change("out", "".join(a[i1:i2]))
            yield Change("in", "".join(b[j1:j2]))


def _merged(pieces: Iterator[Change]) -> Iterator[Change]:
    """A blank between two changes belongs to both; what follows on each other is one piece."""
    found = [p for p in pieces if p.text]
    spread: list[Change] = []
    for n, piece in enumerate(found):
        inside = 0 < n < len(found) - 1 and found[n - 1].kind != "same" != found[n + 1].kind
        if piece.kind == "same" and piece.text.strip(" ") == "" and inside:
            spread += [Change("out", piece.text), Change("in", piece.text)]
        else:
            spread.append(piece)
    for same, run in groupby(spread, key=lambda p: p.kind == "same"):
        group = list(run)
        for kind in ("same",) if same else ("out", "in"):
            text = "".join(p.text for p in group if p.kind == kind)
            if text:
                yield Change("same" if same else "out" if kind == "out" else "in", text)
