from __future__ import annotations

from fastapi import APIRouter, Response

from app.store.views import AlignmentView, DecisionView, FlagView
from app.web.api.parameters import Id
from app.web.dependencies import Reviewer, StoreOf, Writable
from app.web.schemas import FlagChange, NewDecision, NewFlag

__all__ = ["router"]

router = APIRouter()


@router.get("/alignments/{alignment_id}", tags=["alignments"], summary="A row with everything behind it")
def read_alignment(store: StoreOf, alignment_id: Id) -> AlignmentView:
    """Relations with their scores part by part, reasons, and the row's history. A merged row gives what it went into."""
    return store.alignment(alignment_id)


@router.post(
    "/alignments/{alignment_id}/flags", tags=["review"], status_code=201, summary="Flag a row", dependencies=[Writable]
)
def flag_alignment(response: Response, store: StoreOf, by: Reviewer, alignment_id: Id, body: NewFlag) -> FlagView:
    """One flag a person and row: flagging again only changes the note."""
    flag = store.flag(alignment_id, by=by, note=body.note)
    response.headers["location"] = f"/api/v1/flags/{flag.id}"
    return flag


@router.patch("/flags/{flag_id}", tags=["review"], summary="Confirm, dismiss or reopen a flag", dependencies=[Writable])
def decide_flag(store: StoreOf, by: Reviewer, flag_id: Id, body: FlagChange) -> FlagView:
    """Reopening (`"state": "open"`) undoes a confirmation or a dismissal."""
    return store.decide_flag(flag_id, body.state, by=by, note=body.note)


@router.delete("/flags/{flag_id}", tags=["review"], summary="Take a flag back", dependencies=[Writable])
def withdraw_flag(store: StoreOf, by: Reviewer, flag_id: Id) -> FlagView:
    """The flag goes from the row and stays in its history."""
    return store.withdraw_flag(flag_id, by=by)


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
    """Kept beside the machine's value, which it never overwrites. 409 when the row no longer stands."""
    decision = store.decide(
        alignment_id, body.kind, by=by, value=body.value or None, note=body.note, claims=body.claims
    )
    response.headers["location"] = f"/api/v1/decisions/{decision.id}"
    return decision


@router.delete("/decisions/{decision_id}", tags=["review"], summary="Undo a decision", dependencies=[Writable])
def undo_decision(store: StoreOf, by: Reviewer, decision_id: Id) -> DecisionView:
    """The row shows as if it had never been; the decision stays in the history with the time it was undone."""
    return store.undo_decision(decision_id, by=by)
