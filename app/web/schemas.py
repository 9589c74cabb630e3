"""What the API takes and gives beyond the read models: pages of lists, bodies of writes, the problem document.

The read models of `app/store/views/` are the response models themselves, so their fields are documented once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.core.records import PublishedFrom, Status
from app.core.text import clean
from app.store.views import (
    ArticleRef,
    ConflictView,
    Facet,
    HeldView,
    Hit,
    MatrixCell,
    OutletView,
    RowView,
    StoryRef,
    StoryView,
    TimePoint,
)

__all__ = [
    "ClaimPage",
    "FailedBody",
    "FieldBody",
    "FlagChange",
    "KeptBody",
    "NewArticle",
    "NewDecision",
    "NewFlag",
    "Paged",
    "PreviewBody",
    "PreviewedArticle",
    "ProblemBody",
    "QueuePage",
    "RowPage",
    "StoryBody",
]

T = TypeVar("T")
Note = Field(default="", max_length=2000, description="Why, in a few words.", examples=["Tokyo apologised? See KBS."])


class Paged(BaseModel, Generic[T]):
    """One page of a list. `next` is the cursor of the page after this one, null on the last; `total` counts all."""

    items: tuple[T, ...]
    total: int
    next: str | None = None


class RowPage(Paged[RowView]):
    """Rows of a story. `waiting`: its articles changed since they were made, and are to be compared anew."""

    waiting: bool = False


class QueuePage(Paged[ConflictView]):
    """The review queue. `waiting`: slugs of stories that are not compared yet; what conflicts in them is not here yet."""

    waiting: tuple[str, ...] = ()


class ClaimPage(Paged[Hit]):
    """Claims found, with what they could be narrowed by and how many each choice would leave."""

    actors: tuple[Facet, ...] = ()
    outlets: tuple[Facet, ...] = ()
    relations: tuple[Facet, ...] = ()
    stories: tuple[Facet, ...] = ()
    meant: str | None = Field(
        default=None,
        description="Where nothing was found: the question with its misspelt words mended, if that finds something.",
    )


class StoryBody(BaseModel):
    """A story without its rows, which are at `/stories/{slug}/alignments`."""

    story: StoryRef
    columns: tuple[ArticleRef, ...]
    outlets: tuple[OutletView, ...]
    first: date | None
    last: date | None
    counts: Mapping[Status, int]
    actors: tuple[Facet, ...]
    matrix: tuple[MatrixCell, ...]
    timeline: tuple[TimePoint, ...]
    reader: str
    strictness: float = Field(description="Least probability of the rows counted.")
    strictness_usual: float = Field(description="The one used when none is asked for.")
    strictness_least: float = Field(description="No row is kept below this.")
    chosen: tuple[OutletView, ...] = Field(description="The outlets that stand side by side; empty for all.")
    waiting: bool = Field(
        description="Articles changed since the rows were made and are not compared yet; `columns` say which."
    )

    compared_with: str = Field(
        description="What made the rows: the encoder's name, or 'words alone' without one; empty where it was not told."
    )
    compared_by: str = Field(description="Digest of the rules, words and weights that made the rows.")

    @classmethod
    def of(cls, view: StoryView) -> StoryBody:
        return cls(**{name: getattr(view, name) for name in cls.model_fields})


class SentBody(BaseModel):
    """A body that a client sends: a field it does not know is a mistake worth naming, not one to swallow."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _clean(cls, sent: Any) -> Any:
        """Every text of the body without what no text holds, half a character among it."""
        return {k: clean(v) if isinstance(v, str) else v for k, v in sent.items()} if isinstance(sent, dict) else sent


class NewArticle(SentBody):
    """One of `text` (pasted), `html` (a page's source) or `url` (fetched here); the rest goes before what is found."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "text": "Council approves the bridge\n\nThe council approved the bridge on Monday, the mayor said.",
                    "outlet": "Harbour Gazette",
                    "published": "2024-05-14",
                }
            ]
        }
    )

    text: str | None = Field(default=None, min_length=1)
    html: str | None = Field(default=None, min_length=1)
    url: str | None = Field(default=None, max_length=2048, description="Fetched when neither text nor html is given.")
    headline: str | None = Field(default=None, max_length=500)
    outlet: str | None = Field(default=None, max_length=200)
    published: date | None = None
    story: str | None = Field(default=None, max_length=200, description="Slug or title of the story it belongs to.")

    @model_validator(mode="after")
    def _one_source(self) -> NewArticle:
        if self.text is not None and self.html is not None:
            raise ValueError("give text or html, not both")
        if self.text is None and self.html is None and not self.url:
            raise ValueError("give one of text, html or url")
        return self


class FailedBody(BaseModel):
    title: str
    detail: str
    where: str | None = None
    mend: str | None = None


class KeptBody(BaseModel):
    """What became of the articles of one page, by their ids. An outcome is `new`, `same`, `revised` or `deleted` (not kept: a person deleted it)."""

    articles: tuple[int, ...]
    outcomes: dict[Literal["new", "same", "revised", "deleted"], int]
    stories: tuple[str, ...] = Field(description="Slugs of the stories whose rows were made anew.")
    waiting: tuple[str, ...] = Field(default=(), description="Those of them that are not compared yet.")
    claims: int
    failed: tuple[FailedBody, ...] = ()


class PreviewedArticle(BaseModel):
    """What was understood of one article: the JSON of `parallax extract`."""

    model_config = ConfigDict(extra="allow")

    headline: str | None
    outlet: str | None
    bylines: tuple[str, ...]
    published: date | None
    published_from: PublishedFrom | None
    url: str | None
    language: str
    text: str
    claims: tuple[dict[str, Any], ...]
    held: HeldView | None = Field(
        default=None, description="The article that is kept of it already, and in what it differs."
    )


class PreviewBody(BaseModel):
    articles: tuple[PreviewedArticle, ...]


class NewFlag(SentBody):
    note: str = Note


class FlagChange(SentBody):
    """Confirm or dismiss a flag, or open it again, which undoes either."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "confirmed", "note": "Checked."}]})

    state: Literal["open", "confirmed", "dismissed"]
    note: str | None = Field(default=None, max_length=2000)
    whose: str | None = Field(default=None, max_length=100, description="Whose word is taken back, if not your own.")


class NewDecision(SentBody):
    """A person's change to a row. `value`: the new label or verdict (relabel), the other row's id (merge)."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"kind": "relabel", "value": "diverge", "note": ""}]})

    kind: Literal["confirm", "reject", "merge", "split", "relabel"]
    value: str | None = Field(default=None, max_length=500)
    note: str = Note
    claims: tuple[int, ...] = Field(default=(), max_length=500, description="split: the claims that get their own row.")


class AlikeDecision(SentBody):
    """One word on a row and those alike: `verdict`, or without one that they are right as they are."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"verdict": "diverge", "rows": [], "note": ""}]})

    verdict: Literal["conflict", "diverge", "updated", "agree"] | None = None
    rows: tuple[int, ...] = Field(
        default=(), max_length=99, description="Only these beside it; none: all that are alike."
    )
    note: str = Note


class FieldBody(BaseModel):
    field: str = Field(examples=["query.limit"])
    say: str = Field(examples=["Input should be less than or equal to 200"])


class ProblemBody(BaseModel):
    """RFC 9457. Look at `status` and `title` for the kind of problem; `detail` and `mend` are for people."""

    type: str = Field(default="about:blank")
    title: str = Field(examples=["Not found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["There is no story called budget-2031."])
    instance: str = Field(examples=["/api/v1/stories/budget-2031"])
    request_id: str = Field(examples=["1f0c5ad95be04d8b"])
    mend: str | None = None
    part: str | None = Field(
        default=None, description="What of the server is not ready: `database`, `disk`, or `reading` of articles."
    )
    where: str | None = None
    errors: list[FieldBody] | None = None
