from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from app.core.records import Dimension
from app.store.views import ChangeView, ReviewedView
from app.web.api.parameters import Actor, Cursor, Limit, Outlet, Story, link_pages
from app.web.dependencies import StoreOf
from app.web.schemas import Paged, QueuePage

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
    assigned: Annotated[str | None, Query(max_length=100, description="Only what this person looks into.")] = None,
    work: Annotated[
        Literal["open", "in work", "done"] | None, Query(description="Only rows the work on which is this far.")
    ] = None,
    outlet: Outlet = None,
    dimension: Annotated[Dimension | None, Query(description="Only rows that differ in this.")] = None,
    likely: Annotated[float | None, Query(ge=0, le=1, description="Least probability of the verdict.")] = None,
    order: Literal["undecided", "likely", "unlikely"] = "undecided",
    cursor: Cursor = None,
    limit: Limit = 20,
) -> QueuePage:
    found = store.rows.conflicts(
        state=state,
        story=story,
        outlet=outlet,
        dimension=dimension,
        likely=likely,
        order=order,
        assigned=assigned,
        work=work,
        cursor=cursor,
        limit=limit,
    )
    link_pages(request, response, found.next, found.previous)
    waiting = tuple(slug for slug in store.articles.stale_stories() if story in (None, slug))
    return QueuePage(items=found.items, total=found.total, next=found.next, waiting=waiting)


@router.get("/changes", summary="Conflicts by when they were first seen, the latest first")
def list_changes(
    store: StoreOf, story: Story = None, actor: Actor = None, outlet: Outlet = None, limit: Limit = 50
) -> Paged[ChangeView]:
    """What the Atom feeds tell. `seen` stays when rows are made anew; a conflict dismissed is left out."""
    found = store.rows.changes(story, actor, limit, outlet=outlet)
    return Paged(items=found, total=len(found))


@router.get("/reviewed", summary="How often the machine was right where somebody looked")
def read_reviewed(store: StoreOf) -> ReviewedView:
    """Each row counts once, by the last word on it. No share is given where nobody looked."""
    return store.review.reviewed()
