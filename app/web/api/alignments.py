from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.store.views import AlignmentView, DecisionView, FlagView, RowSummary
from app.web.api.parameters import Cursor, Id, Limit, Whose, link_pages
from app.web.dependencies import Reviewer, StoreOf, Writable
from app.web.schemas import AlikeDecision, FlagChange, NewDecision, NewFlag, Paged

__all__ = ["router"]

router = APIRouter()
Together = Annotated[bool, Query(description="Also what was decided in one go with it.")]


@router.get("/alignments/{alignment_id}", tags=["alignments"], summary="A row with everything behind it")
def read_alignment(
    *,
    request: Request,
    response: Response,
    store: StoreOf,
    alignment_id: Id,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> AlignmentView:
    """Relations with their scores part by part, reasons, and the row's history. A merged row gives what it went into.

    `limit` relations from `cursor`: what differs or is least sure first; `relation_counts` counts all, by kind.
    """
    view = store.rows.alignment(alignment_id, cursor=cursor, limit=limit)
    link_pages(request, response, view.relations_next, view.relations_previous)
    return view


@router.post(
    "/alignments/{alignment_id}/flags", tags=["review"], status_code=201, summary="Flag a row", dependencies=[Writable]
)
def flag_alignment(response: Response, store: StoreOf, by: Reviewer, alignment_id: Id, body: NewFlag) -> FlagView:
    """That it conflicts; of a single-source row, that it is doubtful. One flag a person and row: again only changes the note."""
    flag = store.review.flag(alignment_id, by=by, note=body.note)
    response.headers["location"] = f"/api/v1/flags/{flag.id}"
    return flag


@router.patch("/flags/{flag_id}", tags=["review"], summary="Confirm, dismiss or reopen a flag", dependencies=[Writable])
def decide_flag(store: StoreOf, by: Reviewer, flag_id: Id, body: FlagChange) -> FlagView:
    """Reopening (`"state": "open"`) takes your own word back. What differs from another person's stands beside it, in `opinions`.

    409 for another person's word, unless `whose` says that it is theirs.
    """
    return store.review.decide_flag(flag_id, body.state, by=by, note=body.note, whose=body.whose)


@router.delete("/flags/{flag_id}", tags=["review"], summary="Take a flag back", dependencies=[Writable])
def withdraw_flag(store: StoreOf, by: Reviewer, flag_id: Id, whose: Whose = None) -> FlagView:
    """The flag goes from the row and stays in its history. 409 for another person's, unless `whose` says so."""
    return store.review.withdraw_flag(flag_id, by=by, whose=whose)


@router.post(
    "/alignments/{alignment_id}/decisions",
    tags=["review"],
    status_code=201,
    summary="Decide on a row: confirm, reject, merge, split, relabel",
    dependencies=[Writable],
)
def decide_alignment(
    response: Response, store: StoreOf, by: Reviewer, alignment_id: Id, body: NewDecision
) -> DecisionView:
    """Kept beside the machine's value, which it never overwrites. 409 when the row no longer stands.

    `standing` says whether it is in force, beside another person's that differs, or proposed until a second person agrees.
    """
    decision = store.review.decide(
        alignment_id, body.kind, by=by, value=body.value or None, note=body.note, claims=body.claims
    )
    response.headers["location"] = f"/api/v1/decisions/{decision.id}"
    return decision


@router.get("/alignments/{alignment_id}/alike", tags=["alignments"], summary="Rows alike to this one, undecided")
def read_alike(store: StoreOf, alignment_id: Id) -> Paged[RowSummary]:
    """Of the same story, verdict and dimensions, and nobody spoke of them yet; itself is not among them."""
    found = store.review.alike(store.rows.alignment(alignment_id).row.id)
    return Paged(items=found, total=len(found))


@router.post(
    "/alignments/{alignment_id}/alike",
    tags=["review"],
    status_code=201,
    summary="Decide a row and all rows alike in one go",
    dependencies=[Writable],
)
def decide_alike(store: StoreOf, by: Reviewer, alignment_id: Id, body: AlikeDecision) -> Paged[DecisionView]:
    """Each row gets a decision of its own. All are kept, or none; `DELETE` of one with `together=true` undoes all."""
    rows = body.rows or tuple(r.id for r in store.review.alike(alignment_id))
    made = store.review.decide_alike({alignment_id, *rows}, by=by, verdict=body.verdict, note=body.note)
    return Paged(items=made, total=len(made))


@router.delete("/decisions/{decision_id}", tags=["review"], summary="Undo a decision", dependencies=[Writable])
def undo_decision(
    store: StoreOf, by: Reviewer, decision_id: Id, whose: Whose = None, together: Together = False
) -> DecisionView:
    """The row shows as if it had never been; the decision stays in the history with who undid it and when.

    409 for another person's, unless `whose` says that it is theirs.
    """
    undo = store.review.undo_together if together else store.review.undo_decision
    return undo(decision_id, by=by, whose=whose)


@router.post(
    "/decisions/{decision_id}/agreements",
    tags=["review"],
    status_code=201,
    summary="Agree with another person's decision",
    dependencies=[Writable],
)
def agree_with_decision(
    response: Response, store: StoreOf, by: Reviewer, decision_id: Id, body: NewFlag
) -> DecisionView:
    """The same decision in your name. Where decisions need two people this makes it take force. 409 for your own."""
    decision = store.review.agree(decision_id, by=by, note=body.note)
    response.headers["location"] = f"/api/v1/decisions/{decision.id}"
    return decision
