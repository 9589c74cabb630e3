"""`/outlets`: whose articles are kept, by name and country."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.store.read.listing import ListWanted
from app.store.views import Facet, OutletList
from app.web.dependencies import StoreOf
from app.web.pages.links import Pages, pages_of
from app.web.pages.lists.form import FindForm, Key, Words, find_form
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.regions import country as name_of

__all__ = ["OutletsPage", "router"]

router = APIRouter()


@dataclass(frozen=True, slots=True)
class OutletsPage:
    shell: Shell
    view: OutletList
    form: FindForm
    country: str
    countries: tuple[Facet, ...]  # by name
    links: Pages


@router.get("/outlets", response_class=HTMLResponse)
def outlets(
    request: Request, store: StoreOf, q: Words = "", country: Key = "", order: str = "", cursor: str | None = None
) -> HTMLResponse:
    form = find_form("outlets", q, order, country)
    view = store.library.outlet_list(ListWanted(form.q, form.order, country=country or None), cursor=cursor)
    page = OutletsPage(
        shell=shell_of(request, "Outlets", "outlets"),
        view=view,
        form=form,
        country=country,
        countries=tuple(sorted((replace(f, label=name_of(f.value)) for f in view.countries), key=lambda f: f.label)),
        links=pages_of(request, view.outlets),
    )
    return render("pages/outlets.html", page)
