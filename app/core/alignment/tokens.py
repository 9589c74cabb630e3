"""Soft token alignment: how much of one statement is found in another, word piece by word piece, whatever the words.

Every word piece of a statement is a vector of the encoder (`core/encoder.py`), less the mean of the ground, so that what all
statements of a story share does not make them alike. For each piece of the one the likest piece of the other is looked up;
their mean, weighed by how rare the piece is in the ground, says how much of the one the other holds. The idea is that of late
interaction (ColBERT, Khattab and Zaharia 2020) and of BERTScore (Zhang et al. 2020).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.core.alignment.term_vectors import Bools, Floats, Ints
from app.core.encoder import Encoded
from app.core.records import Span

__all__ = ["Tokens", "of_length_one"]

Vectors = npt.NDArray[np.float32]


class Tokens:
    """The word pieces of a pool of statements, one after the other: statement k has those of `segments[k]`.

    `spans` say where each stands in its statement; `vectors` are centred, and of length 1.
    """

    def __init__(self, sizes: Ints, pieces: Ints, spans: Ints, vectors: Vectors, ground: Bools) -> None:
        ends = np.cumsum(np.r_[0, sizes])
        self.segments: Ints = np.stack([ends[:-1], ends[1:]], axis=1).astype(np.intp)
        self._spans, self._vectors = spans, vectors
        rows = np.repeat(np.arange(len(sizes)), sizes)
        seen = ground[rows]
        top = int(pieces.max(initial=0)) + 1
        held = np.bincount(np.unique(rows[seen] * top + pieces[seen]) % top, minlength=top)
        self.weight: Floats = np.log((int(ground.sum()) + 1) / (held[pieces] + 0.5)).clip(0)

    @classmethod
    def of(cls, encoded: Sequence[Encoded], ground: Bools | None = None) -> Tokens:
        """As the encoder gives them; all are ground where none are named."""
        ground = np.ones(len(encoded), bool) if ground is None else ground
        sizes = np.array([len(e.pieces) for e in encoded], np.intp)
        found = np.concatenate([e.vectors for e in encoded]) if encoded else np.zeros((0, 1), np.float32)
        pieces = np.array([p for e in encoded for p in e.pieces], np.intp)
        spans = np.array([s for e in encoded for s in e.spans], np.intp).reshape(-1, 2)
        seen = found[np.repeat(ground, sizes)]
        return cls(sizes, pieces, spans, of_length_one(found - (seen.mean(0) if len(seen) else 0)), ground)

    def segment(self, statement: int, span: Span) -> tuple[int, int]:
        """Those of a statement that stand between two offsets of it; all of it where none does."""
        first, last = self.segments[statement].tolist()
        inside = (self._spans[first:last, 0] >= span[0]) & (self._spans[first:last, 1] <= span[1])
        at = np.flatnonzero(inside)
        return (first + int(at[0]), first + int(at[-1]) + 1) if len(at) else (first, last)

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


def of_length_one(vectors: npt.NDArray[np.floating]) -> Vectors:
    """Each scaled to length 1."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32)
