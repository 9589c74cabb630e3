"""A real server with work under way: it ends soon when it is asked to, and what a kill leaves is made up for by the next start."""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import httpx
import pytest
from ports import free_port
from programs import ROOT, Program, Programs

from app.store import open_store

Serving = Callable[[Path], AbstractContextManager[tuple[Program, str]]]
SENTENCE = (
    "The council of Harbour approved bridge number {} on {} May 2024, said mayor Ana Ruiz. It costs {} million euros. "
)


PATIENCE = 180.0
"""Seconds that only something broken takes, however busy the machine is."""


def log_of(database: Path) -> Path:
    return database.with_name("log")


@pytest.fixture
def serving(programs: Programs) -> Serving:
    """`with serving(database) as (server, site)`: one that answers; killed at the end if it still runs."""

    @contextmanager
    def serve(database: Path) -> Iterator[tuple[Program, str]]:
        port = free_port()
        log = log_of(database)
        log.write_text("")
        server = programs.begin(ROOT, "serve", "--port", str(port), database=database, out=log, err=log)
        site = f"http://127.0.0.1:{port}"
        try:
            ends = time.monotonic() + PATIENCE
            with httpx.Client(timeout=5) as client:  # one for all that it asks: making one takes longer than asking
                while True:
                    with suppress(httpx.TransportError):
                        if client.get(f"{site}/healthz").status_code == 200:
                            break
                    assert server.poll() is None, log.read_text()
                    assert time.monotonic() < ends, "it never answered"
                    time.sleep(0.05)
            yield server, site
        finally:
            server.kill()
            server.wait(PATIENCE)

    return serve


def begin_import(site: str, files: int, sentences: int) -> str:
    """Start a job that takes its time; the address of its page."""
    sent = [
        (
            "files",
            (
                f"{n}.txt",
                "".join(SENTENCE.format(i, 1 + (i + n) % 28, n) for i in range(sentences)).encode(),
                "text/plain",
            ),
        )
        for n in range(files)
    ]
    answer = httpx.post(f"{site}/imports", files=sent, data={"story": "harbour"}, headers={"origin": site}, timeout=60)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def running(site: str, page: str, step: str) -> None:
    ends = time.monotonic() + PATIENCE
    with httpx.Client(timeout=PATIENCE) as client:
        while step not in client.get(f"{site}{page}").text:
            assert time.monotonic() < ends, f"it never was {step!r}"
            time.sleep(0.05)


@pytest.mark.parametrize("step", ["Reading", "Comparing"])
def test_a_job_and_whoever_watches_it_hold_up_no_end(serving: Serving, tmp_path: Path, blank: Path, step: str) -> None:
    database = shutil.copy(blank, tmp_path / "kept.sqlite3")
    with serving(database) as (server, site):
        page = begin_import(site, *((30, 60) if step == "Reading" else (5, 80)))
        with httpx.stream("GET", f"{site}{page}/events", timeout=60) as watched:
            running(site, page, step)
            began = time.monotonic()
            server.send_signal(signal.SIGTERM)
            for _ in watched.iter_lines():
                pass
        server.wait(PATIENCE)
        assert time.monotonic() - began < 25  # the job by itself takes longer
    assert "graceful shutdown exceeded" not in log_of(database).read_text(), "whoever watched was cut off in the end"
    with open_store(database) as store:
        assert [a.name for a in store.checks.questions() if a.faults and not a.harmless] == []


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_an_import_that_was_cut_short_is_taken_up_by_the_next_server(
    serving: Serving, tmp_path: Path, blank: Path, how: signal.Signals
) -> None:
    database = shutil.copy(blank, tmp_path / "kept.sqlite3")
    with serving(database) as (server, site):
        page = begin_import(site, 6, 8)
        running(site, page, "Reading")
        server.send_signal(how)
        server.wait(PATIENCE)
    with serving(database) as (_, site):
        running(site, page, "Finished")
    with open_store(database) as store:
        assert store.library.articles(limit=1).total == 6
        assert [a.name for a in store.checks.questions() if a.faults and not a.harmless] == []
    assert not list(database.with_name(f"{database.name}-imports").iterdir())


def test_requests_in_flight_end_and_no_new_ones_begin(serving: Serving, tmp_path: Path, blank: Path) -> None:
    """A request is under way when the server asks for its body; it comes after the server was told to end."""
    database = shutil.copy(blank, tmp_path / "kept.sqlite3")
    body = json.dumps({"text": SENTENCE.format(2, 3, 4), "story": "harbour"}).encode()
    with serving(database) as (server, site):
        httpx.post(
            f"{site}/api/v1/articles", json={"text": SENTENCE.format(1, 2, 3)}, timeout=PATIENCE
        )  # now it can read
        address = httpx.URL(site)
        with socket.create_connection((address.host, address.port or 0), timeout=PATIENCE) as sending:
            head = f"POST /api/v1/articles HTTP/1.1\r\nHost: {address.netloc.decode()}\r\nContent-Type: application/json\r\n"
            sending.sendall(f"{head}Content-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n".encode())
            assert sending.recv(1000).startswith(b"HTTP/1.1 100 ")
            server.send_signal(signal.SIGTERM)
            ends = time.monotonic() + PATIENCE
            with suppress(httpx.TransportError):
                while time.monotonic() < ends:
                    httpx.get(
                        f"{site}/healthz", timeout=PATIENCE
                    )  # what was accepted before it heard of its end is answered
            assert time.monotonic() < ends, "it took in new requests"
            sending.sendall(body)
            assert sending.recv(1000).startswith(b"HTTP/1.1 201 ")
        server.wait(PATIENCE)
    with open_store(database) as store:
        assert store.library.articles(limit=1).total == 2


def test_a_server_that_was_killed_makes_up_for_it_when_it_starts_again(
    serving: Serving, tmp_path: Path, blank: Path
) -> None:
    database = shutil.copy(blank, tmp_path / "kept.sqlite3")
    with serving(database) as (server, site):
        page = begin_import(site, 4, 20)
        running(site, page, "Comparing")
        server.kill()
        server.wait(PATIENCE)
    with open_store(database) as store:
        assert store.articles.stale_stories(), "it was killed before it had compared"
        with store.write() as session:  # as if half a minute had gone by
            session.connection().exec_driver_sql("UPDATE stories SET changed_at = '2024-05-13T00:00:00.000000+00:00'")
    with serving(database) as (_, site):
        ends = time.monotonic() + PATIENCE
        while waiting := httpx.get(f"{site}/readyz", timeout=30).json()["waiting"]:
            assert time.monotonic() < ends, waiting
            time.sleep(0.2)
        shown = httpx.get(f"{site}/stories/harbour", timeout=30).text
        assert "ot compared yet:" not in shown
        assert re.search(r"\d+ rows?", shown)
