"""All that is kept goes from one database into another, empty one, whichever engine either is: table by table, as the tables say.

What was copied is read again where it is now and held against what was read: so many rows, and a digest of their values that is the
same whatever keeps them. It all is one transaction: until the end the target is empty, and whatever ends the program leaves it so.
Ids stay what they are, and those given once are not given again. The audit log is a part of it, line by line, and must hold; the copy
leaves no line of its own, for it is to be the same to the letter. The index of words is made anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, bindparam, func, insert, select, text
from sqlalchemy import Table as Columns
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from app.errors import BadInput, Conflicting
from app.places import Place
from app.store import guards, index
from app.store.checks.audit import AUDIT
from app.store.engine import make_engine
from app.store.ready import check_ready
from app.store.schema import is_blank, upgrade
from app.store.tables import Table
from app.store.troubles import troubles_told

__all__ = ["CopiedTable", "copy_store"]

_BLOCK_ROWS, _BLOCK_BYTES = 1000, 4_000_000
"""A block is written when it holds so much: pages as they were fetched are some hundred kilobytes each."""
_FETCHED = 100
_DIGITS = 2**256

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """`digest`: 64 hexadecimal digits of all values of all rows, in whatever order these are kept."""

    name: str
    rows: int
    digest: str


def copy_store(
    source: Place,
    target: Place,
    *,
    begin: Callable[[int], None] = lambda _: None,
    advance: Callable[[int], None] = lambda _: None,
) -> tuple[CopiedTable, ...]:
    """Copy all tables; what each held. `begin` is told how many rows there are, `advance` of each block.

    Raises `DatabaseUnready` where the source, or a target that is there, is missing or of another version, `Conflicting` where the
    target holds anything already or the copy is not what was copied; nothing is written then.
    """
    check_ready(source)
    same = (
        source.samefile(target) if isinstance(source, Path) and isinstance(target, Path) and target.exists() else None
    )
    if same or source == target:
        raise BadInput("this is the database itself.", where=str(target), mend="Name another one.")
    if is_blank(target):
        upgrade(target)
    check_ready(target)
    tables = Table.metadata.sorted_tables
    with (
        _connected(source, writing=False) as there,
        _connected(target, writing=True) as here,
        _refusals_told(target),
    ):
        for table in tables:
            if here.execute(select(table).limit(1)).first() is not None:
                raise Conflicting(
                    f"this database is not empty: there are {table.name}.", where=str(target), mend=_ANOTHER
                )
        begin(sum(there.execute(select(func.count()).select_from(table)).scalar_one() for table in tables))
        guards.lift_guards(here)
        copied = tuple(_copied(table, there, source, here, advance) for table in tables)
        _go_on_from(there, here, tables)
        for was in copied:
            _hold_against(was, here, target)
        index.rebuild_index(here)
        guards.put_guards(here)
        with Session(here) as session:
            for fault in AUDIT.look(session, datetime.now(UTC)):
                raise Conflicting(f"{fault.say}. Nothing was copied.", where=str(source), mend=_AUDIT)
        here.commit()
    return copied


_ANOTHER = "Name one that is not there yet, or an empty one: nothing is ever written over."
_UNSOUND = "Nothing was copied. `parallax check` says whether the database that is copied is sound."
_AUDIT = "`parallax check` says more of it; a backup from before is a whole one."


@contextmanager
def _connected(place: Place, *, writing: bool) -> Iterator[Connection]:
    engine = make_engine(place, writing=writing)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _refusals_told(target: Place) -> Iterator[None]:
    """Trouble with the target; or that it cannot keep what is there: what points nowhere, half a character, a zero character."""
    try:
        with troubles_told(target):
            yield
    except (DBAPIError, ValueError) as error:
        said = error.orig if isinstance(error, DBAPIError) else error
        raise BadInput(f"what is there cannot be kept here: {said}.", where=str(target), mend=_UNSOUND) from error


def _copied(
    table: Columns, there: Connection, source: Place, here: Connection, advance: Callable[[int], None]
) -> CopiedTable:
    """One table. A column that points into the table itself is filled when every row is there."""
    late = [c for c in table.columns if any(key.column.table is table for key in c.foreign_keys)]
    later: dict[str, list[dict[str, Any]]] = {c.name: [] for c in late}
    tally = _Tally(table)
    for block in _blocks(_rows(table, there, source)):
        tally.add(block)
        for column in late:
            pointing = [row for row in block if row[column.name] is not None]
            later[column.name] += [{"of_id": _id(row, table), "into": row[column.name]} for row in pointing]
        bare = {c.name: None for c in late}
        here.execute(insert(table), [{**row, **bare} for row in block] if late else block)
        advance(len(block))
    for column in late:
        _fill(here, table, column, later[column.name])
    return tally.told()


def _fill(here: Connection, table: Columns, column: Column[Any], rows: list[dict[str, Any]]) -> None:
    if rows:
        (key,) = table.primary_key.columns
        here.execute(table.update().where(key == bindparam("of_id")).values({column.name: bindparam("into")}), rows)


def _id(row: Row, table: Columns) -> Any:
    (key,) = table.primary_key.columns
    return row[key.name]


def _rows(table: Columns, connection: Connection, place: Place) -> Iterator[dict[str, Any]]:
    """Every row as it comes, a few at a time, whatever the size of the table."""
    with troubles_told(place):
        found = connection.execute(select(table), execution_options={"stream_results": True, "yield_per": _FETCHED})
        for row in found.mappings():
            yield dict(row)


def _blocks(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    block, size = list[dict[str, Any]](), 0
    for row in rows:
        block.append(row)
        size += sum(len(value) for value in row.values() if isinstance(value, str | bytes))
        if len(block) >= _BLOCK_ROWS or size >= _BLOCK_BYTES:
            yield block
            block, size = [], 0
    if block:
        yield block


class _Tally:
    r"""Rows counted, and the digests of all of them added up: the same whatever their order, and no row twice for another.

    >>> _plain(True), _plain(date(2024, 2, 29)), _plain(b"\x00ab"), _plain(0.1), _plain(None)
    (True, '2024-02-29', {'bytes': '006162'}, 0.1, None)
    """

    def __init__(self, table: Columns) -> None:
        self._name, self._columns = table.name, [c.name for c in table.columns]
        self._rows = self._sum = 0

    def add(self, block: Sequence[Row]) -> None:
        for row in block:
            line = json.dumps([_plain(row[name]) for name in self._columns], ensure_ascii=True)
            self._sum = (self._sum + int.from_bytes(hashlib.sha256(line.encode()).digest())) % _DIGITS
        self._rows += len(block)

    def told(self) -> CopiedTable:
        return CopiedTable(self._name, self._rows, f"{self._sum:064x}")


def _plain(value: Any) -> Any:
    """A value as JSON has it. What a column holds is of the column's type already, whichever engine keeps it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return {"bytes": bytes(value).hex()}
    return value


def _hold_against(was: CopiedTable, here: Connection, where: Place) -> None:
    table = Table.metadata.tables[was.name]
    tally = _Tally(table)
    for block in _blocks(_rows(table, here, where)):
        tally.add(block)
    if (now := tally.told()) != was:
        raise Conflicting(
            f"the copy of {was.name} is not what was copied: {was.rows:,} rows of {was.digest[:12]} there, {now.rows:,} of {now.digest[:12]} here.",
            where=str(where),
            mend="Nothing was copied. Tell us, with the names and versions of both databases.",
        )


def _go_on_from(there: Connection, here: Connection, tables: Sequence[Columns]) -> None:
    """Ids go on behind the last one that was ever given, though its row may be gone."""
    numbers = _numbers(here)
    for table in tables:
        column = table.autoincrement_column
        if column is None or (numbers == _SQLITES and not table.dialect_options["sqlite"]["autoincrement"]):
            continue  # the next one follows the largest there is
        asked = f"SELECT seq FROM {_numbers(there)} WHERE name = :name"
        ever = there.execute(text(asked), {"name": table.name}).scalar() or 0
        last = max(ever, here.execute(select(func.max(column))).scalar() or 0)
        here.execute(text(f"DELETE FROM {numbers} WHERE name = :name"), {"name": table.name})
        if last:
            given = text(f"INSERT INTO {numbers} (name, seq) VALUES (:name, :seq)")
            here.execute(given, {"name": table.name, "seq": last})


_SQLITES = "sqlite_sequence"


def _numbers(connection: Connection) -> str:
    """The table in which an engine keeps the last id that it gave, by table."""
    return _SQLITES if connection.dialect.name == "sqlite" else "given_ids"


# ruff: noqa: S608 - constants only
