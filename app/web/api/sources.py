"""Feeds and pages that are read on a schedule."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import Field

from app.roles import Act
from app.store.sources import LEAST_MINUTES, MOST_MINUTES
from app.store.views import SourceView
from app.watching import DEFAULT_MINUTES, watch
from app.web.api.parameters import Id
from app.web.dependencies import Reviewer, SettingsOf, StoreOf, Writable, may
from app.web.schemas import Paged, SentBody

__all__ = ["router"]

router = APIRouter(tags=["sources"])


class NewSource(SentBody):
    """An address to be read on a schedule: a feed, a page of links to reports, or one report."""

    url: str = Field(min_length=1, max_length=2048, examples=["https://harbour-gazette.example/feed.xml"])
    outlet: str | None = Field(default=None, max_length=200, description="When its pages do not say.")
    story: str | None = Field(default=None, max_length=200, description="Slug or title of the story it belongs to.")
    every: int = Field(default=DEFAULT_MINUTES, ge=LEAST_MINUTES, le=MOST_MINUTES, description="Minutes.")


@router.get("/sources", summary="What is read on a schedule, and how that goes")
def list_sources(request: Request, store: StoreOf) -> Paged[SourceView]:
    """What is asked in an address (`?key=...`) and who added it are told to whoever may say what is read."""
    found = store.sources.sources()
    if not may(request, Act.WATCH):
        found = tuple(s.for_readers() for s in found)
    return Paged(items=found, total=len(found))


@router.post("/sources", status_code=201, summary="Have an address read on a schedule", dependencies=[Writable])
def add_source(store: StoreOf, settings: SettingsOf, by: Reviewer, body: NewSource) -> SourceView:
    """The address, and the host that it names, are looked at now and at every reading: only public pages are fetched."""
    return watch(store, settings, body.url, by=by, outlet=body.outlet, story=body.story, every=body.every)


@router.delete("/sources/{source_id}", status_code=204, summary="Read it no more", dependencies=[Writable])
def end_source(store: StoreOf, by: Reviewer, source_id: Id) -> Response:
    """What was read of it stays."""
    store.sources.end_source(source_id, by=by)
    return Response(status_code=204)
