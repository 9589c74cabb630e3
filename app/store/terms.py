"""What tables and readers both say: the machine's name, the states of work, how a moment is kept."""

from __future__ import annotations

from datetime import UTC, datetime

__all__ = ["MACHINE", "WORK_STATES", "stamp"]

MACHINE = "Parallax"
"""The name beside the flags that the machine raises: rows it judged to conflict."""
WORK_STATES = ("open", "in work", "done")


def stamp(value: datetime) -> str:
    """The text a moment is kept as."""
    if value.tzinfo is None:
        message = "a time without zone cannot be kept"
        raise ValueError(message)
    return value.astimezone(UTC).isoformat(timespec="microseconds")
