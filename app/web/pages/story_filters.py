"""What a reader chose on the story page, read from the address: which rows, which outlets, how strict, in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from app.core.records import Status
from app.store import Filters as Asked
from app.store import Store
from app.store.views import StoryView
from app.web.pages.fields import DateField, choice_of, day_range
from app.web.words import WORDS

__all__ = ["TypedFilters", "filters_of", "found", "rows_asked"]

MOST_OUTLETS = 60
"""Outlets that an address may name."""


@dataclass(frozen=True, slots=True)
class TypedFilters:
    """What the reader chose, as typed. `status` is "" for all; `strictness` None for the usual one."""

    status: str
    outlet: str
    actor: str
    since: DateField
    until: DateField
    date_of: str
    only: bool
    sort: str
    outlets: tuple[str, ...]
    strictness: float | None

    @property
    def any(self) -> bool:
        """Whether anything but the order was chosen."""
        return bool(self.status or self.narrowed or self.outlets or self.strictness is not None)

    @property
    def narrowed(self) -> bool:
        """Whether rows are left out by what they tell, whatever their verdict."""
        return bool(self.outlet or self.actor or self.since.raw or self.until.raw or self.only)

    @property
    def wrong(self) -> bool:
        return bool(self.since.error or self.until.error)


def filters_of(
    status: str = "",
    outlet: Annotated[str, Query(max_length=200)] = "",
    actor: Annotated[str, Query(max_length=200)] = "",
    since: Annotated[str, Query(alias="from")] = "",
    until: Annotated[str, Query(alias="to")] = "",
    date_of: str = "event",
    only: str = "",
    sort: str = "matter",
    outlets: Annotated[list[str] | None, Query()] = None,
    strictness: str = "",
) -> TypedFilters:
    """From the address; an address typed wrong still shows a page. `outlets` may be repeated or parted by commas."""
    a, b = day_range(since, until)
    named = [key.strip() for part in outlets or () for key in part.split(",")]
    return TypedFilters(
        status=choice_of(status, [s.value for s in Status], ""),
        outlet=outlet,
        actor=actor,
        since=a,
        until=b,
        date_of=choice_of(date_of, WORDS.date_of, "event"),
        only=only.strip() == "1",
        sort=choice_of(sort, WORDS.sort, "matter"),
        outlets=tuple(dict.fromkeys(key for key in named if key))[:MOST_OUTLETS],
        strictness=_probability(strictness),
    )


def _probability(text: str) -> float | None:
    """A number of 0 to 1; None for what is none.

    >>> _probability("0.5"), _probability(""), _probability("nan"), _probability("7")
    (0.5, None, None, None)
    """
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0.0 <= value <= 1.0 else None


def rows_asked(filters: TypedFilters, *, usual: bool = False) -> Asked:
    """What the store is asked for; `usual`: as if no strictness had been chosen."""
    return Asked(
        filters.status or None,
        filters.outlet or None,
        filters.actor or None,
        filters.since.value,
        filters.until.value,
        "published" if filters.date_of == "published" else "event",
        filters.only,
        filters.sort,
        None if usual else filters.strictness,
        filters.outlets,
    )


def found(
    store: Store, slug: str, filters: TypedFilters, cursor: str | None, limit: int, *, usual: bool = False
) -> StoryView:
    """The story under these filters."""
    return store.rows.story_of(slug, rows_asked(filters, usual=usual), cursor=cursor, limit=limit)
