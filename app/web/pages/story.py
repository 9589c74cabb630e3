"""`/stories/{slug}`: the side-by-side view. Filters, outlets, strictness, sort and page of rows are the URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from app.core.records import Status
from app.exports import FORMATS, chosen_of
from app.store.views import StoryView
from app.web.charts import Matrix, Timeline, draw_matrix, draw_timeline
from app.web.dependencies import StoreOf
from app.web.pages.arranged import LAYOUTS, Arrangement, arrangement_of, menus_of, remember
from app.web.pages.links import Pages, changed, pages_of
from app.web.pages.shell import shell_of
from app.web.pages.side_by_side import SideBySide, beside
from app.web.pages.story_filters import TypedFilters, filters_of, found, rows_asked
from app.web.pages.strictness import Strictness, strictness_of
from app.web.pages.summed import StorySummary, summary_of
from app.web.pages.templates import Shell, render, with_query

__all__ = ["PAGE", "StoryPage", "router"]

router = APIRouter()
SAVED = ("csv", "table.csv", "json")
ARRANGED = ("layout", "pin", "hide", "columns")
"""Parameters that say how rows are drawn here: a sheet is none of that."""
PAGE = 40
"""Rows on one page: what a reader scrolls through, and about 20 kB on the wire."""


@dataclass(frozen=True, slots=True)
class StoryPage:
    shell: Shell
    view: StoryView
    summary: StorySummary
    table: SideBySide
    layouts: tuple[tuple[str, str], ...]  # key and address; none where there is no choice
    arranged: Mapping[str, str]  # what of the address says how columns stand
    all_columns: str  # the page with no column hidden
    filters: TypedFilters
    strictness: Strictness
    statuses: tuple[tuple[str, int, str], ...]  # key ("" for all), count, address
    clear: str
    printed: str  # the same rows as a sheet
    saves: tuple[tuple[str, str], ...]  # the same rows as files: label, address
    accessed: str  # the day a citation names
    links: Pages
    kept: int  # articles that were added just now
    matrix: Matrix | None
    timeline: Timeline | None


@router.get("/stories/{slug}", response_class=HTMLResponse)
def story(
    request: Request,
    store: StoreOf,
    slug: str,
    filters: Annotated[TypedFilters, Depends(filters_of)],
    arrangement: Annotated[Arrangement, Depends(arrangement_of)],
    cursor: str | None = None,
    kept: Annotated[int, Query(ge=0, le=1000)] = 0,
) -> HTMLResponse:
    """`kept`: how many articles were added just now, for a message on top."""
    view = found(store, slug, filters, cursor, PAGE)
    usual = None if filters.strictness is None else found(store, slug, filters, None, 1, usual=True)
    page = story_page(request, view, filters, arrangement, usual, store.now().date(), kept)
    drawn = render("pages/story.html", page, status_code=422 if filters.wrong else 200)
    remember(request, drawn)
    return drawn


def story_page(
    request: Request,
    view: StoryView,
    filters: TypedFilters,
    arrangement: Arrangement,
    usual: StoryView | None = None,
    today: date | None = None,
    kept: int = 0,
) -> StoryPage:
    """`usual`: the same rows at the usual strictness, when another one was chosen."""
    table = beside(view, grouped=filters.sort == "matter", arrangement=arrangement)
    if table.layout == "columns" and (table.many or table.hidden or table.held):
        table = replace(table, menus=menus_of(table.columns, arrangement, lambda change: changed(request, change)))
    asked = arrangement.asked()
    return StoryPage(
        shell=shell_of(request, view.story.title, "stories"),
        view=view,
        summary=summary_of(view),
        table=table,
        layouts=() if table.facing else tuple((one, changed(request, {"layout": one})) for one in LAYOUTS),
        arranged=asked,
        all_columns=changed(request, {"hide": None}),
        filters=filters,
        strictness=strictness_of(view, usual),
        statuses=_statuses(request, view.counts),
        clear=with_query(request.url.path, asked),
        printed=_printed(request),
        saves=_saves(view.story.slug, filters),
        accessed=today.isoformat() if today else "",
        links=pages_of(request, view.rows),
        kept=kept,
        matrix=draw_matrix(view.chosen or view.outlets, view.matrix),
        timeline=draw_timeline(view.timeline, view.columns),
    )


def _printed(request: Request) -> str:
    path, mark, query = changed(request, dict.fromkeys(ARRANGED)).partition("?")
    return f"{path}/print{mark}{query}"


def _saves(slug: str, filters: TypedFilters) -> tuple[tuple[str, str], ...]:
    """By what the page understood of its address, so that no file is refused for what the page forgave."""
    query = urlencode(chosen_of(rows_asked(filters)))
    base = f"/stories/{quote(slug, safe='')}/export."
    labels = ((kind, FORMATS[kind].label) for kind in SAVED)
    return tuple((label, base + kind + (f"?{query}" if query else "")) for kind, label in (*labels, ("docx", "Word")))


def _statuses(request: Request, counts: Mapping[Status, int]) -> tuple[tuple[str, int, str], ...]:
    """All, then each status with its count: they add up."""
    every = ("", sum(counts.values()), changed(request, {"status": None}))
    return (every, *((s.value, counts.get(s, 0), changed(request, {"status": s.value})) for s in Status))
