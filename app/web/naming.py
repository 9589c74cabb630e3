"""Adding names to actors from a form or the API, and what is read anew because of it.

A few articles are read before the answer is given; many are read after it, so that nobody waits for a page that long. Kept
is the name in any case, and `parallax reread` reads what a stopped server left.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.background import BackgroundTasks

from app import rereading
from app.pipeline import Hands
from app.store import Store
from app.store.views import AliasView

__all__ = ["AT_ONCE", "NamingDone", "add_name", "remove_name"]

AT_ONCE = 24
"""Articles read anew before the answer: some ten seconds of work."""


@dataclass(frozen=True, slots=True)
class NamingDone:
    """The name, how many articles were read anew with it, and how many still will be."""

    alias: AliasView
    read: int = 0
    waiting: int = 0


def add_name(
    store: Store, hands: Hands, tasks: BackgroundTasks, key: str, name: str, *, by: str, meant: bool
) -> NamingDone:
    """Raises `NotFound`, `BadInput`, and `Conflicting` when it names another actor and is not said to be `meant`."""
    return _read(store, hands, tasks, store.names.add_alias(key, name, by=by, meant=meant))


def remove_name(store: Store, hands: Hands, tasks: BackgroundTasks, alias_id: int, *, by: str) -> NamingDone:
    """Take a name back: undo. Raises `NotFound` for one that was never added; removing twice is removing once."""
    return _read(store, hands, tasks, store.names.remove_alias(alias_id, by=by))


def _read(store: Store, hands: Hands, tasks: BackgroundTasks, alias: AliasView) -> NamingDone:
    holding = store.names.articles_holding(alias.text)
    if len(holding) > AT_ONCE:
        tasks.add_task(rereading.reread, store, holding, hands=hands)
        return NamingDone(alias, waiting=len(holding))
    return NamingDone(alias, read=rereading.reread(store, holding, hands=hands).articles)
