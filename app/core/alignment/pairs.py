"""What is known of asked pairs of the statements of a pool: the quantities that features are made of. Everything is symmetric."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from app.core.alignment.likenesses import Likenesses, better_in_group, rounded
from app.core.alignment.pool import Pool
from app.core.alignment.term_vectors import Floats, Ints

__all__ = ["LikenedPairs", "Pairs"]

Ranks = tuple[Floats, Floats, Floats, Floats]


@dataclass(frozen=True, slots=True)
class LikenedPairs:
    """Pairs of statements with their likenesses in words and in meaning, rounded."""

    a: Ints
    b: Ints
    words: Ints
    meaning: Ints

    def with_others(self, others: LikenedPairs) -> LikenedPairs:
        both = ((self.a, others.a), (self.b, others.b), (self.words, others.words), (self.meaning, others.meaning))
        return LikenedPairs(*(np.concatenate(two) for two in both))


class Pairs:
    """The asked pairs (a[k], b[k]) of a pool, each quantity computed once.

    They are ranked among each other; among those `beside` them too, where others are known; `at`: where they stand among these.
    """

    def __init__(
        self, pool: Pool, a: Ints, b: Ints, beside: LikenedPairs | None = None, at: Ints | None = None
    ) -> None:
        self.pool, self.a, self.b = pool, a, b
        self._beside, self._at = beside, at

    def __len__(self) -> int:
        return len(self.a)

    def least(self, values: Floats) -> Floats:
        return np.minimum(values[self.a], values[self.b])

    def most(self, values: Floats) -> Floats:
        return np.maximum(values[self.a], values[self.b])

    @cached_property
    def words(self) -> Floats:
        """Cosine of the words, weighed by rarity in the pool."""
        return self.pool.words.dot(self.pool.in_pool, self.a, self.b)

    @cached_property
    def stands_out(self) -> Floats:
        """The cosine of all words, small ones too, less what is usual of either, in spreads."""
        wide = self.pool.wide
        plain = self.pool.all_words.dot(self.pool.all_unit, self.a, self.b)
        return np.asarray((plain - (wide.mean[self.a] + wide.mean[self.b]) / 2) / (wide.spread + 0.01))

    @cached_property
    def news_words(self) -> Floats:
        """Cosine of the words, weighed by rarity in the news at large."""
        return self.pool.words.dot(self.pool.at_large, self.a, self.b)

    @cached_property
    def shared(self) -> Floats:
        """Weight of the words that both have."""
        return self.pool.words.shared_mass(self.pool.weight, self.a, self.b)

    @cached_property
    def held(self) -> tuple[Floats, Floats]:
        """The share of the one's weight that the other has: the lower and the higher of the two."""
        mass = self.pool.mass
        one, other = self.shared / np.maximum(mass[self.a], 1e-9), self.shared / np.maximum(mass[self.b], 1e-9)
        return np.minimum(one, other), np.maximum(one, other)

    @cached_property
    def string(self) -> Floats:
        """RapidFuzz' token_set_ratio of the words, 0 to 1; 0 where one has none."""
        if not len(self):
            return np.zeros(0)
        texts = [" ".join(s.words) for s in self.pool.statements]
        found = cpdist(
            [texts[i] for i in self.a.tolist()],
            [texts[j] for j in self.b.tolist()],
            scorer=fuzz.token_set_ratio,
            dtype=np.float64,
        )
        full = np.array([bool(t) for t in texts])
        return np.asarray(np.where(full[self.a] & full[self.b], found / 100, 0.0))

    @cached_property
    def tokens(self) -> tuple[Floats, Floats]:
        """Soft token alignment, the lower and the higher of the two directions; 0 without an encoder."""
        if self.pool.tokens is None:
            return np.zeros(len(self)), np.zeros(len(self))
        segments = self.pool.tokens.segments
        there, back = self.pool.tokens.alignment(segments[self.a], segments[self.b])
        return np.minimum(there, back), np.maximum(there, back)

    @cached_property
    def meaning(self) -> Floats:
        """The mean of the two directions of soft token alignment."""
        return (self.tokens[0] + self.tokens[1]) / 2

    @cached_property
    def word_ranks(self) -> Ranks:
        return self._ranks(self.among.words)

    @cached_property
    def meaning_ranks(self) -> Ranks:
        return self._ranks(self.among.meaning)

    def _ranks(self, values: Ints) -> Ranks:
        """How many of the one's likenesses with the ground are better than each pair's (lower and higher of the two ends), and how
        many of its pairs with the other's article; all as log1p. What is equally good ranks alike: the order of pairs plays no part.
        """
        a, b, article = self.among.a, self.among.b, self.pool.article
        seen = Likenesses(a, b, values, self.pool.ground)
        one, other, doubled = np.concatenate([a, b]), np.concatenate([b, a]), np.tile(values, 2)
        in_article = one * (int(article.max(initial=0)) + 1) + article[other]
        at = np.arange(len(a) - len(self), len(a)) if self._at is None else self._at
        out = []
        for rank in (seen.better(one, doubled), better_in_group(in_article, doubled)):
            two = rank[at], rank[len(a) + at]
            out += [np.log1p(np.minimum(*two)), np.log1p(np.maximum(*two))]
        return out[0], out[1], out[2], out[3]

    @cached_property
    def among(self) -> LikenedPairs:
        """Those among which they are ranked, themselves last where their place is not told."""
        if self._beside is not None and self._at is not None:
            return self._beside
        mine = LikenedPairs(self.a, self.b, self.rounded_words, self.rounded_meaning)
        return self._beside.with_others(mine) if self._beside else mine

    @cached_property
    def rounded_words(self) -> Ints:
        return rounded(self.words)

    @cached_property
    def rounded_meaning(self) -> Ints:
        return rounded(self.meaning)
