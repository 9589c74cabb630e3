"""Where somebody's own words stand: quotations by offset, in every typographer's habit and with the wrong marks too."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.claims.sentences import one_typography

__all__ = ["Quote", "find_quotes", "touching"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation, marks included. `open` when nothing closes it before its line ends: the next line may go on with it."""

    start: int
    end: int
    open: bool = False
    continues: bool = False  # goes on with the quotation that the line before left open


def touching(quotes: Sequence[Quote], start: int, end: int) -> Sequence[Quote]:
    """Those of `quotes` (in order, without overlap) that share a character with start..end."""
    first = bisect_right(quotes, start, key=lambda q: q.end)
    last = bisect_left(quotes, end, key=lambda q: q.start)
    return quotes[first:last]


_LINE = re.compile(r"[^\n]+")
_SINGLE = re.compile(r"(?<![\w'\"])'(?=[\w\[$…])((?:[^'\n\"]|(?<=\w)'(?=\w))*?)'(?![\w'])")
"""Single quotation marks: they open before a word and close after one; an apostrophe stands inside a word."""


def find_quotes(source: str) -> tuple[Quote, ...]:
    """All outer quotations, in order, without overlap.

    A mark opens or closes by what stands around it (a blank before it, a word after it), not by its shape alone: pages
    are full of turned ones. What is still open at the end of a line ends there.
    """
    text = one_typography(source)
    out: list[Quote] = []
    left_open = False
    for line in _LINE.finditer(source):
        quotes, still_open = _in_line(source, text, line.start(), line.end(), left_open=left_open)
        out.extend(quotes)
        if line.group().strip():
            left_open = still_open
    return tuple(out)


def _in_line(source: str, text: str, start: int, end: int, *, left_open: bool) -> tuple[list[Quote], bool]:
    quotes: list[Quote] = []
    opened: int | None = None
    last = start
    for i in range(start, end):
        if text[i] != '"':
            continue
        if opened is None:
            if _may_open(source, text, i, start, end):
                opened = i
        elif _may_close(text, i, opened, end) or source[i] in "”»」』":
            quotes.append(Quote(opened, i + 1, continues=left_open and not quotes and not text[start:opened].strip()))
            opened, last = None, i + 1
    if opened is not None:
        stop = end
        while stop > opened and text[stop - 1].isspace():
            stop -= 1
        quotes.append(
            Quote(opened, stop, open=True, continues=left_open and not quotes and not text[start:opened].strip())
        )
        last = end
    if last == start or not quotes:
        quotes = [
            Quote(m.start(), m.end())
            for m in _SINGLE.finditer(text, start, end)
            if " " in m.group() or len(m.group()) > 4
        ]
    return quotes, opened is not None


def _may_open(source: str, text: str, i: int, start: int, end: int) -> bool:
    before = text[i - 1] if i > start else " "
    after = text[i + 1] if i + 1 < end else " "
    if before.isspace() or before in "([{—-'/":
        return not after.isspace() or (i + 2 < end and text[i + 2].isalnum())
    return source[i] in "“„«「『〝" or (before in ",:;" and after.isalnum())


def _may_close(text: str, i: int, opened: int, end: int) -> bool:
    before = text[i - 1]
    after = text[i + 1] if i + 1 < end else " "
    if i - opened < 2:
        return False
    if not before.isspace():
        return not (before in "([" or (before in "—-" and after.isalnum()))
    return not after.isalnum()
