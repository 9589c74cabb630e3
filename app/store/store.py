"""One `Store` a database file: what may be written to it and what may be read from it.

Everything the rest of the house needs is a method here, typed, one transaction each, grouped by purpose in `methods/`; how
it is done lives in the modules beside it. The clock is handed in (`now`), so that tests own the time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Never

from app.errors import NotAllowed
from app.store.engine import BUSY_SECONDS
from app.store.methods.admitting import Admitting
from app.store.methods.alerting import Alerting
from app.store.methods.auditing import Auditing
from app.store.methods.base import no_model, utc_now
from app.store.methods.checking import Answer, Checking
from app.store.methods.correcting import Correcting
from app.store.methods.finding import Finding
from app.store.methods.freezing import Freezing
from app.store.methods.keeping import Keeping, Kept, KeptArticle
from app.store.methods.naming import Naming
from app.store.methods.reviewing import DecisionKind, FlagState, Reviewing, WorkState
from app.store.methods.saving import Saving
from app.store.methods.searching import Searching
from app.store.methods.showing import RowSort, Showing
from app.store.methods.watching import Watching
from app.store.ready import check

if TYPE_CHECKING:
    from app.core.relation.opinion import OwnModel

__all__ = [
    "Answer",
    "DecisionKind",
    "FlagState",
    "Kept",
    "KeptArticle",
    "RowSort",
    "Shelf",
    "Store",
    "WorkState",
    "open_shelf",
    "open_store",
    "utc_now",
]


class Store(
    Keeping,
    Correcting,
    Reviewing,
    Naming,
    Freezing,
    Finding,
    Searching,
    Showing,
    Checking,
    Admitting,
    Auditing,
    Watching,
    Saving,
    Alerting,
):
    """Reads and writes on one database file. Safe to share between threads; close it when done (or use `with`)."""


class Shelf(Finding, Searching, Showing):
    """What reads and nothing else: none of its methods writes, and no connection that could is ever opened."""

    def write(self, patience: float | None = None) -> Never:  # noqa: ARG002 - as `Base` has it
        raise NotAllowed("this reads only.")


def open_shelf(path: Path) -> Shelf:
    """What is kept in an existing database, to be read only. Raises `DatabaseUnready` as `open_store` does."""
    check(path)
    return Shelf(path)


def open_store(
    path: Path,
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
    check(path)
    return Store(path, now=now, model=model, patience=patience, deciders=deciders)
