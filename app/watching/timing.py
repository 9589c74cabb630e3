"""When a source, or a report that it named, is looked at again."""

from __future__ import annotations

from datetime import timedelta

__all__ = ["LEFT_OF_IT", "LOOKS", "MOST_TRIES", "PAGES_A_ROUND", "SOON", "after_failing", "after_reading"]

LOOKS = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3))
"""How long after each reading a report is looked at again: most corrections come within the first days."""
MOST_TRIES = 6
"""How often a report is tried that could not be read: with the pauses between, for half a day."""
LEFT_OF_IT = 5
"""A version that has less than one part in so many of the words before it is none: the report was taken away, or put behind a wall."""
RETRY = timedelta(minutes=10)
PAGES_A_ROUND = 10
"""Reports fetched from one host in one round; what is left waits for the next."""
SOON = timedelta(minutes=2)
"""When a source is read again of which something was left."""
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


def after_reading(looks: int) -> timedelta | None:
    """How long until a report is looked at again that was read so many times; None when not any more."""
    return LOOKS[looks - 1] if looks <= len(LOOKS) else None


def after_failing(usual: timedelta, failures: int, asked: float | None) -> timedelta:
    """Twice as long with each failure in a row, a day at most (or as long as is usual); longer only when the other side asks.

    >>> half = timedelta(minutes=30)
    >>> [str(after_failing(half, n, None)) for n in (1, 2, 3, 9)], str(after_failing(half, 1, 7200.0))
    (['1:00:00', '2:00:00', '4:00:00', '1 day, 0:00:00'], '2:00:00')
    """
    backing_off: timedelta = max(usual, min(usual * 2 ** min(failures, 12), _DAY))
    return max(backing_off, min(timedelta(seconds=asked or 0), _WEEK))
