"""What of a story a reader asked for, checked: the URL's words as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from app.core.records import Status
from app.core.thresholds import ROW_SCORE_SHOWN
from app.errors import BadInput
from app.store.sql import ask, listed
from app.store.views import OutletView

__all__ = ["EVERY_ROW", "FACETS", "HAS_OUTLET", "Filters", "ViewOptions", "asked_look", "sort_of", "status_of"]

FACETS = 40
HAS_OUTLET = """EXISTS (SELECT 1 FROM alignment_members JOIN claims ON claims.id = alignment_members.claim_id
    JOIN standing_articles AS articles ON articles.id = claims.article_id JOIN outlets ON outlets.id = articles.outlet_id
    WHERE alignment_members.alignment_id = alignments.id AND alignment_members.shown = 1 AND outlets.key = :outlet)"""
"""A condition on `alignments`: the outlet `:outlet` has a claim in the row."""
SORTS = {"matter": "sort_matter", "event": "sort_event", "reading": "sort_reading"}


@dataclass(frozen=True, slots=True)
class Filters:
    """What of a story is shown; see `Store.rows.story`."""

    status: Status | str | None = None
    outlet: str | None = None
    actor: str | None = None
    since: date | None = None
    until: date | None = None
    date_of: str = "event"
    only_differences: bool = False
    sort: str = "matter"
    strictness: float | None = None
    outlets: tuple[str, ...] = ()


EVERY_ROW = Filters()


def status_of(value: Status | str | None) -> Status | None:
    if value is None or value == "":
        return None
    try:
        return Status(value)
    except ValueError:
        raise BadInput(
            f"there is no status {value!r}.", where="status", mend=f"Use one of {', '.join(Status)}."
        ) from None


def sort_of(filters: Filters) -> str:
    """The column that rows are sorted by."""
    if filters.sort not in SORTS:
        raise BadInput(
            f"rows are not sorted by {filters.sort!r}.", where="sort", mend=f"Use one of {', '.join(SORTS)}."
        )
    return SORTS[filters.sort]


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """A look that is not the usual one. `outlets`: those side by side, in the order asked for; () for all."""

    strictness: float
    outlets: tuple[OutletView, ...]


def asked_look(connection: Connection, filters: Filters) -> ViewOptions | None:
    """None for the usual look. Raises `BadInput` for a strictness that is no probability and an outlet nobody knows."""
    strictness = ROW_SCORE_SHOWN if filters.strictness is None else filters.strictness
    if not 0 <= strictness <= 1:
        raise BadInput("strictness is a number from 0 to 1.", where="strictness")
    keys = tuple(dict.fromkeys(key for key in filters.outlets if key))
    if not keys and strictness == ROW_SCORE_SHOWN:
        return None
    found = ask(connection, _OUTLETS, words=listed(keys))
    known = {r["key"]: OutletView(r["key"], r["name"], r["country"]) for r in found}
    unknown = [key for key in keys if key not in known]
    if unknown:
        raise BadInput(f"there is no outlet {unknown[0]!r}.", where="outlets", mend="Choose among those of the story.")
    return ViewOptions(strictness, tuple(known[key] for key in keys))


_OUTLETS = "SELECT outlets.* FROM words_of(:words) AS wanted JOIN outlets ON outlets.key = wanted.value"
