"""The database's own state: bring it up to date, copy it; whether it is ready is asked in `ready.py`.

Every change of a table is a revision in `migrations/`. `upgrade` runs what is missing in one transaction, after a copy was
made beside the file; there is no downgrade but that copy.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DatabaseError

from app.errors import BadInput, DatabaseUnready, DiskFull
from app.places import Address, Place, file_of
from app.settings import PROJECT
from app.store import guards, index, standing, telling_words
from app.store.engine import make_engine
from app.store.ready import MEND, refuse_newer, revision, revisions, words_are_current
from app.store.troubles import trouble_of, troubles_told

if TYPE_CHECKING:  # it takes half a second to load, and a database that is ready needs none of it
    from alembic.config import Config

__all__ = ["backup", "is_blank", "publish", "revision_of", "unused", "upgrade"]


def upgrade(place: Place, *, to: str = "head", copy: bool = True) -> Path | None:
    """Bring the database to this version, making file and folder when missing; a newer one raises `DatabaseUnready`.

    Before a database with data is changed a copy is made beside it; its path is returned (None when none was needed). A
    copy that is there stays: another upgrade to the same revision makes another copy.
    The whole upgrade is one transaction: when a revision fails, the database is as it was. `copy=False`: of a file that is a
    copy itself.
    """
    if isinstance(place, Address):
        _upgrade_server(place, to)
        return None
    path = place
    path.parent.mkdir(parents=True, exist_ok=True)
    copied: Path | None = None
    engine = make_engine(path, writing=True)
    try:
        with engine.connect() as connection:
            # Batch migrations drop and remake tables: with foreign keys on that would empty the tables that point at them.
            connection.connection.execute("PRAGMA foreign_keys = OFF").close()
            have = revision(connection)
            if have is not None:
                refuse_newer(path, have)
            target = revisions()[-1] if to == "head" else to
            if have == target and (to != "head" or words_are_current(connection)):
                return None
            if have is not None and copy:
                copied = unused(path.with_name(f"{path.name}.before-{target}"))
                backup(path, copied)
            _bring(connection, to)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise DatabaseUnready(
                    "the upgrade would leave broken references; nothing was changed.", where=str(path)
                )
            connection.commit()
    except DatabaseError as error:
        raise trouble_of(error, path) or DatabaseUnready(
            f"this database cannot be upgraded: {error.orig}.", where=str(path)
        ) from error
    finally:
        engine.dispose()
    return copied


def _bring(connection: Connection, to: str) -> None:
    from alembic import command

    guards.lift_guards(connection)
    standing.lift_views(connection)
    command.upgrade(_config(connection), to)
    if to == "head":
        standing.put_views(connection)
        index.rebuild_index(connection)
        telling_words.rebuild_terms(connection)
        guards.put_guards(connection)


def _upgrade_server(address: Address, to: str) -> None:
    """The same on a PostgreSQL server. No copy is made: `pg_dump` makes one, by whoever may."""
    engine = make_engine(address, writing=True)
    try:
        with troubles_told(address), engine.begin() as connection:
            from app.store.postgres import preparing

            preparing.refuse_unfit(connection, address)
            have = revision(connection)
            if have is not None:
                refuse_newer(address, have)
            if have == (revisions()[-1] if to == "head" else to) and (to != "head" or words_are_current(connection)):
                return
            preparing.before(connection)
            _bring(connection, to)
            if to == "head":
                preparing.after(connection)
    finally:
        engine.dispose()


def is_blank(place: Place) -> bool:
    """Whether there is nothing yet: no file, or a database in which not a single table was made."""
    if isinstance(place, Path) and (not place.is_file() or place.stat().st_size == 0):
        return True
    engine = make_engine(place, writing=False)
    try:
        with troubles_told(place), engine.connect() as connection:
            return not inspect(connection).get_table_names()
    finally:
        engine.dispose()


def backup(place: Place, target: Path) -> None:
    """A consistent copy, also while others write. Raises `BadInput` when the target exists already.

    It grows under another name (`.part` at the end) and gets its own when it is whole and on the disk.
    """
    path = file_of(place, "`pg_dump` copies it, also while it is served.")
    if not path.is_file():
        raise DatabaseUnready("there is no database yet.", where=str(path), mend=MEND)
    if target.exists():
        raise BadInput("this file exists already and is not overwritten.", where=str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    os.close(handle)
    growing = Path(name)
    address = f"{path.resolve().as_uri()}?mode=ro"
    try:
        with (
            troubles_told(path),
            closing(sqlite3.connect(address, uri=True)) as source,
            closing(sqlite3.connect(growing)) as copy,
        ):
            try:
                source.backup(copy)
            except sqlite3.OperationalError as error:
                there = trouble_of(error, target)
                if isinstance(there, DiskFull):
                    raise there from error
                raise
        growing.chmod(stat.S_IMODE(path.stat().st_mode))
        publish(growing, target)
    finally:
        growing.unlink(missing_ok=True)


def publish(growing: Path, target: Path) -> None:
    """Give a file that is whole its name, which no file may have yet; after this a loss of power leaves it there."""
    with growing.open("rb") as whole:
        os.fsync(whole.fileno())
    try:
        target.hardlink_to(growing)
    except FileExistsError:
        raise BadInput("this file exists already and is not overwritten.", where=str(target)) from None
    except OSError:  # a file system without links
        growing.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def unused(path: Path) -> Path:
    """The path itself, or the first with a number behind it that no file has."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free


def revision_of(path: Path) -> str | None:
    """The revision a database is at, None without tables."""
    engine = make_engine(path, writing=False)
    try:
        with engine.connect() as connection:
            return revision(connection)
    finally:
        engine.dispose()


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(PROJECT / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
