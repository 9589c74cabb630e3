"""The clock of the tests: a store that is handed one lives in its time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """Stands still until told to go on."""

    def __init__(self, at: datetime = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def tick(self, seconds: float | None = None, **more: float) -> None:
        """A minute, unless it is said how long."""
        self.at += timedelta(minutes=1) if seconds is None and not more else timedelta(seconds=seconds or 0, **more)
