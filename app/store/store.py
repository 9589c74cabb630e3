"""One `Store` a database: what may be written to it and what may be read from it.

Everything the rest of the house needs is a method of one of its rooms (`store.review.decide`), typed, one transaction each,
a file a room in `methods/`; how it is done lives in the modules beside it. The clock is handed in (`now`), so that tests own the time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Never

from app.errors import NotAllowed
from app.places import Place
from app.store.methods.articles import Articles, KeptArticle, KeptOutcome, ToCompare
from app.store.methods.audit import Audit
from app.store.methods.base import Database, no_model, utc_now
from app.store.methods.checks import CheckAnswer, Checks
from app.store.methods.corrections import Corrections
from app.store.methods.library import Library
from app.store.methods.names import Names
from app.store.methods.people import People
from app.store.methods.review import DecisionKind, FlagState, Review, WorkState
from app.store.methods.rows import Rows, RowSort
from app.store.methods.searches import Searches
from app.store.methods.snapshots import Snapshots
from app.store.methods.sources import Sources
from app.store.methods.webhooks import Webhooks
from app.store.queue import BUSY_SECONDS
from app.store.ready import check_ready

if TYPE_CHECKING:
    from app.core.relation.opinion import OwnModel

__all__ = [
    "CheckAnswer",
    "DecisionKind",
    "FlagState",
    "KeptArticle",
    "KeptOutcome",
    "RowSort",
    "Shelf",
    "Store",
    "ToCompare",
    "WorkState",
    "open_shelf",
    "open_store",
    "utc_now",
]


class Shelf(Database):
    """What reads and nothing else: none of its methods writes, and no connection that could is ever opened."""

    rows = cached_property(Rows)
    library = cached_property(Library)

    def write(self, patience: float | None = None) -> Never:  # noqa: ARG002 - as `Database` has it
        raise NotAllowed("this reads only.")


class Store(Database):
    """Reads and writes on one database. Safe to share between threads; close it when done (or use `with`)."""

    articles = cached_property(Articles)
    corrections = cached_property(Corrections)
    review = cached_property(Review)
    names = cached_property(Names)
    snapshots = cached_property(Snapshots)
    rows = cached_property(Rows)
    library = cached_property(Library)
    searches = cached_property(Searches)
    sources = cached_property(Sources)
    webhooks = cached_property(Webhooks)
    people = cached_property(People)
    audit = cached_property(Audit)
    checks = cached_property(Checks)


def open_shelf(place: Place) -> Shelf:
    """What is kept in an existing database, to be read only. Raises `DatabaseUnready` as `open_store` does."""
    check_ready(place)
    return Shelf(place)


def open_store(
    place: Place,
    *,
    now: Callable[[], datetime] = utc_now,
    model: Callable[[], OwnModel | None] = no_model,
    patience: float = BUSY_SECONDS,
    deciders: int = 1,
) -> Store:
    """The store on an existing database of this version. `model` gives the user's own relation model, if there is one: it
    is asked when rows that people put together are judged anew. `deciders`: how many people a decision needs to take force.

    Raises `DatabaseUnready` when the file is missing, older or newer (`upgrade` mends the first two).
    """
    check_ready(place)
    return Store(place, now=now, model=model, patience=patience, deciders=deciders)
