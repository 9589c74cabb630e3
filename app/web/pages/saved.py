"""`/searches`: the searches that whoever asks has saved, what is new in each, and what may be done with them.

Looking at one changes nothing: what is new stays new until its owner says that it was seen, up to the moment that the page
was made, so that what came meanwhile is not missed.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.errors import BadInput, Conflicting, NotFound, ParallaxError
from app.store import Store
from app.store.views import Query, SavedSearch, SavedSearchView
from app.web.api.parameters import Id
from app.web.dependencies import Reviewer, StoreOf, Writable
from app.web.pages.fields import Said, choice_of, day_range
from app.web.pages.links import Pages, pages_of
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.searching import FEED, in_words, parameters_of, search_address
from app.web.words import WORDS

__all__ = ["SavedPage", "SearchesPage", "router"]

router = APIRouter()
Text = Annotated[Said, Form(max_length=500)]
Key = Annotated[Said, Form(max_length=200)]


@dataclass(frozen=True, slots=True)
class SavedLine:
    """A saved search: what it asks in words, and the addresses of all it finds and of its feed."""

    saved: SavedSearch
    asked: str
    all: str
    feed: str


@dataclass(frozen=True, slots=True)
class SearchesPage:
    shell: Shell
    lines: tuple[SavedLine, ...]
    removed: SavedSearch | None  # just taken away, to be had back
    retry: Mapping[str, str]  # the search that could not be saved; {} when there is none
    typed: str
    error: str
    mend: str


@dataclass(frozen=True, slots=True)
class SavedPage:
    shell: Shell
    line: SavedLine
    view: SavedSearchView
    links: Pages
    now: datetime  # what had come by then is shown
    error: str


@router.get("/searches", response_class=HTMLResponse)
def searches(request: Request, store: StoreOf, by: Reviewer, removed: str = "") -> HTMLResponse:
    """`removed`: the number of one just taken away."""
    return _list(request, store, by, removed=_removed(store, by, removed))


@router.post("/searches", dependencies=[Writable])
def save(
    request: Request,
    store: StoreOf,
    by: Reviewer,
    *,
    name: Text = "",
    q: Text = "",
    actor: Key = "",
    since: Annotated[str, Form(alias="from", max_length=40)] = "",
    until: Annotated[str, Form(alias="to", max_length=40)] = "",
    date_of: Annotated[str, Form(max_length=20)] = "event",
    outlet: Key = "",
    relation: Annotated[str, Form(max_length=20)] = "",
    story: Key = "",
) -> Response:
    """What the search page asked, under a name."""
    a, b = day_range(since, until)
    query = Query(
        q.strip(),
        actor.strip() or None,
        a.value,
        b.value,
        choice_of(date_of, WORDS.date_of, "event"),
        outlet or None,
        relation or None,
        story or None,
    )
    try:
        if wrong := a.error or b.error:
            raise BadInput(wrong, where="from")  # noqa: TRY301 - told as any other
        saved = store.searches.save_search(name, query, by=by)
    except (BadInput, Conflicting) as error:
        return _list(request, store, by, retry=parameters_of(query), typed=name, error=error)
    return RedirectResponse(f"/searches#search-{saved.id}", status_code=303)


@router.get("/searches/{search_id}", response_class=HTMLResponse)
def saved_search(
    request: Request, store: StoreOf, by: Reviewer, search_id: Id, cursor: str | None = None
) -> HTMLResponse:
    return _one(request, store, by, search_id, cursor)


@router.post("/searches/{search_id}", dependencies=[Writable])
def change_search(
    request: Request,
    store: StoreOf,
    by: Reviewer,
    search_id: Id,
    do: Annotated[Literal["rename", "remove", "restore", "seen"], Form()],
    name: Text = "",
    upto: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    to = f"/searches#search-{search_id}"
    try:
        match do:
            case "rename":
                store.searches.rename_search(search_id, name, by=by)
                to = f"/searches/{search_id}"
            case "remove":
                store.searches.remove_search(search_id, by=by)
                to = f"/searches?removed={search_id}"
            case "restore":
                store.searches.restore_search(search_id, by=by)
            case "seen":
                store.searches.note_look(search_id, _moment(upto), owner=by)
    except (BadInput, Conflicting) as error:
        return _one(request, store, by, search_id, None, error)
    return RedirectResponse(to, status_code=303)


def _moment(text: str) -> datetime:
    with suppress(ValueError):
        at = datetime.fromisoformat(text)
        if at.tzinfo is not None:
            return at
    raise BadInput("this is no moment.", where="upto", mend="Open the search again.")


def _line(saved: SavedSearch) -> SavedLine:
    return SavedLine(
        saved, in_words(saved.query, saved.names), search_address(saved.query), search_address(saved.query, FEED)
    )


def _removed(store: Store, by: str, number: str) -> SavedSearch | None:
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    try:
        found = store.searches.saved_search(int(number), by, limit=1).saved
    except NotFound:
        return None
    return found if found.removed else None


def _list(
    request: Request,
    store: Store,
    by: str,
    *,
    removed: SavedSearch | None = None,
    retry: Mapping[str, str] | None = None,
    typed: str = "",
    error: ParallaxError | None = None,
) -> HTMLResponse:
    page = SearchesPage(
        shell=shell_of(request, "Saved searches", "search", noindex=True),
        lines=tuple(_line(s) for s in store.searches.saved_searches(by)),
        removed=removed,
        retry=retry or {},
        typed=typed,
        error=error.what if error else "",
        mend=(error.mend or "") if error else "",
    )
    return render("pages/searches.html", page, status_code=error.status if error else 200)


def _one(
    request: Request,
    store: Store,
    by: str,
    search_id: int,
    cursor: str | None,
    error: ParallaxError | None = None,
) -> HTMLResponse:
    now = store.now()
    view = store.searches.saved_search(search_id, by, cursor=cursor)
    page = SavedPage(
        shell=shell_of(request, view.saved.name, "search", noindex=True),
        line=_line(view.saved),
        view=view,
        links=pages_of(request, view.fresh),
        now=now,
        error=f"{error.what} {error.mend or ''}".strip() if error else "",
    )
    return render("pages/saved.html", page, status_code=error.status if error else 200)
