"""The database's own state: is it there, is it of this version, bring it up to date, copy it.

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

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from app.errors import BadInput, DatabaseUnready, DiskFull
from app.settings import PROJECT
from app.store import guards, index, standing, telling_words
from app.store.engine import make_engine
from app.store.troubles import told, troubles_told

if TYPE_CHECKING:  # it takes half a second to load, and a database that is ready needs none of it
    from alembic.config import Config

__all__ = ["backup", "check", "is_blank", "publish", "revision_of", "unused", "upgrade"]

MEND = "Run `parallax db upgrade`."


def check(path: Path) -> None:
    """Say nothing when the database is ready; raise `DatabaseUnready` when it is missing, older or newer than this code."""
    if not path.is_file():
        raise DatabaseUnready("there is no database yet.", where=str(path), mend=MEND)
    engine = make_engine(path, writing=False)
    try:
        with engine.connect() as connection:
            have, head = _revision(connection), _revisions()[-1]
            if have is None:
                raise DatabaseUnready("this database has no tables yet.", where=str(path), mend=MEND)
            _refuse_newer(path, have)
            if have != head or not index.is_current(connection):
                raise DatabaseUnready(f"this database is older than Parallax ({have}).", where=str(path), mend=MEND)
    except DatabaseError as error:
        raise told(error, path) or DatabaseUnready(
            "this file is not a database that can be read.", where=str(path)
        ) from error
    finally:
        engine.dispose()


def upgrade(path: Path, *, to: str = "head", copy: bool = True) -> Path | None:
    """Bring the database to this version, making file and folder when missing; a newer one raises `DatabaseUnready`.

    Before a database with data is changed a copy is made beside it; its path is returned (None when none was needed). A
    copy that is there stays: another upgrade to the same revision makes another copy.
    The whole upgrade is one transaction: when a revision fails, the database is as it was. `copy=False`: of a file that is a
    copy itself.
    """
    from alembic import command

    path.parent.mkdir(parents=True, exist_ok=True)
    copied: Path | None = None
    engine = make_engine(path, writing=True)
    try:
        with engine.connect() as connection:
            # Batch migrations drop and remake tables: with foreign keys on that would empty the tables that point at them.
            connection.connection.execute("PRAGMA foreign_keys = OFF").close()
            have = _revision(connection)
            if have is not None:
                _refuse_newer(path, have)
            target = _revisions()[-1] if to == "head" else to
            if have == target and (to != "head" or index.is_current(connection)):
                return None
            if have is not None and copy:
                copied = unused(path.with_name(f"{path.name}.before-{target}"))
                backup(path, copied)
            guards.lift(connection)
            standing.lift(connection)
            command.upgrade(_config(connection), to)
            if to == "head":
                standing.put(connection)
                index.rebuild(connection)
                telling_words.rebuild(connection)
                guards.put(connection)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise DatabaseUnready(
                    "the upgrade would leave broken references; nothing was changed.", where=str(path)
                )
            connection.commit()
    except DatabaseError as error:
        raise told(error, path) or DatabaseUnready(
            f"this database cannot be upgraded: {error.orig}.", where=str(path)
        ) from error
    finally:
        engine.dispose()
    return copied


def is_blank(path: Path) -> bool:
    """Whether there is nothing yet: no file, or one in which not a single table was made."""
    if not path.is_file() or path.stat().st_size == 0:
        return True
    engine = make_engine(path, writing=False)
    try:
        with troubles_told(path), engine.connect() as connection:
            return not connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    finally:
        engine.dispose()


def backup(path: Path, target: Path) -> None:
    """A consistent copy, also while others write. Raises `BadInput` when the target exists already.

    It grows under another name (`.part` at the end) and gets its own when it is whole and on the disk.
    """
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
                there = told(error, target)
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
            return _revision(connection)
    finally:
        engine.dispose()


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(PROJECT / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _revisions() -> list[str]:
    """Of every revision there is, in order: each has its number before its name."""
    return sorted(path.name.partition("_")[0] for path in (PROJECT / "migrations" / "versions").glob("[0-9]*_*.py"))


def _revision(connection: Connection) -> str | None:
    if not connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").first():
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _refuse_newer(path: Path, have: str) -> None:
    if have not in _revisions():
        raise DatabaseUnready(
            f"this database was written by a newer Parallax ({have}).", where=str(path), mend="Update the program."
        )
