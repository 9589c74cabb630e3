"""The terms a text is compared by: word stems, names and figures, and how much each says in news at large."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import lru_cache
from importlib.resources import files
from math import log

import numpy as np

from app.core.text import stem
from app.core.thresholds import STORY_RARE_SHARE

__all__ = ["Background", "background", "figures", "name_stems", "rare_names", "stems", "telling_stems"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NAME = re.compile(r"[A-Z][\w’'-]*|\d[\d.,:]*\d|\d")
_PLAIN = re.compile(r"(?<![\w.@/-])[a-z][\w’'-]*")
_INSIDE = re.compile(r"(?<=[a-z0-9,;:’'”\"] )[A-Z][\w’'-]+")


_TEXTS_KEPT = 2048
"""Texts whose terms are not looked for again: one is asked for by every stage that compares it."""


@lru_cache(maxsize=_TEXTS_KEPT)
def stems(text: str) -> tuple[str, ...]:
    """All words of a text, in order, as stems; function words stay (their weight is low, their order helps)."""
    return tuple(stem(m.group()) for m in _WORD.finditer(text))


@lru_cache(maxsize=_TEXTS_KEPT)
def telling_stems(text: str) -> tuple[str, ...]:
    """The stems of a text that are no function words of news."""
    common = background().common
    return tuple(w for w in stems(text) if w not in common)


@lru_cache(maxsize=_TEXTS_KEPT)
def name_stems(text: str) -> tuple[str, ...]:
    """Capitalised words and figures as stems. Words that open a sentence are among them: commonness weighs them down."""
    found = (stem(m.group().rstrip(".,:'’")) for m in _NAME.finditer(text))
    return tuple(s for s in found if s[0].isdigit() or s not in background().common)


def rare_names(text: str) -> frozenset[str]:
    """Stems of words that are mostly written with a capital inside sentences and stand in few articles: places, people, houses.

    >>> sorted(rare_names("On Monday the Orsa bridge fell. Mayor Eva Krag said that Orsa would pay."))
    ['eva', 'krag', 'orsa']
    """
    plain = Counter(stem(m.group()) for m in _PLAIN.finditer(text))
    proper = Counter(stem(m.group()) for m in _INSIDE.finditer(text))
    return frozenset(
        s
        for s, n in proper.items()
        if n > plain[s] and s not in _CALENDAR and background().share(s) <= STORY_RARE_SHARE
    )


def figures(text: str) -> list[str]:
    """The figures written in digits, without thousands separators."""
    return [m.group().replace(",", "") for m in re.finditer(r"\d+(?:,\d{3})*(?:\.\d+)?", text)]


_CALENDAR = frozenset(
    stem(word)
    for word in "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December Christmas Easter".split()
)

COMMON = 0.35
"""Share of news articles from which on a stem counts as a function word: "the", "said", "year"."""


class Background:
    """In how many articles of a background collection of news a stem stands."""

    def __init__(self, articles: int, counts: dict[str, int]) -> None:
        self._articles = articles
        self._counts = counts
        self._top = log(articles + 1)
        self.common = frozenset(term for term in counts if self.share(term) >= COMMON)
        """Function words."""

    def share(self, term: str) -> float:
        return self._counts.get(term, 0) / self._articles

    def rarity(self, term: str) -> float:
        """From 0 (in every article) to 1 (in none)."""
        return log((self._articles + 1) / (self._counts.get(term, 0) + 1)) / self._top

    def rarities(self, terms: list[str]) -> np.ndarray:
        return np.fromiter((self.rarity(t) for t in terms), float, len(terms))


@lru_cache(maxsize=1)
def background() -> Background:
    """Counts fitted by tests/quality/fit.py; only stems of at least a few articles are kept, no text can be read back."""
    data = json.loads(files(__package__).joinpath("background.json").read_text("utf-8"))
    return Background(data["articles"], data["counts"])
