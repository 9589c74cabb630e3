"""Several programs on one PostgreSQL server: who waits, who does the work in the background."""

from __future__ import annotations

from contextlib import closing
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext

import pytest
from clock import Clock
from postgres import Server

from app.errors import Busy
from app.places import Address, Place
from app.store import Store


def test_a_lock_that_stays_is_an_error_and_keeps_nothing(address: Address) -> None:
    with Store(address, now=Clock()) as holder, Store(address, now=Clock(), patience=0.1) as impatient:
        with holder.write(), pytest.raises(Busy, match="others are writing") as raised:
            impatient.articles.create_story("Late")
        assert raised.value.retry_after
        assert impatient.articles.create_story("Late").title == "Late"


def _answer(place: Place, asked: Connection) -> None:
    with Store(place) as store:
        while asked.recv():
            asked.send(store.chosen())


class Program:
    """One that says, when it is asked, whether it is the one."""

    def __init__(self, address: Address, others: BaseContext) -> None:
        self._asked, theirs = others.Pipe()
        self._process = others.Process(target=_answer, args=(address, theirs))
        self._process.start()
        theirs.close()

    def chosen(self) -> bool:
        self._asked.send(True)
        return self._asked.recv()

    def kill(self) -> None:
        self._process.kill()
        self._process.join()
        self._asked.close()


def test_one_program_works_in_the_background_and_another_goes_on_when_it_is_killed(
    address: Address, others: BaseContext
) -> None:
    first, second = (Program(address, others) for _ in range(2))
    try:
        assert [first.chosen(), second.chosen(), first.chosen(), second.chosen()] == [True, False, True, False]
        first.kill()
        assert any(second.chosen() for _ in range(2000)), "the lock is free as soon as its connection ends"
        with Store(address) as third:
            assert not third.chosen()
            second.kill()
            assert any(third.chosen() for _ in range(2000))
    finally:
        first.kill()
        second.kill()


def test_whoever_lost_the_connection_is_not_the_one_any_more(kept: Store, server: Server) -> None:
    assert kept.chosen()
    with closing(Store(kept.place)) as other:
        server.admin(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{kept.place.name}'")
        assert any(other.chosen() for _ in range(2000))
        assert not kept.chosen()
        assert not kept.chosen()
