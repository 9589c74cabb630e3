"""Search: what is asked for and what is found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.core.records import Span
from app.store.views.basics import Facet, Slice, StoryRef
from app.store.views.claims import ClaimView

__all__ = ["Hit", "Query", "SearchView"]


@dataclass(frozen=True, slots=True)
class Query:
    """What a reader searches for: the URL in one value. Dates are inclusive; `date_of` says which date they mean."""

    q: str = ""
    actor: str | None = None
    since: date | None = None  # URL and API name: from
    until: date | None = None  # URL and API name: to
    date_of: str = "event"  # event | published
    outlet: str | None = None
    relation: str | None = None  # a Status
    story: str | None = None
    came_after: datetime | None = None  # only what articles first stated here after that moment


@dataclass(frozen=True, slots=True)
class Hit:
    claim: ClaimView
    marked: tuple[Span, ...]  # offsets into claim.text of the words found
    story: StoryRef


@dataclass(frozen=True, slots=True)
class SearchView:
    """Not `exact`: there are more than `hits.total`, and what each facet counts is of so many, the first of them."""

    query: Query
    hits: Slice[Hit]
    actors: tuple[Facet, ...]
    outlets: tuple[Facet, ...]
    relations: tuple[Facet, ...]
    stories: tuple[Facet, ...]
    exact: bool = True
    meant: str | None = None  # the question with its misspelt words mended, where it found nothing and that would
