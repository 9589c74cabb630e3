"""`/search`: words, actor, outlet, verdict, two dates and what they mean. The query is the URL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi import Query as Param
from fastapi.responses import HTMLResponse

from app.core.records import Status
from app.store import Store
from app.store.views import ActorCard, Facet, Query, SearchView
from app.web.dependencies import StoreOf
from app.web.pages.fields import DateField, choice_of, day_range
from app.web.pages.links import Pages, changed, pages_of
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.searching import FEED, parameters_of, search_address
from app.web.words import WORDS

__all__ = ["FacetGroup", "FacetLink", "SearchPage", "router"]

router = APIRouter()
OTHERS = 8
"""Other actors of the same name that are offered."""


@dataclass(frozen=True, slots=True)
class FacetLink:
    label: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetGroup:
    title: str
    links: tuple[FacetLink, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    shell: Shell
    query: Query  # as typed: `actor` holds the words of the field
    since: DateField
    until: DateField
    actor: ActorCard | None  # whom the actor field was taken to mean
    others: tuple[tuple[ActorCard, str], ...]  # who else it may mean, with the address that says so
    nobody: bool  # the actor field names nobody
    found: SearchView | None  # None: nothing was asked
    facets: tuple[FacetGroup, ...]
    chosen: tuple[FacetLink, ...]  # what the results are narrowed down to; each link takes it away
    links: Pages
    saving: Mapping[str, str]  # what a form that saves the search sends
    feed: str  # the address of its feed; "" where nothing was asked
    meant: tuple[str, str] | None = None  # another question that finds something, with its address


@router.get("/search", response_class=HTMLResponse)
def search(
    request: Request,
    store: StoreOf,
    q: Annotated[str, Param(max_length=500)] = "",
    actor: Annotated[str, Param(max_length=200)] = "",
    since: Annotated[str, Param(alias="from")] = "",
    until: Annotated[str, Param(alias="to")] = "",
    date_of: str = "event",
    outlet: Annotated[str, Param(max_length=200)] = "",
    relation: str = "",
    story: Annotated[str, Param(max_length=200)] = "",
    cursor: str | None = None,
) -> HTMLResponse:
    a, b = day_range(since, until)
    meant, others = _who(store, actor.strip())
    typed = Query(
        q=q.strip(),
        actor=(meant.actor.name if meant else actor.strip()) or None,
        since=a.value,
        until=b.value,
        date_of=choice_of(date_of, WORDS.date_of, "event"),
        outlet=outlet or None,
        relation=choice_of(relation, [s.value for s in Status], "") or None,
        story=story or None,
    )
    nobody = bool(actor.strip()) and meant is None
    asked = any((typed.q, meant, a.value, b.value, typed.outlet, typed.relation, typed.story))
    found, saving, feed = None, dict[str, str](), ""
    if asked and not nobody and not a.error and not b.error:
        exact = Query(
            q=typed.q,
            actor=meant.actor.key if meant else None,
            since=a.value,
            until=b.value,
            date_of=typed.date_of,
            outlet=typed.outlet,
            relation=typed.relation,
            story=typed.story,
        )
        found, saving = store.library.search(exact, cursor=cursor), parameters_of(exact)
        feed = search_address(exact, FEED)
    facets = facet_groups(request, found, typed, meant) if found else ()
    page = SearchPage(
        shell=shell_of(request, "Search", "search", noindex=True),
        query=typed,
        since=a,
        until=b,
        actor=meant,
        others=tuple((card, changed(request, {"actor": card.actor.key})) for card in others),
        nobody=nobody,
        found=found,
        facets=facets,
        chosen=_chosen(request, typed, facets) if found else (),
        links=pages_of(request, found.hits) if found else Pages(),
        saving=saving,
        feed=feed,
        meant=(found.meant, changed(request, {"q": found.meant})) if found and found.meant else None,
    )
    return render("pages/search.html", page, status_code=422 if a.error or b.error else 200)


def _who(store: Store, text: str) -> tuple[ActorCard | None, tuple[ActorCard, ...]]:
    """Whom the words of the actor field mean: the actor of that very key or name, else the one said most; and the others."""
    if not text:
        return None, ()
    cards = store.library.actors(text.replace("-", " "), limit=OTHERS + 1).items
    folded = text.casefold()
    best = next((c for c in cards if c.actor.key == text), None)
    if best is not None:
        return best, ()
    best = next((c for c in cards if c.actor.name.casefold() == folded), cards[0] if cards else None)
    return best, tuple(c for c in cards if c is not best)


def _chosen(request: Request, typed: Query, facets: Sequence[FacetGroup]) -> tuple[FacetLink, ...]:
    """Also where nothing is found, and no facet stands for it."""
    named = {f.href: f.label for g in facets for f in g.links if f.chosen}
    given = (("relation", typed.relation), ("outlet", typed.outlet), ("story", typed.story))
    away = [(value, changed(request, {name: None})) for name, value in given if value]
    return tuple(FacetLink(named.get(href, value), 0, href, chosen=True) for value, href in away)


def facet_groups(
    request: Request, found: SearchView, typed: Query, meant: ActorCard | None = None
) -> tuple[FacetGroup, ...]:
    """Each facet's values with counts; the chosen one's link takes it away again."""

    def group(title: str, name: str, facets: Sequence[Facet], chosen: str | None) -> FacetGroup:
        return FacetGroup(
            title,
            tuple(
                FacetLink(
                    WORDS.status[Status(f.value)] if name == "relation" else f.label,
                    f.count,
                    changed(request, {name: None if f.value == chosen else f.value}),
                    f.value == chosen,
                )
                for f in facets
            ),
        )

    groups = (
        group("Verdict", "relation", found.relations, typed.relation),
        group("Outlet", "outlet", found.outlets, typed.outlet),
        group("Actor", "actor", found.actors, meant.actor.key if meant else None),
        group("Story", "story", found.stories, typed.story),
    )
    return tuple(g for g in groups if g.links)
