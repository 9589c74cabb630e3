"""The work on a row, sent by plain forms: who looks into it, until when, how far that is; and comments."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse

from app.errors import BadInput
from app.store import WorkState
from app.web.api.parameters import Id
from app.web.dependencies import Reviewer, StoreOf, Writable
from app.web.pages.fields import Said, back_to, date_field

__all__ = ["router"]

router = APIRouter(dependencies=[Writable])
Back = Annotated[str, Form(max_length=2000)]


@router.post("/alignments/{alignment_id}/work")
def set_work(
    store: StoreOf,
    by: Reviewer,
    alignment_id: Id,
    assigned: Annotated[Said, Form(max_length=200)] = "",
    due: Annotated[str, Form(max_length=40)] = "",
    state: Annotated[str, Form(max_length=20)] = "open",
    back: Back = "",
) -> RedirectResponse:
    day = date_field("due", due)
    if day.error:
        raise BadInput(day.error, where="due", mend="Go back: what you typed is still there.")
    store.review.set_work(alignment_id, by=by, assigned=assigned, due=day.value, state=cast(WorkState, state))
    return RedirectResponse(back_to(back, f"/alignments/{alignment_id}#work"), status_code=303)


@router.post("/alignments/{alignment_id}/comments")
def comment(
    store: StoreOf,
    by: Reviewer,
    alignment_id: Id,
    text: Annotated[Said, Form(max_length=4000)] = "",
    back: Back = "",
) -> RedirectResponse:
    store.review.comment(alignment_id, by=by, text=text)
    return RedirectResponse(back_to(back, f"/alignments/{alignment_id}#work"), status_code=303)
