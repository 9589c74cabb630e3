"""Where somebody's own words stand: quotations by offset, in every typographer's habit and with the wrong marks too."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.records import Span
from app.core.text.typography import one_typography

__all__ = ["Quote", "find_quotes", "touching"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation, marks included. `open` when nothing closes it before its line ends: the next line may go on with it."""

    start: int
    end: int
    open: bool = False
    continues: bool = False  # goes on with the quotation that the line before left open

    def inner(self, source: str) -> Span:
        """The words between the marks."""
        start, end = self.start, self.end
        while start < end and source[start] in _MARKS:
            start += 1
        while end > start and source[end - 1] in _MARKS:
            end -= 1
        return start, end


def touching(quotes: Sequence[Quote], start: int, end: int) -> Sequence[Quote]:
    """Those of `quotes` (in order, without overlap) that share a character with start..end."""
    first = bisect_right(quotes, start, key=lambda q: q.end)
    last = bisect_left(quotes, end, key=lambda q: q.start)
    return quotes[first:last]


_MARKS = frozenset("\"“”„‟«»〝〞＂「」『』'‘’‚‛`´＇ \u00a0\n")
_LINE = re.compile(r"[^\n]+")


def find_quotes(source: str) -> tuple[Quote, ...]:
    """All outer quotations, in order, without overlap.

    A mark opens or closes by what stands around it (a blank before it, a word after it), not by its shape alone: pages
    are full of turned ones. What is still open at the end of a line ends there. Single marks count where a line has no
    double ones.
    """
    text = one_typography(source)
    out: list[Quote] = []
    left_open = False
    for line in _LINE.finditer(source):
        quotes = list(_double(source, text, line.start(), line.end(), left_open=left_open))
        if line.group().strip():
            left_open = bool(quotes) and quotes[-1].open
        out.extend(quotes or _single(source, text, line.start(), line.end()))
    return tuple(out)


# --- double marks -----------------------------------------------------------------------------------------------------


def _double(source: str, text: str, start: int, end: int, *, left_open: bool) -> Iterator[Quote]:
    opened: int | None = None
    first = True
    at = text.find('"', start, end)
    while at >= 0:
        if opened is None:
            if _may_open(source, text, at, start, end):
                opened = at
        elif _may_close(text, at, opened, end) or source[at] in "”»」』":
            yield Quote(opened, at + 1, continues=left_open and first and not text[start:opened].strip())
            opened, first = None, False
        at = text.find('"', at + 1, end)
    if opened is not None:
        stop = opened + len(text[opened:end].rstrip())
        yield Quote(opened, stop, open=True, continues=left_open and first and not text[start:opened].strip())


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
    return not after.isalnum() or text[i - 2] in ",.?!"  # a turned blank: '... again, "she said.'


# --- single marks -----------------------------------------------------------------------------------------------------

_OPENS = re.compile(r"(?<![\w'\"])'(?=[\w\[$…])(?!\d0s\b|(?:tis|twas|til|em|cause|n)\b)", re.IGNORECASE)
_CLOSES = re.compile(r"(?<=\S)'(?![\w'])")
_NOTHING_OWNED = (
    "a an and are as after at before but by for from had has have he her his i if in is it of on or our she so than that the their "
    "they this to was we were when which while who will with would you said says told"
)
_OWNED = re.compile(rf"s' (?!(?:{'|'.join(_NOTHING_OWNED.split())})\b)[a-z]")
"""An apostrophe behind a plural with what they own: "the drivers' safety"."""
_LEAST = 5


def _single(source: str, text: str, start: int, end: int) -> Iterator[Quote]:
    """Single marks open before a word and close after one; an apostrophe stands inside a word or behind a plural.

    What could close, but reads as "the drivers' safety", closes only where nothing surer does before the next mark opens,
    and only behind a mark whose shape says that it opens.
    """
    opens = [m.start() for m in _OPENS.finditer(text, start, end)]
    closes = [m.start() for m in _CLOSES.finditer(text, start, end)]
    at = start
    for k, opened in enumerate(opens):
        if opened < at:
            continue
        upto = opens[k + 1] if k + 1 < len(opens) else end
        found = closes[bisect_right(closes, opened) : bisect_left(closes, upto)]
        sure = next((c for c in found if not _OWNED.match(text, c - 1)), None)
        close = sure if sure is not None else found[0] if found and source[opened] in "‘‚" else None
        if close is None:
            continue
        at = close + 1
        if " " in text[opened:at] or at - opened >= _LEAST:
            yield Quote(opened, at)
