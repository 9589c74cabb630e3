"""A story as canonical JSON and back: what a frozen comparison is made of, and all that it is rendered from.

    {"format", "software", "reader", "weights", "story", "columns", "texts", "head", "rows"}

A row's cells are kept by article: claims where there are some, the kind of silence where not; a claim names its article by
id. Keys are sorted and nothing in it depends on who froze the story or when, so the same state gives the same bytes.
`decode(encode(...))` gives the views back to the last field; a field that views gain later takes its default.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

from pydantic import TypeAdapter

from app.store.views import ArticleRef, CellView, ClaimView, FrozenText, RowView, Silence, Slice, StoryView

__all__ = ["FORMAT", "decode", "digest_of", "encode", "weights_digest"]

FORMAT = 1

_ROW = TypeAdapter(RowView)
_STORY = TypeAdapter(StoryView)
_CLAIM = TypeAdapter(ClaimView)
_ARTICLES = TypeAdapter(tuple[ArticleRef, ...])
_TEXTS = TypeAdapter(tuple[FrozenText, ...])

_FITTED = ("alignment/weights.json", "alignment/background.json", "claims/weights.json", "relation/weights.json")


@lru_cache(maxsize=1)
def weights_digest() -> str:
    """A digest of all fitted weights that the core ships: which machine judged."""
    found = hashlib.sha256()
    for name in _FITTED:
        found.update(name.encode() + b"\0" + files("app.core").joinpath(name).read_bytes())
    return found.hexdigest()[:16]


def digest_of(record: str) -> str:
    return hashlib.sha256(record.encode()).hexdigest()


def encode(head: StoryView, rows: Iterable[RowView], texts: Sequence[FrozenText], software: str) -> str:
    """The canonical JSON of a story: `head` without rows, every row, and what its texts were."""
    state = {
        "format": FORMAT,
        "software": software,
        "reader": head.reader,
        "weights": weights_digest(),
        "columns": _ARTICLES.dump_python(head.columns, mode="json"),
        "texts": _TEXTS.dump_python(tuple(texts), mode="json"),
        "head": _STORY.dump_python(replace(head, columns=(), rows=Slice((), head.rows.total)), mode="json"),
        "rows": [_row(row) for row in rows],
    }
    return json.dumps(state, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _row(row: RowView) -> dict[str, Any]:
    found: dict[str, Any] = _ROW.dump_python(replace(row, cells=(), sides=()), mode="json")
    found["cells"] = {
        str(cell.article_id): cell.silence.value if cell.silence else [_claim(c) for c in cell.claims]
        for cell in row.cells
    }
    return found


def _claim(claim: ClaimView) -> dict[str, Any]:
    found: dict[str, Any] = _CLAIM.dump_python(claim, mode="json")
    found["article"] = claim.article.id
    return found


@lru_cache(maxsize=4)
def decode(record: str) -> tuple[StoryView, tuple[FrozenText, ...], Mapping[str, str]]:
    """The story with every row, its texts, and software, reader and weights by name. What never changes is read once."""
    state = json.loads(record)
    columns = _ARTICLES.validate_python(state["columns"])
    articles = {str(a["id"]): a for a in state["columns"]}
    rows = tuple(_read_row(row, columns, articles) for row in state["rows"])
    head = _STORY.validate_python(state["head"])
    view = replace(head, columns=columns, rows=Slice(rows, len(rows)))
    about = {name: state[name] for name in ("software", "reader", "weights")}
    return view, _TEXTS.validate_python(state["texts"]), about


def _read_row(row: Mapping[str, Any], columns: Sequence[ArticleRef], articles: Mapping[str, Any]) -> RowView:
    kept = row["cells"]
    cells = []
    for column in columns:
        cell = kept[str(column.id)]
        if isinstance(cell, str):
            cells.append(CellView(column.id, (), Silence(cell)))
        else:
            whole = [{**claim, "article": articles[str(claim["article"])]} for claim in cell]
            cells.append(CellView(column.id, tuple(replace(_CLAIM.validate_python(c), article=column) for c in whole)))
    return replace(_ROW.validate_python({**row, "cells": []}), cells=tuple(cells))
