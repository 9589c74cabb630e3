"""Soft token alignment: how much of one statement is found in another, word piece by word piece, whatever the words.

Every word piece of a statement is a vector of the encoder (`core/encoder.py`), less the mean of the pool, so that what all
statements of a story share does not make them alike. For each piece of the one the likest piece of the other is looked up;
their mean, weighed by how rare the piece is in the pool, says how much of the one the other holds. The idea is that of late
interaction (ColBERT, Khattab and Zaharia 2020) and of BERTScore (Zhang et al. 2020).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.core.alignment.term_vectors import Floats, Ints
from app.core.encoder import Encoded

__all__ = ["Tokens"]


class Tokens:
    """The word pieces of a pool of statements, one after the other: statement k has those of `segments[k]`."""

    def __init__(self, encoded: Sequence[Encoded]) -> None:
        ends = np.cumsum([0, *(len(e.pieces) for e in encoded)])
        self.segments: Ints = np.stack([ends[:-1], ends[1:]], axis=1).astype(np.intp)
        held = Counter(piece for e in encoded for piece in set(e.pieces))
        self.weight: Floats = np.array(
            [np.log((len(encoded) + 1) / (held[piece] + 0.5)) for e in encoded for piece in e.pieces], float
        ).clip(0)
        found = np.concatenate([e.vectors for e in encoded]) if encoded else np.zeros((0, 1), np.float32)
        centred = found - (found.mean(0) if len(found) else 0)
        length = np.linalg.norm(centred, axis=1, keepdims=True)
        self._vectors: npt.NDArray[np.float32] = (centred / np.maximum(length, 1e-9)).astype(np.float32)

    def alignment(self, a: Ints, b: Ints) -> tuple[Floats, Floats]:
        """For rows of segments `a` and `b`: how much of a[k] is found in b[k], and of b[k] in a[k]; 0 to 1."""
        there, back = np.zeros(len(a)), np.zeros(len(a))
        full = np.flatnonzero((a[:, 1] > a[:, 0]) & (b[:, 1] > b[:, 0]))
        if not len(full):
            return there, back
        order = full[np.lexsort((a[full, 1], a[full, 0]))]
        firsts = np.flatnonzero(np.r_[True, (a[order[1:]] != a[order[:-1]]).any(1)])
        for some in np.split(order, firsts[1:]):
            there[some], back[some] = self._of_one(a[some[0]], b[some])
        return there, back

    def _of_one(self, one: Ints, others: Ints) -> tuple[Floats, Floats]:
        own = slice(int(one[0]), int(one[1]))
        sizes = others[:, 1] - others[:, 0]
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        at = np.arange(int(sizes.sum())) + np.repeat(others[:, 0] - starts, sizes)
        alike = (self._vectors[own] @ self._vectors[at].T).clip(0)
        weight = self.weight[own]
        there = weight @ np.maximum.reduceat(alike, starts, axis=1) / max(float(weight.sum()), 1e-9)
        weights = self.weight[at]
        back = np.add.reduceat(weights * alike.max(0), starts) / np.maximum(np.add.reduceat(weights, starts), 1e-9)
        return there, back
