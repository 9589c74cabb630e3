"""A backup takes the place of the database, also while it is served, and what was there stays beside it.

The backup is read whole, looked through and brought to this version first, beside the database. Then all of its pages go in as one
write: readers see the old state until they see the new one, a writer waits, and whatever ends the program before that leaves
everything as it was. A database that is damaged cannot be written to; the backup takes over its name instead, and a server that
has the old file open sees that (`StoreHolder`).

Ids given since the backup was made are not given again, and remembered looks at stories are not mistaken for those of before. The
audit log goes on from where the backup's ends, with a line that says who restored it and where the log of before had ended.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session

from app.errors import BadInput, Damaged, DatabaseUnready, NotFound
from app.places import Place, file_of
from app.store import audit
from app.store.engine import make_engine
from app.store.queue import Door
from app.store.schema import backup, publish, revision_of, unused, upgrade
from app.store.troubles import trouble_of, troubles_told
from app.store.views import AuditHead

__all__ = ["restore"]

_PATIENCE_SECONDS = 60.0
_LOG_FILES = ("-wal", "-shm")


def restore(place: Place, source: Path, *, by: str | None = None) -> Path | None:
    """Put the backup at `source` in the place of the database at `place`; gives the copy of what was there, None of nothing.

    `by`: who does it. Raises `NotFound` and `BadInput` for what is no sound backup, `DatabaseUnready` for one of a newer version.
    """
    path = file_of(place, "`pg_restore` puts in what `pg_dump` wrote; then run `parallax db upgrade`.")
    if not source.is_file():
        raise NotFound("there is no backup.", where=str(source))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(handle)
    ready = Path(name)
    ready.unlink()
    try:
        _made_ready(source, ready)
        return _put_in_place(path, ready, by)
    finally:
        for suffix in ("", *_LOG_FILES):
            ready.with_name(ready.name + suffix).unlink(missing_ok=True)


def _made_ready(source: Path, ready: Path) -> None:
    """A copy of the backup of this version, every page of which can be read."""
    try:
        backup(source, ready)
        with troubles_told(source), closing(sqlite3.connect(ready)) as copy:
            sound = copy.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        version = revision_of(ready) if sound else None
    except (DatabaseUnready, sqlite3.Error) as error:
        raise BadInput("this is no backup that can be read.", where=str(source), mend="Take another one.") from error
    if not sound:
        raise BadInput("this backup is damaged.", where=str(source), mend="Take another one.")
    if version is None:
        raise BadInput("this is no database of Parallax.", where=str(source), mend="Take another one.")
    upgrade(ready, copy=False)


def _put_in_place(path: Path, ready: Path, by: str | None) -> Path | None:
    if not path.exists():
        _tell(ready, None, by)
        _fold(ready)
        publish(ready, path)
        return None
    kept = unused(path.with_name(f"{path.name}.before-restore"))
    with Door(path).stood_in(_PATIENCE_SECONDS):
        try:
            backup(path, kept)
            _go_on_from(path, ready)
            _tell(ready, path, by)
            with closing(sqlite3.connect(ready)) as new, closing(sqlite3.connect(path)) as live:
                live.execute("PRAGMA synchronous = FULL")
                live.execute("SELECT count(*) FROM sqlite_master").fetchone()
                new.backup(live)
        except (DatabaseUnready, sqlite3.DatabaseError) as error:
            if not _is_damage(error, path):
                kept.unlink(missing_ok=True)
                raise trouble_of(error, path) or error from error
            _take_over(path, ready, kept)
    return kept


def _is_damage(error: BaseException, path: Path) -> bool:
    return isinstance(error, Damaged) or isinstance(trouble_of(error, path), Damaged)


def _take_over(path: Path, ready: Path, kept: Path) -> None:
    """The damaged file and its log are moved aside as they are, and the backup gets the name."""
    _fold(ready)
    shutil.copyfile(path, kept)
    for suffix in _LOG_FILES:
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(kept.with_name(kept.name + suffix))
    ready.replace(path)


def _fold(ready: Path) -> None:
    """One file that holds everything: its log is written into it."""
    with closing(sqlite3.connect(ready)) as copy:
        copy.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _go_on_from(path: Path, ready: Path) -> None:
    """Numbers that only grow go on from where the database was, whatever version that is of."""
    with closing(sqlite3.connect(path)) as live, closing(sqlite3.connect(ready)) as new, new:
        for column in ("revision", "basis"):
            if column in {name for _, name, *_ in live.execute("PRAGMA table_info(stories)")}:
                most = live.execute(f"SELECT coalesce(max({column}), 0) + 1 FROM stories").fetchone()  # noqa: S608
                new.execute(f"UPDATE stories SET {column} = {column} + ?", most)  # noqa: S608 - constants only
        if live.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'").fetchone():
            for name, seq in live.execute("SELECT name, seq FROM sqlite_sequence WHERE name <> 'audit'").fetchall():
                new.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (seq, name))


def _tell(ready: Path, live: Path | None, by: str | None) -> None:
    """A line in the log that will be: who restored it, and where the log that it takes the place of had ended."""
    if by is None:
        return
    ended = None if live is None else _ended(live)
    engine = make_engine(ready, writing=True)
    try:
        with Session(engine) as session, session.begin():
            before = {} if ended is None else {"line": ended.line, "hash": ended.hash}
            now = datetime.now(UTC)
            audit.record(session, now, by=by, what="restored", kind="database", subject="database", before=before)
    finally:
        engine.dispose()


def _ended(live: Path) -> AuditHead | None:
    engine = make_engine(live, writing=False)
    try:
        with engine.connect() as connection:
            known = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'audit'").first()
            return None if known is None else audit.head(connection)
    finally:
        engine.dispose()
