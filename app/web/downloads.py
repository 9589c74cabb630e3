"""A story as a file: `/stories/{slug}/export.csv`, `.json`, `.md`. Complete and streamed; see `app/exports.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal
from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import StreamingResponse

from app import exports
from app.store import Store
from app.store.views import RowView, StoryView
from app.web.api.parameters import Key
from app.web.dependencies import StoreOf

__all__ = ["router"]

router = APIRouter(tags=["stories"])
Kind = Literal["csv", "json", "md"]
WRITERS: dict[Kind, Callable[[StoryView, Iterable[RowView]], Iterator[str]]] = {
    "csv": exports.write_csv,
    "json": exports.write_json,
    "md": exports.write_markdown,
}


def _file(media_type: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {media_type.partition(";")[0]: {}}, "description": "The file"}}


@router.get(
    "/stories/{slug}/export.csv",
    summary="Every row of a story as CSV, one line a claim",
    response_class=StreamingResponse,
    responses=_file(exports.MEDIA_TYPES["csv"]),
)
def export_csv(store: StoreOf, slug: Key) -> StreamingResponse:
    return _download(store, slug, "csv")


@router.get(
    "/stories/{slug}/export.json",
    summary="Every row of a story as JSON",
    response_class=StreamingResponse,
    responses=_file(exports.MEDIA_TYPES["json"]),
)
def export_json(store: StoreOf, slug: Key) -> StreamingResponse:
    return _download(store, slug, "json")


@router.get(
    "/stories/{slug}/export.md",
    summary="Every row of a story as a Markdown document",
    response_class=StreamingResponse,
    responses=_file(exports.MEDIA_TYPES["md"]),
)
def export_markdown(store: StoreOf, slug: Key) -> StreamingResponse:
    return _download(store, slug, "md")


def _download(store: Store, slug: str, kind: Kind) -> StreamingResponse:
    """NotFound is raised here, before the first byte; an error later cuts the connection, so no half file looks whole."""
    view = store.story(slug, limit=1)
    name = f"{view.story.slug}.{kind}"
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
    return StreamingResponse(
        WRITERS[kind](view, store.rows(view.story.slug)),
        media_type=exports.MEDIA_TYPES[kind],
        headers={"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"},
    )
