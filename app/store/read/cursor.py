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
    """An order by columns, all in one direction, the last of them unique. Types are those of the key's values."""

    columns: tuple[str, ...]
    types: tuple[type, ...]
    descending: bool = False

    def page(
        self,
        cursor: str | None,
        limit: int,
        fetch: Callable[[str, dict[str, object]], Sequence[Any]],
        key: Callable[[Any], tuple[Any, ...]],
    ) -> Window:
        """`fetch(tail, values)` runs the list's SQL with `tail` (AND ... ORDER BY ... LIMIT) appended."""
        if not 1 <= limit <= MOST:
            raise BadInput(f"a page holds 1 to {MOST} rows.", where="limit")
        forward, at = self._read(cursor)
        names = ", ".join(self.columns)
        more = forward != self.descending
        tail, values = "", {}
        if at is not None:
            tail = f" AND ({names}) {'>' if more else '<'} ({', '.join(f':key{i}' for i in range(len(at)))})"
            values = {f"key{i}": v for i, v in enumerate(at)}
        direction = "ASC" if more else "DESC"
        tail += " ORDER BY " + ", ".join(f"{c} {direction}" for c in self.columns) + " LIMIT :page_rows"
        rows = list(fetch(tail, {**values, "page_rows": limit + 1}))
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

    def pick(
        self, cursor: str | None, limit: int, rows: Sequence[Any], key: Callable[[Any], tuple[Any, ...]]
    ) -> Window:
        """The same page of a list that is in memory; `rows` in the order of their keys."""

        def fetch(_tail: str, values: dict[str, object]) -> Sequence[Any]:
            forward, at = self._read(cursor)
            more = [r for r in rows if at is None or (key(r) > at if forward else key(r) < at)]
            return (more if forward else more[::-1])[: int(str(values["page_rows"]))]

        return self.page(cursor, limit, fetch, key)

    def _write(self, way: str, key: tuple[Any, ...]) -> str:
        raw = json.dumps([way, *key], ensure_ascii=False, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")

    def _read(self, cursor: str | None) -> tuple[bool, tuple[Any, ...] | None]:
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
        if way not in ("next", "previous") or not fits or big:
            raise BadInput("this is no cursor of this list.", where="cursor")
        return way == "next", tuple(key)
