from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field, model_validator

from app import correcting, rereading
from app.core.records import ActorKind
from app.correcting import Corrected, follow
from app.errors import BadInput
from app.roles import Act
from app.store.views import CorrectionView
from app.web.api.parameters import Cursor, Id, Key, Limit, link_pages
from app.web.dependencies import HandsOf, Reviewer, StoreOf, Writable, may
from app.web.schemas import Paged, SentBody

__all__ = ["router"]

router = APIRouter(tags=["corrections"])


class ArticleChange(SentBody):
    """Fields to correct; those left out stay. `published` and `url`: "" for none. `bylines`: parted by semicolons.

    `story` moves the article into that story, `new_story` into a new one of that title.
    """

    headline: str | None = Field(default=None, max_length=500)
    outlet: str | None = Field(default=None, max_length=200)
    bylines: str | None = Field(default=None, max_length=2000)
    published: str | None = Field(default=None, max_length=10, examples=["2019-11-26"])
    url: str | None = Field(default=None, max_length=2000)
    story: str | None = Field(default=None, max_length=200)
    new_story: str | None = Field(default=None, max_length=200)

    @model_validator(mode="after")
    def _something(self) -> ArticleChange:
        if not self.model_fields_set:
            raise ValueError("nothing is given to correct")
        return self


class ClaimChange(SentBody):
    """Fields to correct; those left out stay. `speaker`: a key or a name, "" for the outlet's own voice; of somebody new `kind` too.

    `date`: a day, month or year, "" for none. `words`: what the claim is, as it stands in the article. `aside`: it is no claim.
    """

    speaker: str | None = Field(default=None, max_length=200)
    kind: ActorKind | None = None
    date: str | None = Field(default=None, max_length=10, examples=["2019-11-26", "2019-11"])
    words: str | None = Field(default=None, max_length=5000)
    aside: Literal[True] | None = None

    @model_validator(mode="after")
    def _something(self) -> ClaimChange:
        if not self.model_fields_set - {"kind"}:
            raise ValueError("nothing is given to correct")
        return self


class StoryChange(SentBody):
    title: str = Field(min_length=1, max_length=200)


class Merging(SentBody):
    into: str = Field(min_length=1, max_length=200, description="The slug of the story whose address answers for both.")


class Splitting(SentBody):
    articles: tuple[int, ...] = Field(min_length=1, max_length=1000, description="Those that get a story of their own.")
    title: str = Field(default="", max_length=200, description="Of the new story; else the headline of the first.")


class Proposed(SentBody):
    title: str | None


class Read(SentBody):
    """`changed`: whether the reading differs from the one kept before."""

    changed: bool


@router.get("/corrections", summary="What people corrected, the latest first")
def list_corrections(
    *,
    request: Request,
    response: Response,
    store: StoreOf,
    article: Annotated[int | None, Query(ge=1, le=2**63 - 1, description="Of this article.")] = None,
    story: Annotated[str | None, Query(max_length=200, description="Of this story and its articles.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Paged[CorrectionView]:
    """Those that were undone are among them."""
    found = store.corrections.corrections(
        article=article, story=story, cursor=cursor, limit=limit, every_word=may(request, Act.CORRECT)
    )
    link_pages(request, response, found.next, found.previous)
    return Paged(items=found.items, total=found.total, next=found.next)


@router.delete("/corrections/{correction_id}", summary="Undo a correction", dependencies=[Writable])
def undo(
    store: StoreOf,
    hands: HandsOf,
    by: Reviewer,
    correction_id: Id,
    whose: Annotated[str | None, Query(max_length=100, description="Whose it is, if not your own.")] = None,
) -> Corrected:
    """What was deleted is there again, what moved is where it was. Undoing twice is undoing once."""
    return follow(store, store.corrections.undo_correction(correction_id, by=by, whose=whose), hands)


@router.patch("/articles/{article_id}", summary="Correct an article, or move it", dependencies=[Writable])
def correct_article(store: StoreOf, hands: HandsOf, by: Reviewer, article_id: Id, body: ArticleChange) -> Corrected:
    """What is so already changes nothing. An article whose headline or date changed is read anew; its story is compared again."""
    given = body.model_dump(exclude_unset=True, exclude={"story", "new_story"})
    changes = correcting.typed_changes({k: v or "" for k, v in given.items()})
    if not changes and not (body.story or body.new_story):
        raise BadInput("a story to move it to is needed.", where="story")
    done = []
    if body.story or body.new_story:  # first: a story that is not there changes nothing
        done.append(store.corrections.move_article(article_id, story=body.story, title=body.new_story, by=by))
    if changes:
        done.insert(0, store.corrections.correct_article(article_id, changes, by=by))
    every = [follow(store, one, hands) for one in done]
    return Corrected(
        [c for one in every for c in one.corrections],
        sum(one.read for one in every),
        list(dict.fromkeys(s for one in every for s in one.stories)),
        list(dict.fromkeys(s for one in every for s in one.waiting)),
    )


@router.patch("/claims/{claim_id}", summary="Correct a claim, or set it aside", dependencies=[Writable])
def correct_claim(store: StoreOf, hands: HandsOf, by: Reviewer, claim_id: Id, body: ClaimChange) -> Corrected:
    """It holds for every statement of the article in the same words, and in every later reading. Undone by `DELETE /corrections/{id}`."""
    given = body.model_dump(exclude_unset=True)
    changes = correcting.claim_changes_of({k: str(v or "") for k, v in given.items()})
    return follow(store, store.corrections.correct_claim(claim_id, changes, by=by), hands)


@router.delete("/articles/{article_id}", summary="Delete an article", dependencies=[Writable])
def delete_article(store: StoreOf, hands: HandsOf, by: Reviewer, article_id: Id) -> Corrected:
    """It stands nowhere until that is undone (`DELETE /corrections/{id}`); nothing of it is lost."""
    return follow(store, store.corrections.delete_article(article_id, by=by), hands)


@router.post("/articles/{article_id}/readings", summary="Read an article anew", dependencies=[Writable])
def read_anew(store: StoreOf, hands: HandsOf, article_id: Id) -> Read:
    """Its words as they are kept, by the reader of now; what people corrected stays."""
    store.library.article(article_id)
    return Read(changed=bool(rereading.reread(store, [article_id], hands=hands).changed))


@router.get("/stories/{slug}/title", summary="A title that is no outlet's")
def propose_title(store: StoreOf, slug: Key) -> Proposed:
    """Made of what the articles share; null where they share too little."""
    return Proposed(title=correcting.proposed_title(store, store.rows.named(slug).slug))


@router.patch("/stories/{slug}", summary="Rename a story", dependencies=[Writable])
def rename_story(store: StoreOf, hands: HandsOf, by: Reviewer, slug: Key, body: StoryChange) -> Corrected:
    """Its address stays."""
    return follow(store, store.corrections.rename_story(slug, body.title, by=by), hands)


@router.delete("/stories/{slug}", summary="Delete a story with its articles", dependencies=[Writable])
def delete_story(store: StoreOf, hands: HandsOf, by: Reviewer, slug: Key) -> Corrected:
    return follow(store, store.corrections.delete_story(slug, by=by), hands)


@router.post("/stories/{slug}/merge", summary="Merge a story into another", dependencies=[Writable])
def merge_stories(store: StoreOf, hands: HandsOf, by: Reviewer, slug: Key, body: Merging) -> Corrected:
    """Its old address leads to the other one from then on."""
    return follow(store, store.corrections.merge_stories(slug, body.into, by=by), hands)


@router.post("/stories/{slug}/split", summary="Split articles off into a new story", dependencies=[Writable])
def split_story(store: StoreOf, hands: HandsOf, by: Reviewer, slug: Key, body: Splitting) -> Corrected:
    return follow(store, store.corrections.split_story(slug, body.articles, body.title, by=by), hands)
