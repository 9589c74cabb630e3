"""What lists and searches, and nothing else: quick to load, for commands that ask one thing and end."""

from __future__ import annotations

from pathlib import Path

from app.store.methods.finding import Finding
from app.store.methods.searching import Searching
from app.store.ready import check

__all__ = ["Catalogue", "open_catalogue"]


class Catalogue(Finding, Searching):
    """Neither the tables nor what writes them is loaded for it."""


def open_catalogue(path: Path) -> Catalogue:
    """Raises `DatabaseUnready` as `open_store` does."""
    check(path)
    return Catalogue(path)
