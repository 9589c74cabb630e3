"""Only one reads at a time, whoever else would; and a round ends when it is told to."""

from __future__ import annotations

import time
from multiprocessing.context import BaseContext
from pathlib import Path
from threading import Event
from typing import Any

import structlog
from clock import Clock
from site_of_ours import Site, article
from steps import Make, now_of, watched

from app.errors import DatabaseUnready
from app.settings import Settings
from app.store import Store, open_store
from app.watching import Clockwork, Watcher


def test_only_one_of_two_processes_reads(store: Store, site: Site, watcher: Make, clock: Clock) -> None:
    site.put("/a", article("Old bridge of Averil to close"))
    watched(store, site.feed("/a"))
    assert store.sources.take_lease("the other", 600)
    assert watcher().once().elsewhere
    assert site.asked.total() == 0
    clock.tick(seconds=601)
    assert watcher().once().outcomes == {"new": 1}, "one that ended without a word keeps nobody out for long"
    assert store.sources.take_lease("the other", 600), "the lease was given back"


def test_what_is_noted_without_the_lease_is_refused(store: Store, site: Site, watcher: Make, clock: Clock) -> None:
    """A round that took longer than its lease, while another process began one."""
    for path in ("/a", "/b"):
        site.put(path, article(f"Old bridge of Averil to close, {path}"))
    source = watched(store, site.feed("/a", "/b"))

    def slow(_seconds: float) -> None:
        clock.tick(hours=1)
        store.sources.take_lease("the other", 600)

    done = watcher(pause=slow).once()
    assert done.outcomes == {}
    assert now_of(store).read_at is None
    assert store.sources.seen_pages(source.id) == {}
    assert not store.sources.take_lease("a third", 600), "the other's lease stands"


def test_a_round_that_is_stopped_loses_nothing(store: Store, site: Site, watcher: Make, clock: Clock) -> None:
    for path in ("/a", "/b"):
        site.put(path, article(f"Report {path} of a town", town=path.strip("/").upper() + "ville"))
    watched(store, site.feed("/a", "/b"))
    assert watcher(stop=lambda: site.asked["/a"] > 0).once().outcomes == {}
    assert watcher().once().outcomes == {"new": 2}


def _round(path: Path, limits: Settings, ready: Any, told: Any) -> None:
    with open_store(path) as store:
        ready.wait()
        told.put(Watcher(lambda: store, limits, pause=lambda _s: None).once().elsewhere)


def test_two_processes_on_one_database_never_both_read(
    store: Store, site: Site, limits: Settings, others: BaseContext
) -> None:
    """Both begin at once; the site holds the one that reads until the other has said that it does not."""
    watched(store, site.put("/a", article("Old bridge of Averil to close")))
    held = site.answers["/a"]
    held.gate = Event()
    ready, told = others.Barrier(2), others.Queue()
    rounds = [others.Process(target=_round, args=(store.path, limits, ready, told)) for _ in range(2)]
    for one in rounds:
        one.start()
    assert told.get(timeout=300) is True
    held.gate.set()
    assert told.get(timeout=300) is False
    for one in rounds:
        one.join(300)
    assert site.asked["/a"] == 1
    assert store.library.articles().total == 1


def test_a_server_reads_while_it_runs_and_ends_at_once(store: Store, site: Site, limits: Settings) -> None:
    watched(store, site.put("/a", stuck=True))
    clockwork = Clockwork(lambda: store, limits.model_copy(update={"fetch_timeout_seconds": 60.0}))
    clockwork.start()
    assert site.heard.wait(30)
    began = time.monotonic()
    clockwork.stop(3.0)
    assert time.monotonic() - began < 30  # the site would hold it for a minute


def test_a_tick_that_fails_is_told_and_stops_nothing(store: Store, limits: Settings) -> None:
    def broken() -> Store:
        raise DatabaseUnready("there is no database yet.")

    with structlog.testing.capture_logs() as told:
        clockwork = Clockwork(broken, limits)
        clockwork.tick()
        clockwork.tick()
    # A round that another test's server has not ended yet may be told of here, too: the log is one for the whole process.
    events = [line["event"] for line in told]
    assert events.count("the sources were not read") == 1, "the same again is no news"
    Clockwork(lambda: 1 / 0, limits).tick()  # type: ignore[arg-type,return-value]
