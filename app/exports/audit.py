"""Who changed what, as CSV and as JSON lines, the oldest first: as long as the log is, in little memory.

The JSON lines hold all that is needed to verify the chain elsewhere; `app/store/audit.py` says how a hash is made.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from app.exports.as_csv import safe_cell
from app.exports.parts import in_parts
from app.store.views import AuditLine

__all__ = ["AUDIT_COLUMNS", "audit_record", "write_audit_csv", "write_audit_jsonl"]

AUDIT_COLUMNS = ("id", "at", "by", "what", "kind", "subject", "before", "after", "previous", "hash")


def audit_record(line: AuditLine) -> dict[str, Any]:
    """The line with the fields and the very values that its hash is over."""
    told = {name: getattr(line, name) for name in AUDIT_COLUMNS}
    return {**told, "at": line.at.isoformat(timespec="microseconds")}


def write_audit_jsonl(lines: Iterable[AuditLine]) -> Iterator[str]:
    return in_parts(json.dumps(audit_record(line), ensure_ascii=False) + "\n" for line in lines)


def write_audit_csv(lines: Iterable[AuditLine]) -> Iterator[str]:
    """Header first; `before` and `after` are JSON in a cell. No cell is one that a spreadsheet runs."""
    return in_parts(_csv_lines(lines))


def _csv_lines(lines: Iterable[AuditLine]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow(AUDIT_COLUMNS)
    for line in lines:
        told = audit_record(line)
        for side in ("before", "after"):
            told[side] = json.dumps(told[side], ensure_ascii=False) if told[side] else ""
        writer.writerow([safe_cell(v) for v in told.values()])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()
