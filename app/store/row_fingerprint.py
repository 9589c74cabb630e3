"""What makes a row this row: enough to tell whether it has changed."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.records import Status

__all__ = ["RowFingerprint"]


@dataclass(frozen=True, slots=True)
class RowFingerprint:
    """A row's verdict, its words, and what people said of it."""

    status: Status
    told: tuple[str, str, frozenset[tuple[int, str]]]  # label, what differs, (article, words) of its claims
    said: tuple[frozenset[object], frozenset[object]]  # flags, decisions
