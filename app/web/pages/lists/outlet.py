"""`/outlets/{key}`: one outlet: country, language, its stories, in which rows it stands and what it left out."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.core.lexicon.outlets import load_outlets
from app.core.records import Outlet, Status
from app.store.views import OutletPageView, StandView
from app.web.dependencies import StoreOf
from app.web.pages.links import Pages, pages_of
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render

__all__ = ["OutletPage", "Stand", "outlet_page", "router"]

router = APIRouter()
AT_ODDS = (Status.CONFLICT, Status.DIVERGE, Status.UPDATED, Status.UNSURE)


@dataclass(frozen=True, slots=True)
class Stand:
    """How often an outlet stands in rows of one verdict. `party`: how often by its own words; None where that is no question."""

    status: Status
    rows: int
    share: int  # per cent of all its rows
    party: int | None


@dataclass(frozen=True, slots=True)
class OutletPage:
    shell: Shell
    view: OutletPageView
    known: Outlet | None  # what the register of outlets says of it
    rows: int
    stands: tuple[Stand, ...]
    links: Pages


@router.get("/outlets/{key}", response_class=HTMLResponse)
def outlet(request: Request, store: StoreOf, key: str, cursor: str | None = None) -> HTMLResponse:
    return render("pages/outlet.html", outlet_page(request, store.library.outlet(key, cursor=cursor)))


def outlet_page(request: Request, view: OutletPageView) -> OutletPage:
    rows = sum(s.rows for s in view.stands)
    return OutletPage(
        shell=shell_of(request, view.outlet.name, "outlets"),
        view=view,
        known=load_outlets().by_key(view.outlet.key),
        rows=rows,
        stands=tuple(_stand(s, rows) for s in view.stands),
        links=pages_of(request, view.left_out),
    )


def _stand(stand: StandView, rows: int) -> Stand:
    party = stand.party if stand.status in AT_ODDS and stand.party < stand.rows else None
    return Stand(stand.status, stand.rows, round(100 * stand.rows / rows), party)
