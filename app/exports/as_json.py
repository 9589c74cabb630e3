"""A story as JSON: rows and articles as the API gives them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pydantic import TypeAdapter

from app.core.records import Status
from app.exports.chosen import EVERY, Chosen
from app.exports.parts import in_parts
from app.store.views import RowView, StoryView

__all__ = ["write_json"]


def write_json(view: StoryView, rows: Iterable[RowView], chosen: Chosen = EVERY) -> Iterator[str]:
    """`{"format": "parallax-story", "version": 1, story, outlets, columns, counts, reader, compared_with, compared_by,
    waiting, "rows": [...]}`.

    `waiting`: not all articles are compared yet; a column says whether it is one of them. A row's `cells` stand in the order of `columns`.
    Rows that were chosen come with `chosen`, by what.
    """
    return in_parts(_pieces(view, rows, chosen))


@lru_cache(maxsize=1)
def _rows() -> TypeAdapter[RowView]:
    return TypeAdapter(RowView)


@lru_cache(maxsize=1)
def _views() -> TypeAdapter[StoryView]:
    return TypeAdapter(StoryView)


def _pieces(view: StoryView, rows: Iterable[RowView], chosen: Chosen) -> Iterator[str]:
    kept = {
        "story",
        "outlets",
        "columns",
        "counts",
        "reader",
        "first",
        "last",
        "waiting",
        "compared_with",
        "compared_by",
    }
    head = {"format": "parallax-story", "version": 1, **_views().dump_python(view, mode="json", include=kept)}
    head["counts"] = {s.value: view.counts[s] for s in Status if s in view.counts}  # in one order, frozen or not
    if chosen:
        head["chosen"] = dict(chosen)
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": ['
    between = "\n"
    for row in rows:
        yield between + _rows().dump_json(row).decode()
        between = ",\n"
    yield "\n]}\n"
