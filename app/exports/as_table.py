"""A story as a table: one line a row, one column an outlet, each cell the outlet's words or why it has none.

It is CSV as `as_csv.py` writes it, for whoever compares outlets by eye in a spreadsheet; that one holds more.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from app.exports.as_csv import safe_cell
from app.exports.lines import Column, Place, RowLine, columns_of, row_line
from app.exports.parts import in_parts
from app.exports.phrases import decision_line, flag_line, said_by
from app.store.views import RowView, Silence, StoryView

__all__ = ["ROW_COLUMNS", "write_table"]

ROW_COLUMNS = ("row", "proposition", "status", "what_differs", "probability", "flags", "decisions")


def write_table(view: StoryView, rows: Iterable[RowView]) -> Iterator[str]:
    """The lines, header first: `ROW_COLUMNS`, then the outlets in the order of the page.

    Several claims of one outlet are parted by " / ", each with its speakers in brackets; a silence stands in square ones.
    """
    return in_parts(_lines(columns_of(view), rows))


def _lines(columns: Sequence[Column], rows: Iterable[RowView]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow([*ROW_COLUMNS, *(safe_cell(name) for name in _names(columns))])
    for row in rows:
        writer.writerow([safe_cell(value) for value in _cells(row_line(row, columns))])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _names(columns: Sequence[Column]) -> list[str]:
    """No two columns have one name."""
    several = Counter(c.outlet.name for c in columns)
    taken = set(ROW_COLUMNS) | {name for name, times in several.items() if times > 1}
    return [f"{c.outlet.name} ({c.outlet.key})" if c.outlet.name in taken else c.outlet.name for c in columns]


def _cells(line: RowLine) -> Iterator[object]:
    row = line.row
    yield from (row.id, row.label, row.status.value, row.summary, row.probability)
    yield "; ".join(flag_line(f) for f in row.flags)
    yield "; ".join(decision_line(d) for d in row.decisions)
    yield from (_said(place) for place in line.places)


def _said(place: Place) -> str:
    if not place.claims:
        return f"[{place.silence or Silence.NOT_MENTIONED}]"
    return " / ".join(
        (claim.text[slice(*claim.clause)] if claim.clause else claim.text)
        + (f" ({said_by(claim)})" if claim.attributions else "")
        for claim in place.claims
    )
