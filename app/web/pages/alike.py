"""`/alignments/{id}/alike`: one word on a row and on those alike. All are ticked at first; what is unticked stays as it is."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.core.records import VERDICTS, Status
from app.store.views import AlignmentView, RowSummary
from app.web.api.parameters import Id
from app.web.dependencies import StoreOf
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render

__all__ = ["AlikePage", "router"]

router = APIRouter()


@dataclass(frozen=True, slots=True)
class AlikePage:
    shell: Shell
    view: AlignmentView
    alike: tuple[RowSummary, ...]
    said: str  # the verdict by which whoever asks decided this row already, "" for none


@router.get("/alignments/{alignment_id}/alike", response_class=HTMLResponse)
def alike(request: Request, store: StoreOf, alignment_id: Id) -> HTMLResponse:
    view = store.rows.alignment(alignment_id)
    shell = shell_of(request, "Decide all like this", "conflicts")
    mine = [
        d.value or "" for d in view.row.decisions if d.by == shell.reviewer and d.value in VERDICTS and not d.undone_at
    ]
    if any(f.state == "dismissed" and f.decided_by == shell.reviewer for f in view.row.flags):
        mine.insert(0, Status.DIVERGE)
    page = AlikePage(
        shell=shell,
        view=view,
        alike=store.review.alike(view.row.id),
        said=mine[-1] if mine else "",
    )
    return render("pages/alike.html", page)
