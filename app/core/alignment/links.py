"""How likely each two claims of one story state the same proposition, which of their statements do, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import numpy as np

from app.core.alignment.candidates import candidate_pairs
from app.core.alignment.entries import ClaimEntry
from app.core.alignment.features import FEATURES, LEXICAL, columns, parts_of
from app.core.alignment.model import probability
from app.core.alignment.pool import Pairs, Pool
from app.core.alignment.row_model import RowModel, load_row_model
from app.core.alignment.statement import telling_stems
from app.core.alignment.term_vectors import Floats, Ints, TermVectors
from app.core.encoder import Encoder
from app.core.records import Alignment, PairScore, ScorePart
from app.core.thresholds import CLAUSE_PULL_MEANING, CLAUSE_PULL_WORDS, ROW_PAIR_FLOOR, ROW_SCORE

__all__ = ["Fact", "Group", "Links"]

Pair = tuple[int, int]
Fact = tuple[int, int]
"""A statement that a claim holds: number of the entry, number of its clause."""
Group = dict[int, int]
"""The claims of a row, each with the clause that puts it there: number of the entry -> number of its clause."""


class Links:
    """The scored pairs (i < j) of a story's entries; a pair that is no candidate has probability 0."""

    def __init__(
        self,
        entries: Sequence[ClaimEntry],
        encoder: Encoder | None = None,
        also: Iterable[Pair] = (),
        model: RowModel | None = None,
    ) -> None:
        """`also` are pairs to be scored beside the candidates; `model` replaces the weights that ship with the package."""
        self.entries = entries
        self.model = model or load_row_model()
        self.pool = Pool([e.statement for e in entries], [e.article for e in entries], encoder)
        self._features = FEATURES if encoder else LEXICAL
        a, b = candidate_pairs(self.pool)
        pairs = sorted({*zip(a.tolist(), b.tolist(), strict=True), *also})
        self.ij: Ints = np.array(pairs, np.intp).reshape(-1, 2)
        self._place = {pair: k for k, pair in enumerate(pairs)}
        self.columns = columns(Pairs(self.pool, self.ij[:, 0], self.ij[:, 1]), self._features)
        self.stage = self.model.stage(encoder=encoder is not None)
        self._odds = self.stage.log_odds(self.columns)
        self.p: Floats = probability(self._odds)

    def __len__(self) -> int:
        return len(self.ij)

    def columns_of(self, pairs: Iterable[Pair]) -> Floats:
        """The features of these pairs (i < j), which must be among those scored; columns as `FEATURES` or `LEXICAL`."""
        return np.asarray(self.columns[[self._place[pair] for pair in pairs]])

    def rows(self, groups: Sequence[Group], make: Callable[[Links, Group], Alignment]) -> list[Alignment]:
        """The rows of these groups."""
        return [make(self, group) for group in groups]

    def _columns_at(self, k: int) -> Floats:
        return np.asarray(self.columns[k])

    def probability(self, i: int, j: int) -> float:
        k = self._place.get((min(i, j), max(i, j)))
        return 0.0 if k is None else float(self.p[k])

    @cached_property
    def facts(self) -> list[Fact]:
        """Every statement of every claim."""
        return [(i, n) for i, entry in enumerate(self.entries) for n in range(len(entry.statement.clauses))]

    @cached_property
    def fact_pairs(self) -> tuple[Ints, Floats]:
        """Pairs (x < y) of `facts` whose claims are linked, and how likely the two state the same.

        The statements of two claims that are nearest to each other carry the whole probability of the pair; others lose by how
        much less near they are.
        """
        firsts = np.cumsum([0, *(len(e.statement.clauses) for e in self.entries)])
        near = np.flatnonzero(self.p >= ROW_PAIR_FLOOR)
        return self._fact_pairs(self.ij[near], self._odds[near], firsts)[:2]

    def _fact_pairs(self, ij: Ints, odds: Floats, firsts: Ints) -> tuple[Ints, Floats, Ints]:
        """Those of these pairs of claims, with which of them each belongs to."""
        pairs, owner = [], []
        for k, (i, j) in enumerate(ij.tolist()):
            for x in range(firsts[i], firsts[i + 1]):
                for y in range(firsts[j], firsts[j + 1]):
                    pairs.append((x, y))
                    owner.append(k)
        xy, at = np.array(pairs, np.intp).reshape(-1, 2), np.array(owner, np.intp)
        likeness, pull = self._fact_likeness(xy)
        best = np.zeros(len(ij))
        np.maximum.at(best, at, likeness)
        return xy, probability(odds[at] - pull * (best[at] - likeness)), at

    def _fact_likeness(self, xy: Ints) -> tuple[Floats, float]:
        """How near each two statements are, and what a unit of it counts in log-odds."""
        spans = [self.entries[i].statement.clauses[n] for i, n in self.facts]
        if self.pool.tokens is None:
            words = TermVectors(
                [
                    telling_stems(self.entries[i].statement.text[a:b])
                    for (i, _), (a, b) in zip(self.facts, spans, strict=True)
                ]
            )
            ground = self.pool.ground[[i for i, _ in self.facts]]
            unit = words.unit(np.log((int(ground.sum()) + 1) / (words.held_by(ground) + 0.5)))
            return words.dot(unit, xy[:, 0], xy[:, 1]), CLAUSE_PULL_WORDS
        used = {x: self.pool.tokens.segment(self.facts[x][0], spans[x]) for x in np.unique(xy).tolist()}
        segments = np.zeros((len(spans), 2), np.intp)
        segments[list(used)] = np.array(list(used.values()), np.intp).reshape(-1, 2)
        there, back = self.pool.tokens.alignment(segments[xy[:, 0]], segments[xy[:, 1]])
        return np.minimum(there, back) + (there + back) / 2, CLAUSE_PULL_MEANING

    def across(self, group: Sequence[int]) -> list[float]:
        """The probabilities of every two claims of different articles in a group."""
        return [
            self.probability(i, j)
            for n, i in enumerate(group)
            for j in group[n + 1 :]
            if self.entries[i].article != self.entries[j].article
        ]

    def fit(self, i: int, group: Sequence[int]) -> float:
        """The mean probability of a claim with the claims of other articles in a group."""
        own = self.entries[i].article
        found = [self.probability(i, j) for j in group if self.entries[j].article != own]
        return sum(found) / len(found) if found else 0.0

    def score(self, i: int, j: int) -> PairScore:
        """The probability with its parts, weightiest first after the starting point; their weights add up to the log-odds."""
        k = self._place.get((min(i, j), max(i, j)))
        if k is None:
            return PairScore(0.0, aligned=False)
        p = float(self.p[k])
        named = parts_of(self.stage, self._features, self._columns_at(k))
        rest = float(self._odds[k]) - sum(part.weight for part in named)
        parts = (
            ScorePart("start", 1.0, rest, "How often two claims of a story that share words say the same."),
            *named,
        )
        return PairScore(p, aligned=p >= ROW_SCORE, parts=parts, shared=self.pool.shared_terms(i, j))
