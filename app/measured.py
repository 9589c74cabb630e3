"""The error rates that were measured, as data: `parallax evaluate` prints them, the method page shows them.

`measured.json` is written from the scripts named in it and reviewed like code: no figure without a command and a date.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

__all__ = ["Figure", "load_measured"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement. `ours` and `baseline` are values of `measure`; `held_out` says whether nothing was fitted on it."""

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


@lru_cache(maxsize=1)
def load_measured() -> tuple[Figure, ...]:
    rows = json.loads((Path(__file__).parent / "measured.json").read_text(encoding="utf-8"))
    return tuple(Figure(**row) for row in rows)
