"""`/corrections`: what people corrected, the latest first, and its undo: here is what was deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.correcting import follow
from app.errors import BadInput, NotYours
from app.roles import Act
from app.store.views import CorrectionView, Slice
from app.web.api.parameters import Id
from app.web.dependencies import HandsOf, Reviewer, StoreOf, Writable, may
from app.web.pages.fields import Said, back_to
from app.web.pages.links import Pages, pages_of
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.pages.whose import whose_page

__all__ = ["CorrectionsPage", "router"]

router = APIRouter()


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    shell: Shell
    found: Slice[CorrectionView]
    links: Pages


@router.get("/corrections", response_class=HTMLResponse)
def corrections(request: Request, store: StoreOf, cursor: str | None = None) -> HTMLResponse:
    found = store.corrections.corrections(cursor=cursor, every_word=may(request, Act.CORRECT))
    page = CorrectionsPage(
        shell_of(request, "Corrections", "corrections", noindex=True), found, pages_of(request, found)
    )
    return render("pages/corrections.html", page)


@router.post("/corrections/{correction_id}", dependencies=[Writable])
def undo(
    request: Request,
    store: StoreOf,
    hands: HandsOf,
    by: Reviewer,
    correction_id: Id,
    do: Annotated[str, Form()] = "undo",
    back: Annotated[str, Form(max_length=2000)] = "",
    whose: Annotated[Said, Form(max_length=200)] = "",
) -> Response:
    """What takes back another person's correction asks first."""
    if do != "undo":
        raise BadInput("a correction can only be undone.", where="do", mend="Use the buttons of the page.")
    try:
        done = store.corrections.undo_correction(correction_id, by=by, whose=whose.strip() or None)
    except NotYours as error:
        return whose_page(request, error, f"/corrections/{correction_id}", do, back)
    follow(store, done, hands)
    return RedirectResponse(back_to(back, "/corrections"), status_code=303)
