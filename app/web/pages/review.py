"""What a reader says of a row, sent by plain forms: flag, note, undo, confirm, dismiss, decide.

Every form posts, is kept in one transaction, and comes back by 303 to the page it was on.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse

from app.errors import BadInput
from app.web.api.parameters import Id
from app.web.dependencies import Reviewer, StoreOf, Writable
from app.web.pages.fields import back_to

__all__ = ["router"]

router = APIRouter(dependencies=[Writable])
Note = Annotated[str, Form(max_length=2000)]
Back = Annotated[str, Form(max_length=2000)]


@router.post("/alignments/{alignment_id}/flags")
def flag(store: StoreOf, by: Reviewer, alignment_id: Id, note: Note = "", back: Back = "") -> RedirectResponse:
    """One click flags; the same form with a note changes the note."""
    store.flag(alignment_id, by=by, note=note.strip())
    return _back(back, alignment_id)


@router.post("/flags/{flag_id}")
def change_flag(
    store: StoreOf, by: Reviewer, flag_id: Id, do: Annotated[str, Form()], note: Note = "", back: Back = ""
) -> RedirectResponse:
    if do == "withdraw":
        found = store.withdraw_flag(flag_id, by=by)
    elif do == "confirm":
        found = store.decide_flag(flag_id, "confirmed", by=by, note=note.strip() or None)
    elif do == "dismiss":
        found = store.decide_flag(flag_id, "dismissed", by=by, note=note.strip() or None)
    elif do == "reopen":
        found = store.decide_flag(flag_id, "open", by=by)
    else:
        raise BadInput(
            f"“{do[:40]}” is nothing one can do with a flag.", where="do", mend="Use the buttons of the page."
        )
    return _back(back, found.alignment_id)


@router.post("/alignments/{alignment_id}/decisions")
def decide(
    store: StoreOf,
    by: Reviewer,
    alignment_id: Id,
    kind: Annotated[str, Form()],
    value: Annotated[str, Form(max_length=500)] = "",
    claims: Annotated[list[int], Form()] = [],  # noqa: B006  FastAPI copies it
    note: Note = "",
    back: Back = "",
) -> RedirectResponse:
    if kind not in {"confirm", "reject", "merge", "split", "relabel"}:
        raise BadInput(f"“{kind[:40]}” is no decision.", where="kind", mend="Use the buttons of the page.")
    store.decide(alignment_id, kind, by=by, value=value.strip() or None, note=note.strip(), claims=claims)  # type: ignore[arg-type]
    return _back(back, alignment_id)


@router.post("/decisions/{decision_id}")
def undo_decision(store: StoreOf, by: Reviewer, decision_id: Id, back: Back = "") -> RedirectResponse:
    found = store.undo_decision(decision_id, by=by)
    return _back(back, found.alignment_id)


def _back(back: str, alignment_id: int) -> RedirectResponse:
    return RedirectResponse(back_to(back, f"/alignments/{alignment_id}"), status_code=303)
