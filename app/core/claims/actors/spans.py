"""Where things stand in a text, asked in the time of the answer: so that finding actors grows with the text and no faster."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from app.core.records import Span

__all__ = ["Cover", "WordSpans", "covered_by", "spans_between"]

_RUN = re.compile(r"\w+")


class Cover:
    """Which characters of a text are taken."""

    def __init__(self, length: int, spans: Sequence[Span] = ()) -> None:
        self._taken = bytearray(length)
        for start, end in spans:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        self._taken[start:end] = b"\x01" * (end - start)

    def touches(self, start: int, end: int) -> bool:
        """Whether any character between the two is taken."""
        return self._taken.find(1, start, end) >= 0


class WordSpans:
    """Where a form stands as a word or words of its own, by its first word; hyphens may be held to join words."""

    def __init__(self, flat: str) -> None:
        self._flat = flat
        self._starts: dict[str, list[int]] = defaultdict(list)
        for m in _RUN.finditer(flat):
            self._starts[m.group()].append(m.start())

    def places(self, form: str, *, hyphens_join: bool = False) -> Iterator[int]:
        """Starts of `form` with no letter, digit or (when they join) hyphen at either side, in order."""
        first = _RUN.match(form)
        if first is None or not (form[-1].isalnum() or form[-1] == "_"):
            side = r"[\w-]" if hyphens_join else r"\w"
            yield from (m.start() for m in re.finditer(rf"(?<!{side}){re.escape(form)}(?!{side})", self._flat))
            return
        for start in self._starts.get(first.group(), ()):
            end = start + len(form)
            after = self._flat[end : end + 1]
            if not self._flat.startswith(form, start) or after.isalnum() or after == "_":
                continue
            if hyphens_join and (after == "-" or self._flat[start - 1 : start] == "-"):
                continue
            yield start


def covered_by(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether one of these sorted spans, none of which overlap, holds all between the two."""
    i = bisect_right(spans, start, key=lambda s: s[0]) - 1
    return i >= 0 and end <= spans[i][1]


def spans_between(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Those of these sorted spans, none of which overlap, that reach in between the two."""
    first = bisect_left(spans, start, key=lambda s: s[1])
    last = bisect_left(spans, end, key=lambda s: s[0])
    return [s for s in spans[first:last] if s[1] > start]
