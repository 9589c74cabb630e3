from __future__ import annotations

from fastapi import APIRouter, Request, Response

from app.store.views import ChainView, Query
from app.web.api.parameters import (
    Actor,
    Cursor,
    DateOf,
    Id,
    Limit,
    Outlet,
    Relation,
    Since,
    Story,
    Until,
    Words,
    check_window,
    link_pages,
)
from app.web.dependencies import StoreOf
from app.web.schemas import ClaimPage

__all__ = ["router"]

router = APIRouter(tags=["claims"])


@router.get("/claims", summary="Search claims by words, actor, dates, outlet, relation and story")
def search_claims(
    *,
    request: Request,
    response: Response,
    store: StoreOf,
    q: Words = "",
    actor: Actor = None,
    since: Since = None,
    until: Until = None,
    date_of: DateOf = "event",
    outlet: Outlet = None,
    relation: Relation = None,
    story: Story = None,
    cursor: Cursor = None,
    limit: Limit = 20,
) -> ClaimPage:
    """Best match first; without words in order of date. `from` and `to` are inclusive; a month counts if it overlaps."""
    check_window(since, until)
    query = Query(q.strip(), actor, since, until, date_of, outlet, relation, story)
    found = store.library.search(query, cursor=cursor, limit=limit)
    link_pages(request, response, found.hits.next, found.hits.previous)
    return ClaimPage(
        items=found.hits.items,
        total=found.hits.total,
        next=found.hits.next,
        actors=found.actors,
        outlets=found.outlets,
        relations=found.relations,
        stories=found.stories,
        meant=found.meant,
    )


@router.get("/claims/{claim_id}/chain", summary="Who reports a claim from whom")
def read_chain(store: StoreOf, claim_id: Id) -> ChainView:
    """From the outlet inwards: agency or outlet cited, then the speakers, each edge with its words."""
    return store.rows.chain(claim_id)
