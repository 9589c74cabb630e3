"""How much and how long: bodies that are too large, too slow, or not what they say."""

from __future__ import annotations

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from app.web.limits import BodyLimits

FLAG = "/api/v1/alignments/1/flags"
JSON = {"content-type": "application/json"}
OWN = {"origin": "http://127.0.0.1:8000"}


@pytest.fixture(scope="module")
def small(serving, new_store):
    return serving(max_body_bytes=1000, store=new_store())


def run(function, *args) -> None:
    """In a thread of its own: the browser tests may have left an event loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(anyio.run, function, *args).result()


async def chunks(count: int, size: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b"x" * size


def test_announced_too_large(small):
    answer = small.post(FLAG, content=b"x" * 1001, headers=JSON)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert "1,000" in answer.json()["detail"]


def test_chunked_without_a_length_is_counted_while_it_comes(small):
    answer = small.post(FLAG, content=chunks(100, 100), headers=JSON)
    assert answer.request.headers["transfer-encoding"] == "chunked"
    assert answer.status_code == 413


def test_a_false_length_does_not_help(small):
    answer = small.post(FLAG, content=chunks(100, 100), headers={**JSON, "content-length": "10"})
    assert answer.status_code == 413


def test_a_form_is_counted_too(small):
    assert small.post("/articles/new", data={"text": "x" * 2000}, headers=OWN).status_code == 413


@pytest.mark.parametrize("path", ["/articles/preview", "/alignments/1/flags"])
@pytest.mark.parametrize("multipart", [False, True], ids=["urlencoded", "multipart"])
def test_a_form_of_endless_fields(review, path, multipart):
    fields = {f"field-{i}": "x" for i in range(400)}
    form = {"files": {name: (None, value) for name, value in fields.items()}} if multipart else {"data": fields}
    assert review.post(path, headers=OWN, **form).status_code == 400


def test_a_form_of_endless_files(review):
    files = [("file", (f"{i}.txt", b"x")) for i in range(100)]
    assert review.post("/articles/preview", headers=OWN, files=files).status_code == 400


@pytest.mark.parametrize("length", [b"-1", b"ten", b"1e3", b"\xb2", b""])
def test_a_length_that_is_no_number(small, length):
    assert small.post(FLAG, content=b"{}", headers={**JSON, "content-length": length}).status_code in {400, 422}


def test_a_length_of_many_digits_is_no_trouble(small):
    assert small.post(FLAG, content=b"{}", headers={**JSON, "content-length": "9" * 5000}).status_code == 413


def test_a_body_that_does_not_arrive_ends():
    """The clock of one body: parts that trickle in do not begin it anew."""

    async def app(scope, receive, send):
        await PlainTextResponse(await Request(scope, receive).body())(scope, receive, send)

    async def trickle():
        await anyio.sleep(0.05)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def send(_):
        raise AssertionError

    scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
    limits = BodyLimits(app, max_bytes=1000, seconds=0.2)
    with pytest.raises(Exception, match="longer than"):
        run(limits, scope, trickle, send)


def test_within_the_limit_passes():
    async def app(scope, receive, send):
        assert await Request(scope, receive).body() == b"x" * 1000

    async def receive():
        return {"type": "http.request", "body": b"x" * 1000, "more_body": False}

    run(BodyLimits(app, 1000), {"type": "http", "method": "POST", "path": "/", "headers": []}, receive, None)
