"""Do two articles cover the same incident? Named features of pairs of articles inside one group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.core.alignment.bags import Bags, Floats, Ints, Neighbours
from app.core.alignment.terms import COMMON, background, names, stems
from app.core.records import Article
from app.core.thresholds import LEAD_LETTERS

__all__ = ["ARTICLE_FEATURES", "ArticleFeatures", "Report", "report_of"]

ARTICLE_FEATURES = (
    "neighbour_names",
    "neighbour_words",
    "neighbour_leads",
    "names",
    "words",
    "lead",
    "group_size",
    "group_likeness",
)


@dataclass(frozen=True, slots=True)
class Report:
    """What of an article is compared."""

    words: tuple[str, ...]
    lead: tuple[str, ...]
    names: tuple[str, ...]


def report_of(article: Article) -> Report:
    """The headline counts as a part of the lead and of the text."""
    whole = f"{article.headline or ''}\n{article.text}"
    lead = whole if len(whole) <= LEAD_LETTERS else whole[:LEAD_LETTERS].rpartition(" ")[0]
    common = background().share
    return Report(
        words=tuple(w for w in stems(whole) if common(w) < COMMON),
        lead=tuple(w for w in stems(lead) if common(w) < COMMON),
        names=tuple(names(whole)),
    )


class ArticleFeatures:
    """Features of asked pairs of the articles of one group. Every feature is symmetric."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._n = len(reports)
        self._words = Bags([r.words for r in reports])
        self._lead = Bags([r.lead for r in reports])
        self._names = Bags([r.names for r in reports])
        in_story = self._rarity(self._words)
        rare = background().rarities(self._words.vocabulary)
        place = {t: i for i, t in enumerate(self._words.vocabulary)}
        of_lead = np.array([place[t] for t in self._lead.vocabulary], np.intp)
        self._words_unit = self._words.unit(in_story * rare)
        self._lead_unit = self._lead.unit((in_story * rare)[of_lead] if len(of_lead) else None)
        self._names_story = self._names.unit(self._rarity(self._names))
        self._names_unit = self._names.unit(background().rarities(self._names.vocabulary))
        self._near = {
            "neighbour_names": Neighbours.of(self._names, self._names_story),
            "neighbour_words": Neighbours.of(self._words, self._words_unit),
            "neighbour_leads": Neighbours.of(self._lead, self._lead_unit),
        }

    def _rarity(self, bags: Bags) -> Floats:
        return np.asarray(np.maximum(0.0, np.log((self._n + 1) / (bags.df + 0.5))))

    def pairs(self, a: Ints, b: Ints) -> Floats:
        """One row a pair, columns as `ARTICLE_FEATURES`."""
        columns = {
            **{name: near.alike(a, b) for name, near in self._near.items()},
            "names": self._names.dot(self._names_unit, a, b),
            "words": self._words.dot(self._words_unit, a, b),
            "lead": self._lead.dot(self._lead_unit, a, b),
            "group_size": np.full(len(a), np.log(max(1, self._n))),
            "group_likeness": np.full(len(a), self._near["neighbour_words"].typical),
        }
        return np.column_stack([columns[name] for name in ARTICLE_FEATURES])
