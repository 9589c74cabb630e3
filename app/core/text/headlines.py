"""A headline that stands in the text itself, as the body's first paragraph: its words are read there, and once.

Such a claim is one of the body (its offsets are the body's), yet it opens the report like any headline: whoever treats
headlines apart asks `is_headline` and not where the claim stands.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Protocol

from app.core.records import Article, Span
from app.core.text.typography import fold

__all__ = ["headline_at", "is_headline", "under_headline"]

LONGER = 3
"""A line that is so many times as long as the headline is not looked at: it holds more."""


class _Stated(Protocol):
    """A claim, as read or as shown."""

    @property
    def where(self) -> str: ...
    @property
    def end(self) -> int: ...


def is_headline(claim: _Stated, article: Article) -> bool:
    """Whether a claim of this article is its headline's, wherever the headline stands."""
    at = None if claim.where == "headline" else headline_at(article.text, article.headline)
    return claim.where == "headline" or (at is not None and claim.end <= at[1])


@lru_cache(maxsize=256)
def headline_at(text: str, headline: str | None) -> Span | None:
    r"""Where a text opens with its headline, word for word in whole lines; None when it does not, or holds nothing else.

    >>> headline_at("Bridge opens again\n\nThe bridge opened on Monday.", "BRIDGE OPENS AGAIN")
    (0, 18)
    """
    wanted = _words(headline or "")
    if not wanted:
        return None
    found: list[str] = []
    for line in re.finditer(r"\S(?:.*\S)?", text):
        found += _words(line.group()) if len(line.group()) <= LONGER * len(headline or "") else [""]
        if found != wanted[: len(found)]:
            return None
        if found == wanted:
            start = len(text) - len(text.lstrip())
            return (start, line.end()) if text[line.end() :].strip() else None
    return None


def under_headline(article: Article) -> str:
    """Headline and body in lines, the headline once, wherever it stands."""
    if not article.headline or headline_at(article.text, article.headline):
        return article.text
    return f"{article.headline}\n{article.text}"


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))
