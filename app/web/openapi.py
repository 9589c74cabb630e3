"""The OpenAPI document: every operation of the API says that its errors are problem+json."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.roles import TABLE, Act, role_needed
from app.web.doors import act_of
from app.web.schemas import ProblemBody

__all__ = ["document"]

DESCRIPTION = """\
What outlets claim of one event, row by row, as JSON.

**Lists** give `{items, total, next}`. Ask again with `cursor=<next>`, or follow the `Link` header, until `next` is null.
A cursor is opaque and belongs to the list it came from.

**Dates** are ISO 8601 at their grain (`2019`, `2019-11`, `2019-W46`, `2019-11-22`); offsets are half open and count
Unicode code points of the text beside them.

**Errors** are problem documents (RFC 9457): `title` for the kind, `detail` and `mend` for people, `errors` for fields.

**Who may**: send a token as `Authorization: Bearer plx_...`. Each operation says which role it needs (reader, reviewer, editor,
admin: each may all that the one before may) and which scope the token must lend (read, add, review). Reading needs none, unless
`PARALLAX_READING=signed-in`. While nobody was made a reviewer, the machine that serves may write without a token. A token that is
not valid gives 401 whatever was asked; several in a row have to wait (429, `Retry-After`).

Only a frozen comparison stays as it is, for that is what it is for.

**ETag**: every GET has one; `If-None-Match` saves the transfer.
"""

_ADMITTED = {
    "401": "It is not known who asks, or the token is not valid (`WWW-Authenticate: Bearer`)",
    "429": "Several tokens that were not valid; `Retry-After` says when to come again",
}
_EVERY = {"400": "The request cannot be read", "422": "This input cannot be used", "500": "Something went wrong"}
_TOKEN = {"type": "http", "scheme": "bearer", "description": "A token of a reviewer: `plx_...`."}
_UNREADY = {"503": "The database is not ready, or too much at once (`Retry-After` says when to come again)"}
_FULL = {"507": "The disk is full"}
_WRITE = {
    "403": "Whoever asks may not do this, or changes are not accepted from here",
    "409": "This does not fit what is kept now",
    "413": "Too large",
    **_FULL,
}
_NAMED = {"404": "Not found"}
_NAMING = frozenset({"/api/v1/versions", "/api/v1/changes", "/labelled.jsonl", "/oembed"})
"""Where a parameter names what must be there; in other lists a name that nothing has finds nothing."""
_UNSPOKEN = {"501": "This form is not spoken here"}
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
                _say_who(operation, act_of(method.upper(), path))
        made["components"]["securitySchemes"] = {"token": _TOKEN}
        app.openapi_schema = made
    return app.openapi_schema


def _errors(path: str, method: str) -> dict[str, str]:
    if path == "/healthz":
        return {}
    found = {**_UNREADY, **_FULL} if path == "/readyz" else {**_EVERY, **_ADMITTED, **_UNREADY}
    if "{" in path or path in _NAMING:
        found |= _NAMED
    if path == "/oembed":
        found |= _UNSPOKEN
    if act_of(method.upper(), path) not in (Act.OPEN, Act.READ):
        found |= {"403": "Shown only to those who may see it"}
    if method != "get":
        found |= _WRITE
    if path.startswith("/api/v1/articles") and method == "post":
        found |= _FETCH
    return found


def _say_who(operation: dict[str, Any], act: Act) -> None:
    """Role and scope in words, for programs under `x-parallax-role` and `x-parallax-scope`, and the scheme that lends them."""
    right = TABLE[act]
    if right.role is None:
        return
    said = "Open to anybody, unless reading is closed." if act is Act.READ else role_needed(act)
    operation["description"] = f"{operation.get('description', '')}\n\n{said}".strip()
    operation["x-parallax-role"], operation["x-parallax-scope"] = right.role.value, right.scope.value
    operation["security"] = [{"token": []}, {}]  # the local user, and open reading, need none


def _response(say: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/ProblemBody"}
    return {"description": say, "content": {"application/problem+json": {"schema": schema}}}
