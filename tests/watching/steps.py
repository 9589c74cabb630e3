"""What most tests here begin with and end at: an address that is watched, and how it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from app.store import Store
from app.store.views import SourceView
from app.watching import Watcher

Make = Callable[..., Watcher]
HALF = timedelta(minutes=30)


def watched(store: Store, url: str, **how: object) -> SourceView:
    return store.sources.add_source(url, by="ann", **how)  # type: ignore[arg-type]


def now_of(store: Store) -> SourceView:
    return store.sources.sources()[0]
