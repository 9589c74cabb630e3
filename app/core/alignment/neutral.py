"""The neutral title of a row: what its reports speak of, in words that they share, and nothing of what each says about it.

A row's own label tells its verdict to whoever knows how labels are made: "Whether …" and "When …" are conflicts. This one is made
of the words of the reports alone. Numbers, days and months are never in it: where reports differ in them they are not shared, so
that their absence would tell.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from app.core.alignment.label import distinct_labels
from app.core.claims.numbers.written import WORDS
from app.core.claims.patterns.words import TIMES
from app.core.claims.words import FUNCTION
from app.core.text import fold, stem

__all__ = ["neutral_titles"]

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LEAST_LETTERS = 3
_FEWEST, _MOST = 3, 6
_MONTHS = frozenset(fold(name) for name in calendar.month_name[1:])
_UNTOLD = (
    FUNCTION
    | TIMES
    | _MONTHS
    | frozenset("without denied denies deny said says told tells last next first later earlier".split())
)


def neutral_titles(rows: Sequence[Sequence[str]]) -> list[str]:
    """One title a row, no two the same, from the words of its claims in the order in which they are told.

    >>> neutral_titles([["The port of Orsa closed on Monday.", "On Tuesday the Orsa port was closed to seven ships."]])
    ['Port · Orsa · closed']
    """
    return distinct_labels([[_title(texts)] for texts in rows])


def _title(texts: Sequence[str]) -> str:
    told = [dict(_telling(text)) for text in texts]
    count = Counter(key for words in told for key in words)
    first = {key: word for words in reversed(told) for key, word in reversed(words.items())}
    order = [key for words in told for key in words]
    shared = [key for key in dict.fromkeys(order) if count[key] > 1]
    if len(shared) < _FEWEST:
        shared = list(dict.fromkeys([*shared, *order]))[:_FEWEST]
    title = " · ".join(first[key] for key in shared[:_MOST])
    return title[:1].upper() + title[1:] or "…"


def _telling(text: str) -> Iterator[tuple[str, str]]:
    """Each word that says what a text is about, once, by the form in which it is compared."""
    seen = set()
    for match in _WORD.finditer(text):
        word = re.sub(r"['’]s?$", "", match.group())
        low = fold(word)
        key = stem(low)
        if (
            len(low) < _LEAST_LETTERS
            or low in _UNTOLD
            or low.removesuffix("s") in TIMES
            or WORDS.match(low)
            or key in seen
        ):
            continue
        seen.add(key)
        yield key, word
