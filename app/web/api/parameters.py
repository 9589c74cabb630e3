"""Parameters that several routes share, each with its bounds, and the `Link` header of a list."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import Path, Query, Request, Response

from app.core.records import Status
from app.errors import BadInput

__all__ = [
    "Actor",
    "Cursor",
    "DateOf",
    "Id",
    "Key",
    "Limit",
    "Outlet",
    "Outlets",
    "Relation",
    "Since",
    "SnapshotId",
    "Story",
    "Until",
    "Whose",
    "Words",
]
__all__ += ["ActorOrder", "ArticleOrder", "OutletOrder", "StoryOrder", "Strictness", "check_window", "link_pages"]

LARGEST_ID = 2**63 - 1
MOST_ITEMS = 200

Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]
Key = Annotated[str, Path(min_length=1, max_length=200)]
SnapshotId = Annotated[str, Path(min_length=1, max_length=64)]
Limit = Annotated[int, Query(ge=1, le=MOST_ITEMS, description="Items a page.")]
Cursor = Annotated[str | None, Query(max_length=500, description="`next` of the page before.")]
Words = Annotated[str, Query(max_length=500, description="Words to find; quotes make a phrase.")]
Actor = Annotated[str | None, Query(max_length=200, description="Key of an actor.", examples=["toshimitsu-motegi"])]
Outlet = Annotated[str | None, Query(max_length=200, description="Key of an outlet.", examples=["kbs"])]
Story = Annotated[str | None, Query(max_length=200, description="Slug of a story.")]
Outlets = Annotated[
    list[str],
    Query(
        max_length=100,
        description="Keys of outlets, repeated: only their articles stand side by side; rows, verdicts and counts are of their claims.",
        examples=[["kbs", "npr"]],
    ),
]
Strictness = Annotated[
    float | None,
    Query(
        ge=0,
        le=1,
        description="Least probability of a row. Rows below it vanish, their claims count as single-source; rows that a person decided on stay.",
        examples=[0.6],
    ),
]
Whose = Annotated[
    str | None, Query(max_length=100, description="Whose word is undone, where it is not your own.", examples=["ann"])
]
Relation = Annotated[Status | None, Query(description="Status of the row that the claim stands in.")]
Since = Annotated[date | None, Query(alias="from", description="First day, ISO 8601.", examples=["2019-11-22"])]
Until = Annotated[date | None, Query(alias="to", description="Last day, ISO 8601.", examples=["2019-11-28"])]
StoryOrder = Literal["newest", "changed", "conflicts", "articles", "name"]
ArticleOrder = Literal["newest", "oldest", "name"]
ActorOrder = Literal["claims", "name"]
OutletOrder = Literal["articles", "newest", "name"]
DateOf = Annotated[
    Literal["event", "published"], Query(description="Which date `from` and `to` mean: told of, or of publication.")
]


def check_window(since: date | None, until: date | None) -> None:
    if since and until and since > until:
        raise BadInput("The first day comes after the last.", where="from", mend="Exchange from and to.")


def link_pages(request: Request, response: Response, after: str | None, before: str | None = None) -> None:
    """`Link` to the next, previous and first page (RFC 8288), as references without a host."""
    links = [_link(request, after, "next"), _link(request, before, "prev")]
    if request.query_params.get("cursor"):
        links.append(_link(request, "", "first"))
    found = [link for link in links if link]
    if found:
        response.headers["link"] = ", ".join(found)


def _link(request: Request, cursor: str | None, rel: str) -> str | None:
    if cursor is None:
        return None
    kept = [(k, v) for k, v in request.query_params.multi_items() if k != "cursor"]
    query = urlencode([*kept, ("cursor", cursor)] if cursor else kept)
    path = request.scope["raw_path"].decode("ascii", "replace").partition("?")[0]
    return f'<{path}?{query}>; rel="{rel}"' if query else f'<{path}>; rel="{rel}"'
