"""How likely each two claims of one story state the same proposition, with the parts of every such score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from app.core.alignment.bags import Floats, Ints
from app.core.alignment.candidates import candidate_pairs
from app.core.alignment.entries import Entry, overlap
from app.core.alignment.model import probability
from app.core.alignment.row_features import RowFeatures
from app.core.alignment.row_model import RowModel, load_row_model
from app.core.alignment.row_sayings import ROW_SAYINGS
from app.core.records import PairScore, ScorePart
from app.core.thresholds import ROW_SCORE

__all__ = ["Links"]

Pair = tuple[int, int]

FAINT = 0.01  # log-odds below which a part is told of with the start


class Links:
    """The scored pairs (i < j) of a story's entries; a pair that is no candidate has probability 0."""

    def __init__(
        self, entries: Sequence[Entry], asked: Iterable[Pair] | None = None, model: RowModel | None = None
    ) -> None:
        """`asked` are the only pairs to be scored, the candidates where there are none; `model` replaces the weights that
        ship with the package. A pair's score is the same whichever others are scored beside it.
        """
        self.entries = entries
        self.model = model or load_row_model()
        pairs = sorted(candidate_pairs([e.statement for e in entries]) if asked is None else set(asked))
        self.ij: Ints = np.array(pairs, np.intp).reshape(-1, 2)
        self._place = {pair: k for k, pair in enumerate(pairs)}
        self._features = RowFeatures(entries)
        self._columns = self._features.columns(self.ij[:, 0], self.ij[:, 1])
        self._crowd = self._features.crowd(self.ij[:, 0], self.ij[:, 1])
        self._odds = self.model.stage.log_odds(self._columns) + self._crowd
        self.p: Floats = probability(self._odds)

    def __len__(self) -> int:
        return len(self.ij)

    @cached_property
    def counted(self) -> Floats:
        """0 for two overlapping claims of one sentence, which say nothing about each other; 1 else."""
        out = np.ones(len(self.ij))
        article = np.array([e.article for e in self.entries], np.intp)
        for k in np.flatnonzero(article[self.ij[:, 0]] == article[self.ij[:, 1]]).tolist():
            i, j = self.ij[k].tolist()
            out[k] = 0.0 if overlap(self.entries[i], self.entries[j]) else 1.0
        return out

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
        moves = self.model.stage.moves(self._columns[k : k + 1])[0]
        named = [
            ScorePart(name, round(float(value), 4), float(move), ROW_SAYINGS[name][0 if move >= 0 else 1])
            for name, value, move in zip(self.model.stage.names, self._columns[k], moves, strict=True)
            if abs(move) >= FAINT
        ]
        named.sort(key=lambda part: (-abs(part.weight), part.name))
        rest = float(self._odds[k]) - sum(part.weight for part in named)
        say = "How often a claim of an article as long as the one is told by an article as long as the other."
        parts = (ScorePart("start", 1.0, rest, say), *named)
        p = float(self.p[k])
        return PairScore(p, aligned=p >= ROW_SCORE, parts=parts, shared=self._features.shared_terms(i, j))
