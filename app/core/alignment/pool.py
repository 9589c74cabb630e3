"""A pool of statements that are compared with each other, and what is known of asked pairs of them.

Rarity is judged inside the pool, where all speak of the same actors and things, and by the news at large. Everything is
symmetric, and depends on the statements alone, never on their order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from app.core.alignment.likenesses import Likenesses, better_in_group, rounded
from app.core.alignment.statement import Statement
from app.core.alignment.term_vectors import Bools, Floats, Ints, Neighbours, TermVectors
from app.core.alignment.terms import background, name_stems, stems
from app.core.alignment.tokens import Tokens
from app.core.encoder import Encoder
from app.core.thresholds import FELLOWS, LEAST_RARITY

__all__ = ["Pairs", "Pool", "Ranks", "ranks_of"]

Ranks = tuple[Floats, Floats, Floats, Floats]


class Pool:
    """Statements and the articles they stand in, by number. `tokens` is None where no encoder has run.

    `ground`: the statements by which it is told what is rare and what is usual; all where none are named. What is told of others
    is then the same whichever stand beside them.
    """

    def __init__(
        self,
        statements: Sequence[Statement],
        article: Sequence[int],
        encoder: Encoder | None = None,
        ground: Bools | None = None,
    ) -> None:
        self.statements = statements
        self.article: Ints = np.array(article, np.intp)
        self.ground: Bools = np.ones(len(statements), bool) if ground is None else ground
        self.words = TermVectors([s.words for s in statements])
        rarity = self.rarity(self.words)
        at_large = background().rarities(self.words.vocabulary)
        self.in_pool = self.words.unit(np.maximum(0.0, rarity))
        self.at_large = self.words.unit(at_large)
        self.weight: Floats = np.maximum(rarity, LEAST_RARITY) * at_large
        self.mass = self.words.mass(self.weight)
        self.keys = TermVectors([s.keys for s in statements])
        self.verbs = TermVectors([s.verbs for s in statements])
        self.verbs_unit = self.verbs.unit(self.rarity(self.verbs))
        self.events = TermVectors([(*s.verbs, *s.nouns) for s in statements])
        self.events_unit = self.events.unit()
        self.plain = self.words.unit()
        self.near = Neighbours.of(self.words, self.plain, self.ground)
        self.acts = TermVectors([s.acts for s in statements])
        self.all_words = TermVectors([stems(s.text) for s in statements])
        self.all_unit = self.all_words.unit()
        self.wide = Neighbours.of(self.all_words, self.all_unit, self.ground)
        self.names = TermVectors([name_stems(s.text) for s in statements])
        rare_names = self.names.unit(background().rarities(self.names.vocabulary))
        named = Neighbours.of(self.names, rare_names, self.ground)
        self.fellows: Floats = np.clip((named.near > named.typical).sum(1), *FELLOWS).astype(float)
        self.values = TermVectors([[f"{v:g}" for v in s.values] for s in statements])
        self.dates = TermVectors([s.dates for s in statements])
        self.actors = TermVectors([s.actors for s in statements])
        speakers = sorted({s.speaker for s in statements if s.speaker})
        self.speaker: Ints = np.array([speakers.index(s.speaker) if s.speaker else -1 for s in statements], np.intp)
        self.opening: Floats = np.array([s.opening for s in statements], float)
        self.depth: Floats = np.array([s.depth for s in statements], float)
        counts = np.bincount(self.article) if len(self.article) else np.zeros(0)
        self.crowd: Floats = np.log(counts[self.article].astype(float)) if len(self.article) else np.zeros(0)
        self.tokens = Tokens.of(encoder.encode([s.text for s in statements]), self.ground) if encoder else None

    def __len__(self) -> int:
        return len(self.statements)

    def rarity(self, terms: TermVectors) -> Floats:
        """How rare each term is among the statements of the ground."""
        return np.asarray(np.log((int(self.ground.sum()) + 1) / (terms.held_by(self.ground) + 0.5)))

    @cached_property
    def telling(self) -> Mapping[str, float]:
        """What each word tells."""
        return dict(zip(self.words.vocabulary, self.weight.tolist(), strict=True))

    def shared_terms(self, a: int, b: int) -> tuple[str, ...]:
        """The words that both share, those that tell most first."""
        both = set(self.statements[a].words) & set(self.statements[b].words)
        return tuple(sorted(both, key=lambda t: (-self.telling[t], t)))


class Pairs:
    """The asked pairs (a[k], b[k]) of a pool, and the quantities that features are made of, each computed once."""

    def __init__(self, pool: Pool, a: Ints, b: Ints) -> None:
        self.pool, self.a, self.b = pool, a, b

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
    def closest(self) -> Floats:
        """The plain cosine of the words, against the highest that each of the two has with any other."""
        near = self.pool.near
        plain = self.pool.words.dot(self.pool.plain, self.a, self.b)
        return np.asarray(plain / np.sqrt(np.maximum(near.best[self.a] * near.best[self.b], 1e-6)))

    @cached_property
    def stands_out(self) -> Floats:
        """The cosine of all words, small ones too, less what is usual of either, in spreads."""
        wide = self.pool.wide
        plain = self.pool.all_words.dot(self.pool.all_unit, self.a, self.b)
        return np.asarray((plain - (wide.mean[self.a] + wide.mean[self.b]) / 2) / (wide.spread + 0.01))

    @cached_property
    def central(self) -> Floats:
        """How much both resemble everything else, against what is usual."""
        near = self.pool.near
        return np.asarray((near.mean[self.a] + near.mean[self.b]) / (2 * near.typical + 0.01))

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
        return ranks_of(self.pool, self.a, self.b, self.rounded_words, self.seen_words)

    @cached_property
    def meaning_ranks(self) -> Ranks:
        return ranks_of(self.pool, self.a, self.b, self.rounded_meaning, self.seen_meaning)

    @cached_property
    def outstanding(self) -> Floats:
        """How far the pair's meaning lies above what is usual of the one and of the other, in spreads, summed."""
        values, ground = self.rounded_meaning, self.pool.ground
        return self.seen_meaning.stand_out(self.a, values, ground[self.b]) + self.seen_meaning.stand_out(
            self.b, values, ground[self.a]
        )

    @cached_property
    def seen_words(self) -> Likenesses:
        """The likenesses in words that each statement has with the ground; here those of the asked pairs."""
        return Likenesses.of_pairs(self.a, self.b, self.rounded_words, self.pool.ground)

    @cached_property
    def seen_meaning(self) -> Likenesses:
        """The same in meaning."""
        return Likenesses.of_pairs(self.a, self.b, self.rounded_meaning, self.pool.ground)

    @cached_property
    def rounded_words(self) -> Ints:
        return rounded(self.words)

    @cached_property
    def rounded_meaning(self) -> Ints:
        return rounded(self.meaning)


def ranks_of(pool: Pool, a: Ints, b: Ints, values: Ints, seen: Likenesses) -> Ranks:
    """How many of the one's likenesses with the ground are better than each pair's (lower and higher of the two ends), and how many
    of its pairs with the other's article; all as log1p. What is equally good ranks alike: the order of pairs plays no part.
    """
    one, other = np.concatenate([a, b]), np.concatenate([b, a])
    doubled, n = np.tile(values, 2), len(a)
    in_article = one * (int(pool.article.max(initial=0)) + 1) + pool.article[other]
    out = []
    for rank in (seen.better(one, doubled), better_in_group(in_article, doubled)):
        out += [np.log1p(np.minimum(rank[:n], rank[n:])), np.log1p(np.maximum(rank[:n], rank[n:]))]
    return out[0], out[1], out[2], out[3]
