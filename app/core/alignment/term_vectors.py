"""Many bags of terms as one sparse matrix: overlaps of asked pairs, and likeness to everything else in the story.

NumPy only. Work and memory grow with the number of pairs asked, not with the square of the statements: what a
statement resembles at large is measured against at most `LANDMARKS` others, chosen by content.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.core.thresholds import LANDMARKS

__all__ = ["Bools", "Floats", "Ints", "Neighbours", "TermVectors"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


class TermVectors:
    """Rows of terms. `vocabulary` is sorted, so nothing depends on the order in which terms were met."""

    def __init__(self, rows: Sequence[Iterable[str]]) -> None:
        lists = [list(row) for row in rows]
        terms = [term for row in lists for term in row]
        self.vocabulary: list[str] = sorted(set(terms))
        index = {t: i for i, t in enumerate(self.vocabulary)}
        width = len(self.vocabulary) + 1
        held = np.repeat(np.arange(len(lists)), [len(row) for row in lists]) * width
        places, counts = np.unique(held + [index[t] for t in terms], return_counts=True)
        self.rows: Ints = np.asarray(places // width, np.intp)
        self.ids: Ints = np.asarray(places % width, np.intp)
        self.tf: Floats = 1 + np.log(counts.astype(float))
        self.sizes: Ints = np.bincount(self.rows, minlength=len(lists))
        self.ends: Ints = np.cumsum(np.r_[0, self.sizes])
        self.df: Ints = np.bincount(self.ids, minlength=len(self.vocabulary))

    def __len__(self) -> int:
        return len(self.sizes)

    def held_by(self, some: Bools) -> Ints:
        """How many of these rows have each term."""
        return np.bincount(self.ids[some[self.rows]], minlength=len(self.vocabulary))

    def unit(self, weights: Floats | None = None) -> Floats:
        """Entry values tf x weight, each row scaled to length 1."""
        values = self.tf if weights is None else self.tf * weights[self.ids]
        length = np.sqrt(np.bincount(self.rows, values * values, len(self)))
        length[length == 0] = 1
        return np.asarray(values / length[self.rows])

    def mass(self, weights: Floats) -> Floats:
        """Sum of the weights of each row's terms."""
        return np.bincount(self.rows, weights[self.ids], len(self)).astype(float)

    def shared(self, a: Ints, b: Ints) -> tuple[Ints, Ints, Ints]:
        """Terms that a[k] and b[k] share: the pairs' numbers k and the entries' positions in row a[k] and row b[k]."""
        pair_a, at_a = self._entries(a)
        pair_b, at_b = self._entries(b)
        width = len(self.vocabulary) + 1
        key_a = pair_a * width + self.ids[at_a]
        key_b = pair_b * width + self.ids[at_b]
        if not len(key_b):
            none = np.zeros(0, np.intp)
            return none, none, none
        where = np.minimum(np.searchsorted(key_b, key_a), len(key_b) - 1)
        hit = key_b[where] == key_a
        return pair_a[hit], at_a[hit], at_b[where[hit]]

    def dot(self, values: Floats, a: Ints, b: Ints) -> Floats:
        """Cosine of each pair, `values` being `unit` ones."""
        pair, at_a, at_b = self.shared(a, b)
        return np.bincount(pair, values[at_a] * values[at_b], len(a)).astype(float)

    def jaccard(self, a: Ints, b: Ints) -> Floats:
        """Shared terms out of all terms of each pair; 0 where both are empty."""
        pair, _, _ = self.shared(a, b)
        both = np.bincount(pair, minlength=len(a)).astype(float)
        return np.asarray(both / np.maximum(1, self.sizes[a] + self.sizes[b] - both))

    def shared_mass(self, weights: Floats, a: Ints, b: Ints) -> Floats:
        """Sum of the weights of the terms that each pair shares."""
        pair, at_a, _ = self.shared(a, b)
        return np.bincount(pair, weights[self.ids[at_a]], len(a)).astype(float)

    def _entries(self, rows: Ints) -> tuple[Ints, Ints]:
        sizes = self.sizes[rows]
        pairs = np.repeat(np.arange(len(rows)), sizes)
        starts = (
            np.repeat(self.ends[rows] - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes) if len(rows) else sizes
        )
        return pairs, np.arange(len(pairs)) + starts


@dataclass(frozen=True)
class Neighbours:
    """How each row resembles the landmarks: `near[i, l]` is the cosine of row i and landmark l, 0 with itself."""

    near: Floats
    best: Floats  # per row: the highest
    mean: Floats  # per row
    typical: float  # mean over everything
    spread: float

    @classmethod
    def of(cls, bags: TermVectors, values: Floats, ground: Bools | None = None) -> Neighbours:
        """`ground`: the rows that may be landmarks, and by which it is told what is usual; all where none are named."""
        rows = len(bags)
        seen = np.arange(rows) if ground is None else np.flatnonzero(ground)
        marks = seen[:: max(1, -(-len(seen) // LANDMARKS))]
        used = np.unique(np.concatenate([bags.ids[bags.ends[m] : bags.ends[m + 1]] for m in marks])) if rows else marks
        place = np.full(len(bags.vocabulary), -1, np.intp)
        place[used] = np.arange(len(used))
        near = np.zeros((rows, len(marks)))
        mark_matrix = _dense(bags, values, place, len(used), marks)
        for start in range(0, rows, 1024):
            some = np.arange(start, min(rows, start + 1024))
            near[some] = _dense(bags, values, place, len(used), some) @ mark_matrix.T
        near[marks, np.arange(len(marks))] = 0
        others = np.full(rows, max(1, len(marks)))
        others[marks] = max(1, len(marks) - 1)
        usual = near[seen]
        total = max(1, usual.size - len(marks))
        typical = float(usual.sum() / total)
        spread = float(np.sqrt(max(0.0, (usual**2).sum() / total - typical**2)))
        return cls(near, near.max(1, initial=0), near.sum(1) / others, typical, spread)

    def alike(self, a: Ints, b: Ints) -> Floats:
        """Whether a and b resemble the same other rows: cosine of their profiles, each less its own mean."""
        out = np.empty(len(a))
        for start in range(0, len(a), 4096):
            some = slice(start, start + 4096)
            out[some] = np.einsum("ij,ij->i", self.profile[a[some]], self.profile[b[some]])
        return out

    @cached_property
    def profile(self) -> Floats:
        found = self.near - self.mean[:, None]
        found[self.near == 0] = 0
        length = np.sqrt((found**2).sum(1))
        length[length == 0] = 1
        return np.asarray(found / length[:, None])


def _dense(bags: TermVectors, values: Floats, place: Ints, width: int, rows: Ints) -> Floats:
    out = np.zeros((len(rows), width))
    pairs, at = bags._entries(rows)  # noqa: SLF001
    columns = place[bags.ids[at]]
    known = columns >= 0
    out[pairs[known], columns[known]] = values[at[known]]
    return out
