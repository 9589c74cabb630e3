"""An import is taken up again by the next server, whatever became of the one before, and nothing is left of one that is over."""

from __future__ import annotations

import errno
import json
import os
import threading
import time
from pathlib import Path

import pytest

from app.core.records import Hints
from app.errors import Busy, DiskFull, NotFound, OnlyReadable
from app.web.importing import ImportAsked
from app.web.jobs import MOST_JOBS, Jobs
from app.web.spool import MOST_TRIES, Spool
from app.web.uploads import Upload

ASKED = ImportAsked(
    (Upload("näme.txt", b"\x00\xffThe council met."), Upload("b.html", b"")),
    ("https://example.org/a",),
    Hints(outlet="Herald", story="the-bridge"),
    "ann",
)


class Server:
    """Jobs and a spool, as one server has them; what was begun is noted."""

    def __init__(self, database: Path) -> None:
        self.jobs = Jobs()
        self.spool = Spool(database, self.jobs)
        self.begun: list[ImportAsked] = []
        self.go = threading.Event()

    def work(self, asked: ImportAsked):
        def begin(job):
            self.begun.append(asked)
            while not (self.go.is_set() or job.stop.is_set()):
                time.sleep(0.005)
            return asked.title

        return begin

    def start(self, asked: ImportAsked = ASKED):
        return self.spool.start(asked, self.work(asked))

    def resume(self) -> int:
        return self.spool.resume(self.work)

    def end(self) -> None:
        self.jobs.close()
        self.spool.close()

    def die(self) -> None:
        """As a kill does: nothing is tidied up, and the system opens what was locked."""
        self.spool.close()
        self.jobs = Jobs()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "kept.sqlite3"


@pytest.fixture
def server(database):
    made: list[Server] = []

    def make() -> Server:
        made.append(Server(database))
        return made[-1]

    yield make
    for one in made:
        one.go.set()
        one.end()


def until(true) -> None:
    ends = time.monotonic() + 20
    while not true():
        assert time.monotonic() < ends, "it took too long"
        time.sleep(0.005)


def files(database: Path) -> list[str]:
    folder = database.with_name(f"{database.name}-imports")
    return sorted(f.name for f in folder.iterdir()) if folder.exists() else []


def test_what_was_asked_for_is_kept_while_it_is_under_way_and_no_longer(server, database):
    one = server()
    job = one.start()
    assert files(database) == [f"{job.id}.json"]
    folder = database.with_name(f"{database.name}-imports")
    assert (folder.stat().st_mode & 0o77, (folder / f"{job.id}.json").stat().st_mode & 0o77) == (0, 0)
    one.go.set()
    until(lambda: job.ended is not None)
    assert files(database) == []
    assert server().resume() == 0


@pytest.mark.parametrize("end", ["end", "die"])
def test_the_next_server_takes_it_up_under_the_same_address(server, end):
    one = server()
    job = one.start()
    until(lambda: one.begun)
    getattr(one, end)()
    other = server()
    assert other.resume() == 1
    until(lambda: other.begun)
    assert other.begun == [ASKED], "all of it, byte for byte"
    again = other.jobs.get(job.id)
    other.go.set()
    until(lambda: again.ended is not None)
    assert again.progress.state == "finished"
    assert server().resume() == 0


def test_one_that_waited_for_a_thread_is_taken_up_too(server):
    one = server()
    jobs = [one.start() for _ in range(4)]
    one.end()
    other = server()
    assert other.resume() == 4
    assert {other.jobs.get(j.id).id for j in jobs} == {j.id for j in jobs}


def test_what_another_server_is_about_is_left_alone(server):
    one = server()
    one.start()
    other = server()
    assert other.resume() == 0
    assert one.resume() == 0, "nor what one is about oneself"
    one.end()
    assert other.resume() == 1


def test_what_ends_its_server_again_and_again_is_given_up_and_says_so(server, database):
    one = server()
    job = one.start()
    file = database.with_name(f"{database.name}-imports") / f"{job.id}.json"
    for tries in range(1, MOST_TRIES + 1):
        assert json.loads(file.read_bytes())["tries"] == tries
        one.die()
        one = server()
        assert one.resume() == (1 if tries < MOST_TRIES else 0)
    until(lambda: one.jobs.get(job.id).ended is not None)
    [failure] = one.jobs.get(job.id).progress.failures
    assert "ended each time" in failure.what
    assert failure.mend
    assert not one.begun
    assert not file.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"tries": 1}',
        b'{"tries": 1, "outlet": null, "story": null, "addresses": [], "uploads": [["a", "!"]]}',
    ],
)
def test_a_file_that_cannot_be_read_keeps_nothing_from_starting(server, database, content):
    folder = database.with_name(f"{database.name}-imports")
    folder.mkdir()
    (folder / "broken.json").write_bytes(content)
    (folder / "half.part").write_bytes(b"{")
    one = server()
    assert one.resume() == 0
    assert files(database) == []
    one.start()


def test_of_two_that_start_at_once_one_takes_it_up(server, monkeypatch):
    server().start()
    second, third = server(), server()
    monkeypatch.setattr(
        "app.web.spool.locked", lambda _: True
    )  # whoever opened it before it was written anew locks what is gone
    opened = os.open

    def slowly(path, *how):
        handle = opened(path, *how)
        if str(path).endswith(".json") and not third.begun:
            third.begun.append(ASKED)
            assert third.resume() == 1
        return handle

    monkeypatch.setattr("app.web.spool.os.open", slowly)
    assert second.resume() == 0


def test_one_too_many_leaves_nothing(server, database):
    one = server()
    for _ in range(MOST_JOBS):
        one.start()
    with pytest.raises(Busy):
        one.start()
    assert len(files(database)) == MOST_JOBS


@pytest.mark.parametrize(("refused", "kind"), [(errno.ENOSPC, DiskFull), (errno.EACCES, OnlyReadable)])
def test_what_cannot_be_kept_is_not_begun(server, database, monkeypatch, refused, kind):
    one = server()
    one.start()

    def refuse(*_):
        raise OSError(refused, os.strerror(refused))

    monkeypatch.setattr("app.web.spool.os.fsync", refuse)
    with pytest.raises(kind):
        one.start()
    assert len(files(database)) == 1
    with pytest.raises(NotFound):
        one.jobs.get("nothing")
