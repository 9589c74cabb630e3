"""A story as a file: `/stories/{slug}/export.{csv,table.csv,json,md,jsonld}`, and all of them as `export.zip`; the story page's
filters choose rows.

The same of a frozen comparison under `/snapshots/{id}`, with its record to the byte. `/labelled.jsonl` is what reviewers
said of pairs of claims, to fit anew with. `/audit.{csv,jsonl}` is who changed what, for those who may see it.

Complete and streamed; see `app/exports`. What is not there is said before the first byte; an error later cuts the
connection, so that no half file looks whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from app import exports
from app.exports.as_docx import DOCX_TYPE, sheet_of, sheet_of_frozen
from app.exports.as_warc import WARC_TYPE, pages_of_story, write_warc
from app.store import Filters, Store
from app.version import software_version
from app.web.api.parameters import Id, Key, SnapshotId
from app.web.chosen import RowsOf
from app.web.dependencies import Admin, StoreOf
from app.web.site import site_of

__all__ = ["router"]

router = APIRouter(tags=["stories"])
Kind = Literal["csv", "table.csv", "json", "md", "jsonld"]
BUNDLE = "application/zip"
LINES = "application/jsonl"
By = Annotated[str | None, Query(max_length=200, description="Only what this person did.")]
Version = Annotated[int | None, Query(ge=1, le=1_000_000, description="An older version, from 1.")]
Of = Annotated[str | None, Query(max_length=40, description="Only of this kind of thing.", examples=["decision"])]


def _files(*media_types: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {m.partition(";")[0]: {} for m in media_types}, "description": "The file"}}


@router.get(
    "/stories/{slug}/export.zip",
    summary="A story in every format in one archive, with hashes and versions",
    response_class=StreamingResponse,
    responses=_files(BUNDLE),
)
def export_bundle(request: Request, store: StoreOf, slug: Key, rows: RowsOf) -> StreamingResponse:
    slug = _there(store, slug, rows)
    parts = exports.write_living(store, slug, site_of(request), rows)
    return download(parts, f"{_name(slug, rows)}.zip", BUNDLE)


@router.get(
    "/stories/{slug}/export.docx",
    summary="A source sheet for Word: sources, rows, reasons, what people changed",
    response_class=Response,
    responses=_files(DOCX_TYPE),
)
def export_sheet(request: Request, store: StoreOf, slug: Key, rows: RowsOf) -> Response:
    slug = _there(store, slug, rows)
    return _whole(sheet_of(store, slug, site_of(request), rows), f"{_name(slug, rows)}.docx", DOCX_TYPE)


@router.get(
    "/stories/{slug}/export.warc.gz",
    summary="The pages that a story's articles were fetched as, for web archives",
    response_class=StreamingResponse,
    responses=_files(WARC_TYPE),
)
def export_pages(store: StoreOf, slug: Key) -> StreamingResponse:
    """A WARC file: one record a fetched page. 404 when none of its articles was fetched."""
    slug = store.rows.named(slug).slug
    return download(write_warc(pages_of_story(store, slug), _software()), f"{slug}.warc.gz", WARC_TYPE)


@router.get(
    "/articles/{article_id}/page.warc.gz",
    tags=["articles"],
    summary="The page that an article was read from, for web archives",
    response_class=StreamingResponse,
    responses=_files(WARC_TYPE),
)
def export_page(store: StoreOf, article_id: Id, revision: Version = None) -> StreamingResponse:
    copy = store.library.page_copy(article_id, revision=revision)
    return download(write_warc([copy], _software()), f"article-{article_id}-{copy.revision}.warc.gz", WARC_TYPE)


@router.get(
    "/articles/{article_id}/page/source.gz",
    tags=["articles"],
    summary="The page that an article was read from, to the byte, packed with gzip",
    response_class=Response,
    responses=_files("application/gzip"),
)
def page_source(store: StoreOf, article_id: Id, revision: Version = None) -> Response:
    copy = store.library.page_copy(article_id, revision=revision)
    return _whole(copy.packed, f"article-{article_id}-{copy.revision}.html.gz", "application/gzip")


def _software() -> str:
    return f"Parallax {software_version()}"


@router.get(
    "/stories/{slug}/export.{kind}",
    summary="The rows of a story as CSV, as a table of rows against outlets, as JSON, Markdown or JSON-LD",
    response_class=StreamingResponse,
    responses=_files(*exports.MEDIA_TYPES.values()),
)
def export(request: Request, store: StoreOf, slug: Key, kind: Kind, rows: RowsOf) -> StreamingResponse:
    """Every row, or those that the filters choose, which are the story page's; a file of a choice says so."""
    slug = _there(store, slug, rows)
    parts = exports.export_rows(store, slug, kind, site_of(request), rows)
    return download(parts, f"{_name(slug, rows)}.{kind}", exports.MEDIA_TYPES[kind])


def _there(store: Store, slug: str, rows: Filters) -> str:
    """The story's slug. What is not there, or cannot be asked for, is said before the first byte."""
    return store.rows.named(slug, rows).slug


def _name(slug: str, rows: Filters) -> str:
    return f"{slug}-chosen" if exports.is_part(exports.chosen_of(rows)) else slug


@router.get(
    "/snapshots/{snapshot_id}/export.zip",
    summary="A frozen comparison in every format in one archive",
    response_class=StreamingResponse,
    responses=_files(BUNDLE),
)
def export_frozen_bundle(request: Request, store: StoreOf, snapshot_id: SnapshotId) -> StreamingResponse:
    frozen = store.snapshots.snapshot(snapshot_id)
    parts = exports.write_frozen(frozen, site_of(request))
    return download(parts, f"{frozen.story.slug}-{frozen.id}.zip", BUNDLE)


@router.get(
    "/snapshots/{snapshot_id}/export.docx",
    summary="The source sheet of a frozen comparison, for Word",
    response_class=Response,
    responses=_files(DOCX_TYPE),
)
def export_frozen_sheet(request: Request, store: StoreOf, snapshot_id: SnapshotId) -> Response:
    frozen = store.snapshots.snapshot(snapshot_id)
    return _whole(sheet_of_frozen(frozen, site_of(request)), f"{frozen.story.slug}-{frozen.id}.docx", DOCX_TYPE)


@router.get(
    "/snapshots/{snapshot_id}/export.html",
    summary="A frozen comparison as one HTML file that opens from a disk",
    response_class=Response,
    responses=_files("text/html"),
)
def export_frozen_alone(request: Request, store: StoreOf, snapshot_id: SnapshotId) -> Response:
    """Styles inside, no script, nothing that it fetches."""
    from app.web.pages.alone import HTML_TYPE, write_alone

    frozen = store.snapshots.snapshot(snapshot_id)
    return _whole(write_alone(frozen, site_of(request)), f"{frozen.story.slug}-{frozen.id}.html", HTML_TYPE)


@router.get(
    "/snapshots/{snapshot_id}/export.{kind}",
    summary="Every row of a frozen comparison as CSV, JSON, Markdown or JSON-LD",
    response_class=StreamingResponse,
    responses=_files(*exports.MEDIA_TYPES.values()),
)
def export_frozen(request: Request, store: StoreOf, snapshot_id: SnapshotId, kind: Kind) -> StreamingResponse:
    frozen = store.snapshots.snapshot(snapshot_id)
    form = exports.FORMATS[kind]
    parts = form.write(frozen.view, frozen.view.rows.items, site_of(request))
    return download(parts, f"{frozen.story.slug}-{frozen.id}.{kind}", form.media_type)


@router.get(
    "/snapshots/{snapshot_id}/record.json",
    summary="A frozen comparison to the byte: its SHA-256 is the digest",
    response_class=StreamingResponse,
    responses=_files("application/json"),
)
def frozen_record(store: StoreOf, snapshot_id: SnapshotId) -> StreamingResponse:
    frozen = store.snapshots.snapshot(snapshot_id)
    starts = range(0, len(frozen.record), exports.PART)
    return download((frozen.record[i : i + exports.PART] for i in starts), f"{frozen.id}.json", "application/json")


@router.get(
    "/labelled.jsonl",
    summary="Pairs of claims with what reviewers said of them, as JSON lines",
    response_class=StreamingResponse,
    responses=_files(exports.LABELLED_TYPE),
)
def export_labelled(
    store: StoreOf, story: Annotated[str | None, Query(max_length=200, description="Slug of a story.")] = None
) -> StreamingResponse:
    """What `parallax fit --pairs` takes. Empty when nobody has reviewed anything."""
    slug = store.rows.named(story).slug if story else None
    name = f"labelled-{slug}.jsonl" if slug else "labelled.jsonl"
    return download(exports.write_labelled(store.review.labelled_pairs(), slug), name, exports.LABELLED_TYPE)


def _whole(data: bytes | str, name: str, media_type: str) -> Response:
    return Response(data, media_type=media_type, headers=_saved_as(name))


@router.get(
    "/audit.csv",
    tags=["review"],
    summary="Who changed what, the oldest first, as a table",
    response_class=StreamingResponse,
    responses=_files("text/csv"),
    dependencies=[Admin],
)
def export_audit_csv(store: StoreOf, by: By = None, kind: Of = None) -> StreamingResponse:
    found = exports.write_audit_csv(store.audit.lines(by=by, kind=kind))
    return download(found, "audit.csv", "text/csv; charset=utf-8")


@router.get(
    "/audit.jsonl",
    tags=["review"],
    summary="Who changed what, the oldest first, as JSON lines",
    response_class=StreamingResponse,
    responses=_files(LINES),
    dependencies=[Admin],
)
def export_audit_lines(store: StoreOf, by: By = None, kind: Of = None) -> StreamingResponse:
    """Each line carries the hash of the one before and its own, so that the whole can be verified elsewhere.

    `hash` is the SHA-256 of `previous` followed by the canonical JSON of the other fields: keys sorted, no blanks, UTF-8.
    """
    return download(exports.write_audit_jsonl(store.audit.lines(by=by, kind=kind)), "audit.jsonl", LINES)


def download(parts: Iterable[str] | Iterable[bytes], name: str, media_type: str) -> StreamingResponse:
    """A file to be saved under this name, sent in parts."""
    return StreamingResponse(parts, media_type=media_type, headers=_saved_as(name))


def _saved_as(name: str) -> dict[str, str]:
    """The name, and one in plain letters beside it for old browsers."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
    return {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"}
