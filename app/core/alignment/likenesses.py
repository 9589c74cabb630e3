"""How a likeness of two statements stands among those that either has with the ground: its rank, and how far it stands out."""

from __future__ import annotations

import numpy as np

from app.core.alignment.term_vectors import Bools, Floats, Ints
from app.core.thresholds import RANKED_DIGITS

__all__ = ["Likenesses", "better_in_group", "rounded"]

_UNIT = 10**RANKED_DIGITS
_ROOM = 2 * _UNIT
"""More than any likeness, rounded; 1 and what rounding adds."""


def rounded(values: Floats) -> Ints:
    """Likenesses as whole numbers: what is equally good, but for rounding, ranks alike."""
    return np.asarray(np.round(values * _UNIT), np.intp)


class Likenesses:
    """For each statement its likenesses (rounded) with statements of the ground."""

    def __init__(self, of: Ints, values: Ints, statements: int) -> None:
        self._sorted = np.sort(of * _ROOM + values)
        self._ends = np.searchsorted(self._sorted, np.arange(1, statements + 1) * _ROOM)
        self._count = np.bincount(of, minlength=statements)
        told = values / _UNIT
        self._sum = np.bincount(of, told, statements)
        self._squares = np.bincount(of, told**2, statements)

    @classmethod
    def of_pairs(cls, a: Ints, b: Ints, values: Ints, ground: Bools) -> Likenesses:
        """Those of pairs, at both ends."""
        one, other = np.concatenate([a, b]), np.concatenate([b, a])
        seen = ground[other]
        return cls(one[seen], np.tile(values, 2)[seen], len(ground))

    def better(self, of: Ints, values: Ints) -> Ints:
        """How many of a statement's likenesses are greater."""
        return np.asarray(self._ends[of] - np.searchsorted(self._sorted, of * _ROOM + values, "right"))

    def stand_out(self, of: Ints, values: Ints, among: Bools) -> Floats:
        """How far a likeness lies above a statement's mean, in spreads; one that is not `among` them counts beside them."""
        told = values / _UNIT
        beside = (~among).astype(float)
        n = np.maximum(1, self._count[of] + beside)
        mean = (self._sum[of] + beside * told) / n
        spread = np.sqrt(np.maximum(0.0, (self._squares[of] + beside * told**2) / n - mean**2))
        return np.asarray((told - mean) / (spread + 1e-6))


def better_in_group(groups: Ints, values: Ints) -> Ints:
    """For each value how many of its group are greater."""
    order = np.lexsort((-values, groups))
    n = len(order)
    new_group = np.r_[True, np.diff(groups[order]) != 0][:n]
    new_value = new_group | np.r_[True, np.diff(values[order]) != 0][:n]
    at = np.arange(n)
    out = np.empty(n, np.intp)
    out[order] = np.maximum.accumulate(at * new_value) - np.maximum.accumulate(at * new_group)
    return out
