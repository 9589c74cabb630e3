"""Rounds while a server runs: APScheduler says when, in a thread of its own that no server waits for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event, Thread

from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from app.errors import ParallaxError
from app.logs import get_log
from app.pipeline import HERE, Hands
from app.settings import Settings
from app.store import Store
from app.watching.turn import Round
from app.watching.worker import Watcher

__all__ = ["EVERY_SECONDS", "Clockwork"]

EVERY_SECONDS = 30
"""How often it is looked whether something is due: one short statement."""
log = get_log("parallax.watching")


class Clockwork:
    """`start` it with the server and `stop` it with the server; `tick` does what is to be done now."""

    def __init__(self, store: Callable[[], Store], settings: Settings, hands: Hands = HERE) -> None:
        self._store, self._ending, self._trouble = store, Event(), ""
        self._watcher = Watcher(store, settings, hands, pause=self._ending.wait, stop=self._ending.is_set)
        # The scheduler's own daemon thread does the work: a round never overlaps the one before, and a slow page keeps no
        # program from ending, as a pool of threads would.
        self._scheduler = BackgroundScheduler(timezone=UTC, executors={"default": DebugExecutor()})

    def start(self) -> None:
        self._scheduler.add_job(
            self.tick,
            "interval",
            seconds=EVERY_SECONDS,
            coalesce=True,
            misfire_grace_time=None,
            next_run_time=datetime.now(UTC),
        )
        self._scheduler.start()

    def stop(self, seconds: float) -> None:
        """Ask it to end and wait so long. What is not noted then is due when the next one begins."""
        self._ending.set()
        self._watcher.close()
        if self._scheduler.running:
            ending = Thread(target=self._scheduler.shutdown, name="parallax-clockwork-end", daemon=True)
            ending.start()
            ending.join(seconds)

    def tick(self) -> None:
        try:
            done = self._watcher.once() if self._store().chosen() else Round()
        except ParallaxError as error:
            if str(error) != self._trouble:  # the same again is no news
                log.warning("the sources were not read", reason=str(error))
            self._trouble = str(error)
        except Exception:  # whatever it was, the log has it and the next tick comes
            log.exception("the sources were not read")
        else:
            self._trouble = ""
            if done.read or done.outcomes or done.failed:
                log.info(
                    "sources read",
                    read=done.read,
                    unchanged=done.unchanged,
                    articles=dict(done.outcomes),
                    failed=len(done.failed),
                )
