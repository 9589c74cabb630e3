"""A manifest: a CSV or JSON list that says of each file or address its outlet, date, story and headline."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath, PureWindowsPath
from typing import Any

from app.core.records import Hints
from app.core.text import clean
from app.errors import BadInput
from app.sources.contract import Limits
from app.sources.decoding import read_file
from app.sources.rows import hints_from, read_json

__all__ = ["ManifestLine", "read_manifest"]

FIELDS = ("file", "url", "outlet", "published", "story", "headline", "id")


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """One line of a manifest. `path` is what `file` names, under the manifest's own folder; without it `hints.url` is fetched."""

    where: str
    path: Path | None
    hints: Hints


def read_manifest(manifest: Path, limits: Limits) -> Iterator[ManifestLine | BadInput]:
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


def _row(fields: dict[str, Any], folder: Path, where: str) -> ManifestLine:
    if None in fields:
        raise BadInput(
            "The row has more cells than the header names.", where=where, mend="Quote cells that hold a comma."
        )
    hints = hints_from(fields, where)
    file = fields.get("file")
    if file is not None and not isinstance(file, str):
        raise BadInput("The field 'file' is no text.", where=where)
    name = clean(file or "").strip()
    if not name and not hints.url:
        raise BadInput("The row names neither file nor url.", where=where, mend="Fill in one of them.")
    return ManifestLine(where, _inside(folder, name, where) if name else None, hints)


def _inside(folder: Path, name: str, where: str) -> Path:
    """The file of that name under the manifest's folder. Raises `BadInput` for a way out of it, by name or by a link."""
    parts = PurePath(name.replace("\\", "/")).parts
    if PurePath(name).is_absolute() or ".." in parts or PureWindowsPath(name).drive:
        raise BadInput(
            f"The manifest names a file outside its own folder: {name}.", where=where, mend="Put the file beside it."
        )
    path = folder
    for part in parts:
        path /= part
        if path.is_symlink():
            raise BadInput(
                f"The manifest names a link, which is not followed: {name}.",
                where=where,
                mend="Put the file itself there.",
            )
    return path


def _from_csv(text: str, manifest: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows numbered as a spreadsheet numbers them: the header is 1, or 2 below a line that names the separator ("sep=;").

    Lines end in LF, CR LF, or CR alone, as spreadsheets write them.
    """
    text = clean(text).replace("\r\n", "\n").replace("\r", "\n")
    named = re.match(r'"?sep=(?P<by>[,;\t|])"?[ \t]*\n', text, re.IGNORECASE)
    body = text[named.end() :] if named else text
    first = body.split("\n", 1)[0]
    delimiter = named["by"] if named else max(",;\t", key=first.count)
    try:
        reader = csv.DictReader(io.StringIO(body), delimiter=delimiter, strict=True)
        names = [(name or "").strip().casefold() for name in reader.fieldnames or ()]
        reader.fieldnames = names
        _check_names(names, manifest)
        for number, fields in enumerate(reader, start=3 if named else 2):
            if any(value for value in fields.values()):
                yield number, {k: (v or None) if isinstance(v, str) else v for k, v in fields.items()}
    except csv.Error as error:
        raise BadInput(
            f"This is no well-formed CSV: {error}.", where=str(manifest), mend="Check its quotation marks."
        ) from None


def _from_json(text: str, manifest: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    value = read_json(text, str(manifest), mend='Write [{"file": ..., "outlet": ...}].')
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
