"""The database's own state: is it there, is it of this version, bring it up to date, copy it."""

from __future__ import annotations

from pathlib import Path

__all__ = ["backup", "check", "upgrade"]


def check(path: Path) -> None:
    """Say nothing when the database is ready; raise `DatabaseUnready` when it is missing, older or newer than this code."""
    raise NotImplementedError


def upgrade(path: Path) -> Path | None:
    """Bring the database to this version, making file and folder when missing; a newer one raises `DatabaseUnready`.

    Before a database with data is changed a copy is made beside it; its path is returned (None when none was needed).
    """
    raise NotImplementedError


def backup(path: Path, target: Path) -> None:
    """A consistent copy, also while others write. Raises `BadInput` when the target exists already."""
    raise NotImplementedError
