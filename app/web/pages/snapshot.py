"""`/snapshots/{id}`: a comparison as it was when it was frozen: rows, texts' hashes, decisions, versions, time.

It is drawn from the snapshot alone, so it shows the same for ever; only the line that says what has changed since looks
at the living story. `POST /stories/{slug}/snapshots` freezes one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from app import exports
from app.store import Store
from app.store.frozen_rows import rows_frozen
from app.store.story_record import text_hashes
from app.store.titles import row_fingerprints
from app.store.views import Slice, SnapshotCard, SnapshotView, StoryView
from app.web.api.parameters import Key, SnapshotId
from app.web.dependencies import Reviewer, StoreOf, Writable
from app.web.pages.fields import Said
from app.web.pages.links import Pages, changed
from app.web.pages.shell import shell_of
from app.web.pages.side_by_side import SideBySide, beside
from app.web.pages.since import Since, since
from app.web.pages.templates import Shell, render
from app.web.site import site_of

__all__ = ["PAGE", "SnapshotPage", "SnapshotsPage", "router"]

router = APIRouter()
PAGE = 50
"""Rows on one page of a frozen comparison."""


@dataclass(frozen=True, slots=True)
class SnapshotPage:
    shell: Shell
    frozen: SnapshotView
    table: SideBySide
    rows: Slice[object]
    links: Pages
    cite: str
    since: Since | None  # None: the story is here no more
    others: tuple[SnapshotCard, ...]  # of the same story, the latest first
    decisions: int


@dataclass(frozen=True, slots=True)
class SnapshotsPage:
    shell: Shell
    view: StoryView
    cards: tuple[SnapshotCard, ...]


@router.post("/stories/{slug}/snapshots", dependencies=[Writable])
def freeze(
    store: StoreOf, by: Reviewer, slug: Key, note: Annotated[Said, Form(max_length=2000)] = ""
) -> RedirectResponse:
    """The state that was frozen before is the snapshot there is."""
    frozen = store.snapshots.freeze(slug, by=by, note=note.strip())
    return RedirectResponse(f"/snapshots/{frozen.id}", status_code=303)


@router.get("/stories/{slug}/snapshots", response_class=HTMLResponse)
def snapshots(request: Request, store: StoreOf, slug: Key) -> HTMLResponse:
    view = store.rows.story(slug, limit=1)
    shell = shell_of(request, f"Frozen comparisons: {view.story.title}", "stories")
    return render("pages/snapshots.html", SnapshotsPage(shell, view, store.snapshots.snapshots(view.story.slug)))


@router.get("/snapshots/{snapshot_id}", response_class=HTMLResponse)
def snapshot(
    request: Request, store: StoreOf, snapshot_id: SnapshotId, page: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> HTMLResponse:
    frozen = store.snapshots.snapshot(snapshot_id)
    return render("pages/snapshot.html", snapshot_page(request, store, frozen, page))


def snapshot_page(request: Request, store: Store, frozen: SnapshotView, page: int = 1) -> SnapshotPage:
    every = rows_frozen(frozen)
    page = min(page, max(1, -(-len(every) // PAGE)))
    shown = every[(page - 1) * PAGE : page * PAGE]
    view = replace(frozen.view, rows=replace(frozen.view.rows, items=shown), chosen=())
    return SnapshotPage(
        shell=replace(shell_of(request, f"{frozen.story.title}, frozen", "stories"), writable=False),
        frozen=frozen,
        table=beside(view, grouped=True),
        rows=Slice(
            shown,
            len(every),
            str(page + 1) if page * PAGE < len(every) else None,
            str(page - 1) if page > 1 else None,
        ),
        links=Pages(changed(request, {"page": str(page + 1)}), changed(request, {"page": str(page - 1)})),
        cite=exports.cite_frozen(frozen, site_of(request)),
        since=_since(store, frozen),
        others=tuple(c for c in store.snapshots.snapshots(frozen.story.slug) if c.id != frozen.id),
        decisions=every.words,
    )


def _since(store: Store, frozen: SnapshotView) -> Since | None:
    slug = frozen.story.slug
    with store.read() as session:
        connection = session.connection()
        texts = text_hashes(connection, slug)
        return (
            since(rows_frozen(frozen).row_fingerprints, frozen.texts, row_fingerprints(connection, slug), texts)
            if texts
            else None
        )
