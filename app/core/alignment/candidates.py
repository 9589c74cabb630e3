"""Which pairs of claims are worth scoring: those whose keys are alike, looked up by the keys and never by trying all pairs.

For each claim the `CANDIDATES` of the highest cosine of keys (words, acts, actors, figures and dates), weighed by how rare they
are in the ground, if it is `CANDIDATE_LIKENESS` at least; and what opens one article with what opens another. A key that more
than `CANDIDATE_TERM_CLAIMS` claims of the ground have says too little to be looked up by, so work grows with the claims and not
with their square. Which pairs are candidates depends on the two claims and the ground alone.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from app.core.alignment.pool import Pool
from app.core.alignment.term_vectors import Bools, Floats, Ints
from app.core.thresholds import CANDIDATE_LIKENESS, CANDIDATE_TERM_CLAIMS, CANDIDATES, LEAST_RARITY, RANKED_DIGITS

__all__ = ["KeyIndex", "candidate_pairs"]


class KeyIndex:
    """The claims of a pool by their keys."""

    def __init__(self, pool: Pool) -> None:
        self._pool, keys = pool, pool.keys
        self._values = keys.unit(np.maximum(pool.rarity(keys), LEAST_RARITY))
        order = np.argsort(keys.ids, kind="stable")
        self._starts = np.searchsorted(keys.ids[order], np.arange(len(keys.vocabulary) + 1))
        self._holders, self._held = keys.rows[order], self._values[order]
        self._found: dict[int, tuple[Ints, Floats]] = {}
        self._telling = keys.held_by(pool.ground) <= CANDIDATE_TERM_CLAIMS

    def near(self, i: int) -> tuple[Ints, Floats]:
        """The claims of other articles that are near enough to one, and how near."""
        if i not in self._found:
            self._found[i] = self._near(i)
        return self._found[i]

    def _near(self, i: int) -> tuple[Ints, Floats]:
        pool, keys = self._pool, self._pool.keys
        score = np.zeros(len(pool))
        for k in range(int(keys.ends[i]), int(keys.ends[i + 1])):
            term = keys.ids[k]
            if self._telling[term]:
                some = slice(self._starts[term], self._starts[term + 1])
                score[self._holders[some]] += self._held[some] * self._values[k]
        score[pool.article == pool.article[i]] = 0
        score = np.round(score, RANKED_DIGITS)
        near = np.flatnonzero(score >= CANDIDATE_LIKENESS)
        return near, score[near]

    def bar(self, i: int) -> float:
        """How near a claim of the ground must be to one to be of its `CANDIDATES`; 0 where there are not so many."""
        near, score = self.near(i)
        seen = score[self._pool.ground[near]]
        return (
            float(np.partition(seen, len(seen) - CANDIDATES)[len(seen) - CANDIDATES]) if len(seen) > CANDIDATES else 0.0
        )


def candidate_pairs(
    pool: Pool,
    rows: Iterable[int] | None = None,
    asked: Bools | None = None,
    index: KeyIndex | None = None,
    bars: Floats | None = None,
) -> tuple[Ints, Ints]:
    """Pairs (a[k] < b[k]) of claims of different articles, in order.

    `rows`: only those with one of these claims, where the `bars` of all are known; `asked[s, t]`: only those of such two articles.
    """
    index, every = index or KeyIndex(pool), range(len(pool))
    found = {i: index.near(i) for i in (every if rows is None else rows)}
    known = np.array([index.bar(i) for i in every], float) if bars is None else bars
    pairs = [np.zeros((2, 0), np.intp)]
    for i, (others, score) in found.items():
        near = others[(score >= known[i]) | (score >= known[others])]
        pairs.append(np.stack([np.minimum(i, near), np.maximum(i, near)]))
    opening = np.flatnonzero(pool.opening)
    x, y = np.meshgrid(opening, opening, indexing="ij")
    apart = (x < y) & (pool.article[x] != pool.article[y])
    pairs.append(np.stack([x[apart], y[apart]]))
    a, b = np.unique(np.concatenate(pairs, axis=1), axis=1).astype(np.intp)
    wanted = np.ones(len(a), bool) if asked is None else asked[pool.article[a], pool.article[b]]
    return a[wanted], b[wanted]
