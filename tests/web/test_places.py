"""Slow and silent clients over a real connection: they do not keep others out, and do not stay for ever."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest

from app.pipeline import HERE
from app.web import limits
from app.web.app import create_app
from app.web.places import Places
from app.web.serving import http_server

PLACES = 30
PATIENCE = 30.0
"""Seconds that only something broken takes: what is to be given up here has one."""
HALF_HEAD = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
HALF_BODY = b"POST /api/v1/articles HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"


class FewPlaces(Places):
    places = PLACES
    head_seconds = 1.0


@pytest.fixture(scope="module")
def port(settings_of, new_store) -> Iterator[int]:
    app = create_app(settings_of(), new_store(), bound="127.0.0.1", hands=HERE)
    for middleware in app.user_middleware:
        if middleware.cls is limits.BodyLimits:
            middleware.kwargs["first_seconds"] = 1.0
    server = http_server(app)
    server.config.http = FewPlaces
    server.config.limit_concurrency = PLACES + 1
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        ends = time.monotonic() + PATIENCE
        while not server.started and time.monotonic() < ends:
            time.sleep(0.02)
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(15)


def asks(port: int) -> int:
    return httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE, headers={"host": "localhost"}).status_code


@pytest.mark.parametrize("said", [HALF_HEAD, HALF_BODY, b""], ids=["half a head", "half a body", "nothing"])
def test_silent_clients_keep_nobody_out(port: int, said: bytes) -> None:
    with ExitStack() as held:
        for _ in range(3 * PLACES):
            there = held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE))
            there.sendall(said)
        began = time.monotonic()
        assert [asks(port) for _ in range(5)] == [200] * 5
        assert time.monotonic() - began < PATIENCE


def until_closed(there: socket.socket, drip: bytes = b"") -> tuple[float, bytes]:
    """How long the server kept the connection, and what it said."""
    began, heard = time.monotonic(), b""
    there.settimeout(0.2)
    while time.monotonic() - began < 2 * PATIENCE:
        try:
            if drip:
                there.sendall(drip)
            part = there.recv(4096)
        except TimeoutError:
            continue
        except ConnectionError:
            break
        if not part:
            break
        heard += part
    return time.monotonic() - began, heard


@pytest.mark.parametrize("drip", [b"", b"a"], ids=["silent", "drop by drop"])
def test_a_head_has_so_long_to_arrive(port: int, drip: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as there:
        there.sendall(HALF_HEAD)
        seconds, heard = until_closed(there, drip)
    assert 0.5 < seconds < PATIENCE
    assert heard == b"" or heard.startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize("drip", [b"", b" "], ids=["silent", "drop by drop"])
def test_a_body_that_stands_still_is_given_up(port: int, drip: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as there:
        there.sendall(HALF_BODY)
        seconds, heard = until_closed(there, drip)
    assert 0.5 < seconds < PATIENCE
    assert heard.startswith(b"HTTP/1.1 408")


def test_a_second_request_on_a_connection_has_its_own_time(port: int) -> None:
    whole = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as there:
        for _ in range(3):
            there.sendall(whole)
            heard = b""
            while b'"ok"' not in heard:
                heard += there.recv(65536)
            assert heard.startswith(b"HTTP/1.1 200")
            time.sleep(0.7)
        there.sendall(whole + HALF_HEAD)
        seconds, heard = until_closed(there)
    assert heard.startswith(b"HTTP/1.1 200")
    assert 0.5 < seconds < PATIENCE


def test_who_is_being_answered_keeps_the_place(port: int) -> None:
    with (
        httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"host": "localhost"}) as client,
        ExitStack() as held,
    ):
        assert client.get("/healthz").status_code == 200
        for _ in range(2 * PLACES):
            held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)).sendall(HALF_HEAD)
            assert client.get("/healthz").status_code == 200
