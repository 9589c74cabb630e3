"""The statements that claims hold, clause by clause, and how likely two of them are one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from app.core.alignment.entries import ClaimEntry
from app.core.alignment.model import probability
from app.core.alignment.pool import Pool
from app.core.alignment.term_vectors import Floats, Ints, TermVectors
from app.core.alignment.terms import telling_stems
from app.core.thresholds import CLAUSE_PULL

__all__ = ["Fact", "Facts"]

Fact = tuple[int, int]
"""A statement that a claim holds: number of the entry, number of its clause."""


class Facts:
    """`all`: every statement of every claim; those of claim i from `firsts[i]` on."""

    def __init__(self, entries: Sequence[ClaimEntry], pool: Pool) -> None:
        self._entries, self._pool = entries, pool
        self.all: list[Fact] = [(i, n) for i, e in enumerate(entries) for n in range(len(e.statement.clauses))]
        self.firsts: Ints = np.cumsum([0, *(len(e.statement.clauses) for e in entries)])

    def pairs(self, ij: Ints, odds: Floats) -> tuple[Ints, Floats, Ints]:
        """Those (x, y) of these linked pairs of claims, how likely the two state the same, and which pair each belongs to.

        The statements of two claims that are nearest to each other carry the whole probability of the pair; others lose by how
        much less near they are.
        """
        pairs, owner = [], []
        for k, (i, j) in enumerate(ij.tolist()):
            for x in range(self.firsts[i], self.firsts[i + 1]):
                for y in range(self.firsts[j], self.firsts[j + 1]):
                    pairs.append((x, y))
                    owner.append(k)
        xy, at = np.array(pairs, np.intp).reshape(-1, 2), np.array(owner, np.intp)
        likeness = self._likeness(xy)
        best = np.zeros(len(ij))
        np.maximum.at(best, at, likeness)
        return xy, probability(odds[at] - CLAUSE_PULL * (best[at] - likeness)), at

    def _likeness(self, xy: Ints) -> Floats:
        """How near each two statements are."""
        tokens = self._pool.tokens
        if tokens is None:
            return self._words.dot(self._unit, xy[:, 0], xy[:, 1])
        segments = np.zeros((len(self.all), 2), np.intp)
        for x in np.unique(xy).tolist():
            i, n = self.all[x]
            segments[x] = tokens.segment(i, self._entries[i].statement.clauses[n])
        there, back = tokens.alignment(segments[xy[:, 0]], segments[xy[:, 1]])
        return np.minimum(there, back) + (there + back) / 2

    @cached_property
    def _words(self) -> TermVectors:
        spans = ((self._entries[i].statement, n) for i, n in self.all)
        return TermVectors([telling_stems(s.text[slice(*s.clauses[n])]) for s, n in spans])

    @cached_property
    def _unit(self) -> Floats:
        """By how rare the words are among the statements of the ground."""
        ground = self._pool.ground[[i for i, _ in self.all]]
        return self._words.unit(np.log((int(ground.sum()) + 1) / (self._words.held_by(ground) + 0.5)))
