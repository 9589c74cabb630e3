"""A real server with work under way: it ends soon when it is asked to, and what a kill leaves is made up for by the next start."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from app.store import open_store, upgrade

ROOT = Path(__file__).parents[2]
SENTENCE = (
    "The council of Harbour approved bridge number {} on {} May 2024, said mayor Ana Ruiz. It costs {} million euros. "
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(database: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    port = free_port()
    environment = {**os.environ, "PARALLAX_DATABASE": str(database), "PARALLAX_LANGUAGE_MODEL": "rules"}
    environment["PYTHONPATH"] = str(ROOT)
    server = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--port", str(port)],
        env=environment,
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    site = f"http://127.0.0.1:{port}"
    try:
        ends = time.monotonic() + 60
        while True:
            try:
                if httpx.get(f"{site}/healthz", timeout=5).status_code == 200:
                    break
            except httpx.TransportError:
                assert time.monotonic() < ends, "it never answered"
                time.sleep(0.05)
        yield server, site
    finally:
        if server.poll() is None:
            server.kill()
        server.wait(20)


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
    ends = time.monotonic() + 90
    while step not in httpx.get(f"{site}{page}", timeout=30).text:
        assert time.monotonic() < ends, f"it never was {step!r}"
        time.sleep(0.05)


@pytest.mark.parametrize("step", ["Reading", "Comparing"])
def test_a_job_and_whoever_watches_it_hold_up_no_end(tmp_path: Path, step: str) -> None:
    database = tmp_path / "kept.sqlite3"
    upgrade(database)
    with serving(database) as (server, site):
        page = begin_import(site, *((30, 60) if step == "Reading" else (5, 80)))
        with httpx.stream("GET", f"{site}{page}/events", timeout=60) as watched:
            running(site, page, step)
            began = time.monotonic()
            server.send_signal(signal.SIGTERM)
            for _ in watched.iter_lines():
                pass
        server.wait(20)
        assert time.monotonic() - began < 8
    with open_store(database) as store:
        assert [a.name for a in store.checks.questions() if a.faults and not a.harmless] == []


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_an_import_that_was_cut_short_is_taken_up_by_the_next_server(tmp_path: Path, how: signal.Signals) -> None:
    database = tmp_path / "kept.sqlite3"
    upgrade(database)
    with serving(database) as (server, site):
        page = begin_import(site, 12, 30)
        running(site, page, "Reading")
        server.send_signal(how)
        server.wait(20)
    with serving(database) as (_, site):
        running(site, page, "Finished")
    with open_store(database) as store:
        assert store.library.articles(limit=1).total == 12
        assert [a.name for a in store.checks.questions() if a.faults and not a.harmless] == []
    assert not list(database.with_name(f"{database.name}-imports").iterdir())


def test_requests_in_flight_end_and_no_new_ones_begin(tmp_path: Path) -> None:
    database = tmp_path / "kept.sqlite3"
    upgrade(database)
    text = "".join(SENTENCE.format(i, 1 + i % 28, i) for i in range(200))
    with serving(database) as (server, site), ThreadPoolExecutor() as pool:
        httpx.post(f"{site}/api/v1/articles", json={"text": SENTENCE.format(1, 2, 3)}, timeout=60)  # now it can read
        sent = pool.submit(httpx.post, f"{site}/api/v1/articles", json={"text": text, "story": "harbour"}, timeout=60)
        time.sleep(0.4)
        assert not sent.done(), "it takes longer than that to read"
        began = time.monotonic()
        server.send_signal(signal.SIGTERM)
        while not sent.done():
            with suppress(httpx.TransportError):  # what was accepted before it heard of its end is answered
                httpx.get(f"{site}/healthz", timeout=5)
            time.sleep(0.05)
        with pytest.raises(httpx.TransportError):
            httpx.get(f"{site}/healthz", timeout=5)
        assert sent.result().status_code == 201
        server.wait(20)
        assert time.monotonic() - began < 20
    with open_store(database) as store:
        assert store.library.articles(limit=1).total == 2


def test_a_server_that_was_killed_makes_up_for_it_when_it_starts_again(tmp_path: Path) -> None:
    database = tmp_path / "kept.sqlite3"
    upgrade(database)
    with serving(database) as (server, site):
        page = begin_import(site, 4, 40)
        running(site, page, "Comparing")
        server.kill()
        server.wait(20)
    with open_store(database) as store:
        assert store.articles.stale_stories(), "it was killed before it had compared"
        with store.write() as session:  # as if half a minute had gone by
            session.connection().exec_driver_sql("UPDATE stories SET changed_at = '2024-05-13T00:00:00.000000+00:00'")
    with serving(database) as (_, site):
        ends = time.monotonic() + 90
        while waiting := httpx.get(f"{site}/readyz", timeout=30).json()["waiting"]:
            assert time.monotonic() < ends, waiting
            time.sleep(0.2)
        shown = httpx.get(f"{site}/stories/harbour", timeout=30).text
        assert "ot compared yet:" not in shown
        assert re.search(r"\d+ rows?", shown)
