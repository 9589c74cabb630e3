"""What people said of rows: flags and decisions, and what each of several people says.

`standing`: in force; beside (another person's is in force, and this differs from it); proposed (it waits for a second person).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

__all__ = ["CommentView", "DecisionView", "FlagView", "OpinionView", "WorkView"]


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


@dataclass(frozen=True, slots=True)
class WorkView:
    """Who looks into a row of the queue, until when, and how far that is; of a row nobody took up yet nothing but `open`."""

    assigned: str | None = None
    due: date | None = None
    state: str = "open"  # open | in work | done
    by: str | None = None  # who said so last, and when
    at: datetime | None = None

    def overdue(self, today: date) -> bool:
        return self.due is not None and self.due < today and self.state != "done"


@dataclass(frozen=True, slots=True)
class CommentView:
    """Something said about a row, in plain text with line breaks."""

    id: int
    alignment_id: int
    by: str
    text: str
    at: datetime
