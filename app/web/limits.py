"""How much and how long: a request body may be so many bytes and take so many seconds, whoever sends it.

Both are held while the body streams in, so a body without `Content-Length` (chunked) or with a false one meets them
too. A body that is announced too large is refused before any of it is read. One that comes in drops is not waited for as long as
one that comes.
"""

from __future__ import annotations

import time
from typing import Final, TypedDict

import anyio
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.problems import of_exception, problem_response

__all__ = ["BODY_SECONDS", "FORM_LIMITS", "BodyLimits"]


class FormLimits(TypedDict):
    max_fields: int
    max_files: int


BODY_SECONDS = 60.0
"""Longest time a request body may take to arrive, in seconds: 12 MB at 1.6 Mbit/s."""
FIRST_SECONDS, LEAST_RATE = 8.0, 2_000
"""So many seconds for a beginning, and another one for so many bytes that came: a connection that stands still is given up."""

FORM_LIMITS: Final = FormLimits(max_fields=200, max_files=50)
"""Most fields and files of one form. A pasted article is one field, so a field may be as large as the body."""


class BodyLimits:
    def __init__(
        self, app: ASGIApp, max_bytes: int, seconds: float = BODY_SECONDS, first_seconds: float = FIRST_SECONDS
    ) -> None:
        self.app, self.max_bytes, self.seconds, self.first_seconds = app, max_bytes, seconds, first_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length")
        if announced is not None and (not announced.isdecimal() or int(announced[:19]) > self.max_bytes):
            error = self._too_large() if announced.isdecimal() else HTTPException(400, "Content-Length is no number.")
            await problem_response(Request(scope), of_exception(error))(scope, receive, send)
            return
        seen, done, began = 0, False, time.monotonic()

        async def bounded() -> Message:
            nonlocal seen, done
            if done:
                return await receive()  # only a disconnect can come now; a slow answer may wait for it
            allowed = min(self.seconds, self.first_seconds + seen / LEAST_RATE)
            with anyio.move_on_after(max(0.0, began + allowed - time.monotonic())) as patience:
                message = await receive()
            if patience.cancelled_caught:
                raise HTTPException(408, f"The body took longer than {allowed:.0f} seconds to arrive.")
            if message["type"] == "http.request":
                seen += len(message.get("body", b""))
                done = not message.get("more_body", False)
                if seen > self.max_bytes:
                    raise self._too_large()
            return message

        await self.app(scope, bounded, send)

    def _too_large(self) -> HTTPException:
        return HTTPException(413, f"A request may hold {self.max_bytes:,} bytes at most.")
