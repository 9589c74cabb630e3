"""The formats a story can be written in, as data: what routes, the command line and the bundle choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.exports.as_csv import write_csv
from app.exports.as_json import write_json
from app.exports.as_jsonld import write_jsonld
from app.exports.as_markdown import write_markdown
from app.store.views import RowView, StoryView

__all__ = ["FORMATS", "MEDIA_TYPES", "Format"]


@dataclass(frozen=True, slots=True)
class Format:
    """`write(view, rows, site)` gives the text in parts; `key` is also the file's ending and what the address ends in."""

    key: str
    media_type: str
    label: str
    what: str
    write: Callable[[StoryView, Iterable[RowView], str], Iterator[str]]


_EVERY = (
    Format(
        "csv",
        "text/csv; charset=utf-8; header=present",
        "CSV",
        "a table for a spreadsheet, one line a claim",
        lambda view, rows, _: write_csv(view, rows),
    ),
    Format(
        "json",
        "application/json",
        "JSON",
        "for programs, rows as the API gives them",
        lambda view, rows, _: write_json(view, rows),
    ),
    Format(
        "md",
        "text/markdown; charset=utf-8",
        "Markdown",
        "a document to read and edit",
        lambda view, rows, _: write_markdown(view, rows),
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
