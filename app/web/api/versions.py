"""What changed in articles after they were published: two versions word by word, the rows that this touched, and the latest changes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from app.core.text import Change, changed_words
from app.store.views import ArticleRef, RevisedView, RevisionView, StoryRef, VersionsView
from app.web.api.parameters import LARGEST_ID, Cursor, Id, Limit, Story, link_pages
from app.web.dependencies import StoreOf
from app.web.schemas import Paged
from app.web.versions_told import TouchedRow, heads_changed, sum_of, touched_rows

__all__ = ["router"]

router = APIRouter(tags=["articles"])
Number = Annotated[int | None, Query(ge=1, le=1_000_000, description="Number of a version, from 1.")]


class HeadChange(BaseModel):
    field: Literal["headline", "byline", "date"]
    changes: tuple[Change, ...]


class VersionsBody(BaseModel):
    """`same` and `out` together are the text before, `same` and `in` the text after, to the letter."""

    article: ArticleRef
    story: StoryRef
    versions: tuple[RevisionView, ...] = Field(description="All that are kept, the oldest first.")
    before: int
    after: int
    say: str = Field(examples=["3 words put in, 1 word taken out"])
    heads: tuple[HeadChange, ...] = Field(description="Headline, byline, date: those that changed.")
    words: tuple[Change, ...]
    rows: tuple[TouchedRow, ...] = Field(
        description="Rows in which statements came or went; `row` is null for those that stand in none any more."
    )

    @classmethod
    def of(cls, view: VersionsView) -> VersionsBody:
        words = changed_words(view.before.text, view.after.text)
        return cls(
            article=view.article,
            story=StoryRef(view.article.story_slug, view.story_title),
            versions=view.revisions,
            before=view.numbers[0],
            after=view.numbers[1],
            say=sum_of(words),
            heads=tuple(HeadChange(field=field, changes=changes) for field, changes in heads_changed(view)),
            words=words,
            rows=touched_rows(view),
        )


class RevisedBody(BaseModel):
    """A version that took another's place. `address` gives what changed."""

    article: ArticleRef
    number: int
    at: datetime
    headline_before: str | None
    headline_after: str | None
    address: str = Field(examples=["/api/v1/articles/4/versions?before=1&after=2"])

    @classmethod
    def of(cls, view: RevisedView) -> RevisedBody:
        place = f"before={view.number - 1}&after={view.number}"
        return cls(
            article=view.article,
            number=view.number,
            at=view.at,
            headline_before=view.before.headline,
            headline_after=view.after.headline,
            address=f"/api/v1/articles/{view.article.id}/versions?{place}",
        )


@router.get("/articles/{article_id}/versions", summary="Two versions of an article, word by word")
def read_versions(store: StoreOf, article_id: Id, before: Number = None, after: Number = None) -> VersionsBody:
    """The newest and the one before it, where no numbers are given. An article of one version is held against itself."""
    return VersionsBody.of(store.library.versions(article_id, before=before, after=after))


@router.get("/versions", summary="Articles that were changed, the latest first")
def list_versions(
    *,
    request: Request,
    response: Response,
    store: StoreOf,
    story: Story = None,
    article: Annotated[int | None, Query(ge=1, le=LARGEST_ID, description="Id of an article.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Paged[RevisedBody]:
    """As the feeds `versions.atom` of a story and of an article tell it, and of all."""
    if story is not None:
        store.rows.named(story)  # what is not there is said
    if article is not None:
        store.library.versions(article)
    found = store.library.revised(story, article, cursor=cursor, limit=limit)
    link_pages(request, response, found.next, found.previous)
    return Paged(items=tuple(map(RevisedBody.of, found.items)), total=found.total, next=found.next)
