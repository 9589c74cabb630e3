"""What people said of rows: flags and decisions, and what each of several people says.

`standing`: in force; beside (another person's is in force, and this differs from it); proposed (it waits for a second person).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

__all__ = ["DecisionView", "FlagView", "OpinionView"]


@dataclass(frozen=True, slots=True)
class OpinionView:
    """What one person says of a flag now."""

    by: str
    says: str  # confirmed | dismissed
    note: str
    at: datetime
    standing: str = "in force"


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
    opinions: tuple[OpinionView, ...] = ()  # each person's last word on it, in the order of time
    whose: str | None = None  # in the history: the person whose word was taken back


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
    standing: str = "in force"
    stood: str | None = None  # the verdict that the row showed when this was decided
