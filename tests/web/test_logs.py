"""What the log says of a request, and what it must not."""

from __future__ import annotations

import io
import json
import logging

import pytest
import structlog

from app.logs import configure_logs, get_log


@pytest.fixture
def lines():
    """Configure logs as `json` into memory; what was set before comes back afterwards."""
    root = logging.getLogger()
    before, level, kept = list(root.handlers), root.level, structlog.get_config()
    stream = io.StringIO()

    def read(level: str = "info") -> list[dict]:
        if not stream.getvalue():
            configure_logs("json", level, stream)
        return [json.loads(line) for line in stream.getvalue().splitlines()]

    yield read
    root.handlers, root.level = before, level
    structlog.configure(**kept)


def test_a_request_is_one_line_without_its_query(lines, doors):
    lines()
    doors.get("/api/v1/nowhere?q=private+words", headers={"x-request-id": "abcdef123456"})
    [line] = [entry for entry in lines() if entry["event"] == "request"]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/api/v1/nowhere", 404)
    assert line["request_id"] == "abcdef123456"
    assert line["ms"] >= 0
    assert "private" not in json.dumps(lines())


def test_the_query_is_there_for_debugging(lines, doors):
    lines("debug")
    doors.get("/healthz?q=words")
    assert any("words" in json.dumps(entry) for entry in lines())


def test_an_unexpected_error_is_in_the_log_and_not_in_the_answer(lines, serving):
    lines()

    class Broken:
        def stories(self, **_):
            secret = "at /srv/private"
            raise RuntimeError(secret)

        @property
        def library(self):
            return self

    answer = serving(Broken()).get("/api/v1/stories")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "private" not in answer.text
    assert "RuntimeError" not in answer.text
    logged = [entry for entry in lines() if entry["event"] == "failed"]
    assert "at /srv/private" in json.dumps(logged)
    assert logged[0]["request_id"] == answer.json()["request_id"]


def test_libraries_speak_the_same_way(lines):
    lines()
    logging.getLogger("uvicorn.error").warning("shutting %s", "down")
    get_log("parallax.test").info("mine", n=1)
    assert [(e["event"], e["level"]) for e in lines()] == [("shutting down", "warning"), ("mine", "info")]


def test_console_lines_are_for_people():
    stream = io.StringIO()
    root = logging.getLogger()
    before, level, kept = list(root.handlers), root.level, structlog.get_config()
    try:
        configure_logs("console", "info", stream)
        get_log("parallax.test").info("kept", articles=3)
        assert "kept" in stream.getvalue()
        assert "articles=3" in stream.getvalue()
    finally:
        root.handlers, root.level = before, level
        structlog.configure(**kept)
