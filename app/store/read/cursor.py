"""Lists by keyset: a cursor names the row it stands at, so pages neither skip nor repeat when rows come and go.

A cursor is opaque to readers: base64 of JSON, the direction and the key of the row. What is no cursor raises `BadInput`.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from app.errors import BadInput

__all__ = ["MOST", "Keyset", "Window"]

T = TypeVar("T")
Key = tuple[Any, ...]
MOST = 500
"""Rows one page may ask for."""


@dataclass(frozen=True, slots=True)
class Window:
    """One page of a list: its rows and the cursors beside it."""

    rows: tuple[Any, ...]
    next: str | None
    previous: str | None


@dataclass(frozen=True, slots=True)
class Keyset:
    """An order by columns, all in one direction, the last of them unique. Types are those of the key's values.

    `name` sets it apart from other orders of the same list: a cursor says which order it is of (`made`).
    """

    columns: tuple[str, ...]
    types: tuple[type | tuple[type, ...], ...]
    descending: bool = False
    name: str = ""

    def page(
        self,
        cursor: str | None,
        limit: int,
        fetch: Callable[[str, dict[str, object]], Sequence[Any]],
        key: Callable[[Any], Key],
    ) -> Window:
        """`fetch(tail, values)` runs the list's SQL with `tail` (AND ... ORDER BY ... LIMIT) appended."""

        def walk(at: Key | None, forward: bool, most: int) -> Sequence[Any]:
            after, order, values = self.clauses(at, forward=forward)
            tail = f"{f' AND {after}' if at is not None else ''} ORDER BY {order} LIMIT :page_rows"
            return fetch(tail, {**values, "page_rows": most})

        return self.walked(cursor, limit, walk, key)

    def clauses(self, at: Key | None, *, forward: bool) -> tuple[str, str, dict[str, object]]:
        """What comes after a key, or before it, as SQL: a condition, an order, and the condition's values."""
        more = forward != self.descending
        order = ", ".join(f"{c} {'ASC' if more else 'DESC'}" for c in self.columns)
        if at is None:
            return "1 = 1", order, {}
        keys = ", ".join(f":key{i}" for i in range(len(at)))
        values = {f"key{i}": v for i, v in enumerate(at)}
        return f"({', '.join(self.columns)}) {'>' if more else '<'} ({keys})", order, values

    def pick(self, cursor: str | None, limit: int, rows: Sequence[Any], key: Callable[[Any], Key]) -> Window:
        """The same page of a list that is in memory; `rows` in the order of their keys."""

        def walk(at: Key | None, forward: bool, most: int) -> Sequence[Any]:
            more = [r for r in rows if at is None or (key(r) > at if forward else key(r) < at)]
            return (more if forward else more[::-1])[:most]

        return self.walked(cursor, limit, walk, key)

    def walked(
        self,
        cursor: str | None,
        limit: int,
        walk: Callable[[Key | None, bool, int], Sequence[Any]],
        key: Callable[[Any], Key],
    ) -> Window:
        """A page of whatever can be walked: `walk(key, forward, most)` gives so many rows beyond a key, in the order walked."""
        if not 1 <= limit <= MOST:
            raise BadInput(f"a page holds 1 to {MOST} rows.", where="limit")
        forward, at = self._read(cursor)
        rows = list(walk(at, forward, limit + 1))
        over, rows = len(rows) > limit, rows[:limit]
        if not forward:
            rows.reverse()
        has_next = over if forward else at is not None
        has_previous = at is not None if forward else over
        return Window(
            tuple(rows),
            self._write("next", key(rows[-1])) if rows and has_next else None,
            self._write("previous", key(rows[0])) if rows and has_previous else None,
        )

    def made(self, cursor: str | None) -> bool:
        """Whether a cursor is of this order."""
        if not cursor:
            return False
        try:
            self._read(cursor)
        except BadInput:
            return False
        return True

    def _write(self, way: str, key: Key) -> str:
        raw = json.dumps([way + self.name, *key], ensure_ascii=False, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")

    def _read(self, cursor: str | None) -> tuple[bool, Key | None]:
        if not cursor:
            return True, None
        try:
            raw = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
            way, *key = json.loads(raw)
        except (ValueError, TypeError, binascii.Error, RecursionError):
            raise BadInput("this is no cursor of this list.", where="cursor") from None
        fits = len(key) == len(self.types) and all(
            isinstance(v, t) and not isinstance(v, bool) for v, t in zip(key, self.types, strict=False)
        )
        big = any(isinstance(v, int) and abs(v) >= 2**63 for v in key)
        if way not in (f"next{self.name}", f"previous{self.name}") or not fits or big:
            raise BadInput("this is no cursor of this list.", where="cursor")
        return way == f"next{self.name}", tuple(key)
