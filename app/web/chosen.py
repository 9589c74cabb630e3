"""Which rows of a story a program asks for: the story page's filters, each checked (the page itself forgives)."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Depends, Query

from app.core.records import Status
from app.store import Filters, RowSort
from app.web.api.parameters import Actor, DateOf, Outlet, Outlets, Since, Strictness, Until, check_window

__all__ = ["RowsOf"]


def _rows(
    *,
    status: Annotated[Status | None, Query(description="Only rows of this status.")] = None,
    outlet: Outlet = None,
    actor: Actor = None,
    since: Since = None,
    until: Until = None,
    date_of: DateOf = "event",
    only: Annotated[Literal["1"] | None, Query(description="1: only rows whose reports differ.")] = None,
    sort: Annotated[
        RowSort, Query(description="What matters first, by the date told, or as the earliest article runs.")
    ] = "matter",
    strictness: Strictness = None,
    outlets: Outlets = [],  # noqa: B006  FastAPI copies it
) -> Filters:
    check_window(since, until)
    keys = dict.fromkeys(key.strip() for part in outlets for key in part.split(","))
    return Filters(
        status, outlet, actor, since, until, date_of, only == "1", sort, strictness, tuple(k for k in keys if k)
    )


RowsOf = Annotated[Filters, Depends(_rows)]
