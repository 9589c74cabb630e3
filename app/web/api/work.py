from __future__ import annotations

from datetime import date
from typing import Literal

from fastapi import APIRouter, Response
from pydantic import ConfigDict, Field

from app.store.views import CommentView, WorkView
from app.web.api.parameters import Id
from app.web.dependencies import Reviewer, StoreOf, Writable
from app.web.schemas import SentBody

__all__ = ["router"]

router = APIRouter(tags=["review"], dependencies=[Writable])


class NewWork(SentBody):
    """All of it at once: what is left out is taken away."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"assigned": "ann", "due": "2030-01-31", "state": "in work"}]}
    )

    assigned: str | None = Field(default=None, max_length=100, description="Who looks into it; null for nobody.")
    due: date | None = None
    state: Literal["open", "in work", "done"] = "open"


class NewComment(SentBody):
    text: str = Field(min_length=1, max_length=4000, examples=["I asked the ministry; see https://example.org/answer"])


@router.put("/alignments/{alignment_id}/work", summary="Assign a row of the queue")
def set_work(store: StoreOf, by: Reviewer, alignment_id: Id, body: NewWork) -> WorkView:
    """Who looks into it, until when, and how far that is. What it was before is in the audit log."""
    return store.review.set_work(alignment_id, by=by, assigned=body.assigned, due=body.due, state=body.state)


@router.post("/alignments/{alignment_id}/comments", status_code=201, summary="Comment on a row")
def comment_on_row(response: Response, store: StoreOf, by: Reviewer, alignment_id: Id, body: NewComment) -> CommentView:
    """Plain text, kept for good. Comments come with the row: `/alignments/{id}` and `/conflicts`."""
    made = store.review.comment(alignment_id, by=by, text=body.text)
    response.headers["location"] = f"/api/v1/alignments/{made.alignment_id}"
    return made
