"""Named features of pairs of statements inside one group: what they share, and how that stands out in the story."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.core.alignment.bags import Bags, Bools, Floats, Ints, Neighbours
from app.core.alignment.concepts import ACT
from app.core.alignment.statement import Statement
from app.core.alignment.terms import background
from app.core.thresholds import FELLOWS, GROUP_SIZES

__all__ = ["INCIDENT_FEATURES", "STATEMENT_FEATURES", "PairFeatures"]

STATEMENT_FEATURES = (
    "words",
    "happenings",
    "closest",
    "stands_out",
    "verbs",
    "rare_words",
    "actors",
    "dates",
    "figures",
    "framed_one",
    "framed_both",
    "central",
    "length",
    "acts",
    "same_events",
    "rare_concepts",
    "fellows",
    "core",
)
INCIDENT_FEATURES = (
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


class PairFeatures:
    """Features of asked pairs (a[k], b[k]) of the statements of one group. Every feature is symmetric."""

    def __init__(self, statements: Sequence[Statement], context: Sequence[Sequence[str]] = ()) -> None:
        """`context` are the words of the articles, from which the story's own document frequencies are taken."""
        self._n = len(statements)
        self._words = Bags([s.words for s in statements])
        self._telling = Bags([s.telling for s in statements])
        self._happenings = Bags([s.happenings for s in statements])
        self._verbs = Bags([s.verbs for s in statements])
        self._names = Bags([s.names for s in statements])
        self._small = {
            "actors": Bags([s.actors for s in statements]),
            "dates": Bags([s.dates for s in statements]),
            "figures": Bags([s.figures for s in statements]),
        }
        self._concepts = Bags([s.concepts for s in statements])
        self._acts = Bags([[c for c in s.concepts if c.startswith(ACT)] for s in statements])
        self._happenings_unit = self._happenings.unit()
        self._concepts_story = self._concepts.unit(np.maximum(0.05, np.log((self._n + 1) / (self._concepts.df + 0.5))))
        self._framed = np.array([s.framed for s in statements], float)
        rare = background().rarities(self._telling.vocabulary)
        self._rare = rare
        story = self._story_rarity(self._telling, context)
        self._plain_unit = self._telling.unit()
        self._story_unit = self._telling.unit(rare * story)
        self._plain_near = Neighbours.of(self._telling, self._plain_unit)
        self._story_near = Neighbours.of(self._telling, self._story_unit)
        self._words_unit = self._words.unit()
        self._words_near = Neighbours.of(self._words, self._words_unit)
        self._names_unit = self._names.unit(background().rarities(self._names.vocabulary))
        self._names_near = Neighbours.of(self._names, self._names_unit)
        self._verbs_unit = self._verbs.unit(np.log((self._n + 1) / (self._verbs.df + 0.5)))
        self._fellows = np.clip((self._names_near.near > self._names_near.typical).sum(1), *FELLOWS).astype(float)
        self._core = self._widest(self._concepts)

    @staticmethod
    def _widest(bags: Bags) -> Floats:
        """Per row the share of all rows that hold the term of it which most rows hold."""
        out = np.zeros(len(bags))
        np.maximum.at(out, bags.rows, bags.df[bags.ids] / max(1, len(bags)))
        return out

    def _story_rarity(self, bags: Bags, context: Sequence[Sequence[str]]) -> Floats:
        if context:
            seen = Bags([set(words) for words in context])
            held = dict(zip(seen.vocabulary, seen.df.tolist(), strict=True))
            df, n = np.array([held.get(t, 1) for t in bags.vocabulary], float), len(context)
        else:
            df, n = bags.df.astype(float), len(bags)
        return np.asarray(np.maximum(0.0, np.log((n + 1) / (df + 0.5))))

    def statement(self, a: Ints, b: Ints) -> Floats:
        """One row a pair, columns as `STATEMENT_FEATURES`."""
        plain = self._telling.dot(self._plain_unit, a, b)
        near = self._plain_near
        words = self._words.dot(self._words_unit, a, b)
        wide = self._words_near
        framed = self._framed[a] + self._framed[b]
        sizes = self._telling.sizes
        columns = {
            "words": words,
            "happenings": self._happenings.jaccard(a, b),
            "closest": plain / np.sqrt(np.maximum(near.best[a] * near.best[b], 1e-6)),
            "stands_out": (words - (wide.mean[a] + wide.mean[b]) / 2) / (wide.spread + 0.01),
            "verbs": self._verbs.dot(self._verbs_unit, a, b),
            "rare_words": np.sqrt(self._telling.shared_mass(self._rare, a, b)),
            "same_events": self._happenings.dot(self._happenings_unit, a, b),
            "rare_concepts": self._concepts.dot(self._concepts_story, a, b),
            "acts": self._acts.jaccard(a, b),
            "framed_one": (framed == 1).astype(float),
            "framed_both": (framed == 2).astype(float),
            "central": (near.mean[a] + near.mean[b]) / (2 * near.typical + 0.01),
            "length": np.log1p(np.minimum(sizes[a], sizes[b]))
            / np.log1p(np.maximum(np.maximum(sizes[a], sizes[b]), 1)),
            "fellows": np.log1p((self._fellows[a] + self._fellows[b]) / 2),
            "core": np.minimum(self._core[a], self._core[b]),
            **{name: bags.jaccard(a, b) for name, bags in self._small.items()},
        }
        return np.column_stack([columns[name] for name in STATEMENT_FEATURES])

    def incident(self, a: Ints, b: Ints) -> Floats:
        """One row a pair, columns as `INCIDENT_FEATURES`: for statements whose articles are not known."""
        near = self._plain_near
        plain = self._telling.dot(self._plain_unit, a, b)
        columns = {
            "neighbours": self._story_near.alike(a, b),
            "neighbours_words": self._words_near.alike(a, b),
            "neighbour_names": self._names_near.alike(a, b),
            "names": self._names.dot(self._names_unit, a, b),
            "story_words": self._telling.dot(self._story_unit, a, b),
            "figures": self._small["figures"].jaccard(a, b),
            "central": np.minimum(near.mean[a], near.mean[b]) / (near.typical + 0.01),
            "closest": plain / np.sqrt(np.maximum(near.best[a] * near.best[b], 1e-6)),
            "group_size": np.full(len(a), np.log(np.clip(self._n, *GROUP_SIZES))),
        }
        return np.column_stack([columns[name] for name in INCIDENT_FEATURES])

    def touch(self, a: Ints, b: Ints) -> Bools:
        """Whether the two of a pair share anything but function words: a word, a name, an actor."""
        out = np.zeros(len(a), bool)
        for bags in (self._telling, self._names, self._small["actors"]):
            out[bags.shared(a, b)[0]] = True
        return out

    def shared_terms(self, a: int, b: int) -> tuple[str, ...]:
        """The terms that both share, rarest in the news first."""
        _, at, _ = self._telling.shared(np.array([a]), np.array([b]))
        ids = self._telling.ids[at]
        return tuple(self._telling.vocabulary[i] for i in sorted(ids.tolist(), key=lambda i: (-self._rare[i], i)))
