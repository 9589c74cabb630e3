"""Whether there is such an outlet, story, actor, or an outlet of such a country: for a word in an address."""

from __future__ import annotations

from app.store.read.whom import resolve
from app.store.sql import ask
from app.store.store import Store

__all__ = ["is_actor", "is_country", "is_outlet", "is_story"]


def is_outlet(store: Store, key: str) -> bool:
    return _there(store, "SELECT 1 FROM outlets WHERE key = :name", key)


def is_country(store: Store, code: str) -> bool:
    return _there(store, "SELECT 1 FROM outlets WHERE country = :name LIMIT 1", code)


def is_story(store: Store, slug: str) -> bool:
    return _there(store, "SELECT 1 FROM standing_stories AS stories WHERE slug = :name", slug)


def is_actor(store: Store, name: str) -> bool:
    """By key, name or alias."""
    with store.read() as session:
        return bool(resolve(session.connection(), name))


def _there(store: Store, statement: str, name: str) -> bool:
    with store.read() as session:
        return bool(ask(session.connection(), statement, name=name))
