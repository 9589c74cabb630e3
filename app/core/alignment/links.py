"""How likely each two claims of one story state the same proposition, with the parts of every such score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from app.core.alignment.announced import one_announcement
from app.core.alignment.bags import Floats, Ints
from app.core.alignment.candidates import candidate_pairs
from app.core.alignment.entries import Entry, overlap
from app.core.alignment.explain import explain
from app.core.alignment.features import PairFeatures
from app.core.alignment.model import load_model, log_odds, probability
from app.core.records import PairScore, ScorePart
from app.core.thresholds import ANNOUNCED_SCORE, ROW_SCORE

__all__ = ["Links"]

Pair = tuple[int, int]


class Links:
    """The scored pairs (i < j) of a story's entries; a pair that is no candidate has probability 0."""

    def __init__(self, entries: Sequence[Entry], asked: Iterable[Pair] = ()) -> None:
        """`asked` are pairs to be scored beside the candidates."""
        self.entries = entries
        pairs = sorted({*candidate_pairs([e.statement for e in entries]), *asked})
        self.ij: Ints = np.array(pairs, np.intp).reshape(-1, 2)
        self._place = {pair: k for k, pair in enumerate(pairs)}
        self._stage = load_model().stages["row"]
        self._announced: frozenset[int] = frozenset()
        self.p: Floats = np.zeros(0)
        if not pairs:
            return
        self._features = PairFeatures([e.statement for e in entries])
        self._columns = self._features.row(self.ij[:, 0], self.ij[:, 1])
        self._odds = self._stage.log_odds(self._columns)
        self.p = probability(self._odds)
        told = [e.statement for e in entries]
        self._announced = frozenset(
            k
            for k, (i, j) in enumerate(pairs)
            if entries[i].article != entries[j].article and one_announcement(told, i, j)
        )
        for k in self._announced:
            self.p[k] = max(self.p[k], ANNOUNCED_SCORE)

    def __len__(self) -> int:
        return len(self.ij)

    @cached_property
    def counted(self) -> Floats:
        """0 for two overlapping claims of one sentence, which say nothing about each other; 1 else."""
        return np.array([0.0 if overlap(self.entries[i], self.entries[j]) else 1.0 for i, j in self.ij.tolist()])

    def probability(self, i: int, j: int) -> float:
        k = self._place.get((min(i, j), max(i, j)))
        return 0.0 if k is None else float(self.p[k])

    def across(self, group: Sequence[int]) -> list[float]:
        """The probabilities of every two claims of different articles in a group."""
        return [
            self.probability(i, j)
            for n, i in enumerate(group)
            for j in group[n + 1 :]
            if self.entries[i].article != self.entries[j].article
        ]

    def score(self, i: int, j: int) -> PairScore:
        """The probability with its parts."""
        k = self._place.get((min(i, j), max(i, j)))
        if k is None:
            return PairScore(0.0, aligned=False)
        moves = self._stage.moves(self._columns[k : k + 1])[0]
        parts, shared = explain(self._stage, self._columns[k], moves, None, float(self._odds[k]), self._features, i, j)
        if k in self._announced:
            lift = float(log_odds(self.p[k : k + 1])[0]) - float(self._odds[k])
            say = "Both tell of one announcement: the same act, the same things, no other actor."
            parts = (*parts, ScorePart("one_announcement", 1.0, lift, say))
        return PairScore(float(self.p[k]), aligned=bool(self.p[k] >= ROW_SCORE), parts=parts, shared=shared)
