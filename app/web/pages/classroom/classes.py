"""`/classes/{code}`: a class of several groups. Each group marks under its own name; then what the tool says is revealed.

A class works on a frozen comparison, so nothing moves under its hands. Whoever has signed in (a reader will do: a class
may share one) and knows the code may mark; what only its teacher may do is in `desk.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, cast
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from app.core.text import clean
from app.errors import BadInput, Conflicting, ParallaxError
from app.store import Store
from app.store.views import ClassMark, ClassView
from app.web.dependencies import StoreOf, Writable
from app.web.limits import FORM_LIMITS
from app.web.pages.classroom.tally import MARKS, Agreement, Blank, Judged, agreement, key_of, marked_claims
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render

__all__ = ["ClassPage", "Code", "router"]

router = APIRouter()
Code = Annotated[str, Path(min_length=1, max_length=40)]
PAGE = 20
"""Rows a group sees at once."""


@dataclass(frozen=True, slots=True)
class ClassPage:
    """`group`: whose sheet this is, "" for the class as a whole. `blanks` until it is revealed, `rows` and `sums` after."""

    shell: Shell
    code: str
    title: str
    slug: str
    snapshot: str
    revealed: bool
    over: bool
    by: str
    at: datetime
    ends_on: date | None
    group: str
    groups: tuple[tuple[str, int], ...]  # name, rows marked
    total: int  # rows there are to mark
    blanks: tuple[Blank, ...]
    number: int  # of the page, from 1
    numbers: int  # pages
    rows: tuple[Judged, ...]
    sums: Agreement | None
    marks: tuple[str, ...]
    saved: int
    error: ParallaxError | None


@router.get("/classes", response_class=RedirectResponse)
def join(code: Annotated[str, Query(max_length=40)] = "", group: str = "") -> RedirectResponse:
    """The form that asks for a code. Codes are read out, so blanks and capitals do not matter."""
    plain = "".join(c for c in code.casefold() if c.isascii() and c.isalnum()) or "none"
    query = f"?{urlencode({'group': group.strip()[:60]})}" if group.strip() else ""
    return RedirectResponse(f"/classes/{plain}{query}", status_code=303)


@router.get("/classes/{code}", response_class=HTMLResponse)
def class_page(
    request: Request,
    store: StoreOf,
    code: Code,
    group: Annotated[str, Query(max_length=200)] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    saved: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> HTMLResponse:
    return _page(request, store.snapshots.class_view(code), group, page, saved=saved)


@router.post("/classes/{code}/marks", dependencies=[Writable])
async def mark(request: Request, store: StoreOf, code: Code) -> Response:
    async with request.form(**FORM_LIMITS) as form:
        return await run_in_threadpool(_mark, request, store, code, form)


def _mark(request: Request, store: Store, code: str, form: FormData) -> Response:
    """All marks of the sheet, or none and the sheet again with what was ticked."""
    view = store.snapshots.class_view(code)
    group = " ".join(clean(str(form.get("group", ""))).split())
    number = int(str(form.get("page", "1"))) if str(form.get("page", "1")).isdecimal() else 1
    keys = {key_of(view.code, r.alignment_id): r.alignment_id for r in view.rows}
    asked = {keys[k]: str(v) for k, v in form.items() if k in keys and v}
    try:
        if not asked:
            raise BadInput("No row was marked yet.", where="form", mend="Choose one answer for at least one row.")  # noqa: TRY301
        store.snapshots.mark_rows(code, group, {row: cast(ClassMark, mark) for row, mark in asked.items()})
    except (BadInput, Conflicting) as error:
        return _page(request, store.snapshots.class_view(code), group, number, asked=asked, error=error)
    query = urlencode({"group": group, "page": number, "saved": len(asked)})
    return RedirectResponse(f"/classes/{view.code}?{query}", status_code=303)


def _page(
    request: Request,
    view: ClassView,
    group: str,
    page: int,
    *,
    saved: int = 0,
    asked: Mapping[int, str] | None = None,
    error: ParallaxError | None = None,
) -> HTMLResponse:
    name = " ".join(group.split())[:60]
    numbers = max(1, -(-len(view.rows) // PAGE))
    number = min(page, numbers)
    shown = view.rows[(number - 1) * PAGE : number * PAGE] if name and not view.revealed else ()
    judged = _judged(view) if view.revealed else ()
    marked = {g: sum(g in r.by_group for r in view.rows) for g in view.groups}
    context = ClassPage(
        shell=shell_of(request, view.title, "stories", noindex=True),
        code=view.code,
        title=view.title,
        slug=view.story.slug,
        snapshot=view.snapshot,
        revealed=view.revealed,
        over=view.over,
        by=view.by,
        at=view.at,
        ends_on=view.ends_on,
        group=name,
        groups=tuple(marked.items()),
        total=len(view.rows),
        blanks=tuple(
            Blank(
                key_of(view.code, r.alignment_id),
                r.label,
                marked_claims(r.cells),
                {m: int((asked or {}).get(r.alignment_id, r.by_group.get(name)) == m) for m in MARKS},
            )
            for r in shown
        ),
        number=number,
        numbers=numbers,
        rows=judged,
        sums=agreement(judged) if view.revealed else None,
        marks=MARKS,
        saved=saved,
        error=error,
    )
    return render("pages/class.html", context, status_code=error.status if error else 200)


def _judged(view: ClassView) -> tuple[Judged, ...]:
    return tuple(
        Judged(r.alignment_id, r.label, marked_claims(r.cells), r.tally, r.verdict, r.summary, r.reasons, r.by_group)
        for r in view.rows
        if r.verdict is not None
    )
