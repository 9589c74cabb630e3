"""One place turns what went wrong into an answer: RFC 9457 problem+json for programs, a page for people.

A program is whoever asks under `/api/`, for a health check, or with an `Accept` that names JSON and not HTML. Every
answer carries the request id that the log carries; none carries a traceback, a file path or SQL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from http import HTTPStatus
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from app.errors import DatabaseUnready, Elsewhere, ParallaxError, of_system

__all__ = ["ErrorPage", "FieldProblem", "Problem", "install", "of_exception", "problem_response", "wants_json"]

_MENDS = {
    404: "Check the address, or start from the front page.",
    405: "Use one of the methods named in the Allow header.",
    413: "Send less at once, or raise PARALLAX_MAX_BODY_BYTES.",
}
_DETAILS = {404: "There is nothing at this address.", 405: "This address does not take that method."}
_TITLES = {
    400: "This request cannot be read",
    403: "Not accepted from here",
    404: "Not found",
    405: "Method not allowed",
    408: "Too slow",
    413: "Too large",
    421: "Misdirected request",
}


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field of the request; `field` is where it stands ("query.limit", "body.note")."""

    field: str
    say: str


@dataclass(frozen=True, slots=True)
class Problem:
    """RFC 9457: `type` is `about:blank`, so `title` is the kind of problem and `detail` this very one."""

    status: int
    title: str
    detail: str
    mend: str | None = None
    where: str | None = None
    errors: tuple[FieldProblem, ...] = ()
    retry_after: int | None = None  # seconds
    part: str | None = None  # of the server, when that is not ready


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """The context of `error.html`."""

    status: int
    title: str
    detail: str
    mend: str | None
    where: str | None
    errors: tuple[FieldProblem, ...]
    request_id: str


def of_exception(error: Exception) -> Problem:
    """What to tell of an exception; of an unknown one, only that it happened."""
    if isinstance(error, OSError):
        error = of_system(error) or error
    if isinstance(error, ParallaxError):
        what = error.what[:1].upper() + error.what[1:]
        where = PurePath(error.where).name if error.where and isinstance(error, DatabaseUnready) else error.where
        return Problem(
            error.status, error.title, what, error.mend, where, retry_after=error.retry_after, part=error.part
        )
    if isinstance(error, RequestValidationError) and all(e.get("loc", ("",))[0] == "path" for e in error.errors()):
        return of_exception(HTTPException(404))  # an id that is no number names nothing
    if isinstance(error, RequestValidationError):
        fields = tuple(FieldProblem(_place(e.get("loc", ())), str(e.get("msg", "not valid"))) for e in error.errors())
        said = "; ".join(f"{f.field}: {f.say}" for f in fields[:3])
        return Problem(422, "This input cannot be used", said or "The request is not valid.", errors=fields)
    if isinstance(error, HTTPException):
        title = _TITLES.get(error.status_code) or HTTPStatus(error.status_code).phrase
        said = str(error.detail)
        detail = _DETAILS.get(error.status_code, said) if said == HTTPStatus(error.status_code).phrase else said
        return Problem(error.status_code, title, detail, _MENDS.get(error.status_code))
    return Problem(
        500,
        "Something went wrong",
        "Parallax met an error it did not expect; nothing was half kept.",
        "Try again; if it comes back, look in the log for the request id.",
    )


def wants_json(request: Request) -> bool:
    path = request.scope["path"]  # not request.url, which stumbles over a malformed Host
    if path.startswith("/api/") or path in {"/api", "/healthz", "/readyz", "/openapi.json"}:
        return True
    accept = request.headers.get("accept", "")
    return "json" in accept and "text/html" not in accept


def problem_response(request: Request, problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """The problem as an answer of the kind that was asked for."""
    kept = {k: v for k, v in (headers or {}).items() if k.lower() in {"allow", "retry-after"}}
    kept["Cache-Control"] = "no-store"
    if problem.status == 401:
        kept["WWW-Authenticate"] = 'Bearer realm="Parallax"'
    if problem.retry_after is not None:
        kept["Retry-After"] = str(problem.retry_after)
    request_id = str(request.scope.get("state", {}).get("request_id", ""))
    if wants_json(request):
        body: dict[str, Any] = {
            "type": "about:blank",
            "title": problem.title,
            "status": problem.status,
            "detail": problem.detail,
            "instance": request.scope["path"],
            "request_id": request_id,
        }
        if problem.mend:
            body["mend"] = problem.mend
        if problem.part:
            body["part"] = problem.part
        if problem.where:
            body["where"] = problem.where
        if problem.errors:
            body["errors"] = [{"field": f.field, "say": f.say} for f in problem.errors]
        return JSONResponse(body, problem.status, kept, media_type="application/problem+json")
    page = ErrorPage(
        problem.status, problem.title, problem.detail, problem.mend, problem.where, problem.errors, request_id
    )
    return HTMLResponse(_page(request, page), problem.status, kept)


def install(app: FastAPI) -> None:
    """Every exception that a route raises goes through `problem_response`; unknown ones are met in `access.py`, which logs them."""

    async def handle(request: Request, error: Exception) -> Response:
        if isinstance(error, Elsewhere) and (there := _elsewhere(request, error)):
            return RedirectResponse(there, 301, {"Cache-Control": "no-store"})
        return problem_response(request, of_exception(error), getattr(error, "headers", None))

    for kind in (ParallaxError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, handle)


def _elsewhere(request: Request, error: Elsewhere) -> str | None:
    """The same address of the story that answers for the one asked for, for whoever only reads."""
    path, old = request.scope["path"], f"/stories/{error.old}"
    rest = path.partition(old)[2]
    if request.method not in ("GET", "HEAD") or old not in path or rest[:1] not in ("", "/", "."):
        return None
    query = request.scope["query_string"].decode("ascii", "replace")
    there = quote(path.replace(old, f"/stories/{error.new}", 1))
    return f"{there}?{query}" if query else there


def _place(loc: Sequence[object]) -> str:
    return ".".join(str(part) for part in loc) or "request"


def _page(request: Request, page: ErrorPage) -> str:
    """The page of `app.state.error_page` (a template); a plain one when that fails too, as on a broken installation."""
    draw = getattr(getattr(request.scope.get("app"), "state", None), "error_page", None)
    if draw is not None:
        try:
            return str(draw(request, page))
        except Exception:  # noqa: BLE001  an error page must not fail because of its own looks
            return _plain(page)
    return _plain(page)


def _plain(page: ErrorPage) -> str:
    lines = [page.detail, page.mend or "", *(f"{f.field}: {f.say}" for f in page.errors)]
    said = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(page.title)} - Parallax</title>'
        f'</head><body><main><h1>{escape(page.title)}</h1>{said}<p><a href="/">Front page</a></p>'
        f"<p><small>{page.status} &middot; {escape(page.request_id)}</small></p></main></body></html>"
    )
