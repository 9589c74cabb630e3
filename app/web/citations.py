"""How to cite what is shown: `/stories/{slug}/cite.{txt,bib,json}`, and so for rows, claims and frozen comparisons.

The day of access is the asker's to give (`accessed`); a frozen comparison has its own, the day it was frozen.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.exports.citations import CITATION_TYPES, CITATIONS, Cited, claim_cited, frozen_cited, row_cited, story_cited
from app.version import software_version
from app.web.api.parameters import Id, Key, SnapshotId
from app.web.dependencies import StoreOf
from app.web.site import site_of

__all__ = ["router"]

router = APIRouter()
Form = Literal["txt", "bib", "json"]
Accessed = Annotated[date | None, Query(description="Day of access, as the citation names it; none when not given.")]
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"content": {m.partition(";")[0]: {} for m in CITATION_TYPES.values()}, "description": "The citation"}
}


@router.get(
    "/stories/{slug}/cite.{form}",
    tags=["stories"],
    summary="How to cite a story: plain text, BibTeX, CSL-JSON",
    response_class=Response,
    responses=_RESPONSES,
)
def cite_story(request: Request, store: StoreOf, slug: Key, form: Form, accessed: Accessed = None) -> Response:
    story = store.rows.named(slug)
    return _answer(story_cited(story, software_version(), site_of(request), accessed), form)


@router.get(
    "/alignments/{alignment_id}/cite.{form}",
    tags=["alignments"],
    summary="How to cite a row, with its verdict as it is now",
    response_class=Response,
    responses=_RESPONSES,
)
def cite_row(request: Request, store: StoreOf, alignment_id: Id, form: Form, accessed: Accessed = None) -> Response:
    return _answer(row_cited(store.rows.alignment(alignment_id), software_version(), site_of(request), accessed), form)


@router.get(
    "/claims/{claim_id}/cite.{form}",
    tags=["claims"],
    summary="How to cite what an outlet claims",
    response_class=Response,
    responses=_RESPONSES,
)
def cite_claim(request: Request, store: StoreOf, claim_id: Id, form: Form, accessed: Accessed = None) -> Response:
    return _answer(claim_cited(store.library.claim(claim_id), software_version(), site_of(request), accessed), form)


@router.get(
    "/snapshots/{snapshot_id}/cite.{form}",
    tags=["snapshots"],
    summary="How to cite a frozen comparison, on the day it was frozen",
    response_class=Response,
    responses=_RESPONSES,
)
def cite_snapshot(request: Request, store: StoreOf, snapshot_id: SnapshotId, form: Form) -> Response:
    return _answer(frozen_cited(store.snapshots.snapshot(snapshot_id), site_of(request)), form)


def _answer(cited: Cited, form: Form) -> Response:
    shown = {} if form == "txt" else {"Content-Disposition": f'attachment; filename="{cited.key}.{form}"'}
    return Response(CITATIONS[form](cited), media_type=CITATION_TYPES[form], headers=shown)
