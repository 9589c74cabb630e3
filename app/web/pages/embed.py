"""`/alignments/{id}/embed`: one row alone, for a frame in somebody else's page. No script, no forms, no navigation."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.exports.lines import RowLine, columns_for, row_line
from app.store.views import AlignmentView
from app.web.api.parameters import Id
from app.web.dependencies import StoreOf
from app.web.embedding import ancestors
from app.web.headers import FRAMED_BY
from app.web.pages.templates import render
from app.web.site import site_of

__all__ = ["EmbedPage", "router"]

router = APIRouter()


@dataclass(frozen=True, slots=True)
class EmbedPage:
    view: AlignmentView
    line: RowLine
    address: str  # of the row, whole


@router.get("/alignments/{alignment_id}/embed", response_class=HTMLResponse)
def embed(request: Request, store: StoreOf, alignment_id: Id) -> HTMLResponse:
    """Framed by the sites that `PARALLAX_EMBED_SITES` names, and by no other."""
    view = store.rows.alignment(alignment_id)
    line = row_line(view.row, columns_for(view.columns))
    setattr(request.state, FRAMED_BY, ancestors(request))
    return render("pages/embed.html", EmbedPage(view, line, f"{site_of(request)}/alignments/{view.row.id}"))
