"""Failed sign-ins are slowed: after a few, each makes the next one wait twice as long, by address and by token.

Counted are the attempts themselves, before they are checked, so that many at once gain nothing; one that succeeds is taken off
again. So many addresses and tokens are remembered and no more.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import Lock

from app.errors import TooOften

__all__ = ["FREE", "Slowing"]

FREE = 5
"""Attempts that may fail before the next one waits."""
LONGEST_SECONDS = 300.0
FORGOTTEN_SECONDS = 3600.0
"""After so long without an attempt nothing is held against anybody."""
MOST = 4096
"""Addresses and tokens remembered."""


class Slowing:
    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = MOST) -> None:
        self._clock, self._most, self._lock = clock, most, Lock()
        self._tried: OrderedDict[str, tuple[int, float]] = OrderedDict()  # how often, when last

    def __len__(self) -> int:
        return len(self._tried)

    def attempt(self, keys: Iterable[str]) -> None:
        """Count an attempt for each key. Raises `TooOften`, without counting, when one of them has to wait."""
        wanted = tuple(keys)
        with self._lock:
            now = self._clock()
            wait = max(self._left(key, now) for key in wanted)
            if wait > 0:
                raise TooOften.of_seconds(wait)
            for key in wanted:
                count, last = self._tried.get(key, (0, now))
                count = 0 if now - last > FORGOTTEN_SECONDS else count
                self._tried[key] = (count + 1, now)
                self._tried.move_to_end(key)
            while len(self._tried) > self._most:
                self._tried.popitem(last=False)

    def succeeded(self, keys: Iterable[str]) -> None:
        """The last attempt was right: it is not held against them."""
        with self._lock:
            for key in keys:
                count, last = self._tried.pop(key, (0, 0.0))
                if count > 1:
                    self._tried[key] = (count - 1, last)

    def _left(self, key: str, now: float) -> float:
        count, last = self._tried.get(key, (0, now))
        if count < FREE or now - last > FORGOTTEN_SECONDS:
            return 0.0
        return last + min(LONGEST_SECONDS, float(2 ** min(count - FREE, 20))) - now
