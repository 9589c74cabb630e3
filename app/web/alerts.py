"""What webhooks wait to be told is sent by the server itself, in a thread of its own; `parallax webhooks send` does the same once.

Which of several servers on one file sends a delivery is settled by the database: see `app/alerting.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from app.alerting import DeliveryCount, send_due
from app.errors import ParallaxError
from app.logs import get_log
from app.settings import Settings
from app.sources.posting import HttpPoster
from app.store import Store

__all__ = ["EVERY_SECONDS", "Sender"]

EVERY_SECONDS = 5.0
"""How often it is looked whether something is due: one short statement."""
AFTER_TROUBLE_SECONDS = 300.0

log = get_log("parallax.alerts")


class Sender:
    """`start` it with the server and `stop` it with the server; `once` sends what is due now."""

    def __init__(self, store: Callable[[], Store], settings: Settings) -> None:
        self._store, self._settings, self._stop = store, settings, Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        self._thread = Thread(target=self._run, name="parallax-alerts", daemon=True)
        self._thread.start()

    def stop(self, seconds: float) -> None:
        """Ask it to end after the delivery it is about, and wait so long."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(seconds)

    def once(self) -> DeliveryCount:
        store = self._store()
        with HttpPoster(private=self._settings.fetch_private) as post:
            return send_due(store, store.now, post, site=self._settings.public_url or "", stop=self._stop.is_set)

    def _run(self) -> None:
        pause = EVERY_SECONDS
        while not self._stop.wait(pause):
            pause = EVERY_SECONDS
            try:
                done = self.once() if self._store().chosen() else DeliveryCount()
            except ParallaxError as error:
                log.warning("alerts wait to be sent", reason=str(error))
                pause = AFTER_TROUBLE_SECONDS
            except Exception:  # whatever it was, the log has it and the thread lives
                log.exception("alerts wait to be sent")
                pause = AFTER_TROUBLE_SECONDS
            else:
                if done != DeliveryCount():
                    log.info("alerts sent", arrived=done.arrived, failed=done.failed)
