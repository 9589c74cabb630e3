"""Stories that wait to be compared are compared by the server itself: what an import left that was cut short, whoever ran it.
Before that the articles are read anew that wait for it since they were corrected, or since a corrected one has other words.

A story that somebody is just adding to is left alone for a while: whoever adds compares it at the end. Stories that another
version compared stand as they are: that they can be compared again is said once in the log, and done by `parallax reread`.

The same worker ends classes on the date that was set (`app/store/ending.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread

from app import pipeline, rereading
from app.errors import ParallaxError
from app.logs import get_log
from app.pipeline import HERE, Hands
from app.store import Store

__all__ = ["EVERY_SECONDS", "QUIET", "Healer"]

EVERY_SECONDS = 10.0
"""How often it is looked whether a story waits: one short statement."""
AFTER_TROUBLE_SECONDS = 300.0
"""The same after it could not be done: a full disk does not mend in ten seconds."""
QUIET = timedelta(seconds=30)
"""How long nobody must have added to a story before it is compared here."""

log = get_log("parallax.healing")


class Healer:
    """`start` it with the server and `stop` it with the server; `once` does what is to be done now."""

    def __init__(self, store: Callable[[], Store], hands: Hands = HERE) -> None:
        self._store, self._hands, self._stop = store, hands, Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        self._thread = Thread(target=self._run, name="parallax-healer", daemon=True)
        self._thread.start()

    def stop(self, seconds: float) -> None:
        """Ask it to end and wait so long. What it is about then is done by whoever comes next."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(seconds)

    def once(self) -> tuple[str, ...]:
        """Read anew and compare what waits, and end the classes whose day has come; the slugs of the stories that were compared.

        Raises what could not be read, after all the rest.
        """
        store = self._store()
        if ended := store.snapshots.end_classes():
            log.info("classes ended: their marks were deleted", classes=len(ended))
        until = store.now() - QUIET
        again = rereading.Reread()
        if articles := store.names.to_read_anew(until):
            again = rereading.reread(store, articles, hands=self._hands)
        done = tuple(sorted(again.stories))
        if store.articles.stale_stories(quiet_since=until):
            done += pipeline.heal(store, quiet_since=until, hands=self._hands)
        if again.failed:
            raise again.failed[0]
        return done

    def offer(self) -> None:
        """Say in the log how many stories another version compared."""
        try:
            old = rereading.outdated_stories(self._store())
        except Exception as error:  # noqa: BLE001 - whatever it was, the log has it and the thread lives
            log.warning("it cannot be told whether this version compared the stories", reason=str(error))
            return
        if old:
            log.warning("stories were compared by another version", stories=len(old), mend="run `parallax reread`")

    def _run(self) -> None:
        self.offer()
        pause = 0.0
        while not self._stop.wait(pause):
            pause = EVERY_SECONDS
            try:
                done = self.once() if self._store().chosen() else ()
            except ParallaxError as error:
                log.warning("stories wait to be compared", reason=str(error))
                pause = AFTER_TROUBLE_SECONDS
            except Exception:  # whatever it was, the log has it and the thread lives
                log.exception("stories wait to be compared")
                pause = AFTER_TROUBLE_SECONDS
            else:
                if done:
                    log.info("stories compared that waited", stories=list(done))
