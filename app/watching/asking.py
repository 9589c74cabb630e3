"""An address is added to what is read on a schedule, if it is one that may be fetched at all."""

from __future__ import annotations

from app.settings import Settings
from app.sources.addresses import Resolver, system_resolver
from app.sources.network import check_reachable
from app.store import Store
from app.store.views import SourceView

__all__ = ["DEFAULT_MINUTES", "watch"]

DEFAULT_MINUTES = 30


def watch(
    store: Store,
    settings: Settings,
    url: str,
    *,
    by: str,
    outlet: str | None = None,
    story: str | None = None,
    every: int = DEFAULT_MINUTES,
    resolver: Resolver = system_resolver,
) -> SourceView:
    """Nothing is read yet. Raises `BadAddress` (its form, a private network), `FetchFailed` for a host that is not known,
    `BadInput`, `Conflicting`.
    """
    return store.sources.add_source(
        check_reachable(url, settings, resolver), by=by, outlet=outlet, story=story, every=every
    )  # fmt: skip
