# ruff: noqa: S608 - statements are put together from constants; every value is bound
"""What a search finds, however much is kept: up to `COUNTED` claims to the last one and in their best order, beyond that the latest.

The condition that fewest claims meet begins, and the others are tested on what it gives. So a search costs what its narrowest
condition holds, `COUNTED` claims of it at most before the first page stands. Only where each condition alone is met by more than
that, and hardly any claim meets them together, more is looked through.

Orders: up to `COUNTED` claims by how well they match, if no more than that hold the words, else by date. Of more than that the latest
first: kept, published, told of or compared last, as the condition that begins has them. A cursor goes on in the order it is of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, repeat
from typing import Any

from sqlalchemy import Connection

from app.store.read import streams
from app.store.read.cursor import Keyset, Window
from app.store.read.question import CAME, REVISION, Condition, SearchQuestion
from app.store.sql import listed, tuples

__all__ = ["COUNTED", "FoundClaims", "find", "latest"]

COUNTED = 5_000
"""Claims that are counted, ranked and sorted; of more it is said that they are more."""
_STEPS = (800, COUNTED)
"""Claims that are tested at once, the further one has to look the more."""
_BEST = Keyset(("match", "day", "id"), (float, str, int), name=" best")
_DATED = Keyset(("beyond", "day", "id"), (int, str, int), name=" dated")
Place = tuple[float, str, int]


@dataclass(frozen=True, slots=True)
class FoundClaims:
    """`ids`: what is found, in order; not `whole`: the first of what `begins` gives. `rows`: what the whole is ordered by."""

    question: SearchQuestion
    begins: Condition
    ids: Sequence[int]
    whole: bool
    order: Keyset | None = None
    rows: Sequence[Place] = ()

    def page(self, connection: Connection, cursor: str | None, limit: int) -> Window:
        """Rows whose last value is the claim."""
        for condition in (self.begins, *self.question.conditions):
            if condition.stream and condition.stream.order.made(cursor):
                return self._streamed(connection, condition, cursor, limit)
        order = next((o for o in (_BEST, _DATED) if o.made(cursor)), self.order)
        if order is None:
            return self._streamed(connection, self.begins, cursor, limit)
        rows = self.rows
        if order is not self.order:  # there were fewer when its first page was shown, or more
            rows = _sorted(connection, self.question, list(self.every(connection)), order)
        return order.pick(cursor, limit, rows, tuple)

    def every(self, connection: Connection) -> Iterator[int]:
        """All claims found, in order."""
        if self.whole:
            yield from self.ids
        else:
            yield from (key[-1] for key in _walk(connection, self.question, self.begins))

    def _streamed(self, connection: Connection, begins: Condition, cursor: str | None, limit: int) -> Window:
        def walk(at: tuple[Any, ...] | None, forward: bool, most: int) -> Sequence[Any]:
            return list(islice(_walk(connection, self.question, begins, at, forward=forward), most))

        assert begins.stream is not None
        return begins.stream.order.walked(cursor, limit, walk, tuple)


_ALL = Condition("1 = 1", streams.EVERY)


def find(connection: Connection, question: SearchQuestion) -> FoundClaims:
    if question.nothing:
        return FoundClaims(question, _ALL, (), whole=True, order=_DATED)
    firsts = [
        (condition, condition.stream.fetch(connection, question.values, COUNTED + 1))
        for condition in question.conditions
        if condition.stream
    ]
    begins, keys = min(firsts, key=lambda f: len(f[1]), default=(_ALL, None))
    held = next((len(keys) for condition, keys in firsts if condition.stream is streams.WORDS), COUNTED + 1)
    order = _BEST if held <= COUNTED else _DATED
    if keys is None or len(keys) > COUNTED:
        ids = [key[-1] for key in islice(_walk(connection, question, begins), COUNTED + 1)]
        if len(ids) > COUNTED:
            return FoundClaims(question, begins, ids[:-1], whole=False)
        rows = _sorted(connection, question, ids, order)
    else:
        rows = _sorted(connection, question, [key[-1] for key in keys], order, begins)
    return FoundClaims(question, begins, [r[-1] for r in rows], whole=True, order=order, rows=rows)


def _sorted(
    connection: Connection, question: SearchQuestion, ids: Sequence[int], order: Keyset, begins: Condition = _ALL
) -> list[Place]:
    rows = _passing(connection, question, ids, begins, places=f", {question.first}, {question.when}")
    if order is _DATED or not question.wanted:
        return sorted((first, day, i) for i, first, day in rows)
    match = dict(tuples(connection, _MATCH, **question.values))
    return sorted((match[i], day, i) for i, _, day in rows)


_MATCH = "SELECT rowid, bm25(claim_index, 1.0, 0.3, 0.6) FROM claim_index WHERE claim_index MATCH :match"
"""How well claims match the words, the lower the better."""


def _walk(
    connection: Connection,
    question: SearchQuestion,
    begins: Condition,
    at: Sequence[Any] | None = None,
    *,
    forward: bool = True,
) -> Iterator[tuple[Any, ...]]:
    """The keys of a condition's stream whose claims meet every condition."""
    assert begins.stream is not None
    for step in chain(_STEPS, repeat(_STEPS[-1])):
        keys = begins.stream.fetch(connection, question.values, step, at, forward=forward)
        good = {i for (i,) in _passing(connection, question, [key[-1] for key in keys], begins)}
        yield from (key for key in keys if key[-1] in good)
        if len(keys) < step:
            return
        at = keys[-1]


def _passing(
    connection: Connection, question: SearchQuestion, ids: Sequence[int], begins: Condition = _ALL, places: str = ""
) -> list[tuple[Any, ...]]:
    """Those of these claims that stand and meet every condition but the one that they come from, with what they are placed by."""
    tests = [c.test for c in question.conditions if c is not begins or not c.told_by_stream]
    joined = REVISION if any("its." in test for test in (*tests, places)) else ""
    statement = f"""
        SELECT claims.id{places} FROM ids_of(:claims) AS wanted CROSS JOIN claims ON claims.id = wanted.value
        CROSS JOIN standing_articles AS articles ON articles.id = claims.article_id {joined}
        WHERE {" AND ".join(["claims.current = 1", *tests])}"""
    values = {
        **question.values,
        "claims": listed(ids),
        "least": min(ids, default=0),
        "greatest": max(ids, default=0),
    }
    return tuples(connection, statement, **values)


def latest(connection: Connection, question: SearchQuestion, most: int) -> dict[int, str]:
    """What came last of what is found, with when it came: no claim came later than the revision that it stands in."""
    found = find(connection, question)
    if found.whole:
        return _last(_passing(connection, question, found.ids, places=_CAME), most)[1]
    rows: list[tuple[Any, ...]] = []
    at, values = None, {"came_after": "", **question.values}
    for step in chain(_STEPS, repeat(_STEPS[-1])):
        keys = streams.CAME.fetch(connection, values, step, at)
        rows += _passing(connection, question, [key[-1] for key in keys], places=_CAME)
        rows, came = _last(rows, most)
        at = keys[-1] if keys else None
        if len(keys) < step or (len(rows) == most and (rows[-1][1], rows[-1][2], rows[-1][0]) >= keys[-1]):
            break
    return came


_CAME = f", {CAME}, its.id"


def _last(rows: list[tuple[Any, ...]], most: int) -> tuple[list[tuple[Any, ...]], dict[int, str]]:
    latest = sorted(rows, key=lambda r: (r[1], r[2], r[0]), reverse=True)[:most]
    return latest, {i: came for i, came, _ in latest}
