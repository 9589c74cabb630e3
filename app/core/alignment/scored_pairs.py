"""The scored pairs of the claims of a story, two articles at a time: those worked out before are looked up, others are found and scored.

Kept are of each article how near a claim must be to be a candidate (`candidates.py`), and of each two articles their pairs with
log-odds and likenesses, and how likely their statements are one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import numpy as np

from app.core.alignment.candidates import KeyIndex, candidate_pairs
from app.core.alignment.facts import Facts
from app.core.alignment.features import Feature, columns
from app.core.alignment.ground import Ground
from app.core.alignment.kept_work import packed, unpacked
from app.core.alignment.model import Stage, probability
from app.core.alignment.pairs import LikenedPairs, Pairs
from app.core.alignment.pool import Pool
from app.core.alignment.term_vectors import Floats, Ints
from app.core.thresholds import ROW_PAIR_FLOOR

__all__ = ["PairScorer", "ScoredPairs"]

_BLOCK = (("<u2", 2), ("<f4", 1), ("<i4", 1), ("<i4", 1), ("<u2", 2), ("<f4", 1))
"""Of two articles: pairs of claims by their place, log-odds, likeness in words and in meaning; pairs of statements, and how likely
they are one.
"""
Two = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ScoredPairs:
    """Pairs (a[k] < b[k]) of claims, their log-odds, and the pairs of statements `xy` in those that are linked: how likely (`same`)
    the two are one.
    """

    likened: LikenedPairs
    odds: Floats
    xy: Ints
    same: Floats


class PairScorer:
    """Finds and scores what is not known yet. `also`: pairs to be scored beside the candidates."""

    def __init__(
        self,
        pool: Pool,
        facts: Facts,
        ground: Ground,
        stage: Stage,
        features: Sequence[Feature],
        also: Collection[Two] = (),
    ) -> None:
        self._pool, self._facts, self._ground, self._stage, self._features = pool, facts, ground, stage, features
        self._also: Ints = np.array(sorted(also), np.intp).reshape(-1, 2)
        self._ends = np.searchsorted(pool.article, np.arange(len(ground) + 1))

    def scored(self) -> ScoredPairs:
        of_others = zip(*self._pool.article[self._also.T].tolist(), strict=True)
        wanted = sorted({*combinations(range(len(self._ground)), 2), *of_others})
        keys = {two: self._ground.key("pairs", *two) for two in wanted}
        found = {two: value for two, key in keys.items() if (value := self._ground.work.get(key)) is not None}
        if missing := keys.keys() - found.keys():
            for two, value in self._made(missing, found).items():
                self._ground.work.put(keys[two], value)
                found[two] = value
        self._ground.hold()
        return self._together({two: found[two] for two in keys})

    def _together(self, blocks: dict[Two, bytes]) -> ScoredPairs:
        parts = [(two, unpacked(value, _BLOCK)) for two, value in blocks.items()]
        none = np.zeros((0, 2), np.intp)
        ij = np.concatenate([none, *(block[0] + self._ends[list(two)] for two, block in parts)])
        xy = np.concatenate([none, *(block[4] + self._facts.firsts[self._ends[list(two)]] for two, block in parts)])
        odds, words, meaning, same = (
            np.concatenate([none[:, 0], *(block[k] for _, block in parts)]) for k in (1, 2, 3, 5)
        )
        whole: list[Ints] = [x.astype(np.intp) for x in (ij[:, 0], ij[:, 1], words, meaning)]
        return ScoredPairs(LikenedPairs(*whole), odds.astype(float), xy.astype(np.intp), same.astype(float))

    def _made(self, missing: Collection[Two], found: dict[Two, bytes]) -> dict[Two, bytes]:
        """The pairs of these articles, as they are kept."""
        a, b = self._candidates(missing)
        pairs = Pairs(self._pool, a, b, self._together(found).likened)
        odds = self._stage.log_odds(columns(pairs, self._features)).astype("<f4")
        near = np.flatnonzero(probability(odds.astype(float)) >= ROW_PAIR_FLOOR)
        xy, same, owner = self._facts.pairs(np.stack([a, b], 1)[near], odds[near].astype(float))
        self._ground.work.made["pairs"] += len(missing)
        self._ground.work.made["pairs scored"] += len(pairs)
        out, place = {}, self._place(a, b)
        for s, t in missing:
            own = slice(*np.searchsorted(place, s * len(self._ground) + t + np.arange(2)))
            inside = slice(*np.searchsorted(owner, np.searchsorted(near, [own.start, own.stop])))
            out[s, t] = packed(
                np.stack([a[own] - self._ends[s], b[own] - self._ends[t]], 1).astype("<u2"),
                odds[own],
                pairs.rounded_words[own].astype("<i4"),
                pairs.rounded_meaning[own].astype("<i4"),
                (xy[inside] - self._facts.firsts[self._ends[[s, t]]]).astype("<u2"),
                same[inside].astype("<f4"),
            )
        return out

    def _candidates(self, missing: Collection[Two]) -> tuple[Ints, Ints]:
        """Those of these articles, article by article."""
        asked = np.zeros((len(self._ground), len(self._ground)), bool)
        asked[tuple(np.array(sorted(missing)).T)] = True
        index = KeyIndex(self._pool)
        rows = [i for s in _covering(missing) for i in range(self._ends[s], self._ends[s + 1])]
        a, b = candidate_pairs(self._pool, rows, asked, index, self._bars(index))
        a, b = np.unique(np.concatenate([np.stack([a, b], 1), self._also]), axis=0).T
        order = np.argsort(self._place(a, b), kind="stable")
        return a[order], b[order]

    def _place(self, a: Ints, b: Ints) -> Ints:
        """Where the pairs of their articles stand among those of all."""
        return np.asarray(self._pool.article[a] * len(self._ground) + self._pool.article[b])

    def _bars(self, index: KeyIndex) -> Floats:
        """How near a claim of the ground must be to each claim to be a candidate."""

        def bars(n: int) -> bytes:
            return packed(np.array([index.bar(i) for i in range(self._ends[n], self._ends[n + 1])], "<f8"))

        kept = [self._ground.of("bars", n, make=partial(bars, n)) for n in range(len(self._ground))]
        return np.concatenate([unpacked(value, [("<f8", 1)])[0] for value in kept]).astype(float)


def _covering(pairs: Iterable[Two]) -> list[int]:
    """A few articles of which each pair has one: those of most pairs first."""
    left, out = set(pairs), []
    while left:
        count = Counter(one for two in left for one in two)
        most = min(count, key=lambda one: (-count[one], one))
        out.append(most)
        left = {two for two in left if most not in two}
    return out
