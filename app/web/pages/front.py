"""`/`: stories with their conflicts in front, a search box, what was flagged lately, a way in for a newcomer."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.store.views import FrontView, Query
from app.web.dependencies import StoreOf
from app.web.pages.fields import DateField
from app.web.pages.links import Pages, pages_of
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.words import WORDS

__all__ = ["FrontPage", "router"]

router = APIRouter()


@dataclass(frozen=True, slots=True)
class FrontPage:
    shell: Shell
    front: FrontView
    query: Query  # an empty one, for the search box
    since: DateField
    until: DateField
    links: Pages


@router.get("/", response_class=HTMLResponse)
def front(request: Request, store: StoreOf, cursor: str | None = None) -> HTMLResponse:
    view = store.front(cursor=cursor)
    return render(
        "pages/front.html",
        FrontPage(
            shell=shell_of(request, WORDS.product),
            front=view,
            query=Query(),
            since=DateField("from"),
            until=DateField("to"),
            links=pages_of(request, view.stories),
        ),
    )
