from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.core.records import Reading
from app.pipeline import Copies
from app.store.views import ArticleRef, ArticleView
from app.web import adding
from app.web.api.parameters import (
    ArticleOrder,
    Cursor,
    Id,
    Limit,
    Outlet,
    Since,
    Story,
    Until,
    Words,
    check_window,
    link_pages,
)
from app.web.dependencies import HandsOf, Reviewer, SettingsOf, StoreOf, Writable
from app.web.schemas import FailedBody, KeptBody, NewArticle, Paged, PreviewBody, PreviewedArticle
from app.web.submitted import submitted_pages
from app.wire import reading_json

__all__ = ["router"]

router = APIRouter(tags=["articles"])


@router.get("/articles", summary="Articles, the latest published first")
def list_articles(
    *,
    request: Request,
    response: Response,
    store: StoreOf,
    q: Words = "",
    story: Story = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    order: ArticleOrder = "newest",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Paged[ArticleRef]:
    """`q`: words of the headline, in any form or as the beginning of one; `from` and `to`: published between, inclusive."""
    check_window(since, until)
    found = store.library.articles(
        q=q.strip(),
        story=story,
        outlet=outlet,
        since=since,
        until=until,
        order=order,
        cursor=cursor,
        limit=limit,
    )
    link_pages(request, response, found.next, found.previous)
    return Paged(items=found.items, total=found.total, next=found.next)


@router.get("/articles/{article_id}", summary="An article's text with its claims and what others say of them")
def read_article(
    store: StoreOf,
    article_id: Id,
    revision: Annotated[int | None, Query(ge=1, le=1_000_000, description="An older version, from 1.")] = None,
) -> ArticleView:
    return store.library.article(article_id, revision=revision)


@router.post("/articles", status_code=201, summary="Add an article", dependencies=[Writable])
def add_article(
    response: Response, store: StoreOf, settings: SettingsOf, hands: HandsOf, by: Reviewer, body: NewArticle
) -> KeptBody:
    """Read, kept, put into its story, and the story's rows made anew. 200 when nothing changed: it was here already.

    A page may hold several articles; one of them that cannot be kept is named in `failed` and does not stop the others.
    """
    copies = Copies(store.now)
    found = adding.read(submitted_pages(adding.given_of(body), settings, hands, copies=copies), hands)
    summary = adding.keep(store, found, hands, by, copies=copies)
    if set(summary.outcomes) == {"same"}:
        response.status_code = 200
    response.headers["location"] = f"/api/v1/articles/{summary.articles[0]}"
    return KeptBody(
        articles=tuple(summary.articles),
        outcomes=dict(summary.outcomes),
        stories=tuple(sorted(summary.stories)),
        waiting=tuple(sorted(summary.waiting)),
        claims=summary.claims,
        failed=tuple(FailedBody(title=e.title, detail=e.what, where=e.where, mend=e.mend) for e in summary.failed),
    )


@router.post("/articles/preview", summary="What would be read of an article", dependencies=[Writable])
def preview_article(store: StoreOf, settings: SettingsOf, hands: HandsOf, body: NewArticle) -> PreviewBody:
    """Nothing is kept. Each article is as `parallax extract` prints it, claims included; `held`: what is kept of it already."""
    found = adding.read(submitted_pages(adding.given_of(body), settings, hands), hands)
    read = [r for r in found if isinstance(r, Reading)]
    held = adding.held_already(store, [r.article for r in read])
    return PreviewBody(
        articles=tuple(PreviewedArticle(**reading_json(r), held=h) for r, h in zip(read, held, strict=True))
    )
