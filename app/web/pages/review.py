"""What a reader says of a row, sent by plain forms: flag, note, undo, confirm, dismiss, decide.

Every form posts, is kept in one transaction, and comes back by 303 to the page it was on. In an address to come back to,
`done=` names the row that was decided, so that the page can say so and offer to undo it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, cast

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from app.errors import BadInput, Conflicting, NotFound, NotYours
from app.store import DecisionKind, FlagState, Store
from app.store.views import FlagView
from app.web.api.parameters import Id
from app.web.dependencies import Reviewer, StoreOf, Writable
from app.web.pages.correct import Kind, correct_page
from app.web.pages.fields import Said, back_to
from app.web.pages.whose import whose_page

__all__ = ["router"]

router = APIRouter(dependencies=[Writable])
Note = Annotated[Said, Form(max_length=2000)]
Back = Annotated[str, Form(max_length=2000)]
Whose = Annotated[Said, Form(max_length=200)]
_STATES: Mapping[str, FlagState] = {"confirm": "confirmed", "dismiss": "dismissed", "note": "open"}


@router.post("/alignments/{alignment_id}/flags")
def flag(store: StoreOf, by: Reviewer, alignment_id: Id, note: Note = "", back: Back = "") -> RedirectResponse:
    """One click flags; the same form with a note changes the note."""
    store.review.flag(alignment_id, by=by, note=note.strip())
    return _back(back, alignment_id)


@router.post("/flags/{flag_id}")
def change_flag(
    request: Request,
    store: StoreOf,
    by: Reviewer,
    flag_id: Id,
    do: Annotated[str, Form()],
    note: Note = "",
    back: Back = "",
    whose: Whose = "",
) -> Response:
    """What takes back another person's word asks first."""
    try:
        found = _change(store, by, flag_id, do, note.strip(), whose.strip() or None)
    except NotYours as error:
        return whose_page(request, error, f"/flags/{flag_id}", do, back)
    return _back(back, found.alignment_id)


def _change(store: Store, by: str, flag_id: int, do: str, note: str, whose: str | None) -> FlagView:
    if do == "withdraw":
        return store.review.withdraw_flag(flag_id, by=by, whose=whose)
    if do == "reopen":
        return store.review.decide_flag(flag_id, "open", by=by, whose=whose)
    if do not in _STATES:
        raise BadInput(
            f"“{do[:40]}” is nothing one can do with a flag.", where="do", mend="Use the buttons of the page."
        )
    return store.review.decide_flag(flag_id, _STATES[do], by=by, note=note or None)


@router.post("/alignments/{alignment_id}/decisions")
def decide(
    request: Request,
    store: StoreOf,
    by: Reviewer,
    alignment_id: Id,
    kind: Annotated[str, Form()],
    value: Annotated[Said, Form(max_length=500)] = "",
    claims: Annotated[list[int], Form()] = [],  # noqa: B006  FastAPI copies it
    note: Note = "",
    back: Back = "",
) -> Response:
    """What changes which statements stand together and cannot be done is said on its own page, with all that was chosen."""
    if kind not in {"confirm", "reject", "merge", "split", "relabel"}:
        raise BadInput(f"“{kind[:40]}” is no decision.", where="kind", mend="Use the buttons of the page.")
    try:
        store.review.decide(
            alignment_id,
            cast(DecisionKind, kind),
            by=by,
            value=value.strip() or None,
            note=note.strip(),
            claims=claims,
        )
    except (BadInput, Conflicting, NotFound) as error:
        if kind not in {"merge", "split", "reject"}:
            raise
        return correct_page(
            request, store, alignment_id, cast(Kind, kind), into=value, claims=claims, note=note, error=error
        )
    return _back(back, alignment_id)


@router.post("/alignments/{alignment_id}/alike")
def decide_alike(
    store: StoreOf,
    by: Reviewer,
    alignment_id: Id,
    value: Annotated[Said, Form(max_length=20)] = "",
    rows: Annotated[list[int], Form()] = [],  # noqa: B006  FastAPI copies it
    note: Note = "",
    back: Back = "",
) -> RedirectResponse:
    """`value`: a verdict, or nothing for “they are right”; `rows`: those ticked beside this one."""
    store.review.decide_alike({alignment_id, *rows}, by=by, verdict=value.strip() or None, note=note.strip())
    return _back(back, alignment_id)


@router.post("/decisions/{decision_id}")
def change_decision(
    request: Request,
    store: StoreOf,
    by: Reviewer,
    decision_id: Id,
    do: Annotated[str, Form()] = "undo",
    back: Back = "",
    whose: Whose = "",
) -> Response:
    """Undo one's own, alone or with what was said in one go, undo another's after it was asked, or agree with another's."""
    if do not in ("undo", "undo-all", "agree"):
        raise BadInput(
            f"“{do[:40]}” is nothing one can do with a decision.",
            where="do",
            mend="A decision can be undone (do=undo, do=undo-all) or agreed to (do=agree).",
        )
    if do == "agree":
        return _back(back, store.review.agree(decision_id, by=by).alignment_id)
    try:
        undo = store.review.undo_together if do == "undo-all" else store.review.undo_decision
        found = undo(decision_id, by=by, whose=whose.strip() or None)
    except NotYours as error:
        return whose_page(request, error, f"/decisions/{decision_id}", do, back)
    return _back(back, found.alignment_id)


def _back(back: str, alignment_id: int) -> RedirectResponse:
    return RedirectResponse(back_to(back, f"/alignments/{alignment_id}"), status_code=303)
