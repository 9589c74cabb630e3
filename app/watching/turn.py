"""One process's turn at reading the sources: what it works with, and what it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.errors import Moved
from app.pipeline import Hands
from app.sources.fetching import Fetcher
from app.store import Store

__all__ = ["LEASE_SECONDS", "Round", "Turn"]

LEASE_SECONDS = 600.0
"""How long a process that ended without a word keeps the others out; who reads says every minute that it does."""
_SAID_EVERY = timedelta(seconds=LEASE_SECONDS / 10)


@dataclass
class Round:
    """What a round did. `elsewhere`: another process reads now, so this one did nothing.

    `failed`: address and reason; `waiting`: stories that are not compared yet.
    """

    read: int = 0
    unchanged: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)  # new | same | revised, of articles
    gone: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)
    elsewhere: bool = False


@dataclass
class Turn:
    """`stop` is asked between two requests; `asked` counts those for reports by host."""

    store: Store
    owner: str
    fetcher: Fetcher
    hands: Hands
    stop: Callable[[], bool]
    done: Round = field(default_factory=Round)
    asked: Counter[str] = field(default_factory=Counter)
    said_at: datetime | None = None

    def begin(self) -> bool:
        """Whether the lease is this process's now."""
        taken = self.store.sources.take_lease(self.owner, LEASE_SECONDS)
        self.said_at = self.store.now() if taken else None
        return taken

    def go_on(self) -> None:
        """Say again that this process reads. Raises `Moved` when another one does."""
        if self.said_at is not None and self.store.now() - self.said_at < _SAID_EVERY:
            return
        if not self.begin():
            raise Moved("another process reads the sources now.")
