"""`/stories/{slug}/print`: a story as a sheet of paper: every row, no controls, sources with their addresses."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.store.views import RowView, StoryView
from app.web.dependencies import StoreOf
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render

__all__ = ["PrintPage", "router"]

router = APIRouter()


@dataclass(frozen=True, slots=True)
class PrintPage:
    shell: Shell
    view: StoryView
    rows: tuple[RowView, ...]


@router.get("/stories/{slug}/print", response_class=HTMLResponse)
def printed(request: Request, store: StoreOf, slug: str) -> HTMLResponse:
    view = store.story(slug, limit=1)
    shell = shell_of(request, view.story.title, "stories", noindex=True)
    return render("pages/print.html", PrintPage(shell, view, tuple(store.rows(slug))))
