"""A manifest: a CSV or JSON list that says of each file or address its outlet, date, story and headline."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.records import Hints
from app.errors import BadInput
from app.sources.contract import Limits
from app.sources.decoding import read_file
from app.sources.rows import hints_from

__all__ = ["Row", "read_manifest"]

FIELDS = ("file", "url", "outlet", "published", "story", "headline", "id")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a manifest. `path` is what `file` names, from the manifest's own folder; without it `hints.url` is fetched."""

    where: str
    path: Path | None
    hints: Hints


def read_manifest(manifest: Path, limits: Limits) -> Iterator[Row | BadInput]:
    """The manifest's rows in order; a malformed one is yielded as an error that names its number, and the others go on.

    Raises `BadInput` when the manifest itself cannot be read or names neither `file` nor `url`.
    """
    text = read_file(manifest, limits)
    rows = _from_json(text, manifest) if manifest.suffix.casefold() == ".json" else _from_csv(text, manifest)
    for number, fields in rows:
        where = f"{manifest}: row {number}"
        try:
            yield _row(fields, manifest.parent, where)
        except BadInput as error:
            yield error


def _row(fields: dict[str, Any], folder: Path, where: str) -> Row:
    if None in fields:
        raise BadInput(
            "The row has more cells than the header names.", where=where, mend="Quote cells that hold a comma."
        )
    hints = hints_from(fields, where)
    file = fields.get("file")
    if file is not None and not isinstance(file, str):
        raise BadInput("The field 'file' is no text.", where=where)
    name = (file or "").strip()
    if not name and not hints.url:
        raise BadInput("The row names neither file nor url.", where=where, mend="Fill in one of them.")
    return Row(where, folder / name if name else None, hints)


def _from_csv(text: str, manifest: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows numbered as a spreadsheet numbers them: the header is 1."""
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        reader = csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=True)
        names = [(name or "").strip().casefold() for name in reader.fieldnames or ()]
        reader.fieldnames = names
        _check_names(names, manifest)
        for number, fields in enumerate(reader, start=2):
            yield number, {key: (value or None) if isinstance(value, str) else value for key, value in fields.items()}
    except csv.Error as error:
        raise BadInput(
            f"This is no well-formed CSV: {error}.", where=str(manifest), mend="Check its quotation marks."
        ) from None


def _from_json(text: str, manifest: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"This is no JSON: {error}.", where=str(manifest)) from None
    if isinstance(value, dict):
        value = value.get("articles", value.get("rows"))
    if not isinstance(value, list):
        raise BadInput(
            "This JSON is no list of rows.", where=str(manifest), mend='Write [{"file": ..., "outlet": ...}].'
        )
    for number, fields in enumerate(value, start=1):
        yield number, fields if isinstance(fields, dict) else {}


def _check_names(names: list[str], manifest: Path) -> None:
    if not {"file", "url"} & set(names):
        raise BadInput(
            "The manifest's header names neither file nor url.",
            where=str(manifest),
            mend=f"Its first line holds column names, among {', '.join(FIELDS)}.",
        )
