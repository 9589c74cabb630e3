"""One round over what is due: each source that is to be read, and each report of one that is to be looked at again."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from secrets import token_hex

from app.errors import Moved, ParallaxError
from app.logs import get_log
from app.pipeline import HERE, Hands
from app.settings import Settings
from app.sources.fetching import ON_A_SCHEDULE, Fetcher, HttpFetcher
from app.sources.polite import PoliteFetcher
from app.store import Store
from app.watching.turn import Round, Turn
from app.watching.visiting import visit

__all__ = ["Watcher"]

log = get_log("parallax.watching")


class Watcher:
    """Makes rounds. `fetcher`, `pause` and the store's clock are handed in by tests; `stop` ends a round between two requests.

    It is polite over all its rounds: it remembers when it asked each host, and what its robots.txt says.
    """

    def __init__(
        self,
        store: Callable[[], Store],
        settings: Settings,
        hands: Hands = HERE,
        *,
        fetcher: Fetcher | None = None,
        pause: Callable[[float], object] = time.sleep,
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store, self._hands, self._stop = store, hands, stop
        self._owner = f"{socket.gethostname()}:{os.getpid()}:{token_hex(4)}"
        self._fetcher = fetcher or HttpFetcher(settings, says=ON_A_SCHEDULE)
        self._polite = PoliteFetcher(self._fetcher, lambda: self._store().now(), pause)

    def close(self) -> None:
        """What is being fetched fails."""
        if isinstance(self._fetcher, HttpFetcher):
            self._fetcher.close()

    def once(self, *, every: bool = False) -> Round:
        """Read what is due, or everything; nothing while another process does. Raises what the database refuses."""
        store = self._store()
        due = store.sources.sources() if every else store.sources.due_sources()
        turn = Turn(store, self._owner, self._polite, self._hands, self._stop)
        if not due:
            return turn.done
        if not turn.begin():
            turn.done.elsewhere = True
            return turn.done
        try:
            for source in due:
                if self._stop():
                    break
                visit(turn, source, anyway=every)
        except Moved as error:  # it took longer than the lease; whoever has it goes on
            log.warning("the round was given up", reason=str(error))
        finally:
            with suppress(ParallaxError):
                store.sources.drop_lease(self._owner)
        return turn.done
