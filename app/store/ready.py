"""Whether a database is ready: there, and of this version. Asked by whatever opens one, so nothing heavy is needed for it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from app.errors import DatabaseUnready
from app.settings import PROJECT
from app.store.engine import make_engine
from app.store.search import VERSION
from app.store.troubles import told

__all__ = ["MEND", "check", "refuse_newer", "revision", "revisions", "words_are_current"]

MEND = "Run `parallax db upgrade`."


def check(path: Path) -> None:
    """Say nothing when the database is ready; raise `DatabaseUnready` when it is missing, older or newer than this code."""
    if not path.is_file():
        raise DatabaseUnready("there is no database yet.", where=str(path), mend=MEND)
    engine = make_engine(path, writing=False)
    try:
        with engine.connect() as connection:
            have, head = revision(connection), revisions()[-1]
            if have is None:
                raise DatabaseUnready("this database has no tables yet.", where=str(path), mend=MEND)
            refuse_newer(path, have)
            if have != head or not words_are_current(connection):
                raise DatabaseUnready(f"this database is older than Parallax ({have}).", where=str(path), mend=MEND)
    except DatabaseError as error:
        raise told(error, path) or DatabaseUnready(
            "this file is not a database that can be read.", where=str(path)
        ) from error
    finally:
        engine.dispose()


def words_are_current(connection: Connection) -> bool:
    """Whether the index of words was made by this analyser; SQLite's `user_version` says which one filled it."""
    return bool(connection.exec_driver_sql("PRAGMA user_version").scalar_one() == VERSION)


def revisions() -> list[str]:
    """Of every revision there is, in order: each has its number before its name."""
    return sorted(path.name.partition("_")[0] for path in (PROJECT / "migrations" / "versions").glob("[0-9]*_*.py"))


def revision(connection: Connection) -> str | None:
    if not connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").first():
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def refuse_newer(path: Path, have: str) -> None:
    if have not in revisions():
        raise DatabaseUnready(
            f"this database was written by a newer Parallax ({have}).", where=str(path), mend="Update the program."
        )
