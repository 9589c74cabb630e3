"""The rows of a frozen comparison, each read from its own JSON when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, overload

from pydantic import TypeAdapter

from app.core.records import Status
from app.store.row_fingerprint import RowFingerprint
from app.store.views import ArticleRef, CellView, ClaimView, RowView, Silence, SnapshotView

__all__ = ["ARTICLES", "CLAIM", "ROW", "FrozenRows", "rows_frozen"]

ROW = TypeAdapter(RowView)
CLAIM = TypeAdapter(ClaimView)
ARTICLES = TypeAdapter(tuple[ArticleRef, ...])

_JSON = json.JSONDecoder()


class FrozenRows(Sequence[RowView]):
    """The rows that stand in `record[start:end]`. A part of them costs what that part holds; equal to a tuple of the same
    rows. The first that is asked for finds out where each begins.
    """

    def __init__(self, record: str, start: int, end: int, columns: Sequence[ArticleRef]) -> None:
        self._record, self._start, self._end, self._columns = record, start, end, columns
        self._silent: dict[tuple[int, str], CellView] = {}

    def __len__(self) -> int:
        return len(self._found[0])

    @overload
    def __getitem__(self, at: int) -> RowView: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[RowView, ...]: ...
    def __getitem__(self, at: int | slice) -> RowView | tuple[RowView, ...]:
        places = self._found[0]
        if isinstance(at, slice):
            return tuple(self._read(place) for place in places[at])
        return self._read(places[at])

    def __iter__(self) -> Iterator[RowView]:
        return (self._read(place) for place in self._found[0])

    def __eq__(self, other: object) -> bool:
        if isinstance(other, FrozenRows) and other._record == self._record:
            return True
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as any list

    @property
    def row_fingerprints(self) -> Mapping[int, RowFingerprint]:
        """What makes each row this row, by its lasting id."""
        return self._found[1]

    @property
    def words(self) -> int:
        """Flags and decisions in all rows."""
        return self._found[2]

    @cached_property
    def _found(self) -> tuple[tuple[int, ...], Mapping[int, RowFingerprint], int]:
        """Where each row begins, with what can be told of all of them without building one."""
        places, row_fingerprints, words, at = [], {}, 0, self._start
        while at < self._end:
            row, stop = _JSON.raw_decode(self._record, at)
            places.append(at)
            row_fingerprints[row["id"]] = _gist(row)
            words += len(row["flags"]) + len(row["decisions"])
            at = stop + 1  # over the comma
        return tuple(places), row_fingerprints, words

    def _read(self, place: int) -> RowView:
        row, _ = _JSON.raw_decode(self._record, place)
        kept = row["cells"]
        cells = tuple(self._cell(column, kept[str(column.id)]) for column in self._columns)
        row["cells"] = cells
        return ROW.validate_python(row)

    def _cell(self, column: ArticleRef, cell: str | list[dict[str, Any]]) -> CellView:
        if isinstance(cell, str):
            key = (column.id, cell)
            if key not in self._silent:
                self._silent[key] = CellView(column.id, (), Silence(cell))
            return self._silent[key]
        return CellView(column.id, tuple(CLAIM.validate_python({**claim, "article": column}) for claim in cell))


def rows_frozen(frozen: SnapshotView) -> FrozenRows:
    """The rows of a frozen comparison, with what can be told of all of them without building one."""
    rows = frozen.view.rows.items
    assert isinstance(rows, FrozenRows)
    return rows


def _gist(row: Mapping[str, Any]) -> RowFingerprint:
    claims = frozenset(
        (int(article), claim["text"])
        for article, cell in row["cells"].items()
        if not isinstance(cell, str)
        for claim in cell
    )
    return RowFingerprint(
        Status(row["status"]),
        (row["label"], row["summary"], claims),
        (
            frozenset((f["id"], f["state"], f["note"]) for f in row["flags"]),
            frozenset(d["id"] for d in row["decisions"] if not d["undone_at"]),
        ),
    )
