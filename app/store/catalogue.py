"""What lists and searches, and nothing else: quick to load, for commands that ask one thing and end."""

from __future__ import annotations

from functools import cached_property

from app.places import Place
from app.store.methods.base import Database
from app.store.methods.library import Library
from app.store.ready import check_ready

__all__ = ["Catalogue", "open_catalogue"]


class Catalogue(Database):
    """Neither the tables nor what writes them is loaded for it."""

    library = cached_property(Library)


def open_catalogue(place: Place) -> Catalogue:
    """Raises `DatabaseUnready` as `open_store` does."""
    check_ready(place)
    return Catalogue(place)
