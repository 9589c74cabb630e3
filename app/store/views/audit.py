"""The audit log as it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

__all__ = ["AuditHead", "AuditLine", "Told"]

Told = str | int | bool | None | list[int]
"""What a field of a line may hold: short values, never a text."""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One write of a person: `by` did `what` to the `subject` of that `kind`, which was `before` and is `after`.

    `hash` is over `previous` (the hash of the line before) and the line itself: see `app/store/audit.py`.
    """

    id: int
    at: datetime
    by: str
    what: str
    kind: str
    subject: str
    before: Mapping[str, Told]
    after: Mapping[str, Told]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class AuditHead:
    """Where the log ends: whoever keeps it elsewhere can tell later whether the log still holds that line."""

    line: int
    hash: str
