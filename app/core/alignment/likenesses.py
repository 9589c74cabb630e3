"""How a likeness of two statements ranks among those that either has with the ground."""

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
    """Of pairs of statements: for each statement its likenesses (rounded) with those of the ground."""

    def __init__(self, a: Ints, b: Ints, values: Ints, ground: Bools) -> None:
        of, seen = np.concatenate([a, b]), ground[np.concatenate([b, a])]
        self._sorted = np.sort(of[seen] * _ROOM + np.tile(values, 2)[seen])
        self._ends = np.searchsorted(self._sorted, np.arange(1, len(ground) + 1) * _ROOM)

    def better(self, of: Ints, values: Ints) -> Ints:
        """How many of a statement's likenesses are greater."""
        return np.asarray(self._ends[of] - np.searchsorted(self._sorted, of * _ROOM + values, "right"))


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
