"""Several at once: readers go on while one writes, writers wait for each other, a lock that stays is an error."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from multiprocessing.context import BaseContext
from multiprocessing.synchronize import Event

import pytest
from made_up import the_readings
from sqlalchemy import text

from app.errors import Busy, OnlyReadable
from app.places import Place
from app.store import Store
from app.store import engine as engine_module
from app.turns import Turns


def test_readers_see_one_state_while_somebody_writes(filled: Store) -> None:
    count = text("SELECT count(*) FROM stories")
    with filled.read() as reader:
        assert reader.connection().execute(count).scalar_one() == 1
        filled.articles.create_story("Another")
        assert reader.connection().execute(count).scalar_one() == 1, "the state it began with"
    with filled.read() as reader:
        assert reader.connection().execute(count).scalar_one() == 2


def test_reading_does_not_wait_for_an_open_write(filled: Store) -> None:
    with filled.write() as session:
        session.connection().execute(text("UPDATE stories SET title = 'half'"))
        assert filled.rows.story("pact").story.title == "The pact"


def test_a_reader_cannot_write(filled: Store) -> None:
    with pytest.raises(OnlyReadable), filled.read() as session:
        session.connection().execute(text("DELETE FROM flags"))


@pytest.mark.sqlite_file
def test_what_was_written_is_on_the_disk(
    filled: Store, patient_connection: Callable[..., sqlite3.Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "_connect", patient_connection)
    with Store(filled.place) as store, store.write() as session:
        assert session.connection().exec_driver_sql("PRAGMA synchronous").scalar_one() == 2, "FULL"


def test_threads_that_write_at_once_wait_for_each_other(filled: Store) -> None:
    errors: list[BaseException] = []

    def write(name: str) -> None:
        try:
            for row in (1, 2, 3):
                filled.review.flag(row, by=name)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(f"person {i}",)) for i in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert errors == []
    assert len(filled.rows.alignment(2).row.flags) == 4


def _write(place: Place, name: str) -> None:
    with Store(place) as store:
        for i in range(15):
            store.articles.create_story(f"{name} {i}")


def test_two_processes_that_write_at_once_wait_for_each_other(filled: Store, others: BaseContext) -> None:
    running = [others.Process(target=_write, args=(filled.place, name)) for name in ("one", "two")]
    for one in running:
        one.start()
    for one in running:
        one.join(60)
    assert [one.exitcode for one in running] == [0, 0]
    with filled.read() as session:
        assert session.connection().execute(text("SELECT count(*) FROM stories")).scalar_one() == 31


@pytest.mark.sqlite_file
def test_a_lock_that_stays_is_an_error_and_keeps_nothing(filled: Store) -> None:
    with Store(filled.path, patience=0.1) as impatient, closing(sqlite3.connect(filled.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match="others are writing") as raised:
            impatient.articles.create_story("Late")
        assert raised.value.retry_after
        other.rollback()
        impatient.articles.create_story("Late")


# --- whose turn it is --------------------------------------------------------------------------------------------------


def test_writers_of_one_process_are_let_in_as_they_came(filled: Store) -> None:
    order: list[int] = []

    def write(number: int) -> None:
        with filled.write():
            order.append(number)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    with filled.write():
        for n, thread in enumerate(threads, 1):
            thread.start()
            while len(filled._turns._waiting) < n:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == list(range(8))


def test_so_many_may_wait_and_no_more(filled: Store, monkeypatch) -> None:
    filled._turns._most = 2
    with filled.write():
        waiting = [threading.Thread(target=filled.articles.create_story, args=(f"Story {n}",)) for n in range(2)]
        for thread in waiting:
            thread.start()
        while len(filled._turns._waiting) < 2:
            time.sleep(0.001)
        with pytest.raises(Busy):
            filled.articles.create_story("One too many")
    for thread in waiting:
        thread.join()
    assert filled.articles.create_story("Then again").title == "Then again"


def test_who_goes_away_is_not_waited_for() -> None:
    turns = Turns("others are writing", 9)
    with turns.turn(1.0), pytest.raises(Busy), turns.turn(0.01):
        pass
    with turns.turn(0.0) as left:
        assert left == 0.0


def _write_without_pause(place: Place, begun: Event) -> None:
    with Store(place, patience=60) as store:
        begun.set()
        for i in range(10_000):
            with store.write() as session:
                session.connection().exec_driver_sql(f"UPDATE stories SET title = '{i}'")
                time.sleep(0.1)


def test_a_program_that_writes_without_pause_lets_others_in_between(filled: Store, others: BaseContext) -> None:
    """Left to chance, the other would look every tenth of a second whether the lock is free just then."""
    begun = others.Event()
    restless = others.Process(target=_write_without_pause, args=(filled.place, begun))
    restless.start()
    try:
        assert begun.wait(60)
        waits = []
        for n in range(8):
            began = time.monotonic()
            filled.review.flag(2, by=f"person {n}")
            waits.append(time.monotonic() - began)
    finally:
        restless.kill()
        restless.join()
    assert max(waits) < 2.0, waits
    assert sorted(waits)[4] < 0.5, waits


@pytest.mark.sqlite_file
def test_many_readers_at_once_do_not_wait_for_connections(filled: Store) -> None:
    with ExitStack() as open_sessions:
        for _ in range(60):
            session = open_sessions.enter_context(filled.read())
            assert session.connection().exec_driver_sql("SELECT count(*) FROM claims").scalar_one() == 8


def test_a_write_that_raises_keeps_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError), store.write() as session:  # noqa: PT012 - it raises inside on purpose
        session.connection().execute(text("INSERT INTO outlets (key, name) VALUES ('x', 'X')"))
        raise RuntimeError
    assert store.articles.keep_article(the_readings()[0]).outcome == "new"
    with store.read() as session:
        assert session.connection().execute(text("SELECT count(*) FROM outlets")).scalar_one() == 1


def test_every_name_of_the_store_is_found_in_its_home() -> None:
    """Names are loaded when they are asked for: one that is told and has no home is missed by no type checker."""
    import app.store

    assert all(getattr(app.store, name) is not None for name in app.store.__all__)
    assert sorted(app.store.__all__) == sorted(name for names in app.store._HOMES.values() for name in names.split())
