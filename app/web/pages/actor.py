"""`/actors/{key}`: everything said by or about one actor, in order of the date told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.store.views import ActorView, AliasView
from app.web.dependencies import StoreOf
from app.web.pages.fields import one_of
from app.web.pages.links import Pages, changed, pages_of
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render

__all__ = ["ActorPage", "actor_page", "router"]

router = APIRouter()
Side = Literal["all", "by", "about"]


@dataclass(frozen=True, slots=True)
class ActorPage:
    shell: Shell
    view: ActorView
    sides: tuple[tuple[str, str, int, str], ...]  # key, label, count, address
    side: str
    outlet: str
    outlet_links: tuple[tuple[str, str, int, str], ...]
    links: Pages
    added: tuple[AliasView, ...] = ()  # names that people added


@router.get("/actors/{key}", response_class=HTMLResponse)
def actor(
    request: Request, store: StoreOf, key: str, side: str = "all", outlet: str = "", cursor: str | None = None
) -> HTMLResponse:
    chosen = cast(Side, one_of(side, ("all", "by", "about"), "all"))
    view = store.actor(key, side=chosen, outlet=outlet or None, cursor=cursor)
    return render("pages/actor.html", actor_page(request, view, chosen, outlet, store.aliases(key)))


def actor_page(
    request: Request, view: ActorView, side: str = "all", outlet: str = "", added: tuple[AliasView, ...] = ()
) -> ActorPage:
    sides = (
        ("all", "by and about", view.by_count + view.about_count),
        ("by", "said by", view.by_count),
        ("about", "said about", view.about_count),
    )
    return ActorPage(
        shell=shell_of(request, view.actor.name, "search"),
        view=view,
        sides=tuple((k, text, n, changed(request, {"side": None if k == "all" else k})) for k, text, n in sides),
        side=side,
        outlet=outlet,
        outlet_links=tuple(
            (f.value, f.label, f.count, changed(request, {"outlet": None if f.value == outlet else f.value}))
            for f in view.outlets
        ),
        links=pages_of(request, view.said),
        added=added,
    )
