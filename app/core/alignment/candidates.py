"""Which pairs of claims are worth scoring: for each claim those that share most with it, never all pairs at scale."""

from __future__ import annotations

import numpy as np

from app.core.alignment.pool import Pool
from app.core.alignment.term_vectors import Ints
from app.core.thresholds import CANDIDATE_TERM_CLAIMS, CANDIDATES

__all__ = ["candidate_pairs"]


def candidate_pairs(pool: Pool) -> tuple[Ints, Ints]:
    """Pairs (a[k] < b[k]) of claims of different articles, in order: for each claim the `CANDIDATES` of the highest cosine of words
    weighed by rarity, by an inverted index; and what opens one article with what opens another.

    A word that more than `CANDIDATE_TERM_CLAIMS` claims have says too little to be looked up by, so work grows with the claims
    and not with their square.
    """
    n, words = len(pool), pool.words
    order = np.argsort(words.ids, kind="stable")
    starts = np.searchsorted(words.ids[order], np.arange(len(words.vocabulary) + 1))
    holders, values = words.rows[order], pool.in_pool[order]
    found = []
    for i in range(n):
        score = np.zeros(n)
        for k in range(int(words.ends[i]), int(words.ends[i + 1])):
            low, high = starts[words.ids[k]], starts[words.ids[k] + 1]
            if high - low <= CANDIDATE_TERM_CLAIMS:
                score[holders[low:high]] += values[low:high] * pool.in_pool[k]
        score[pool.article == pool.article[i]] = 0
        near = np.flatnonzero(score)
        if len(near) > CANDIDATES:
            near = near[np.lexsort((near, -score[near]))[:CANDIDATES]]
        found.append(np.stack([np.minimum(i, near), np.maximum(i, near)]))
    opening = np.flatnonzero(pool.opening)
    x, y = np.meshgrid(opening, opening, indexing="ij")
    apart = (x < y) & (pool.article[x] != pool.article[y])
    found.append(np.stack([x[apart], y[apart]]))
    pairs = np.unique(np.concatenate(found, axis=1), axis=1).astype(np.intp) if n else np.zeros((2, 0), np.intp)
    return pairs[0], pairs[1]
