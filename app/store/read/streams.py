# ruff: noqa: S608 - statements are put together from constants; every value is bound
"""Claims that meet one condition, the latest first, as an index gives them: any part of a long list costs what that part holds.

A stream is asked for so many claims beyond a key. It may give some that stand no more; whoever asks tests them (`found.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from app.store.read.cursor import Keyset
from app.store.sql import tuples
from app.store.terms import LONG

__all__ = [
    "CAME",
    "EVERY",
    "OUTLET",
    "PUBLISHED",
    "STATUS",
    "STORY",
    "TOLD",
    "WORDS",
    "Stream",
    "actors_stream",
]

_ARMS = 20
"""Actors whose claims are merged from their indexes; those of more are gathered and sorted."""


@dataclass(frozen=True, slots=True)
class Stream:
    """`sql` gives the order's key and then the claim, with `{after}` and `{order}` where the key's condition and order go."""

    order: Keyset
    sql: str

    def fetch(
        self,
        connection: Connection,
        values: Mapping[str, object],
        most: int,
        at: Sequence[Any] | None = None,
        *,
        forward: bool = True,
    ) -> list[tuple[Any, ...]]:
        """So many keys beyond this one, or from the beginning; the last value of each is the claim's id."""
        after, order, keys = self.order.clauses(None if at is None else tuple(at), forward=forward)
        statement = f"{self.sql.format(after=after, order=order)} LIMIT :most"
        return tuples(connection, statement, **{**values, **keys, "most": most})


def _latest(name: str, columns: Mapping[str, type]) -> Keyset:
    return Keyset(tuple(columns), tuple(columns.values()), descending=True, name=f" {name}")


EVERY = Stream(
    _latest("kept", {"claims.id": int}), "SELECT claims.id FROM claims WHERE +current = 1 AND {after} ORDER BY {order}"
)
WORDS = Stream(
    _latest("kept", {"claim_index.rowid": int}),
    "SELECT claim_index.rowid FROM claim_index WHERE claim_index MATCH :match AND {after} ORDER BY {order}",
)
_BY_ARTICLE = """
    SELECT articles.published_key, articles.id, claims.id
    FROM standing_articles AS articles CROSS JOIN claims ON claims.article_id = articles.id AND claims.current = 1
    WHERE {where} AND {{after}} ORDER BY {{order}}"""
_PUBLISHED = _latest("published", {"articles.published_key": str, "articles.id": int, "claims.id": int})
OUTLET = Stream(
    _PUBLISHED, _BY_ARTICLE.format(where="articles.outlet_id = (SELECT id FROM outlets WHERE key = :outlet)")
)
STORY = Stream(
    _PUBLISHED,
    _BY_ARTICLE.format(where="articles.story_id = (SELECT id FROM standing_stories AS stories WHERE slug = :story)"),
)
PUBLISHED = Stream(_PUBLISHED, _BY_ARTICLE.format(where="articles.published_key BETWEEN :since AND :until"))
STATUS = Stream(
    _latest("row", {"alignments.id": int, "claims.id": int}),
    """SELECT alignments.id, claims.id FROM alignments CROSS JOIN claims ON claims.row_id = alignments.id
    WHERE alignments.shown_status = :status AND {after} ORDER BY {order}""",
)
CAME = Stream(
    _latest("came", {"its.kept_at": str, "its.id": int, "claims.id": int}),
    """SELECT its.kept_at, its.id, claims.id FROM article_revisions AS its CROSS JOIN claims ON claims.revision_id = its.id
    WHERE its.kept_at > :came_after AND {after} ORDER BY {order}""",
)
_A_DATE = """SELECT date_from, date_to, claim_id FROM date_mentions
    WHERE {where} AND {{after}} AND NOT EXISTS (
        SELECT 1 FROM date_mentions AS later WHERE later.claim_id = date_mentions.claim_id
        AND (later.date_from, later.date_to) > (date_mentions.date_from, date_mentions.date_to)
        AND +later.date_from <= :until AND +later.date_to >= :since
    )"""
TOLD = Stream(
    _latest("told", {"date_from": str, "date_to": str, "claim_id": int}),
    f"""{_A_DATE.format(where="date_from BETWEEN :since AND :until")}
    UNION {_A_DATE.format(where="date_from >= :reach AND date_from < :since AND date_to >= :since AND date_to > date_from")}
    UNION {_A_DATE.format(where=f"date_from < :reach AND date_to >= :since AND {LONG}")} ORDER BY {{order}}""",
)
"""By the latest date of each that lies in the days asked for; those that reach into them from up to two years before (`reach`), and longer ones, have indexes of their own."""


def actors_stream(ids: Iterable[int]) -> tuple[Stream, dict[str, object]]:
    """The claims by or about some actors, with the values its statement needs beside `actors`, all of them as JSON."""
    wanted = sorted(ids)
    if len(wanted) <= _ARMS:
        values: dict[str, object] = {f"actor{n}": i for n, i in enumerate(wanted)}
        which = [f"= :actor{n}" for n in range(len(wanted))] or ["IN (NULL)"]
    else:
        values, which = {}, ["IN (SELECT value FROM ids_of(:actors))"]
    arms = [
        f"SELECT claim_id FROM {table} WHERE actor_id {who} AND {{after}}"
        for who in which
        for table in ("attributions", "actor_mentions")
    ]
    return Stream(_latest("kept", {"claim_id": int}), f"{' UNION '.join(arms)} ORDER BY {{order}}"), values
