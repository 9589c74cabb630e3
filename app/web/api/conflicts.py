from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from app.store.views import ConflictView
from app.web.api.parameters import Cursor, Limit, Story, link_pages
from app.web.dependencies import StoreOf
from app.web.schemas import Paged

__all__ = ["router"]

router = APIRouter(tags=["review"])


@router.get("/conflicts", summary="The review queue: rows in conflict or flagged, undecided first")
def list_conflicts(
    *,
    request: Request,
    response: Response,
    store: StoreOf,
    state: Annotated[
        Literal["open", "confirmed", "dismissed"] | None, Query(description="Only flags of this state.")
    ] = None,
    story: Story = None,
    cursor: Cursor = None,
    limit: Limit = 20,
) -> Paged[ConflictView]:
    found = store.conflicts(state=state, story=story, cursor=cursor, limit=limit)
    link_pages(request, response, found.next, found.previous)
    return Paged(items=found.items, total=found.total, next=found.next)
