from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, ConfigDict, Field

from app.core.records import Status
from app.store.views import Hit, Query, SavedSearch
from app.web.api.parameters import Cursor, Id, Limit, check_window, link_pages
from app.web.dependencies import Reviewer, StoreOf, Writable
from app.web.schemas import Paged, SentBody

__all__ = ["router"]

router = APIRouter(tags=["claims"])


class NewSearch(SentBody):
    """What `GET /claims` takes, under a name of one's own."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"name": "The pact", "q": "pact", "actor": "japan"}]}
    )

    name: str = Field(min_length=1, max_length=100)
    q: str = Field(default="", max_length=500)
    actor: str | None = Field(default=None, max_length=200, description="Key of an actor.")
    since: date | None = Field(default=None, alias="from")
    until: date | None = Field(default=None, alias="to")
    date_of: Literal["event", "published"] = "event"
    outlet: str | None = Field(default=None, max_length=200, description="Key of an outlet.")
    relation: Status | None = None
    story: str | None = Field(default=None, max_length=200, description="Slug of a story.")


class SearchChange(SentBody):
    """What is given is changed."""

    name: str | None = Field(default=None, min_length=1, max_length=100)
    looked_at: AwareDatetime | None = Field(default=None, description="What had come by then was seen.")
    removed: Literal[False] | None = Field(default=None, description="false has one back that was taken away.")


class FreshPage(Paged[Hit]):
    """Claims that came since its owner last looked, in the order of the search."""

    saved: SavedSearch
    asked_at: datetime = Field(description="What had come by then is here: send it as `looked_at` when it was seen.")


@router.get("/searches", summary="One's own saved searches, with what is new in each")
def list_searches(store: StoreOf, by: Reviewer) -> Paged[SavedSearch]:
    found = store.searches.saved_searches(by)
    return Paged(items=found, total=len(found))


@router.post("/searches", status_code=201, summary="Save a search", dependencies=[Writable])
def save_search(response: Response, store: StoreOf, by: Reviewer, body: NewSearch) -> SavedSearch:
    """The same search under the same name is saved once; 409 for another one of that name."""
    check_window(body.since, body.until)
    relation = body.relation.value if body.relation else None
    query = Query(body.q, body.actor, body.since, body.until, body.date_of, body.outlet, relation, body.story)
    made = store.searches.save_search(body.name, query, by=by)
    response.headers["location"] = f"/api/v1/searches/{made.id}"
    return made


@router.get("/searches/{search_id}", summary="What is new in a saved search")
def read_search(
    *,
    request: Request,
    response: Response,
    store: StoreOf,
    by: Reviewer,
    search_id: Id,
    cursor: Cursor = None,
    limit: Limit = 20,
) -> FreshPage:
    """Reading changes nothing: what is new stays so until `looked_at` is sent."""
    now = store.now()
    view = store.searches.saved_search(search_id, by, cursor=cursor, limit=limit)
    link_pages(request, response, view.fresh.next, view.fresh.previous)
    return FreshPage(
        items=tuple(view.fresh.items), total=view.fresh.total, next=view.fresh.next, saved=view.saved, asked_at=now
    )


@router.patch("/searches/{search_id}", summary="Rename, note a look, or have one back", dependencies=[Writable])
def change_search(store: StoreOf, by: Reviewer, search_id: Id, body: SearchChange) -> SavedSearch:
    if body.removed is False:
        store.searches.restore_search(search_id, by=by)
    if body.name is not None:
        store.searches.rename_search(search_id, body.name, by=by)
    if body.looked_at is not None:
        store.searches.note_look(search_id, body.looked_at, owner=by)
    return store.searches.saved_search(search_id, by, limit=1).saved


@router.delete("/searches/{search_id}", summary="Take a saved search away", dependencies=[Writable])
def remove_search(store: StoreOf, by: Reviewer, search_id: Id) -> SavedSearch:
    """It can be had back (`removed`: false)."""
    store.searches.remove_search(search_id, by=by)
    return store.searches.saved_search(search_id, by, limit=1).saved
