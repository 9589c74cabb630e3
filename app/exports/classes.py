"""What a class marked, as a table for a spreadsheet and as JSON for programs. Before the reveal neither holds a verdict of the tool."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from app.exports.as_csv import safe_cell
from app.store.views import ClassRowView, ClassView

__all__ = ["CLASS_COLUMNS", "write_class_csv", "write_class_json"]

CLASS_COLUMNS = ("row", "title", "outlets", "group", "mark", "tool", "what_differs")


def write_class_csv(view: ClassView) -> str:
    """One line a mark, a row that nobody marked in one line too; in the order of the sheet. No cell is one that a spreadsheet runs."""
    buffer = io.StringIO()
    buffer.write("\ufeff")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(CLASS_COLUMNS)
    for number, row in enumerate(view.rows, start=1):
        tool = row.verdict.value if row.verdict else ""
        for group, mark in (row.by_group or {"": ""}).items():
            cells = (number, row.label, ", ".join(_outlets(row)), group, mark, tool, row.summary)
            writer.writerow([safe_cell(cell) for cell in cells])
    return buffer.getvalue()


def write_class_json(view: ClassView) -> str:
    held: dict[str, Any] = {
        "title": view.title,
        "story": view.story.slug,
        "snapshot": view.snapshot,
        "started_by": view.by,
        "started_at": view.at.isoformat(),
        "revealed_at": view.revealed_at.isoformat() if view.revealed_at else None,
        "groups": view.groups,
        "rows": [
            {
                "title": row.label,
                "claims": [{"outlet": c.article.outlet.name, "text": c.text} for p in row.cells for c in p.claims],
                "marks": dict(row.by_group),
                "tool": row.verdict.value if row.verdict else None,
                "what_differs": row.summary or None,
            }
            for row in view.rows
        ],
    }
    return json.dumps(held, ensure_ascii=False, indent=1)


def _outlets(row: ClassRowView) -> list[str]:
    return list(dict.fromkeys(c.article.outlet.name for cell in row.cells for c in cell.claims))
