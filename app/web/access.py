"""One line in the log for every request, one id on line and answer, and the net under every route.

Logged are method, path, status and milliseconds; not the query, which holds what a reader searches for (it is logged at
`debug`). An exception that nothing else met is logged here with its traceback and answered without one.
"""

from __future__ import annotations

import re
import time
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.logs import get_log
from app.web.problems import of_exception, problem_response

__all__ = ["AccessLog", "Net"]

_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_QUIET = ("/healthz", "/readyz", "/static/")
_UNTOLD = "/sign-in/"
"""Where the query holds what an issuer gave somebody to sign in by."""
log = get_log("parallax.web")


class AccessLog:
    """Outermost. Takes an `X-Request-ID` of a proxy if it is plain, else makes one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _ID.fullmatch(given) else uuid4().hex[:16]
        scope.setdefault("state", {})["request_id"] = request_id
        status, began = 0, time.perf_counter()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self.app(scope, receive, send_with_id)
            finally:
                self._write(scope, status, round(1000 * (time.perf_counter() - began), 1))

    @staticmethod
    def _write(scope: Scope, status: int, ms: float) -> None:
        method, path = scope["method"], scope["path"]
        if status >= 500 or status == 0:
            log.error("request", method=method, path=path, status=status, ms=ms)
        elif path.startswith(_QUIET) and status < 400:
            log.debug("request", method=method, path=path, status=status, ms=ms)
        else:
            log.info("request", method=method, path=path, status=status, ms=ms)
        if scope.get("query_string") and not path.startswith(_UNTOLD):
            log.debug("query", query=scope["query_string"].decode("latin-1"))


class Net:
    """Innermost of the middlewares: an unknown exception becomes a 500 that still passes through all the others."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            log.exception("failed", method=scope["method"], path=scope["path"])
            if started:
                raise  # half an answer is out: cut the connection rather than pretend it is whole
            await problem_response(Request(scope), of_exception(error))(scope, receive, send)
