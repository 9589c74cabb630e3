"""`/sources`: feeds and pages that are read on a schedule, how that goes, and what is new since the reader looked.

Whoever may (`Act.WATCH`) adds one, has it read now, or ends it; an address that cannot be watched comes back in its field.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.errors import BadInput, Conflicting, FetchFailed, ParallaxError
from app.roles import Act
from app.settings import Settings
from app.store import Store
from app.store.views import SourceView
from app.watching import DEFAULT_MINUTES, watch
from app.web.api.parameters import Id
from app.web.dependencies import Reviewer, SettingsOf, StoreOf, Writable, may
from app.web.pages.fields import Said
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.visits import COOKIE, Visit, visit_of
from app.web.words import WORDS

__all__ = ["SourcesPage", "router"]

router = APIRouter()


@dataclass(frozen=True, slots=True)
class TypedSource:
    """What somebody wrote into the form."""

    url: str = ""
    outlet: str = ""
    story: str = ""
    every: int = DEFAULT_MINUTES


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """`watching`: this server reads them. `changing`: whoever asks may say what is read."""

    shell: Shell
    sources: tuple[SourceView, ...]
    visit: Visit
    watching: bool
    changing: bool
    typed: TypedSource
    error: str
    mend: str


@router.get("/sources", response_class=HTMLResponse)
def sources(request: Request, store: StoreOf, settings: SettingsOf) -> HTMLResponse:
    return _page(request, store, settings)


@router.post("/sources", dependencies=[Writable])
def add_source(
    request: Request,
    store: StoreOf,
    settings: SettingsOf,
    by: Reviewer,
    url: Annotated[Said, Form(max_length=2048)] = "",
    outlet: Annotated[Said, Form(max_length=200)] = "",
    story: Annotated[Said, Form(max_length=200)] = "",
    every: Annotated[int, Form()] = DEFAULT_MINUTES,
) -> Response:
    """The address, and the host that it names, are looked at now and at every reading."""
    try:
        watch(store, settings, url, by=by, outlet=outlet, story=story, every=every)
    except (BadInput, Conflicting, FetchFailed) as error:
        return _page(request, store, settings, TypedSource(url[:2048], outlet, story, every), error)
    return RedirectResponse("/sources", status_code=303)


@router.post("/sources/{source_id}/read", dependencies=[Writable])
def read_source(store: StoreOf, by: Reviewer, source_id: Id) -> RedirectResponse:
    """It is read next, by whichever process reads the sources."""
    store.sources.hasten_source(source_id, by=by)
    return RedirectResponse("/sources", status_code=303)


@router.post("/sources/{source_id}/end", dependencies=[Writable])
def end_source(store: StoreOf, by: Reviewer, source_id: Id) -> RedirectResponse:
    """What was read of it stays."""
    store.sources.end_source(source_id, by=by)
    return RedirectResponse("/sources", status_code=303)


def _page(
    request: Request,
    store: Store,
    settings: Settings,
    typed: TypedSource = TypedSource(),
    error: ParallaxError | None = None,
) -> HTMLResponse:
    visit = visit_of(request.cookies.get(COOKIE), store.now())
    changing, found = may(request, Act.WATCH), store.sources.sources(since=visit.before)
    shown = found if changing else [s.for_readers() for s in found]
    page = SourcesPage(
        shell=shell_of(request, WORDS.sources, "sources", noindex=True),
        sources=tuple(sorted(shown, key=lambda s: not s.failures)),  # what fails first
        visit=visit,
        watching=settings.watch,
        changing=changing,
        typed=typed,
        error=error.what if error else "",
        mend=(error.mend or "") if error else "",
    )
    return render("pages/sources.html", page, status_code=error.status if error else 200)
