"""A score, part by part: a bar from where the sum of log-odds stood to where it stands now."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.store.views import PartView

__all__ = ["PartBar", "Waterfall", "draw_waterfall"]

RULES = frozenset({"one_announcement", "one_utterance"})
"""Parts that a rule adds, rather than a fitted weight (app/core/alignment)."""
DECISION = "decision"
"""The part that says a person put the claims together: no step of the sum."""

ROUNDING = 0.02
"""A sum of rounded parts may miss the score by this, as a probability."""


@dataclass(frozen=True, slots=True)
class PartBar:
    """One part of a score: the bar runs from where the sum stood to where it stands now."""

    part: PartView
    x: float
    width: float
    up: bool
    after: float  # the probability reached
    rule: bool  # added by a rule, not weighed


@dataclass(frozen=True, slots=True)
class Waterfall:
    width: float
    zero: float  # x of even odds
    steps: tuple[PartBar, ...]
    score: float
    adds: bool  # the parts sum up to the score; else they are only named (two speakers of one article, by rule)
    decided: str  # what a person decided, whatever the sum; "" when nobody did


def draw_waterfall(parts: Sequence[PartView], score: float) -> Waterfall:
    """The sum of log-odds, part after part, on one scale for all lines."""
    width, sums = 240.0, [0.0]
    decided = next((p.say for p in parts if p.name == DECISION), "")
    parts = [p for p in parts if p.name != DECISION]
    for part in parts:
        sums.append(sums[-1] + part.weight)
    low, high = min(sums), max(sums)
    scale = (width - 4) / ((high - low) or 1.0)
    place = [2 + (s - low) * scale for s in sums]
    steps = tuple(
        PartBar(p, min(a, b), max(abs(b - a), 1.5), p.weight >= 0, _probability(s), p.name in RULES)
        for p, a, b, s in zip(parts, place[:-1], place[1:], sums[1:], strict=True)
    )
    reached = steps[-1].after if steps else score
    adds = bool(steps) and (bool(decided) or abs(reached - score) <= ROUNDING)
    return Waterfall(width, place[0], steps, reached if decided else score, adds, decided)


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, odds))))
