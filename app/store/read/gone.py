"""Why a story does not stand under an address: it never did, it was deleted, or another one answers for it."""

from __future__ import annotations

from sqlalchemy import Connection

from app.errors import Elsewhere, NotFound
from app.store.read.corrections import merged_into
from app.store.sql import ask

__all__ = ["not_there"]


def not_there(connection: Connection, slug: str) -> NotFound:
    """What to raise."""
    into = merged_into(connection, slug)
    if into is not None:
        return Elsewhere.of(slug, into)
    if ask(connection, "SELECT 1 FROM stories WHERE slug = :slug AND deleted_at IS NOT NULL", slug=slug):
        return NotFound(f"the story {slug!r} was deleted.", mend="It can be restored on the page Corrections.")
    return NotFound(f"there is no story {slug!r}.")
