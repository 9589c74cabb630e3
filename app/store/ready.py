"""Whether a database is ready: there, and of this version. Asked by whatever opens one, so nothing heavy is needed for it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DatabaseError

from app.errors import DatabaseUnready
from app.places import Place
from app.settings import PROJECT
from app.store.engine import make_engine
from app.store.search import VERSION
from app.store.troubles import trouble_of

__all__ = [
    "MEND",
    "check_ready",
    "looks_sound",
    "refuse_newer",
    "revision",
    "revisions",
    "words_are_current",
    "words_version",
]

MEND = "Run `parallax db upgrade`."


def check_ready(place: Place) -> None:
    """Say nothing when the database is ready; raise `DatabaseUnready` when it is missing, older or newer than this code."""
    if isinstance(place, Path) and not place.is_file():
        raise DatabaseUnready("there is no database yet.", where=str(place), mend=MEND)
    engine = make_engine(place, writing=False)
    try:
        with engine.connect() as connection:
            have, head = revision(connection), revisions()[-1]
            if have is None:
                raise DatabaseUnready("this database has no tables yet.", where=str(place), mend=MEND)
            refuse_newer(place, have)
            if have != head or not words_are_current(connection):
                raise DatabaseUnready(f"this database is older than Parallax ({have}).", where=str(place), mend=MEND)
    except DatabaseError as error:
        raise trouble_of(error, place) or DatabaseUnready(
            "this is not a database that can be read.", where=str(place)
        ) from error
    finally:
        engine.dispose()


def words_are_current(connection: Connection) -> bool:
    """Whether the index of words was made by this analyser."""
    return words_version(connection) == VERSION


def words_version(connection: Connection, made: int | None = None) -> int:
    """Of the analyser that filled the index; `made` says it anew."""
    if connection.dialect.name != "sqlite":
        from app.store.postgres import words

        return words.version(connection, made)
    if made is not None:
        connection.exec_driver_sql(f"PRAGMA user_version = {made:d}")
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def looks_sound(connection: Connection) -> bool:
    """Whether what was damaged can be read again, looked at quickly."""
    if connection.dialect.name != "sqlite":
        from app.store.postgres.checking import unreadable

        return not list(unreadable(connection))
    return bool(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one() == "ok")


def revisions() -> list[str]:
    """Of every revision there is, in order: each has its number before its name."""
    return sorted(path.name.partition("_")[0] for path in (PROJECT / "migrations" / "versions").glob("[0-9]*_*.py"))


def revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def refuse_newer(place: Place, have: str) -> None:
    if have not in revisions():
        raise DatabaseUnready(
            f"this database was written by a newer Parallax ({have}).", where=str(place), mend="Update the program."
        )
