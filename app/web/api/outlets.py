from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.store.read.listing import ListWanted
from app.store.views import OutletCard, OutletPageView
from app.web.api.parameters import Cursor, Key, Limit, OutletOrder, Words, link_pages
from app.web.dependencies import StoreOf
from app.web.schemas import Paged

__all__ = ["router"]

router = APIRouter(tags=["outlets"])


@router.get("/outlets", summary="Outlets that have articles, those of most articles first")
def list_outlets(
    *,
    request: Request,
    response: Response,
    store: StoreOf,
    q: Words = "",
    country: Annotated[str | None, Query(max_length=2, description="ISO 3166 code.", examples=["KR"])] = None,
    order: OutletOrder = "articles",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Paged[OutletCard]:
    found = store.library.outlet_list(ListWanted(q.strip(), order, country=country), cursor=cursor, limit=limit).outlets
    link_pages(request, response, found.next, found.previous)
    return Paged(items=found.items, total=found.total, next=found.next)


@router.get("/outlets/{key}", summary="An outlet: its stories, in which rows it stands, what was not found in it")
def read_outlet(
    *, request: Request, response: Response, store: StoreOf, key: Key, cursor: Cursor = None, limit: Limit = 20
) -> OutletPageView:
    """`stands` counts rows by verdict, and in how many of them its own words are at odds with another's (`party`).

    `left_out` is one page of a list; follow `left_out.next` or the `Link` header.
    """
    found = store.library.outlet(key, cursor=cursor, limit=limit)
    link_pages(request, response, found.left_out.next, found.left_out.previous)
    return found
