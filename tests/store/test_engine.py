"""Several at once: readers go on while one writes, writers wait for each other, a lock that stays is an error."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from made_up import the_readings
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.store import Store
from app.store import engine as engine_module


def test_readers_see_one_state_while_somebody_writes(filled: Store) -> None:
    count = text("SELECT count(*) FROM stories")
    with filled.read() as reader:
        assert reader.connection().execute(count).scalar_one() == 1
        filled.create_story("Another")
        assert reader.connection().execute(count).scalar_one() == 1, "the state it began with"
    with filled.read() as reader:
        assert reader.connection().execute(count).scalar_one() == 2


def test_reading_does_not_wait_for_an_open_write(filled: Store) -> None:
    with filled.write() as session:
        session.connection().execute(text("UPDATE stories SET title = 'half'"))
        assert filled.story("pact").story.title == "The pact"


def test_a_reader_cannot_write(filled: Store) -> None:
    with pytest.raises(OperationalError, match="readonly"), filled.read() as session:
        session.connection().execute(text("DELETE FROM flags"))


def test_what_was_written_is_on_the_disk(filled: Store) -> None:
    with filled.write() as session:
        assert session.connection().exec_driver_sql("PRAGMA synchronous").scalar_one() == 2, "FULL"


def test_threads_that_write_at_once_wait_for_each_other(filled: Store) -> None:
    errors: list[BaseException] = []

    def write(name: str) -> None:
        try:
            for row in (1, 2, 3):
                filled.flag(row, by=name)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(f"person {i}",)) for i in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert errors == []
    assert len(filled.alignment(2).row.flags) == 4


WRITER = """
import sys
from pathlib import Path
from app.store import Store
with Store(Path(sys.argv[1])) as store:
    for i in range(15):
        store.create_story(f"{sys.argv[2]} {i}")
"""


def test_two_processes_that_write_at_once_wait_for_each_other(filled: Store) -> None:
    root = Path(engine_module.__file__).parents[2]
    running = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(filled.path), name], cwd=root, stderr=subprocess.PIPE)
        for name in ("one", "two")
    ]
    assert [p.communicate(timeout=60)[1].decode() for p in running] == ["", ""]
    with filled.read() as session:
        assert session.connection().execute(text("SELECT count(*) FROM stories")).scalar_one() == 31


def test_a_lock_that_stays_is_an_error_and_keeps_nothing(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "BUSY_SECONDS", 0.1)
    with Store(filled.path) as impatient, closing(sqlite3.connect(filled.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"):
            impatient.create_story("Late")
        other.rollback()
        impatient.create_story("Late")


def test_a_write_that_raises_keeps_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError), store.write() as session:  # noqa: PT012 - it raises inside on purpose
        session.connection().execute(text("INSERT INTO outlets (key, name) VALUES ('x', 'X')"))
        raise RuntimeError
    assert store.keep_article(the_readings()[0]).outcome == "new"
    with store.read() as session:
        assert session.connection().execute(text("SELECT count(*) FROM outlets")).scalar_one() == 1
