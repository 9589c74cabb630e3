"""One sentence as its numbers are read: its text in one typography, its words, and what is found in it so far."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.core.language import Parsed, Token
from app.core.lexicon.load import word_set
from app.core.records import Hedge, NumberRole, Span
from app.core.text import one_typography

__all__ = ["FoundNumber", "NumberLine", "plain_signs"]


@dataclass(slots=True)
class FoundNumber:
    """A number while it is read; offsets are into the line's text. `name`: it belongs to a name and counts nothing."""

    start: int
    end: int
    value: float
    worded: bool = False  # in words, not digits
    scaled: bool = False  # with "million" and the like
    amount_end: int = 0  # where digits, words and scale end and a unit may begin
    unit: str | None = None
    upto: float | None = None
    hedge: Hedge = Hedge.EXACT
    role: NumberRole = NumberRole.AMOUNT
    counts: str | None = None
    fate: str | None = None
    measure: str | None = None
    of: str | None = None
    per: str | None = None
    name: bool = False
    last: int = -1  # index of the last token of what it counts
    following: bool = False  # "of them": it counts the same as the number before
    whole: bool = False  # "12 of the 20": what befell the 12 is not told of the 20

    @property
    def plain(self) -> bool:
        return self.unit is None or self.unit == "person"


def plain_signs(text: str) -> str:
    """The text with quotes, dashes and blanks of one kind, character for character; lines stay lines."""
    return "\n".join(map(one_typography, text.split("\n"))).replace("\r", " ")


@dataclass(slots=True)
class NumberLine:
    """`tokens` have offsets into `text`; `blocked` are spans that hold no number: dates, times of day, names."""

    text: str
    tokens: Sequence[Token]
    parsed: bool
    blocked: list[Span] = field(default_factory=list)
    lower: str = ""
    titled: bool = False
    _starts: list[int] = field(default_factory=list)
    _children: tuple[tuple[int, ...], ...] | None = None

    @staticmethod
    def of(text: str, parsed: Parsed) -> NumberLine:
        line = NumberLine(text, parsed.tokens, parsed.has_dependencies)
        line.lower = text.lower()
        line.titled = _is_titled(text)
        line._starts = [t.start for t in parsed.tokens]
        line._children = parsed.children() if parsed.has_dependencies else None
        return line

    def at(self, offset: int) -> int:
        """The index of the first token that starts at or after an offset."""
        return bisect_left(self._starts, offset)

    def before(self, offset: int) -> int:
        """The index of the last token that starts before an offset; -1 when there is none."""
        return bisect_left(self._starts, offset) - 1

    def over(self, offset: int) -> int:
        """The index of the token that an offset stands in, or the last that starts before it."""
        return bisect_right(self._starts, offset) - 1

    def children(self, i: int) -> tuple[int, ...]:
        return self._children[i] if self._children else ()

    def is_blocked(self, start: int, end: int) -> bool:
        return any(a < end and start < b for a, b in self.blocked)

    def block(self, spans: Iterable[Span]) -> None:
        self.blocked.extend(spans)

    def masked(self) -> str:
        """The text, as long as before, with what is blocked made unreadable: in "May 5 200 people" the 200 stands alone."""
        text = list(self.text)
        for a, b in self.blocked:
            span = range(max(a, 0), min(b, len(text)))
            text[span.start : span.stop] = "\x00" * len(span)
        return "".join(text)

    def word_before(self, start: int) -> str:
        """The word that ends just before an offset, with one blank or hyphen between; as printed."""
        m = _LAST_WORD.search(self.text, max(0, start - 40), start)
        return m[1] if m else ""


_LAST_WORD = re.compile(r"([^\s\-—()\[\]\"]+)[ -]$")
_LETTERS = re.compile(r"[A-Za-z][\w'-]*")
_SMALL = word_set("closed", "line_small")


def _is_titled(text: str) -> bool:
    """Whether the words are capitalised as in a headline, so that a capital tells no name."""
    words = [w for w in _LETTERS.findall(text) if w.lower() not in _SMALL]
    return len(words) >= 3 and sum(w[0].isupper() for w in words) >= 0.7 * len(words)
