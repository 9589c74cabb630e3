# ruff: noqa: S608 - statements are put together from constants; every value is bound
"""What the lists of stories, articles, actors and outlets share: what is asked of one, its orders, a page and its total.

A list is a SELECT whose columns can be asked for and sorted by (`Listing.rows`); conditions name them as `listed.*`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection

from app.errors import BadInput
from app.store.read.cursor import Keyset, Window
from app.store.sql import ask
from app.store.views import Facet

__all__ = ["ORDERS", "SIZES", "ListWanted", "Listing", "facets", "order_of"]

_NAME = Keyset(("listed.name", "listed.id"), (str, int))


def _most(column: str) -> Keyset:
    return Keyset((f"listed.{column}", "listed.id"), (int, int), descending=True)


def _latest(column: str) -> Keyset:
    return Keyset((f"listed.{column}", "listed.id"), (str, int), descending=True)


ORDERS: Mapping[str, Mapping[str, Keyset]] = {
    "stories": {
        "newest": _latest("newest"),
        "changed": _latest("changed_at"),
        "conflicts": _most("conflicts"),
        "articles": _most("articles"),
        "name": _NAME,
    },
    "articles": {
        "newest": _latest("published_key"),
        "oldest": Keyset(("listed.day", "listed.id"), (str, int)),
        "name": _NAME,
    },
    "actors": {"claims": _most("claims"), "name": _NAME},
    "outlets": {"articles": _most("articles"), "newest": _latest("newest"), "name": _NAME},
}
"""The orders of each list by name, the usual one first."""
SIZES = ("one", "many")
"""Stories by the number of their articles."""


@dataclass(frozen=True, slots=True)
class ListWanted:
    """What of a list is asked for: words of its titles or names, an order, and what that list can be narrowed by."""

    q: str = ""
    order: str | None = None
    outlet: str | None = None
    story: str | None = None
    relation: str | None = None  # a Status
    size: str | None = None  # one of SIZES
    kind: str | None = None  # an ActorKind
    country: str | None = None
    since: date | None = None
    until: date | None = None

    def but(self, name: Literal["outlet", "story", "relation", "kind", "country"]) -> ListWanted:
        """The same without one filter: what that filter's own choices are counted under."""
        nothing: dict[str, Any] = {name: None}
        return replace(self, **nothing)


def order_of(listed: str, order: str | None) -> Keyset:
    orders = ORDERS[listed]
    if order and order not in orders:
        raise BadInput(
            f"{listed} are not ordered by {order!r}.", where="order", mend=f"Use one of {', '.join(orders)}."
        )
    return orders[order] if order else next(iter(orders.values()))


@dataclass(frozen=True, slots=True)
class Listing:
    """`rows`: the SELECT of everything there is; `where`: conditions on it under the filters, with their `values`."""

    rows: str
    where: str
    values: Mapping[str, object]

    def page(self, connection: Connection, order: Keyset, cursor: str | None, limit: int) -> Window:
        return order.page(
            cursor,
            limit,
            lambda tail, at: self.ask(connection, "SELECT *", tail, **at),
            lambda r: tuple(r[c.removeprefix("listed.")] for c in order.columns),
        )

    def total(self, connection: Connection) -> int:
        return int(self.ask(connection, "SELECT count(*) AS n")[0]["n"])

    def ask(self, connection: Connection, select: str, tail: str = "", **values: object) -> list[Mapping[str, Any]]:
        return ask(
            connection, f"{select} FROM ({self.rows}) AS listed WHERE {self.where}{tail}", **self.values, **values
        )


def facets(connection: Connection, listing: Listing, join: str, value: str, label: str, most: int) -> tuple[Facet, ...]:
    """What a list can be narrowed to by one filter, with how many would be left; `listing` is without that filter."""
    found = ask(
        connection,
        f"""SELECT {value} AS value, {label} AS label, count(DISTINCT listed.id) AS n
        FROM ({listing.rows}) AS listed {join} WHERE {listing.where}
        GROUP BY 1, 2 ORDER BY n DESC, label, value LIMIT {most}""",
        **listing.values,
    )
    return tuple(Facet(r["value"], r["label"], r["n"]) for r in found)
