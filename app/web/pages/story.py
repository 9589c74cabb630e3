"""`/stories/{slug}`: the side-by-side view. Filters, sort and page of rows are the URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from app.core.records import Status
from app.store import RowSort
from app.store.views import StoryView
from app.web.charts import Matrix, Timeline, draw_matrix, draw_timeline
from app.web.dependencies import StoreOf
from app.web.pages.fields import DateField, day_range, one_of
from app.web.pages.links import Pages, changed, pages_of
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.words import WORDS

__all__ = ["PAGE", "Filters", "StoryPage", "router"]

router = APIRouter()
PAGE = 40
"""Rows on one page: what a reader scrolls through, and about 30 kB on the wire."""
MANY = 6
"""With more columns than this the table scrolls by itself."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader chose, as typed. `status` is "" for all."""

    status: str
    outlet: str
    actor: str
    since: DateField
    until: DateField
    date_of: str
    only: bool
    sort: str

    @property
    def any(self) -> bool:
        return bool(self.status or self.outlet or self.actor or self.since.raw or self.until.raw or self.only)


@dataclass(frozen=True, slots=True)
class StoryPage:
    shell: Shell
    view: StoryView
    filters: Filters
    statuses: tuple[tuple[str, int, str], ...]  # key ("" for all), count, address
    clear: str
    links: Pages
    matrix: Matrix | None
    timeline: Timeline | None
    many: bool


@router.get("/stories/{slug}", response_class=HTMLResponse)
def story(
    request: Request,
    store: StoreOf,
    slug: str,
    status: str = "",
    outlet: str = "",
    actor: str = "",
    since: Annotated[str, Query(alias="from")] = "",
    until: Annotated[str, Query(alias="to")] = "",
    date_of: str = "event",
    only: str = "",
    sort: str = "matter",
    cursor: str | None = None,
) -> HTMLResponse:
    a, b = day_range(since, until)
    filters = Filters(
        status=one_of(status, [s.value for s in Status], ""),
        outlet=outlet,
        actor=actor,
        since=a,
        until=b,
        date_of=one_of(date_of, WORDS.date_of, "event"),
        only=bool(only),
        sort=one_of(sort, WORDS.sort, "matter"),
    )
    view = store.story(
        slug,
        status=filters.status or None,
        outlet=outlet or None,
        actor=actor or None,
        since=a.value,
        until=b.value,
        date_of="published" if filters.date_of == "published" else "event",
        only_differences=filters.only,
        sort=cast(RowSort, filters.sort),
        cursor=cursor,
        limit=PAGE,
    )
    return render(
        "pages/story.html", story_page(request, view, filters), status_code=422 if a.error or b.error else 200
    )


def story_page(request: Request, view: StoryView, filters: Filters) -> StoryPage:
    return StoryPage(
        shell=shell_of(request, view.story.title, "stories"),
        view=view,
        filters=filters,
        statuses=_statuses(request, view.counts),
        clear=request.url.path,
        links=pages_of(request, view.rows),
        matrix=draw_matrix(view.outlets, view.matrix),
        timeline=draw_timeline(view.timeline, view.columns),
        many=len(view.columns) > MANY,
    )


def _statuses(request: Request, counts: Mapping[Status, int]) -> tuple[tuple[str, int, str], ...]:
    """All, then each status with its count: they add up."""
    every = ("", sum(counts.values()), changed(request, {"status": None}))
    return (every, *((s.value, counts.get(s, 0), changed(request, {"status": s.value})) for s in Status))
