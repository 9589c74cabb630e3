"""How sure a row must be to be shown, and what that means in words: right so many times in ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.records import Status
from app.measured import Reliability, load_reliability
from app.store.views import StoryView

__all__ = ["Level", "Strictness", "in_ten", "strictness_of"]

STEPS = (0.5, 0.65, 0.8, 0.9)
"""Levels that are offered beside the loosest and the usual one."""


@dataclass(frozen=True, slots=True)
class Level:
    """A strictness that is offered. `value` as the address has it ("" for the usual one); `in_ten`: how often, of ten
    times, the least sure row is right that it shows.
    """

    value: str
    in_ten: int
    usual: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Strictness:
    """The levels, the loosest first, and what the one in force does.

    `more`: rows it puts together beyond the usual ones, or (below zero) fewer; what is told apart counts as single-source.
    """

    levels: tuple[Level, ...]
    more: int

    @property
    def chosen(self) -> Level:
        return next(level for level in self.levels if level.chosen)


def strictness_of(view: StoryView, usual: StoryView | None = None) -> Strictness:
    """`usual`: the story under the same filters as it is shown when nobody asks for another strictness."""
    offered = {view.strictness_least, view.strictness_usual, view.strictness}
    said = {in_ten(step) for step in offered}
    for step in STEPS:  # one that reads like another is no choice to a reader
        if step > view.strictness_usual and in_ten(step) not in said:
            offered.add(step)
            said.add(in_ten(step))
    levels = tuple(
        Level(
            "" if s == view.strictness_usual else f"{s:g}", in_ten(s), s == view.strictness_usual, s == view.strictness
        )
        for s in sorted(offered)
    )
    return Strictness(levels, _together(view) - _together(usual or view))


def _together(view: StoryView) -> int:
    return sum(n for status, n in view.counts.items() if status is not Status.SINGLE)


def in_ten(score: float, tables: Sequence[Reliability] | None = None) -> int:
    """How often, of ten times, rows of just this score are right: as it was measured for rows, else as the score says.

    Never ten: no bin holds so many rows that "always" could be said of it.
    """
    for table in load_reliability() if tables is None else tables:
        if "row" in table.question.casefold():
            for b in table.bins:
                if b.low <= score < b.high and b.pairs:
                    return min(9, round(10 * b.observed))
    return min(9, round(10 * score))
