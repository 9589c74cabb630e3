"""`/stories/{slug}/print`: a story as a source-comparison sheet: sources with their hashes, then every row with each
outlet's words and room for notes. It takes the story page's filters, and is sent row by row: 2,000 rows cost no memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, StreamingResponse

from app.store import Store
from app.store.story_record import whole
from app.store.views import AliasView, RowView, Slice, StoryView
from app.web.dependencies import StoreOf
from app.web.pages.links import changed
from app.web.pages.shell import shell_of
from app.web.pages.side_by_side import Column, RowLine, columns_of, row_line
from app.web.pages.story_filters import TypedFilters, filters_of, found, rows_asked
from app.web.pages.templates import Shell, stream
from app.web.site import site_of

__all__ = ["PrintPage", "router"]

router = APIRouter()
BATCH = 200
"""Rows read at a time, after the first."""


@dataclass(frozen=True, slots=True)
class PrintPage:
    shell: Shell
    view: StoryView
    columns: tuple[Column, ...]
    hashes: dict[int, str]  # SHA-256 of each article's text, by article id
    names: tuple[AliasView, ...]  # that people added to actors of the story
    lines: Iterator[RowLine]  # each once
    total: int
    filtered: bool
    only: str  # the address with the differing rows alone
    back: str
    source: str  # the whole address of the story
    at: datetime


@router.get("/stories/{slug}/print", response_class=HTMLResponse)
def printed(
    request: Request, store: StoreOf, slug: str, filters: Annotated[TypedFilters, Depends(filters_of)]
) -> StreamingResponse:
    with whole(store, slug, rows_asked(filters)) as held:  # what is not there is said before the first byte
        view, first, hashes, names = held.view, held.first, dict(held.texts), held.names
    columns = columns_of(view)
    story = f"/stories/{view.story.slug}"
    here = changed(request, {}).removeprefix(f"{story}/print")
    page = PrintPage(
        shell=shell_of(request, view.story.title, "stories", noindex=True),
        view=view,
        columns=columns,
        hashes=hashes,
        names=names,
        lines=_lines(store, slug, filters, columns, first),
        total=view.rows.total,
        filtered=filters.any,
        only=changed(request, {"only": "1"}),
        back=story + here,
        source=site_of(request) + story + here,
        at=store.now(),
    )
    return stream("pages/print.html", page)


def _lines(
    store: Store, slug: str, filters: TypedFilters, columns: tuple[Column, ...], rows: Slice[RowView]
) -> Iterator[RowLine]:
    yield from (row_line(row, columns) for row in rows.items)
    while rows.next:
        rows = found(store, slug, filters, rows.next, BATCH).rows
        yield from (row_line(row, columns) for row in rows.items)
