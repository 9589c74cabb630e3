"""What people keep watch on: their saved searches, and what came to be found by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.store.views.basics import Slice, StoryRef
from app.store.views.claims import ClaimView
from app.store.views.finding import Hit, Query

__all__ = ["CameView", "SavedSearch", "SavedSearchView"]


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """`looked_at`: when its owner last looked; `fresh`: how many claims came after that, of `total`.

    Not `exact` (`total`), not `fresh_exact`: there are more than that.
    """

    id: int
    name: str
    query: Query
    at: datetime
    looked_at: datetime
    total: int
    fresh: int
    names: Mapping[str, str]  # how those it names by key are called: actor, outlet, story
    removed: bool = False
    exact: bool = True
    fresh_exact: bool = True


@dataclass(frozen=True, slots=True)
class SavedSearchView:
    """One with what came since its owner last looked, in the order of the search; `saved.fresh_exact` says whether that is counted to the end."""

    saved: SavedSearch
    fresh: Slice[Hit]


@dataclass(frozen=True, slots=True)
class CameView:
    """A claim and when the article first stated it here: an entry of a feed."""

    claim: ClaimView
    story: StoryRef
    came: datetime
