"""A page's text as lines: what is kept or dropped is always whole lines.

A text that was broken at a fixed width (an e-mail, a press release) has its paragraphs put back together first, so that
half a sentence is never judged alone; the line breaks stay in `PageLine.text`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.core import thresholds as t
from app.core.article.shapes import ends_sentence, is_marked_subhead, starts_item

__all__ = ["PageLine", "page_lines"]

_EDGES = " \t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of the page (or one paragraph of several, when the text was hard-wrapped), without blanks at its edges.

    `number` is the 1-based number of its (first) source line; `apart` says that a blank line or the page's start comes before.
    """

    number: int
    text: str
    apart: bool = False

    @property
    def flat(self) -> str:
        """The words on one line, for judging: of a very long line its beginning and end, so that none costs more than others."""
        text = self.text
        if len(text) > t.PAGE_JUDGED_CHARS:
            text = f"{text[: t.PAGE_JUDGED_CHARS // 2]} {text[-t.PAGE_JUDGED_CHARS // 2 :]}"
        return text.replace("\n", " ")


def page_lines(text: str) -> tuple[PageLine, ...]:
    """The lines that hold something, in order, hard-wrapped paragraphs as one."""
    lines: list[PageLine] = []
    apart = True
    for number, raw in enumerate(text.splitlines(), start=1):
        bare = raw.strip(_EDGES)
        if bare:
            lines.append(PageLine(number, bare, apart))
        apart = not bare
    return tuple(_unwrapped(lines)) if _is_wrapped(lines) else tuple(lines)


def _is_wrapped(lines: Sequence[PageLine]) -> bool:
    """Were this page's paragraphs broken at a fixed width? Long lines say no; long runs of unfinished ones say yes."""
    if len(lines) < t.PAGE_WRAPPED_MIN_LINES or max(len(line.text) for line in lines) > t.PAGE_WRAPPED_MAX_WIDTH:
        return False
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if not b.apart]
    carried = sum(_carries_on(a, b) for a, b in pairs)
    return carried >= t.PAGE_WRAPPED_MIN_SHARE * len(lines)


def _carries_on(line: PageLine, following: PageLine) -> bool:
    """Does the sentence of `line` go on in `following`?"""
    return (
        not following.apart
        and len(line.text) >= t.PAGE_WRAPPED_MIN_WIDTH
        and not starts_item(following.text)
        and not is_marked_subhead(line.text)
    )


def _unwrapped(lines: Sequence[PageLine]) -> list[PageLine]:
    whole: list[PageLine] = []
    previous: PageLine | None = None
    for line in lines:
        if (whole and previous is not None and _carries_on(previous, line)) or (
            whole
            and previous is not None
            and not line.apart
            and re.match(r"[a-z]", line.text)
            and not ends_sentence(previous.text)
        ):
            whole[-1] = PageLine(whole[-1].number, f"{whole[-1].text}\n{line.text}", whole[-1].apart)
        else:
            whole.append(line)
        previous = line
    return whole
