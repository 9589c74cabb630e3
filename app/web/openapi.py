"""The OpenAPI document: every operation of the API says that its errors are problem+json."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.web.schemas import ProblemBody

__all__ = ["document"]

DESCRIPTION = """\
What outlets claim of one event, row by row, as JSON.

**Lists** give `{items, total, next}`. Ask again with `cursor=<next>`, or follow the `Link` header, until `next` is null.
A cursor is opaque and belongs to the list it came from.

**Dates** are ISO 8601 at their grain (`2019`, `2019-11`, `2019-W46`, `2019-11-22`); offsets are half open and count
Unicode code points of the text beside them.

**Errors** are problem documents (RFC 9457): `title` for the kind, `detail` and `mend` for people, `errors` for fields.

**Writes** send `application/json`. They are accepted from the machine that serves, or wherever `PARALLAX_WRITABLE` allows
it, and from a browser only for Parallax's own pages. Every write can be undone: withdraw a flag, reopen it, delete a decision;
another person's only by saying whose it is.
Only a frozen comparison stays as it is, for that is what it is for.

**ETag**: every GET has one; `If-None-Match` saves the transfer.
"""

_EVERY = {"400": "The request cannot be read", "422": "This input cannot be used", "500": "Something went wrong"}
_UNREADY = {"503": "The database is not ready, or too much at once (`Retry-After` says when to come again)"}
_FULL = {"507": "The disk is full"}
_WRITE = {
    "403": "Changes are not accepted from here",
    "409": "This does not fit what is kept now",
    "413": "Too large",
    **_FULL,
}
_NAMED = {"404": "Not found"}
_FETCH = {"502": "The page could not be fetched"}


def document(app: FastAPI, tags: list[dict[str, Any]]) -> dict[str, Any]:
    """Made once a process and kept in `app.openapi_schema`."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title,
            version=app.version,
            summary=app.summary,
            description=DESCRIPTION,
            routes=app.routes,
            tags=tags,
        )
        schemas = made.setdefault("components", {}).setdefault("schemas", {})
        made_problem = ProblemBody.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(made_problem.pop("$defs", {}))
        schemas["ProblemBody"] = made_problem
        schemas.pop("HTTPValidationError", None)
        schemas.pop("ValidationError", None)
        for path, operations in made["paths"].items():
            for method, operation in operations.items():
                operation["responses"].update({s: _response(say) for s, say in _errors(path, method).items()})
        app.openapi_schema = made
    return app.openapi_schema


def _errors(path: str, method: str) -> dict[str, str]:
    if path == "/healthz":
        return {}
    found = {**_UNREADY, **_FULL} if path == "/readyz" else {**_EVERY, **_UNREADY}
    if "{" in path:
        found |= _NAMED
    if path.startswith("/audit"):
        found |= {"403": "Shown only to those who may see it"}
    if method != "get":
        found |= _WRITE
    if path.startswith("/api/v1/articles") and method == "post":
        found |= _FETCH
    return found


def _response(say: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/ProblemBody"}
    return {"description": say, "content": {"application/problem+json": {"schema": schema}}}
