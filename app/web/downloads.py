"""A story as a file: `/stories/{slug}/export.{csv,json,md,jsonld}`, and all of them as `export.zip`.

Complete and streamed; see `app/exports`. What is not there is said before the first byte; an error later cuts the
connection, so that no half file looks whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import StreamingResponse

from app import exports
from app.store import Store
from app.store.read.whole import whole
from app.version import software_version
from app.web.api.parameters import Key
from app.web.dependencies import StoreOf
from app.web.site import site_of

__all__ = ["download", "router"]

router = APIRouter(tags=["stories"])
Kind = Literal["csv", "json", "md", "jsonld"]
BUNDLE = "application/zip"


def _files(*media_types: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {m.partition(";")[0]: {} for m in media_types}, "description": "The file"}}


@router.get(
    "/stories/{slug}/export.zip",
    summary="A story in every format in one archive, with hashes and versions",
    response_class=StreamingResponse,
    responses=_files(BUNDLE),
)
def export_bundle(request: Request, store: StoreOf, slug: Key) -> StreamingResponse:
    slug = store.story(slug, limit=1).story.slug
    return download(_bundle(store, slug, site_of(request)), f"{slug}.zip", BUNDLE)


@router.get(
    "/stories/{slug}/export.{kind}",
    summary="Every row of a story as CSV, JSON, Markdown or JSON-LD",
    response_class=StreamingResponse,
    responses=_files(*exports.MEDIA_TYPES.values()),
)
def export(request: Request, store: StoreOf, slug: Key, kind: Kind) -> StreamingResponse:
    view = store.story(slug, limit=1)
    form = exports.FORMATS[kind]
    parts = form.write(view, store.rows(view.story.slug), site_of(request))
    return download(parts, f"{view.story.slug}.{kind}", form.media_type)


def _bundle(store: Store, slug: str, site: str) -> Iterator[bytes]:
    """All formats from one state of the database, whatever is written meanwhile."""
    with whole(store, slug) as held:
        at = store.now()
        told = exports.Told(
            site=site,
            version=software_version(),
            at=at,
            cite=exports.cite(held.view.story.title, f"{site}/stories/{slug}", at, software_version()),
            texts=held.texts,
        )
        yield from exports.write_bundle(held.view, held.rows, told)


def download(parts: Iterable[str] | Iterable[bytes], name: str, media_type: str) -> StreamingResponse:
    """A file to be saved under this name; one in plain letters stands beside it for old browsers."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
    return StreamingResponse(
        parts,
        media_type=media_type,
        headers={"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"},
    )
