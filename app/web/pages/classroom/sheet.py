"""`/stories/{slug}/classroom`: a class at one screen. Nothing is kept: the marks are the address, so it works read-only.

`rows=` how many, `hands=1` counts raised hands instead of one mark a row, `reveal=1` shows what the tool says. A mark is
`{key}=conflict`; hands are `{key}-conflict=12`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from app.store.neutral import neutral_titles_of
from app.store.titles import row_titles, rows_in_order
from app.store.views import RowView, StoryRef
from app.web.api.parameters import Key
from app.web.dependencies import StoreOf
from app.web.pages.classroom.tally import (
    MARKS,
    Agreement,
    Blank,
    Judged,
    agreement,
    as_told,
    key_of,
    marked_claims,
    mixed,
)
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render

__all__ = ["ClassroomPage", "RevealedPage", "router"]

router = APIRouter()
SIZES = (6, 12, 24, 48)
"""How many rows a sheet may have: a lesson's warm-up to a double period."""
MOST_HANDS = 500


@dataclass(frozen=True, slots=True)
class ClassroomPage:
    shell: Shell
    story: StoryRef
    rows: tuple[Blank, ...]
    marks: tuple[str, ...]
    sizes: tuple[int, ...]
    size: int
    hands: bool


@dataclass(frozen=True, slots=True)
class RevealedPage:
    shell: Shell
    story: StoryRef
    rows: tuple[Judged, ...]
    sums: Agreement
    marks: tuple[str, ...]
    back: str


@router.get("/stories/{slug}/classroom", response_class=HTMLResponse)
def classroom(
    request: Request,
    store: StoreOf,
    slug: Key,
    rows: Annotated[str, Query(max_length=10)] = "",
    hands: Annotated[str, Query(max_length=10)] = "",
    reveal: Annotated[str, Query(max_length=10)] = "",
) -> HTMLResponse:
    story = store.rows.named(slug)
    size = int(rows) if rows in {str(s) for s in SIZES} else SIZES[1]
    chosen = as_told(rows_in_order(store, story.slug, mixed(row_titles(store, story.slug), size)))
    sent = request.query_params
    tallies = {r.id: _tally(sent, key_of(story.slug, r.id), hands=hands == "1") for r in chosen}
    if reveal == "1":
        kept = [(k, v) for k, v in sent.multi_items() if k != "reveal" and v]
        back = f"{request.url.path}{'?' if kept else ''}{urlencode(kept)}"
        judged = tuple(_judged(r, tallies[r.id]) for r in chosen)
        shell = shell_of(request, f"Revealed: {story.title}", "stories", noindex=True)
        page = RevealedPage(shell, story, judged, agreement(judged), MARKS, back)
        return render("pages/revealed.html", page)
    titles = neutral_titles_of(chosen)
    blanks = tuple(Blank(key_of(story.slug, r.id), titles[r.id], marked_claims(r.cells), tallies[r.id]) for r in chosen)
    shell = shell_of(request, f"Classroom: {story.title}", "stories", noindex=True)
    return render("pages/classroom.html", ClassroomPage(shell, story, blanks, MARKS, SIZES, size, hands == "1"))


def _tally(sent: Mapping[str, str], key: str, *, hands: bool) -> dict[str, int]:
    """The marks of one row. What is no mark, and what is no count, is as if it were not there."""
    if hands:
        return {mark: _count(sent.get(f"{key}-{mark}", "")) for mark in MARKS}
    return {mark: int(sent.get(key) == mark) for mark in MARKS}


def _count(typed: str) -> int:
    text = typed.strip()
    return min(int(text), MOST_HANDS) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _judged(row: RowView, tally: Mapping[str, int]) -> Judged:
    return Judged(row.id, row.label, marked_claims(row.cells), tally, row.status, row.summary, row.reasons, {})
