"""`/`: stories with their conflicts in front and what is new in them, a search box, what was flagged lately, a way in for a newcomer.

`POST /example` loads the bundled example as a job, where writing is allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from app.store.store import utc_now
from app.store.views import FrontView, Query
from app.web.dependencies import HandsOf, JobsOf, Reviewer, StoreOf, Writable
from app.web.importing import example_by
from app.web.pages.fields import DateField
from app.web.pages.links import Pages, pages_of
from app.web.pages.lists.form import find_form
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.visits import COOKIE, Visit, visit_of
from app.web.words import WORDS

__all__ = ["FrontPage", "router"]

router = APIRouter()


@dataclass(frozen=True, slots=True)
class FrontPage:
    shell: Shell
    front: FrontView
    visit: Visit
    order: str
    orders: Mapping[str, str]
    query: Query  # an empty one, for the search box
    since: DateField
    until: DateField
    links: Pages


@router.get("/", response_class=HTMLResponse)
def front(request: Request, store: StoreOf, order: str = "", cursor: str | None = None) -> HTMLResponse:
    visit = visit_of(request.cookies.get(COOKIE), utc_now())
    form = find_form("stories", "", order)
    view = store.library.front(order=form.order, since=visit.before, cursor=cursor)
    page = FrontPage(
        shell=shell_of(request, WORDS.product),
        front=view,
        visit=visit,
        order=form.order,
        orders=form.orders,
        query=Query(),
        since=DateField("from"),
        until=DateField("to"),
        links=pages_of(request, view.stories),
    )
    answer = render("pages/front.html", page)
    visit.note(request, answer)
    return answer


@router.post("/example", dependencies=[Writable])
def load_example(store: StoreOf, jobs: JobsOf, hands: HandsOf, by: Reviewer) -> RedirectResponse:
    """Loading it again changes nothing."""
    job = jobs.start("The example: six reports of five outlets, written by us", example_by(store, hands, by))
    return RedirectResponse(f"/imports/{job.id}", status_code=303)
