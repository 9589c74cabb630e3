"""Do two articles, or two statements whose articles are not known, tell of one incident? Named features of pairs in one group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.core.alignment.statement import Statement
from app.core.alignment.term_vectors import Bools, Floats, Ints, Neighbours, TermVectors
from app.core.alignment.terms import background, figures, name_stems, stems, telling_stems
from app.core.records import Article
from app.core.text import under_headline
from app.core.thresholds import GROUP_SIZES, LEAD_LETTERS

__all__ = ["ARTICLE_FEATURES", "BARE_FEATURES", "ArticleFeatures", "BareFeatures", "IncidentReport", "incident_report"]

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
BARE_FEATURES = (
    "neighbours",
    "neighbours_words",
    "neighbour_names",
    "names",
    "story_words",
    "figures",
    "central",
    "closest",
    "group_size",
)


@dataclass(frozen=True, slots=True)
class IncidentReport:
    """What of an article is compared."""

    words: tuple[str, ...]
    lead: tuple[str, ...]
    names: tuple[str, ...]


def incident_report(article: Article) -> IncidentReport:
    """The headline counts as a part of the lead and of the text."""
    whole = under_headline(article)
    lead = whole if len(whole) <= LEAD_LETTERS else whole[:LEAD_LETTERS].rpartition(" ")[0]
    return IncidentReport(
        words=telling_stems(whole),
        lead=telling_stems(lead),
        names=name_stems(whole),
    )


class ArticleFeatures:
    """Features of asked pairs of the articles of one group. Every feature is symmetric."""

    def __init__(self, reports: Sequence[IncidentReport]) -> None:
        self._n = len(reports)
        self._words = TermVectors([r.words for r in reports])
        self._lead = TermVectors([r.lead for r in reports])
        self._names = TermVectors([r.names for r in reports])
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

    def _rarity(self, bags: TermVectors) -> Floats:
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


class BareFeatures:
    """The same of asked pairs of statements whose articles are not known, by what surrounds each in the group."""

    def __init__(self, statements: Sequence[Statement], context: Sequence[Sequence[str]] = ()) -> None:
        """`context` are the words of the articles, from which the story's own document frequencies are taken."""
        self._n = len(statements)
        self._words = TermVectors([stems(s.text) for s in statements])
        self._telling = TermVectors([s.words for s in statements])
        self._names = TermVectors([name_stems(s.text) for s in statements])
        self._figures = TermVectors([figures(s.text) for s in statements])
        self._actors = TermVectors([s.actors for s in statements])
        self._plain = self._telling.unit()
        self._story = self._telling.unit(background().rarities(self._telling.vocabulary) * self._rarity(context))
        self._names_unit = self._names.unit(background().rarities(self._names.vocabulary))
        self._near = Neighbours.of(self._telling, self._plain)
        self._alike = {
            "neighbours": Neighbours.of(self._telling, self._story),
            "neighbours_words": Neighbours.of(self._words, self._words.unit()),
            "neighbour_names": Neighbours.of(self._names, self._names_unit),
        }

    def _rarity(self, context: Sequence[Sequence[str]]) -> Floats:
        bags = self._telling
        if context:
            seen = TermVectors([set(words) for words in context])
            held = dict(zip(seen.vocabulary, seen.df.tolist(), strict=True))
            df, n = np.array([held.get(t, 1) for t in bags.vocabulary], float), len(context)
        else:
            df, n = bags.df.astype(float), len(bags)
        return np.asarray(np.maximum(0.0, np.log((n + 1) / (df + 0.5))))

    def pairs(self, a: Ints, b: Ints) -> Floats:
        """One row a pair, columns as `BARE_FEATURES`."""
        near = self._near
        plain = self._telling.dot(self._plain, a, b)
        columns = {
            **{name: found.alike(a, b) for name, found in self._alike.items()},
            "names": self._names.dot(self._names_unit, a, b),
            "story_words": self._telling.dot(self._story, a, b),
            "figures": self._figures.jaccard(a, b),
            "central": np.minimum(near.mean[a], near.mean[b]) / (near.typical + 0.01),
            "closest": plain / np.sqrt(np.maximum(near.best[a] * near.best[b], 1e-6)),
            "group_size": np.full(len(a), np.log(np.clip(self._n, *GROUP_SIZES))),
        }
        return np.column_stack([columns[name] for name in BARE_FEATURES])

    def touch(self, a: Ints, b: Ints) -> Bools:
        """Whether the two of a pair share anything but function words: a word, a name, an actor."""
        out = np.zeros(len(a), bool)
        for bags in (self._telling, self._names, self._actors):
            out[bags.shared(a, b)[0]] = True
        return out
