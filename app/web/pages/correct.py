"""Merging, splitting and parting rows, in two steps: the first page says what will happen, the second click does it.

`/alignments/{id}/merge?q=&into=`, `/alignments/{id}/split?claims=`, `/alignments/{id}/part` are plain addresses: what was
chosen is in them, so that nothing is lost on the way there or back. The form at their end posts the decision; what it
cannot do is said on the same page, with everything still chosen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from app.errors import ParallaxError
from app.store import Store
from app.store.titles import row_titles
from app.store.views import AlignmentView, ClaimView, RowSummary
from app.web.api.parameters import LARGEST_ID, Id
from app.web.dependencies import StoreOf
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render

__all__ = ["CANDIDATES", "CorrectPage", "Kind", "correct_page", "router", "rows_alike"]

router = APIRouter()
Kind = Literal["merge", "split", "reject"]
CANDIDATES = 30
"""Rows offered at once to merge with; the search finds the others."""
TITLES = {"merge": "Merge this row into another", "split": "Split this row", "reject": "Take these claims apart"}


@dataclass(frozen=True, slots=True)
class CorrectPage:
    """`into` and `leaving` are what was chosen; `ready`: enough to say what will happen."""

    shell: Shell
    view: AlignmentView
    kind: Kind
    claims: tuple[ClaimView, ...]
    leaving: frozenset[int]
    q: str
    candidates: tuple[RowSummary, ...]
    found: int
    into: RowSummary | None
    note: str
    error: ParallaxError | None
    ready: bool
    hint: str


@router.get("/alignments/{alignment_id}/merge", response_class=HTMLResponse)
def merge_row(
    request: Request,
    store: StoreOf,
    alignment_id: Id,
    q: Annotated[str, Query(max_length=200)] = "",
    into: str = "",
) -> HTMLResponse:
    return correct_page(request, store, alignment_id, "merge", q=q, into=into)


@router.get("/alignments/{alignment_id}/split", response_class=HTMLResponse)
def split_row(
    request: Request,
    store: StoreOf,
    alignment_id: Id,
    claims: Annotated[list[str], Query(max_length=500)] = [],  # noqa: B006  FastAPI copies it
) -> HTMLResponse:
    return correct_page(request, store, alignment_id, "split", claims=_ids(claims))


@router.get("/alignments/{alignment_id}/part", response_class=HTMLResponse)
def part(request: Request, store: StoreOf, alignment_id: Id) -> HTMLResponse:
    return correct_page(request, store, alignment_id, "reject")


def correct_page(
    request: Request,
    store: Store,
    alignment_id: int,
    kind: Kind,
    *,
    q: str = "",
    into: str = "",
    claims: Sequence[int] = (),
    note: str = "",
    error: ParallaxError | None = None,
) -> HTMLResponse:
    """The page for one decision, with what was chosen so far, and what is wrong with it if it was tried."""
    view = store.rows.alignment(alignment_id)
    every = tuple(c for cell in view.row.cells for c in cell.claims)
    rows = [r for r in row_titles(store, view.story.slug) if r.id != view.row.id] if kind == "merge" else []
    chosen = next((r for r in rows if str(r.id) == into.strip()), None)
    matching = rows_alike(view.row.label, rows, q)
    leaving = frozenset(claims) & {c.id for c in every}
    hint = ""
    if kind == "split" and claims:
        hint = "Something must stay in the row: leave at least one unticked." if len(leaving) == len(every) else ""
    if kind == "merge" and into.strip() and chosen is None:
        hint = f"Row {into.strip()[:20]} is no other row of this story. Choose one of these."
    page = CorrectPage(
        shell=shell_of(request, TITLES[kind], "stories"),
        view=view,
        kind=kind,
        claims=every,
        leaving=leaving,
        q=q,
        candidates=tuple(matching[:CANDIDATES]),
        found=len(matching),
        into=chosen,
        note=note,
        error=error,
        ready={
            "merge": chosen is not None,
            "split": 0 < len(leaving) < len(every),
            "reject": len(every) > 1,
        }[kind],
        hint=hint,
    )
    return render("pages/correct.html", page, status_code=error.status if error else 200)


def rows_alike(label: str, rows: Sequence[RowSummary], q: str = "") -> list[RowSummary]:
    """The rows that hold every word of `q`, those that share most words with `label` first, else in their order.

    >>> rows_alike("x", ())
    []
    """
    asked = q.casefold().split()
    mine = _words(label)
    fit = [r for r in rows if all(w in f"{r.id} {r.label} {r.summary}".casefold() for w in asked)]
    return sorted(fit, key=lambda r: -len(mine & _words(r.label)))


def _words(text: str) -> set[str]:
    return {w for w in re.findall(r"\w+", text.casefold()) if len(w) > 3 or not w.isascii()}


def _ids(values: Sequence[str]) -> list[int]:
    numbers = [int(v) for v in values if v.isascii() and v.isdigit() and len(v) < 20]
    return [n for n in numbers if n <= LARGEST_ID]
