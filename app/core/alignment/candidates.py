"""Which pairs of claims are worth scoring: those whose keys are alike, looked up by the keys and never by trying all pairs."""

from __future__ import annotations

import numpy as np

from app.core.alignment.pool import Pool
from app.core.alignment.term_vectors import Ints
from app.core.thresholds import CANDIDATE_LIKENESS, CANDIDATE_TERM_CLAIMS, CANDIDATES, LEAST_RARITY

__all__ = ["candidate_pairs"]


def candidate_pairs(pool: Pool) -> tuple[Ints, Ints]:
    """Pairs (a[k] < b[k]) of claims of different articles, in order.

    For each claim the `CANDIDATES` of the highest cosine of keys (words, acts, actors, figures and dates), weighed by how rare
    they are in the story, if it is `CANDIDATE_LIKENESS` at least; and what opens one article with what opens another. A key that
    more than `CANDIDATE_TERM_CLAIMS` claims have says too little to be looked up by, so work grows with the claims and not with
    their square.
    """
    n, keys = len(pool), pool.keys
    values = keys.unit(np.maximum(np.log((n + 1) / (keys.df + 0.5)), LEAST_RARITY))
    order = np.argsort(keys.ids, kind="stable")
    starts = np.searchsorted(keys.ids[order], np.arange(len(keys.vocabulary) + 1))
    holders, held = keys.rows[order], values[order]
    found = []
    for i in range(n):
        score = np.zeros(n)
        for k in range(int(keys.ends[i]), int(keys.ends[i + 1])):
            low, high = starts[keys.ids[k]], starts[keys.ids[k] + 1]
            if high - low <= CANDIDATE_TERM_CLAIMS:
                score[holders[low:high]] += held[low:high] * values[k]
        score[pool.article == pool.article[i]] = 0
        near = np.flatnonzero(score >= CANDIDATE_LIKENESS)
        if len(near) > CANDIDATES:
            near = near[np.lexsort((near, -score[near]))[:CANDIDATES]]
        found.append(np.stack([np.minimum(i, near), np.maximum(i, near)]))
    opening = np.flatnonzero(pool.opening)
    x, y = np.meshgrid(opening, opening, indexing="ij")
    apart = (x < y) & (pool.article[x] != pool.article[y])
    found.append(np.stack([x[apart], y[apart]]))
    pairs = np.unique(np.concatenate(found, axis=1), axis=1).astype(np.intp) if n else np.zeros((2, 0), np.intp)
    return pairs[0], pairs[1]
