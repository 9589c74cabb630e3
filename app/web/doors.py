"""The doors before every route: host, origin, who asks, and whether they may. Nothing is read of a body before all are open.

What an act needs is said by `app/roles.py`. An application that holds a route which changes something and stands in no cell
of that table does not start.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import NotAllowed, NotSignedIn, ParallaxError
from app.roles import TABLE, Act, Role, role_needed
from app.roles import Scope as Lent
from app.settings import Settings
from app.web.problems import of_exception, problem_response, wants_json
from app.web.proxied import scheme_of
from app.web.security import SAFE_METHODS, host_name, is_here, own_names, why_not_host, why_not_same_origin
from app.web.who import Who, bearer_token, local_user, who_asks

__all__ = ["Doors", "accounts", "act_of", "routes_of", "who_of", "why_not", "without_cell"]


class Doors:
    """The questions, asked of every HTTP request in this order: which host, which origin, who, may they."""

    def __init__(self, app: ASGIApp, settings: Settings, bound: str | None = None) -> None:
        self.app, self.settings = app, settings
        self.hosts = [*settings.allowed_hosts, *own_names(bound)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["scheme"] = scheme_of(scope, self.settings)
        refused = self._stranger(scope) or await self._refusal(scope)
        await (refused or self.app)(scope, receive, send)

    def _stranger(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        foreign = why_not_host(headers, self.hosts)
        if foreign is not None:
            status = 400 if host_name(headers.get("host")) is None else 421
            return problem_response(Request(scope), of_exception(HTTPException(status, foreign)))
        reason = None if scope["method"] in SAFE_METHODS else why_not_same_origin(scope)
        return problem_response(Request(scope), of_exception(HTTPException(403, reason))) if reason else None

    async def _refusal(self, scope: Scope) -> Response | None:
        request, act = Request(scope), act_of(scope["method"], scope["path"])
        try:
            if act is Act.OPEN or (act is Act.READ and self.settings.reading == "open" and bearer_token(scope) is None):
                return None
            await run_in_threadpool(_admit, request, act)
        except ParallaxError as error:
            if isinstance(error, NotSignedIn) and scope["method"] in ("GET", "HEAD") and not wants_json(request):
                return _to_sign_in(scope)
            return problem_response(request, of_exception(error))
        return None


def who_of(request: Request) -> Who | None:
    """Who asks, found out once a request. Raises as `who_asks` does."""
    state = request.scope.setdefault("state", {})
    if "who" not in state:
        app = request.app.state
        found = who_asks(request.scope, app.settings, app.holder.get(), app.slowing)
        if found is None and is_here(request.scope, app.settings, app.bound) and not accounts(request):
            found = local_user(app.settings)
        state["who"] = found
    asks: Who | None = state["who"]
    return asks


def accounts(request: Request) -> bool:
    """Whether there is anybody who could sign in: a reviewer, or the house says who somebody is. Asked once a request."""
    state = request.scope.setdefault("state", {})
    if "accounts" not in state:
        app = request.app.state
        state["accounts"] = app.settings.house or app.holder.get().people.has_people()
    return bool(state["accounts"])


def why_not(request: Request, act: Act) -> ParallaxError | None:
    """None when whoever asks may. Else the error, which says what it needs."""
    settings: Settings = request.app.state.settings
    right, who = TABLE[act], who_of(request)
    if right.changes and not settings.writable:
        return NotAllowed("This Parallax is for reading only (PARALLAX_WRITABLE is off).")
    if right.role is None or (act is Act.READ and settings.reading == "open") or (who is not None and who.may(act)):
        return None
    if who is not None and who.way == "local":
        return NotAllowed(
            f"{role_needed(act)} The local user has no account.",
            mend="On this machine, `parallax reviewer add NAME --role admin` makes the first one.",
        )
    if who is not None:
        lent = "" if who.scope is Lent.REVIEW else f", by a token of scope {who.scope.value}"
        return NotAllowed(f"{role_needed(act)} You are {who.name}, {who.role.value}{lent}.")
    if accounts(request):
        return NotSignedIn(f"{role_needed(act)}", mend="Sign in, or send a token as `Authorization: Bearer`.")
    return NotAllowed(
        "Nobody has been made a reviewer of this Parallax yet, so it takes changes only from the machine it runs on.",
        mend="On that machine, `parallax reviewer add NAME --role admin` prints a token.",
    )


def act_of(method: str, path: str) -> Act:
    """What a request is about: the cell its route stands in; of several that fit, the one that needs most."""
    method = "GET" if method in SAFE_METHODS else method
    fitting = [act for known, pattern, act in _CELLS if known == method and pattern.match(path)]
    otherwise = Act.READ if method == "GET" else Act.REVIEW  # no such route: 404 or 405, for whoever may write
    return max(fitting, key=_much, default=otherwise)


def routes_of(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every method and path that the application answers to."""
    yield from _walk(app.routes, "")


def without_cell(app: FastAPI) -> tuple[str, ...]:
    """Routes that change something and stand nowhere in the table."""
    known = {cell for right in TABLE.values() for cell in right.routes}
    named = (f"{method} {path}" for method, path in routes_of(app) if method not in SAFE_METHODS)
    return tuple(name for name in named if name not in known)


def _admit(request: Request, act: Act) -> None:
    error = why_not(request, act)
    if error is not None:
        raise error
    request.scope["state"]["admitted"] = True


def _to_sign_in(scope: Scope) -> Response:
    query = scope.get("query_string", b"").decode("latin-1")
    here = scope["path"] + (f"?{query}" if query else "")
    return RedirectResponse(f"/sign-in?back={quote(here, safe='/')}", 303, {"cache-control": "no-store"})


def _walk(routes: Iterable[Any], prefix: str) -> Iterator[tuple[str, str]]:
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from _walk(inner.routes, prefix + route.include_context.prefix)
        else:
            for method in sorted(getattr(route, "methods", None) or ()):
                yield method, prefix + route.path


def _much(act: Act) -> tuple[int, int]:
    right = TABLE[act]
    return (-1 if right.role is None else tuple(Role).index(right.role)), tuple(Lent).index(right.scope)


def _cells() -> Iterator[tuple[str, re.Pattern[str], Act]]:
    for act, right in TABLE.items():
        for cell in right.routes:
            method, _, path = cell.partition(" ")
            yield method, compile_path(path)[0], act


_CELLS = tuple(_cells())
