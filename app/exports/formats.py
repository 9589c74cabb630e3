"""The formats a story can be written in, as data: what routes, the command line and the bundle choose from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from app.exports.as_csv import write_csv
from app.exports.as_json import write_json
from app.exports.as_jsonld import write_jsonld
from app.exports.as_markdown import write_markdown
from app.exports.as_table import write_table
from app.exports.chosen import EVERY, Chosen
from app.store.views import RowView, StoryView

__all__ = ["FORMATS", "MEDIA_TYPES", "Format"]


class Writer(Protocol):
    """Gives the text in parts. `chosen`: by what the rows were chosen, for a file that says it is not all."""

    def __call__(
        self, view: StoryView, rows: Iterable[RowView], site: str, chosen: Chosen = EVERY, /
    ) -> Iterator[str]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """`key` is also the file's ending and what the address ends in."""

    key: str
    media_type: str
    label: str
    what: str
    write: Writer


_EVERY = (
    Format(
        "csv",
        "text/csv; charset=utf-8; header=present",
        "CSV",
        "a table for a spreadsheet, one line a claim",
        lambda view, rows, _site, _chosen=EVERY: write_csv(view, rows),
    ),
    Format(
        "table.csv",
        "text/csv; charset=utf-8; header=present",
        "Table",
        "rows against outlets, each cell an outlet's words",
        lambda view, rows, _site, _chosen=EVERY: write_table(view, rows),
    ),
    Format(
        "json",
        "application/json",
        "JSON",
        "for programs, rows as the API gives them",
        lambda view, rows, _site, chosen=EVERY: write_json(view, rows, chosen),
    ),
    Format(
        "md",
        "text/markdown; charset=utf-8",
        "Markdown",
        "a document to read and edit",
        lambda view, rows, _site, chosen=EVERY: write_markdown(view, rows, chosen),
    ),
    Format(
        "jsonld",
        "application/ld+json",
        "JSON-LD",
        "schema.org Claim and ClaimReview, for the web of data",
        write_jsonld,
    ),
)
FORMATS: Mapping[str, Format] = {f.key: f for f in _EVERY}
MEDIA_TYPES: Mapping[str, str] = {f.key: f.media_type for f in _EVERY}
