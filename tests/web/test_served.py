"""A few things only a real connection shows: bytes that no client library sends, over uvicorn on a port of its own."""

from __future__ import annotations

import socket
import threading
import time

import pytest
import uvicorn

from app.pipeline import HERE
from app.web.app import create_app

LIMIT = 2000


@pytest.fixture(scope="module")
def port(settings_of, new_store):
    app = create_app(settings_of(max_body_bytes=LIMIT), new_store(), bound="127.0.0.1", hands=HERE)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(
            uvicorn.Config(app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=1)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        ends = time.monotonic() + 20
        while not server.started and time.monotonic() < ends:
            time.sleep(0.02)
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(10)


def say(port: int, *parts: bytes) -> bytes:
    """What comes back until the server closes; parts after a refusal may not get through any more."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as there:
        try:
            for part in parts:
                there.sendall(part)
        except (BrokenPipeError, ConnectionResetError):
            pass
        heard = b""
        try:
            while chunk := there.recv(65536):
                heard += chunk
        except ConnectionResetError:
            pass
        return heard


HEAD = b"POST /api/v1/articles HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"


def test_it_answers_without_naming_itself(port):
    heard = say(port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert heard.startswith(b"HTTP/1.1 200")
    assert b"uvicorn" not in heard.lower()
    assert b"content-security-policy" in heard.lower()


def test_a_chunked_body_is_cut_at_the_limit(port):
    chunk = b"400\r\n" + b"x" * 1024 + b"\r\n"
    heard = say(port, HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[chunk] * 50, b"0\r\n\r\n")
    assert heard.startswith(b"HTTP/1.1 413")


def test_a_length_that_lies_is_refused(port):
    heard = say(port, HEAD + b"Content-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
    assert heard.startswith(b"HTTP/1.1 4") or b"HTTP/1.1 503" in heard
    heard = say(port, HEAD + b"Content-Length: 10\r\nContent-Length: 20\r\n\r\n{}")
    assert heard.startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        (b"GET /static/../../../../etc/passwd HTTP/1.1", b"404"),
        (b"GET //evil.test/static HTTP/1.1", b"404"),
        (b"GET http://evil.test/healthz HTTP/1.1", b"4"),
        (b"GET /healthz\x00 HTTP/1.1", b"400"),
        (b"G\x00T /healthz HTTP/1.1", b"400"),
    ],
    ids=repr,
)
def test_crooked_request_lines(port, request_line, status):
    heard = say(port, request_line + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert heard.startswith(b"HTTP/1.1 " + status), heard[:200]
    assert b"root:" not in heard


def test_headers_without_end_are_refused(port):
    heard = say(port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n", b"X-A: " + b"a" * 200_000 + b"\r\n\r\n")
    assert heard == b"" or heard.startswith(b"HTTP/1.1 400")
