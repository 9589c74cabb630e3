"""How likely each two claims of one story state the same proposition, which of their statements do, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

import numpy as np

from app.core.alignment.codes import StoryPieces
from app.core.alignment.entries import ClaimEntry
from app.core.alignment.facts import Fact, Facts
from app.core.alignment.features import FEATURES, LEXICAL, columns, parts_of
from app.core.alignment.ground import Ground
from app.core.alignment.model import probability
from app.core.alignment.pairs import Pairs
from app.core.alignment.pool import Pool
from app.core.alignment.row_model import RowModel, load_row_model
from app.core.alignment.scored_pairs import PairScorer
from app.core.alignment.term_vectors import Floats, Ints
from app.core.encoder import Encoder
from app.core.records import PairScore, ScorePart
from app.core.thresholds import ROW_PAIR_FLOOR, ROW_SCORE

__all__ = ["Fact", "Group", "Links"]

Pair = tuple[int, int]
Group = dict[int, int]
"""The claims of a row, each with the clause that puts it there: number of the entry -> number of its clause."""


class Links:
    """The scored pairs `ij` (i < j) of a story's entries; a pair that is no candidate has probability 0."""

    def __init__(
        self,
        entries: Sequence[ClaimEntry],
        encoder: Encoder | None = None,
        also: Collection[Pair] = (),
        model: RowModel | None = None,
        ground: Ground | None = None,
    ) -> None:
        """`also` are pairs to be scored beside the candidates, where nothing is kept; `model` replaces the weights that ship with
        the package; without `ground` all articles are.
        """
        self.entries = entries
        self.model = model or load_row_model()
        self.stage = self.model.stage(encoder=encoder is not None)
        self._features = FEATURES if encoder else LEXICAL
        article = [e.article for e in entries]
        self.ground = ground or Ground.of_all(max(article, default=-1) + 1)
        read = StoryPieces(_texts(entries, len(self.ground)), self.ground, encoder).tokens if encoder else None
        self.pool = Pool([e.statement for e in entries], article, read, self.ground.has[article])
        facts = Facts(entries, self.pool)
        found = PairScorer(self.pool, facts, self.ground, self.stage, self._features, also).scored()
        self.facts: list[Fact] = facts.all
        self.fact_pairs: tuple[Ints, Floats] = found.xy, found.same
        """Pairs (x < y) of `facts` whose claims are linked, and how likely the two state the same."""
        self._likened, self._odds = found.likened, found.odds
        self.ij: Ints = np.stack([found.likened.a, found.likened.b], axis=1)
        self.p: Floats = probability(self._odds)
        self._place = {pair: k for k, pair in enumerate(map(tuple, self.ij.tolist()))}
        self._explained: dict[int, Floats] = {}

    def __len__(self) -> int:
        return len(self.ij)

    @property
    def columns(self) -> Floats:
        """The features of all pairs; columns as `FEATURES` or `LEXICAL`."""
        return self._columns_at(range(len(self)))

    def columns_of(self, pairs: Iterable[Pair]) -> Floats:
        """The features of these pairs (i < j), which must be among those scored."""
        return self._columns_at([self._place[pair] for pair in pairs])

    def _columns_at(self, places: Sequence[int]) -> Floats:
        at = np.array(places, np.intp)
        a, b = self.ij[at].T
        return columns(Pairs(self.pool, a, b, self._likened, at), self._features)

    def explain(self, groups: Iterable[Iterable[int]], floor: float = ROW_PAIR_FLOOR) -> None:
        """What the scores of the pairs inside these groups are made of is worked out for all of them together."""
        places = {self._place.get(pair, -1) for some in groups for pair in combinations(sorted(some), 2)} - {-1}
        near = sorted(k for k in places - self._explained.keys() if self.p[k] >= floor)
        if near:
            self._explained |= zip(near, self._columns_at(near), strict=True)

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
        p = float(self.p[k])
        if k not in self._explained:
            self._explained[k] = self._columns_at([k])[0]
        named = parts_of(self.stage, self._features, self._explained[k])
        rest = float(self._odds[k]) - sum(part.weight for part in named)
        parts = (
            ScorePart("start", 1.0, rest, "How often two claims of a story that share words say the same."),
            *named,
        )
        return PairScore(p, aligned=p >= ROW_SCORE, parts=parts, shared=self.pool.shared_terms(i, j))


def _texts(entries: Sequence[ClaimEntry], articles: int) -> list[list[str]]:
    """Of each article those of its claims."""
    out: list[list[str]] = [[] for _ in range(articles)]
    for entry in entries:
        out[entry.article].append(entry.statement.text)
    return out
