"""A step from the shipped weights towards what reviewers decided, small enough that ten decisions wreck nothing.

The weights keep their features and their places; only what each feature counts for moves, and how often two statements
say the same at all. The shipped weights are the prior: a feature moves by `TAUGHT_STEP` log-odds a spread without being
held back much, by more only if many pairs ask for it. Whether the step helps is told by the log loss on pairs whose
decision it has not seen.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from app.core.alignment.model import Stage, log_odds, probability
from app.core.alignment.term_vectors import Floats
from app.core.thresholds import TAUGHT_FOLDS, TAUGHT_LEAST, TAUGHT_LEAST_OF_A_KIND, TAUGHT_START, TAUGHT_STEP

__all__ = ["Adapted", "ReviewedPairs", "TooFewError", "teach"]


class TooFewError(ValueError):
    """Too few pairs, or too few of one of the two kinds, to learn from."""


@dataclass(frozen=True, slots=True)
class ReviewedPairs:
    """Reviewed pairs as a stage sees them.

    The score of a pair is the probability of slope x log-odds(other x P(stage)) + offset: `other` is the probability of
    one incident, 1 where that is not asked. `decision` says which pairs were decided together.
    """

    columns: Floats
    same: Floats  # 1 where a reviewer said so, 0 where not
    decision: Sequence[Hashable]
    other: Floats
    offset: Floats
    slope: float = 1.0

    def __len__(self) -> int:
        return len(self.same)

    def some(self, which: np.ndarray) -> ReviewedPairs:
        kept = [d for d, yes in zip(self.decision, which.tolist(), strict=True) if yes]
        return ReviewedPairs(
            self.columns[which], self.same[which], kept, self.other[which], self.offset[which], self.slope
        )

    def odds(self, stage: Stage) -> tuple[Floats, Floats]:
        """The log-odds of every pair, and how they grow with the stage's own."""
        q = probability(stage.log_odds(self.columns))
        inside = self.other * q
        return self.slope * log_odds(inside) + self.offset, self.slope * (1 - q) / np.maximum(1 - inside, 1e-9)

    def loss(self, stage: Stage) -> float:
        """Mean log loss of the pairs."""
        odds, _ = self.odds(stage)
        return float(np.mean(np.logaddexp(0, odds) - self.same * odds))


@dataclass(frozen=True, slots=True)
class Adapted:
    """A stage after a step, with the log loss of pairs before it and, on decisions not seen, after it."""

    stage: Stage
    pairs: int
    decisions: int
    before: float
    after: float

    @property
    def better(self) -> bool:
        return self.after < self.before


def teach(stage: Stage, lessons: ReviewedPairs) -> Adapted:
    """The stage moved towards the lessons. Deterministic, whatever their order. Raises `TooFewError`."""
    kinds = (int(lessons.same.sum()), int(len(lessons) - lessons.same.sum()))
    if len(lessons) < TAUGHT_LEAST or min(kinds) < TAUGHT_LEAST_OF_A_KIND:
        raise TooFewError(
            f"{kinds[0]} pairs that say the same and {kinds[1]} that do not are too few to learn from: "
            f"{TAUGHT_LEAST} are needed, {TAUGHT_LEAST_OF_A_KIND} of each kind at least"
        )
    decisions = sorted({str(d) for d in lessons.decision})
    fold = {d: k % min(TAUGHT_FOLDS, len(decisions)) for k, d in enumerate(decisions)}
    folds = np.array([fold[str(d)] for d in lessons.decision])
    after = 0.0
    for k in np.unique(folds).tolist():
        unseen = folds == k
        seen = lessons.some(~unseen)
        after += lessons.some(unseen).loss(_step(stage, seen) if len(seen) else stage) * float(unseen.sum())
    return Adapted(_step(stage, lessons), len(lessons), len(decisions), lessons.loss(stage), after / len(lessons))


def _step(stage: Stage, lessons: ReviewedPairs) -> Stage:
    """Newton's steps to the most likely weights, each held to its shipped value by its prior."""
    usual = np.column_stack([(lessons.columns - stage.usual) / stage.spread, np.ones(len(lessons))])
    hold = np.r_[np.full(len(stage.names), TAUGHT_STEP**-2.0), TAUGHT_START**-2.0]
    move = np.zeros(len(hold))

    def moved(by: Floats) -> Stage:
        weights = stage.weight + by[:-1] / stage.spread
        return stage.moved(stage.bias + float(by[-1]), dict(zip(stage.names, weights.tolist(), strict=True)))

    def cost(by: Floats) -> float:
        return lessons.loss(moved(by)) * len(lessons) + float((hold * by**2).sum()) / 2

    best = cost(move)
    for _ in range(_ROUNDS):
        odds, slope = lessons.odds(moved(move))
        p = probability(odds)
        design = usual * slope[:, None]
        gradient = design.T @ (p - lessons.same) + hold * move
        curve = (design * (p * (1 - p))[:, None]).T @ design + np.diag(hold)
        direction = np.linalg.solve(curve, gradient)
        length = 1.0
        while length > _SHORTEST and cost(move - length * direction) > best:
            length /= 2
        if length <= _SHORTEST:
            break
        move = move - length * direction
        best, last = cost(move), best
        if last - best < _SETTLED:
            break
    return moved(move)


_ROUNDS, _SHORTEST, _SETTLED = 50, 1e-4, 1e-9  # of the search; it has long settled by then
