"""A story as canonical JSON and back: what a frozen comparison is made of, and all that it is rendered from.

    {"columns", "corrected", "format", "head", "reader", "rows", "software", "texts", "weights"}

A row's cells are kept by article: claims where there are some, the kind of silence where not; a claim names its article by
id. Keys are sorted and nothing in it depends on who froze the story or when, so the same state gives the same bytes. It is
written row by row, and read so: `decoded_record` looks at what stands around the rows, and `FrozenRows` reads a row when it is
asked for. `decoded_record(encode(...))` gives the views back to the last field; a field that views gain later takes its default.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from app.store.frozen_rows import ARTICLES, CLAIM, ROW, FrozenRows
from app.store.views import ClaimView, CorrectionView, FrozenText, RowView, Slice, StoryView

__all__ = ["FORMAT", "Decoded", "decoded_record", "digest_of", "encode"]

FORMAT = 1

_STORY = TypeAdapter(StoryView)
_TEXTS = TypeAdapter(tuple[FrozenText, ...])
_CORRECTED = TypeAdapter(tuple[CorrectionView, ...])

_ROWS, _END = ',"rows":[', '],"software":'
"""Around the rows. Inside a text every quotation mark follows a backslash, and no other list has these names."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The story, its texts, and software, reader and weights by name (`weights`: the version of all
    that made the rows; records of before have a digest of some weights). `view.rows` are read one by one as they are asked for.
    """

    view: StoryView
    texts: tuple[FrozenText, ...]
    corrected: tuple[CorrectionView, ...]  # none in records of before
    about: Mapping[str, str]


def digest_of(record: str) -> str:
    return hashlib.sha256(record.encode()).hexdigest()


def encode(
    head: StoryView,
    rows: Iterable[RowView],
    texts: Sequence[FrozenText],
    software: str,
    corrected: Sequence[CorrectionView] = (),
) -> str:
    """The canonical JSON of a story: `head` without rows, every row, what its texts were, what people had corrected."""
    state = {
        "format": FORMAT,
        "software": software,
        "reader": head.reader,
        "weights": head.compared_by,
        "columns": ARTICLES.dump_python(head.columns, mode="json"),
        "corrected": _CORRECTED.dump_python(tuple(corrected), mode="json"),
        "texts": _TEXTS.dump_python(tuple(texts), mode="json"),
        "head": _STORY.dump_python(replace(head, columns=(), rows=Slice((), head.rows.total)), mode="json"),
        "rows": [],
    }
    before, mark, after = _written(state).partition(_ROWS + _END)
    return "".join((before, _ROWS, ",".join(_written(_row(row)) for row in rows), mark.removeprefix(_ROWS), after))


def _written(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _row(row: RowView) -> dict[str, Any]:
    found: dict[str, Any] = ROW.dump_python(replace(row, cells=(), sides=()), mode="json")
    found["cells"] = {str(c.article_id): c.silence or [_claim(claim) for claim in c.claims] for c in row.cells}
    return found


def _claim(claim: ClaimView) -> dict[str, Any]:
    found: dict[str, Any] = CLAIM.dump_python(claim, mode="json", exclude={"article"})
    return {**found, "article": claim.article.id}


@lru_cache(maxsize=4)
def decoded_record(record: str) -> Decoded:
    """What never changes is taken apart once."""
    start = record.index(_ROWS) + len(_ROWS)
    end = record.rindex(_END)
    state = json.loads(record[:start] + record[end:])
    texts = _TEXTS.validate_python(state["texts"])
    versions = {text.article_id: text.revision for text in texts}
    columns = tuple(replace(a, revision=versions.get(a.id)) for a in ARTICLES.validate_python(state["columns"]))
    head = _STORY.validate_python(state["head"])
    rows = FrozenRows(record, start, end, columns)
    view = replace(head, columns=columns, rows=Slice(rows, head.rows.total))
    about = {name: state[name] for name in ("software", "reader", "weights")}
    return Decoded(view, texts, _CORRECTED.validate_python(state.get("corrected", ())), about)
