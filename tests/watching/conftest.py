"""A site that misbehaves, a store whose clock stands still, and a watcher of both that never waits."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from clock import Clock
from site_of_ours import Site, served

from app.settings import Settings, get_settings
from app.store import Store, open_store
from app.watching import Watcher


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 1, 5, 8, tzinfo=UTC))


@pytest.fixture(autouse=True)
def by_rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PARALLAX_LANGUAGE_MODEL", "rules")
    monkeypatch.setenv("PARALLAX_ENCODER", "off")
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


@pytest.fixture
def store(tmp_path: Path, blank: Path, clock: Clock) -> Iterator[Store]:
    path = tmp_path / "watched.sqlite3"
    path.write_bytes(blank.read_bytes())
    with open_store(path, now=clock) as made:
        yield made


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as made:
        yield made


@pytest.fixture
def limits(tmp_path: Path) -> Settings:
    """Loopback may be fetched; the time is long enough for a busy machine."""
    return Settings(_env_file=None, database=tmp_path / "none.sqlite3", fetch_private=True, fetch_timeout_seconds=120.0)


@pytest.fixture
def watcher(store: Store, limits: Settings, clock: Clock) -> Callable[..., Watcher]:
    def make(**how: object) -> Watcher:
        given = {"pause": clock.tick, **how}
        return Watcher(lambda: store, given.pop("settings", limits), **given)  # type: ignore[arg-type]

    return make
