from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from app.store.views import CorrectionView, FrozenText, SnapshotCard, SnapshotView, StoryRef, StoryView
from app.web.api.parameters import Key
from app.web.dependencies import Reviewer, StoreOf, Writable
from app.web.schemas import Note, Paged, SentBody

__all__ = ["router"]

router = APIRouter(tags=["snapshots"])


class NewSnapshot(SentBody):
    note: str = Note


class SnapshotBody(BaseModel):
    """A story as it was. `digest` is the SHA-256 of what `/snapshots/{id}/record` gives; `id`, its beginning, is cited."""

    id: str
    digest: str
    story: StoryRef
    by: str
    note: str
    at: str = Field(description="When this state was first frozen.")
    software: str
    reader: str
    weights: str = Field(
        description="Digest of the rules, words and weights that made the rows; empty where it was not told."
    )
    texts: tuple[FrozenText, ...] = Field(description="What the articles said, by hash of their bodies.")
    corrected: tuple[CorrectionView, ...] = Field(description="What people had corrected in it then.")
    view: StoryView = Field(description="The story with every row.")

    @classmethod
    def of(cls, found: SnapshotView) -> SnapshotBody:
        fields = {name: getattr(found, name) for name in cls.model_fields if name not in ("at", "view")}
        view = replace(found.view, rows=replace(found.view.rows, items=tuple(found.view.rows.items)))
        return cls(**fields, at=found.at.isoformat(), view=view)


@router.get("/stories/{slug}/snapshots", summary="Frozen comparisons of a story, the latest first")
def list_snapshots(store: StoreOf, slug: Key) -> Paged[SnapshotCard]:
    """By the slug the story had: frozen comparisons outlive their story."""
    found = store.snapshots.snapshots(slug)
    return Paged(items=found, total=len(found))


@router.post(
    "/stories/{slug}/snapshots", status_code=201, summary="Freeze a story as it is now", dependencies=[Writable]
)
def freeze_story(response: Response, store: StoreOf, by: Reviewer, slug: Key, body: NewSnapshot) -> SnapshotCard:
    """Kept for good: there is no way to change or delete it. The same state frozen again is the snapshot there is."""
    made = store.snapshots.freeze(slug, by=by, note=body.note)
    response.headers["location"] = f"/api/v1/snapshots/{made.id}"
    return SnapshotCard(made.id, made.story, made.by, made.note, made.at, made.digest)


@router.get("/snapshots/{snapshot_id}", summary="A frozen comparison")
def read_snapshot(store: StoreOf, snapshot_id: Key) -> SnapshotBody:
    """Built from its own record alone, whatever became of the story."""
    return SnapshotBody.of(store.snapshots.snapshot(snapshot_id))


@router.get(
    "/snapshots/{snapshot_id}/record",
    summary="The canonical JSON of a frozen comparison",
    responses={200: {"content": {"application/json": {}}}},
    response_class=Response,
)
def read_record(store: StoreOf, snapshot_id: Key) -> Response:
    """The very bytes: their SHA-256 is the snapshot's digest."""
    return Response(store.snapshots.snapshot(snapshot_id).record, media_type="application/json")
