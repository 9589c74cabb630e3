from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from app.store.views import ActorCard, ActorView, PositionView
from app.web.api.parameters import ActorOrder, Cursor, Key, Limit, Outlet, Words, link_pages
from app.web.dependencies import StoreOf
from app.web.schemas import Paged

__all__ = ["router"]

router = APIRouter(tags=["actors"])


@router.get("/actors", summary="Actors by name or alias, most claims first")
def list_actors(
    *,
    request: Request,
    response: Response,
    store: StoreOf,
    q: Words = "",
    kind: Annotated[
        Literal["person", "organisation", "state", "treaty"] | None, Query(description="Only these.")
    ] = None,
    order: ActorOrder = "claims",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Paged[ActorCard]:
    found = store.library.actors(q=q.strip(), kind=kind, order=order, cursor=cursor, limit=limit)
    link_pages(request, response, found.next, found.previous)
    return Paged(items=found.items, total=found.total, next=found.next)


@router.get("/actors/{key}", summary="Everything said by or about one actor, in order of the date told")
def read_actor(
    *,
    request: Request,
    response: Response,
    store: StoreOf,
    key: Key,
    side: Annotated[Literal["all", "by", "about"], Query(description="Said by the actor, or about it.")] = "all",
    outlet: Outlet = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> ActorView:
    """`said` is one page of a list; follow `said.next` or the `Link` header."""
    found = store.library.actor(key, side=side, outlet=outlet, cursor=cursor, limit=limit)
    link_pages(request, response, found.said.next, found.said.previous)
    return found


@router.get("/actors/{key}/positions", summary="Where an actor stood on each matter over time, as each outlet has it")
def list_positions(store: StoreOf, key: Key) -> Paged[PositionView]:
    """In order of time inside each `matter`, matters by their first day. `changed` marks a stance that is not the clear one
    before it; `day` is when it was said, as the claim tells, else when it was published.
    """
    found = store.library.positions(key)
    return Paged(items=found, total=len(found))
