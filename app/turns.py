"""One at a time, or so many, in the order they came: so many may wait, and so long, before they are told to come again."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock

from app.errors import Busy

__all__ = ["Turns"]


class Turns:
    """A queue in front of something that only one can use, or `places`. Safe between threads; whoever waits longest is next."""

    def __init__(self, what: str, most: int, places: int = 1) -> None:
        """`what` is said of it when it is too much: "others are writing"; `most` may wait at once."""
        self._what, self._most = what, most
        self._lock, self._waiting, self._free = Lock(), deque[Event](), places

    @contextmanager
    def turn(self, seconds: float) -> Iterator[float]:
        """Wait for one's turn, at most so long; gives the seconds that are left. Raises `Busy`."""
        began = time.monotonic()
        self._take(seconds)
        try:
            yield max(0.0, seconds - (time.monotonic() - began))
        finally:
            self._give()

    def _take(self, seconds: float) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            if len(self._waiting) >= self._most:
                raise self._busy()
            mine = Event()
            self._waiting.append(mine)
        try:
            came = mine.wait(seconds)
        except BaseException:
            if not self._leave(mine):
                self._give()  # it was ours already
            raise
        if not came and self._leave(mine):
            raise self._busy()

    def _leave(self, mine: Event) -> bool:
        """Go without having had a turn; false when it came at the last moment."""
        with self._lock:
            if mine.is_set():
                return False
            self._waiting.remove(mine)
            return True

    def _give(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1

    def _busy(self) -> Busy:
        return Busy(f"{self._what}, and the turn did not come in time.", mend="Nothing of it was done: send it again.")
