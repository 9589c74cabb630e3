"""`/conflicts`: the review queue. What is undecided comes first; confirm, dismiss, note, undo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.store import FlagState
from app.store.views import ConflictView, Slice
from app.web.dependencies import StoreOf
from app.web.pages.fields import one_of
from app.web.pages.links import Pages, changed, pages_of
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render

__all__ = ["ConflictsPage", "conflicts_page", "router"]

router = APIRouter()
STATES = {"": "all", "open": "undecided", "confirmed": "confirmed", "dismissed": "dismissed"}


@dataclass(frozen=True, slots=True)
class ConflictsPage:
    shell: Shell
    queue: Slice[ConflictView]
    states: tuple[tuple[str, str, str], ...]  # key, label, address
    state: str
    story: str
    links: Pages


@router.get("/conflicts", response_class=HTMLResponse)
def conflicts(
    request: Request, store: StoreOf, state: str = "", story: str = "", cursor: str | None = None
) -> HTMLResponse:
    chosen = one_of(state, STATES, "")
    queue = store.conflicts(state=cast(FlagState, chosen) if chosen else None, story=story or None, cursor=cursor)
    return render("pages/conflicts.html", conflicts_page(request, queue, chosen, story))


def conflicts_page(request: Request, queue: Slice[ConflictView], state: str = "", story: str = "") -> ConflictsPage:
    return ConflictsPage(
        shell=shell_of(request, "Conflicts to review", "conflicts"),
        queue=queue,
        states=tuple((key, text, changed(request, {"state": key or None})) for key, text in STATES.items()),
        state=state,
        story=story,
        links=pages_of(request, queue),
    )
