"""Articles -> stories: which articles report one event.

Pairs of articles get a probability; articles are then joined bottom-up by the average probability between groups, so
that one article that fits two stories does not chain them. A handful of articles has its own weights: what everything
else resembles says nothing where there is hardly anything else. What lies months apart and shares no rare name is never
joined by its likeness: two quakes are told in the same words.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

import numpy as np

from app.core.alignment.model import Model, load_model, probability
from app.core.alignment.partition import partition
from app.core.alignment.telltale import worth_asking
from app.core.alignment.term_vectors import Bools, Floats, Ints, Neighbours, TermVectors
from app.core.alignment.terms import background, name_stems, rare_names, telling_stems
from app.core.records import Article
from app.core.text import under_headline
from app.core.thresholds import (
    BACKGROUND_WEIGHT,
    LEAD_LETTERS,
    STORY_DAYS_FAR,
    STORY_DAYS_NEAR,
    STORY_DAYS_UNKNOWN,
    STORY_FEW,
)

__all__ = ["FEW_FEATURES", "STORY_FEATURES", "StoryFeatures", "group_articles", "look_alike"]

STORY_FEATURES = ("words", "rare_words", "lead", "headline", "names", "neighbours", "days_apart", "same_days")
_AT_ONCE = 8192
"""Pairs whose words are held in memory at once."""
FEW_FEATURES = ("words", "lead", "headline", "names", "days_apart", "same_days")


def group_articles(
    articles: Sequence[Article], model: Model | None = None, context: Collection[int] = ()
) -> tuple[int, ...]:
    """For each article the index of the first article of its story. The grouping does not depend on the order.

    `context` are indices of articles that only show what is rare: each of them is its own story.
    """
    if len(articles) < 2:
        return tuple(range(len(articles)))
    fitted = model or load_model()
    order = sorted(range(len(articles)), key=lambda i: _content(articles[i]))
    ordered = [articles[i] for i in order]
    shown = frozenset(context)
    asked = np.array([k for k, i in enumerate(order) if i not in shown], np.intp)
    ij = worth_asking(ordered, asked)
    features = StoryFeatures(ordered)
    columns = np.concatenate(
        [features.pairs(*ij[start : start + _AT_ONCE].T) for start in range(0, len(ij), _AT_ONCE)]
        or [np.zeros((0, len(STORY_FEATURES)))]
    )
    few = len(ordered) <= STORY_FEW and "story_few" in fitted.stages
    if few:
        columns = columns[:, [STORY_FEATURES.index(name) for name in FEW_FEATURES]]
    odds = fitted.stages["story_few" if few else "story"].log_odds(columns)
    cut = fitted.few_cut if few else fitted.story_cut
    likely = probability(odds)
    likely[look_alike(ordered, ij, likely >= cut)] = 0.0
    labels = partition(len(ordered), ij, likely, cut)
    first: dict[int, int] = {}
    for place, i in sorted(zip(labels, order, strict=True), key=lambda x: x[1]):
        first.setdefault(place, i)
    found = dict(zip(order, labels, strict=True))
    return tuple(first[found[i]] for i in range(len(articles)))


def look_alike(articles: Sequence[Article], ij: Ints, asked: Bools) -> Ints:
    """Of the pairs asked for those far apart in time that share no rare name: two quakes, two elections."""
    days = [a.published.toordinal() if a.published else None for a in articles]
    known = cache(lambda i: rare_names(under_headline(articles[i])))
    found = []
    for k in np.flatnonzero(asked).tolist():
        i, j = ij[k].tolist()
        a, b = days[i], days[j]
        if a and b and abs(a - b) > STORY_DAYS_FAR and not known(i) & known(j):
            found.append(k)
    return np.array(found, np.intp)


def _content(article: Article) -> tuple[str, str, str, str, str]:
    return (article.text, article.headline or "", str(article.published), article.outlet or "", article.url or "")


class StoryFeatures:
    """Features of asked pairs of articles of any events. Every feature is symmetric."""

    def __init__(self, articles: Sequence[Article]) -> None:
        whole = [under_headline(a) for a in articles]
        told = [telling_stems(t) for t in whole]
        leads = [telling_stems(t[:LEAD_LETTERS]) for t in whole]
        heads = [telling_stems(a.headline or t[:80]) for a, t in zip(articles, whole, strict=True)]
        self._n = len(articles)
        self._words, self._lead, self._head = TermVectors(told), TermVectors(leads), TermVectors(heads)
        self._names = TermVectors([name_stems(t) for t in whole])
        self._units = {
            "words": self._words.unit(self._rarity(self._words) + 1),
            "rare_words": self._words.unit(self._rarity(self._words) ** 1.5),
            "lead": self._lead.unit(self._rarity(self._lead) + 1),
            "headline": self._head.unit(self._rarity(self._head) + 1),
            "names": self._names.unit(self._rarity(self._names) + 1),
        }
        self._near = Neighbours.of(self._words, self._units["rare_words"])
        self._day = np.array([a.published.toordinal() if a.published else 0 for a in articles], float)

    def _rarity(self, bags: TermVectors) -> Floats:
        """How rare a term is, in the articles given and in the news at large together: alone, few articles say little."""
        at_large = np.array([background().share(t) for t in bags.vocabulary]) * BACKGROUND_WEIGHT
        share = (bags.df + at_large) / (self._n + BACKGROUND_WEIGHT)
        return np.asarray(-np.log(np.minimum(1.0, share)))

    def pairs(self, a: Ints, b: Ints) -> Floats:
        """One row a pair, columns as `STORY_FEATURES`."""
        words = self._words
        apart = np.abs(self._day[a] - self._day[b])
        apart[(self._day[a] == 0) | (self._day[b] == 0)] = STORY_DAYS_UNKNOWN
        columns = {
            "words": words.dot(self._units["words"], a, b),
            "rare_words": words.dot(self._units["rare_words"], a, b),
            "lead": self._lead.dot(self._units["lead"], a, b),
            "headline": self._head.dot(self._units["headline"], a, b),
            "names": self._names.dot(self._units["names"], a, b),
            "neighbours": self._near.alike(a, b),
            "days_apart": np.log1p(apart),
            "same_days": (apart <= STORY_DAYS_NEAR).astype(float),
        }
        return np.column_stack([columns[name] for name in STORY_FEATURES])
