"""What tables and readers both say: the machine's name, the states of work, what a long date is, how a moment is kept."""

from __future__ import annotations

from datetime import UTC, datetime

__all__ = ["LONG", "MACHINE", "WORK_STATES", "stamp"]

MACHINE = "Parallax"
"""The name beside the flags that the machine raises: rows it judged to conflict."""
WORK_STATES = ("open", "in work", "done")

LONG = "CAST(substr(date_to, 1, 4) AS INTEGER) > CAST(substr(date_from, 1, 4) AS INTEGER) + 1"
"""A condition on dates told: they last more than two years. The index of them, and who asks by it, say it in the same words."""


def stamp(value: datetime) -> str:
    """The text a moment is kept as."""
    if value.tzinfo is None:
        message = "a time without zone cannot be kept"
        raise ValueError(message)
    return value.astimezone(UTC).isoformat(timespec="microseconds")
