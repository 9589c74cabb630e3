"""What of the review queue is asked for, as SQL, and how many rows each choice would leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from app.core.records import Dimension
from app.errors import BadInput
from app.store.read.cursor import Keyset
from app.store.read.filters import FACETS, HAS_OUTLET
from app.store.sql import ask
from app.store.terms import WORK_STATES
from app.store.views import Facet, QueueCounts

__all__ = ["QUEUE_ORDERS", "Queued", "counts"]

STATES = ("open", "confirmed", "dismissed")
QUEUE_ORDERS = {
    "undecided": Keyset(("alignments.queue_sort",), (str,)),
    "likely": Keyset(("-alignments.probability", "alignments.queue_sort"), (float, str)),
    "unlikely": Keyset(("alignments.probability", "alignments.queue_sort"), (float, str)),
}
"""The usual order first."""
_DIMENSION = "EXISTS (SELECT 1 FROM json_each(alignments.dimensions) AS its WHERE its.value = :dimension)"


@dataclass(frozen=True, slots=True)
class Queued:
    """`outlet` has a claim in the row; `dimension` is one of what differs; `likely`: least probability of the verdict;
    `assigned`: who looks into it; `work`: how far that is.
    """

    state: str | None = None
    story: str | None = None
    outlet: str | None = None
    dimension: str | None = None
    likely: float | None = None
    order: str | None = None
    assigned: str | None = None
    work: str | None = None

    def sort(self) -> Keyset:
        if self.order and self.order not in QUEUE_ORDERS:
            raise BadInput(
                f"the queue is not ordered by {self.order!r}.", where="order", mend=f"Use {', '.join(QUEUE_ORDERS)}."
            )
        return QUEUE_ORDERS[self.order or "undecided"]

    def where(self) -> tuple[str, dict[str, object]]:
        """Conditions to follow those of the queue, with their values."""
        if self.state not in (None, *STATES):
            raise BadInput(f"no conflict is {self.state!r}.", where="state", mend="Use open, confirmed or dismissed.")
        if self.dimension not in (None, *Dimension):
            raise BadInput(
                f"nothing differs in {self.dimension!r}.", where="dimension", mend=f"Use one of {', '.join(Dimension)}."
            )
        if self.work not in (None, *WORK_STATES):
            raise BadInput(f"no work is {self.work!r}.", where="work", mend=f"Use one of {', '.join(WORK_STATES)}.")
        conditions = {
            "state": "alignments.queue_state = :state",
            "story": "stories.slug = :story",
            "outlet": HAS_OUTLET,
            "dimension": _DIMENSION,
            "likely": "alignments.probability >= :likely",
            "assigned": "work.assigned = :assigned",
            "work": "coalesce(work.state, 'open') = :work",
        }
        given: dict[str, object] = {n: getattr(self, n) for n in conditions if getattr(self, n) is not None}
        return "".join(f" AND {conditions[n]}" for n in given), given


def counts(connection: Connection, queue: str, wanted: Queued) -> QueueCounts:
    """`queue`: FROM and WHERE of all that is in it. Each filter's choices are counted under the others."""

    def found(name: str, select: str, join: str = "", tail: str = "GROUP BY 1") -> list[Mapping[str, Any]]:
        nothing: dict[str, Any] = {name: None}
        where, values = replace(wanted, **nothing).where()
        from_, _, condition = queue.partition("WHERE")
        return ask(connection, f"SELECT {select} {from_} {join} WHERE {condition} {where} {tail}", **values)

    def facets(name: str, select: str, join: str = "") -> tuple[Facet, ...]:
        rows = found(name, select, join, f"GROUP BY 1, 2 ORDER BY n DESC, label, value LIMIT {FACETS}")
        return tuple(Facet(r["value"], r["label"], r["n"]) for r in rows)

    # CROSS JOIN: rows of the queue first. Left to choose, SQLite begins with the members of every row there is.
    members = """CROSS JOIN alignment_members ON alignment_members.alignment_id = alignments.id AND alignment_members.shown = 1
        CROSS JOIN claims ON claims.id = alignment_members.claim_id
        CROSS JOIN standing_articles AS articles ON articles.id = claims.article_id
        CROSS JOIN outlets ON outlets.id = articles.outlet_id"""
    # +: by itself the index by state would serve the grouping, and be walked through for all rows that are in no queue.
    return QueueCounts(
        states={r["value"]: r["n"] for r in found("state", "+alignments.queue_state AS value, count(*) AS n")},
        stories=facets("story", "stories.slug AS value, stories.title AS label, count(*) AS n"),
        outlets=facets(
            "outlet", "outlets.key AS value, outlets.name AS label, count(DISTINCT alignments.id) AS n", members
        ),
        dimensions=facets(
            "dimension",
            "its.value AS value, its.value AS label, count(*) AS n",
            "CROSS JOIN json_each(alignments.dimensions) AS its",
        ),
    )
