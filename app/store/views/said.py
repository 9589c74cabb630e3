"""What people said of rows: flags and decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

__all__ = ["DecisionView", "FlagView"]


@dataclass(frozen=True, slots=True)
class FlagView:
    id: int
    alignment_id: int
    state: str  # open | confirmed | dismissed; withdrawn in the history and when just taken back
    note: str
    by: str
    at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DecisionView:
    id: int
    alignment_id: int
    kind: str  # confirm | reject | merge | split | relabel
    value: str | None  # relabel: the label; merge: the other alignment's id
    note: str
    by: str
    at: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None
