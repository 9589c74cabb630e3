"""The error rates that were measured, as data: `parallax evaluate` prints them, the method page shows them.

`measured.json` and `reliability.json` are written from the scripts named in them and reviewed like code: no figure
without a command and a date.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

__all__ = [
    "Figure",
    "Reliability",
    "ReliabilityBin",
    "Shortfall",
    "load_measured",
    "load_reliability",
    "load_shortfalls",
]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement. `ours`, `baseline` and `wanted` are values of `measure`, more is better where one is wanted.

    `held_out` says whether nothing was fitted on what was measured.
    """

    stage: str  # reading | claims | alignment | relation | stories
    question: str
    data: str
    measure: str
    ours: float
    baseline: float | None
    baseline_name: str | None
    held_out: bool
    command: str
    date: str
    note: str = ""
    wanted: float | None = None

    @property
    def falls_short(self) -> bool:
        """Whether what was wanted is not reached, both to three places."""
        return self.wanted is not None and round(self.ours, 3) < self.wanted


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Pairs whose predicted probability lies in [low, high): the mean of what was said, and how many were so."""

    low: float
    high: float
    said: float
    observed: float
    pairs: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """Whether a score is a probability: of the pairs said to be .7 likely, are 70 % so?

    `error` is the expected calibration error: the mean distance of said and observed, weighted by pairs.
    """

    question: str  # what a pair is asked
    data: str
    bins: tuple[ReliabilityBin, ...]
    error: float
    pairs: int
    held_out: bool
    command: str
    date: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One example of what is judged wrongly, read by us and told in our own words: no text of the data is repeated."""

    question: str  # the question of the figure that falls short
    data: str
    id: str  # the pair's, the row's or the document's in that data
    cause: str  # a few words; equal ones are counted together
    say: str  # one sentence: what it is about, what is said of it, what would be right


@lru_cache(maxsize=1)
def load_shortfalls() -> tuple[Shortfall, ...]:
    """Examples of errors, the commonest cause of each question first; ties in the order of measured_errors.json."""
    found = [Shortfall(**row) for row in _read("measured_errors.json")]
    questions = list(dict.fromkeys(s.question for s in found))
    causes = Counter((s.question, s.cause) for s in found)
    return tuple(sorted(found, key=lambda s: (questions.index(s.question), -causes[s.question, s.cause], s.cause)))


@lru_cache(maxsize=1)
def load_measured() -> tuple[Figure, ...]:
    """Every figure, in the order of the stages."""
    return tuple(Figure(**row) for row in _read("measured.json"))


@lru_cache(maxsize=1)
def load_reliability() -> tuple[Reliability, ...]:
    """The reliability tables, the pair scorer's first."""
    return tuple(
        Reliability(**{**row, "bins": tuple(ReliabilityBin(**b) for b in row["bins"])})
        for row in _read("reliability.json")
    )


def _read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return rows
