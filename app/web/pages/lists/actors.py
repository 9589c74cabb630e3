"""`/actors`: who speaks and who is spoken of, by any of their names, by kind."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.store.read.listing import ListWanted
from app.store.views import ActorList
from app.web.dependencies import StoreOf
from app.web.pages.fields import choice_of
from app.web.pages.links import Pages, pages_of
from app.web.pages.lists.form import Chip, FindForm, Words, chips, find_form
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.words import WORDS

__all__ = ["ActorsPage", "router"]

router = APIRouter()


@dataclass(frozen=True, slots=True)
class ActorsPage:
    shell: Shell
    view: ActorList
    form: FindForm
    kind: str
    chips: tuple[Chip, ...]
    links: Pages


@router.get("/actors", response_class=HTMLResponse)
def actors(
    request: Request, store: StoreOf, q: Words = "", kind: str = "", order: str = "", cursor: str | None = None
) -> HTMLResponse:
    kind = choice_of(kind, WORDS.actor_kinds, "")
    form = find_form("actors", q, order, kind)
    view = store.library.actor_list(ListWanted(form.q, form.order, kind=kind or None), cursor=cursor)
    page = ActorsPage(
        shell=shell_of(request, "Actors", "actors"),
        view=view,
        form=form,
        kind=kind,
        chips=chips(request, "kind", kind, WORDS.actor_kinds, view.kinds, sum(view.kinds.values())),
        links=pages_of(request, view.actors),
    )
    return render("pages/actors.html", page)
