"""`/actors/{key}`: everything said by or about one actor, in order of the date told; where it stood on each matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, cast

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from app.core.text import fold
from app.store.views import ActorView, AliasView, PositionView
from app.web.charts import Positions, draw_positions
from app.web.dependencies import StoreOf
from app.web.pages.fields import DateField, choice_of, day_range
from app.web.pages.links import From, Pages, Part, changed, pages_of, shown_part
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render

__all__ = ["ActorFilters", "ActorPage", "actor_page", "router"]

router = APIRouter()
Side = Literal["all", "by", "about"]
LISTED = 60
"""Positions of the table on one page."""


@dataclass(frozen=True, slots=True)
class ActorFilters:
    """What the reader chose, as typed; dates mean the date told, else that of publication."""

    side: str
    outlet: str
    story: str
    since: DateField
    until: DateField

    @property
    def any(self) -> bool:
        return bool(self.side != "all" or self.outlet or self.story or self.since.raw or self.until.raw)


@dataclass(frozen=True, slots=True)
class ActorPage:
    shell: Shell
    view: ActorView
    filters: ActorFilters
    aliases: tuple[tuple[str, bool], ...]  # a name, and whether others bear it too
    positions: Positions | None
    table: Part[PositionView]
    sides: tuple[tuple[str, str, int, str], ...]  # key, label, count, address
    links: Pages
    added: tuple[AliasView, ...] = ()  # names that people added


@router.get("/actors/{key}", response_class=HTMLResponse)
def actor(
    request: Request,
    store: StoreOf,
    key: str,
    side: str = "all",
    outlet: str = "",
    story: str = "",
    since: Annotated[str, Query(alias="from")] = "",
    until: Annotated[str, Query(alias="to")] = "",
    cursor: str | None = None,
    positions_from: From = 0,
) -> HTMLResponse:
    a, b = day_range(since, until)
    filters = ActorFilters(choice_of(side, ("all", "by", "about"), "all"), outlet, story, a, b)
    view = store.library.actor(
        key,
        side=cast(Side, filters.side),
        outlet=outlet or None,
        story=story or None,
        since=a.value,
        until=b.value,
        cursor=cursor,
    )
    quiet = filters.side == "about" or cursor  # said by others, or a later page of the list
    page = actor_page(
        request, view, filters, () if quiet else store.library.positions(key), store.names.aliases(key), positions_from
    )
    return render("pages/actor.html", page, status_code=422 if a.error or b.error else 200)


def actor_page(
    request: Request,
    view: ActorView,
    filters: ActorFilters,
    positions: Sequence[PositionView] = (),
    added: tuple[AliasView, ...] = (),
    start: int = 0,
) -> ActorPage:
    """`start`: where the table of positions begins."""
    sides = (
        ("all", "by and about", view.by_count + view.about_count),
        ("by", "said by", view.by_count),
        ("about", "said about", view.about_count),
    )
    shared = {fold(name) for name in view.ambiguous}
    wanted = [p for p in positions if _wanted(p, filters)]
    return ActorPage(
        shell=shell_of(request, view.actor.name, "actors"),
        view=view,
        filters=filters,
        aliases=tuple((name, fold(name) in shared) for name in view.aliases),
        positions=draw_positions(wanted),
        table=shown_part(request, wanted, "positions_from", start, LISTED, "#positions-table"),
        sides=tuple((k, text, n, changed(request, {"side": None if k == "all" else k})) for k, text, n in sides),
        links=pages_of(request, view.said),
        added=added,
    )


def _wanted(position: PositionView, filters: ActorFilters) -> bool:
    """The picture shows what the list below it is narrowed to."""
    day, since, until = position.day, filters.since.value, filters.until.value
    return (
        filters.outlet in ("", position.outlet.key)
        and filters.story in ("", position.claim.article.story_slug)
        and (since is None or (day is not None and day >= since))
        and (until is None or (day is not None and day <= until))
    )
