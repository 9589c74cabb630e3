from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from app.core.records import Status
from app.store.views import StoryCard
from app.web.api.parameters import Actor, Cursor, Key, Limit, Outlet, Outlets, StoryOrder, Strictness, Words, link_pages
from app.web.dependencies import StoreOf
from app.web.schemas import Paged, RowPage, StoryBody

__all__ = ["router"]

router = APIRouter(tags=["stories"])
_ALL: list[str] = []


@router.get("/stories", summary="Stories, those that changed last first")
def list_stories(
    *,
    request: Request,
    response: Response,
    store: StoreOf,
    q: Words = "",
    outlet: Outlet = None,
    relation: Annotated[Status | None, Query(description="Only stories that hold a row of this status.")] = None,
    size: Annotated[Literal["one", "many"] | None, Query(description="Stories of one article, or of more.")] = None,
    order: StoryOrder = "changed",
    cursor: Cursor = None,
    limit: Limit = 20,
) -> Paged[StoryCard]:
    """`q`: words of the title, in any form or as the beginning of one."""
    found = store.library.stories(
        q=q.strip(), outlet=outlet, relation=relation, size=size, order=order, cursor=cursor, limit=limit
    )
    link_pages(request, response, found.next, found.previous)
    return Paged(items=found.items, total=found.total, next=found.next)


@router.get("/stories/{slug}", summary="A story: its articles, counts, actors, matrix and time line")
def read_story(store: StoreOf, slug: Key, strictness: Strictness = None, outlets: Outlets = _ALL) -> StoryBody:
    return StoryBody.of(store.rows.story(slug, strictness=strictness, outlets=outlets, limit=1))


@router.get("/stories/{slug}/alignments", summary="A story's rows, conflicts first")
def list_alignments(
    *,
    request: Request,
    response: Response,
    store: StoreOf,
    slug: Key,
    status: Annotated[Status | None, Query(description="Only rows of this status.")] = None,
    outlet: Outlet = None,
    actor: Actor = None,
    strictness: Strictness = None,
    outlets: Outlets = _ALL,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> RowPage:
    """Cells stand in the order of the story's `columns` (ask for it with the same `outlets`); a cell without claims says
    why in `silence`. `origins` are independent of each other: reports that lean on one source are one, with the reason.
    """
    found = store.rows.alignments(
        slug,
        status=status,
        outlet=outlet,
        actor=actor,
        strictness=strictness,
        outlets=outlets,
        cursor=cursor,
        limit=limit,
    )
    link_pages(request, response, found.next, found.previous)
    waiting = slug in store.articles.stale_stories()
    return RowPage(items=found.items, total=found.total, next=found.next, waiting=waiting)
