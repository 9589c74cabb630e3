"""`/classes/{code}/desk`: what the teacher of a class sees and does, apart from what its code opens.

Whoever has started the class as a signed-in person needs no key. Everybody else types the teacher's key once: it was shown
when the class was started, its hash alone is kept, and this browser remembers it (a cookie for this class's addresses only)
until it is closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.errors import BadInput, NotAllowed, ParallaxError
from app.exports import write_class_csv, write_class_json
from app.store import Store
from app.store.views import ClassView
from app.web.api.parameters import Key
from app.web.dependencies import Reviewer, StoreOf, Writable
from app.web.doors import who_of
from app.web.pages.classroom.classes import Code
from app.web.pages.classroom.tally import key_of
from app.web.pages.fields import Said, date_field
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.proxied import scheme_of

__all__ = ["DeskPage", "router"]

router = APIRouter()
_COOKIE = "parallax-class"
_KEY_CHARS = 60


@dataclass(frozen=True, slots=True)
class DeskPage:
    """`leads`: False where only the key is asked for. `fresh`: the key, shown this once."""

    shell: Shell
    view: ClassView
    leads: bool
    fresh: str
    groups: tuple[tuple[str, int], ...]  # name, rows marked
    row_counts: tuple[tuple[str, int], ...]  # title, groups that marked it
    choices: tuple[tuple[str, str, bool], ...]  # key, title, whether it was chosen
    error: ParallaxError | None


@router.post("/stories/{slug}/classes", response_class=HTMLResponse, dependencies=[Writable])
def start_class(
    request: Request,
    store: StoreOf,
    by: Reviewer,
    slug: Key,
    title: Annotated[Said, Form(max_length=200)] = "",
) -> Response:
    view, key = store.snapshots.start_class(slug, by=by, title=title)
    page = _page(request, view, fresh=key)
    _remember(request, page, view.code, key)
    return page


@router.get("/classes/{code}/desk", response_class=HTMLResponse)
def desk(request: Request, store: StoreOf, code: Code) -> HTMLResponse:
    return _page(request, store.snapshots.class_view(code), leads=leads_here(request, store, code))


@router.get("/classes/{code}/marks.csv")
def marks_csv(request: Request, store: StoreOf, code: Code) -> Response:
    _must_lead(request, store, code)
    return _file(
        write_class_csv(store.snapshots.class_view(code)),
        "text/csv; charset=utf-8; header=present",
        f"class-{code}.csv",
    )


@router.get("/classes/{code}/marks.json")
def marks_json(request: Request, store: StoreOf, code: Code) -> Response:
    _must_lead(request, store, code)
    return _file(write_class_json(store.snapshots.class_view(code)), "application/json", f"class-{code}.json")


def _file(content: str, media_type: str, name: str) -> Response:
    """Names of groups are in it, so nobody on the way keeps a copy."""
    plain = "".join(c for c in name if c.isascii() and (c.isalnum() or c in "-."))
    headers = {"content-disposition": f'attachment; filename="{plain}"', "cache-control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)


@router.post("/classes/{code}/desk", dependencies=[Writable])
def unlock(
    request: Request, store: StoreOf, code: Code, key: Annotated[str, Form(max_length=_KEY_CHARS)] = ""
) -> Response:
    view = store.snapshots.class_view(code)
    if not store.snapshots.leads_class(code, key=key):
        error = NotAllowed("This is not the teacher's key of this class.", where="form", mend=_MEND)
        return _page(request, view, leads=False, error=error)
    answer = RedirectResponse(f"/classes/{view.code}/desk", status_code=303)
    _remember(request, answer, view.code, key)
    return answer


@router.post("/classes/{code}/rows", dependencies=[Writable])
def choose(
    request: Request, store: StoreOf, by: Reviewer, code: Code, row: Annotated[list[str] | None, Form()] = None
) -> Response:
    _must_lead(request, store, code)
    view = store.snapshots.class_view(code)
    keys = {key_of(view.code, r.alignment_id): r.alignment_id for r in (*view.rows, *view.left_out)}
    try:
        store.snapshots.choose_rows(code, [keys[k] for k in row or () if k in keys], by=by)
    except BadInput as error:
        return _page(request, view, error=error)
    return RedirectResponse(f"/classes/{view.code}/desk", status_code=303)


@router.post("/classes/{code}/reveal", dependencies=[Writable])
def reveal(
    request: Request, store: StoreOf, by: Reviewer, code: Code, sure: Annotated[str, Form(max_length=10)] = ""
) -> Response:
    _must_lead(request, store, code)
    if not sure:
        error = BadInput("Nothing was revealed.", where="form", mend="Tick “everybody has finished” first.")
        return _page(request, store.snapshots.class_view(code), error=error)
    store.snapshots.reveal_class(code, by=by)
    return RedirectResponse(f"/classes/{code}", status_code=303)


@router.post("/classes/{code}/hide", dependencies=[Writable])
def hide(request: Request, store: StoreOf, by: Reviewer, code: Code) -> RedirectResponse:
    """Undo the reveal: whatever was seen meanwhile, the class marks on."""
    _must_lead(request, store, code)
    store.snapshots.hide_class(code, by=by)
    return RedirectResponse(f"/classes/{code}/desk", status_code=303)


@router.post("/classes/{code}/end", dependencies=[Writable])
def end_class(
    request: Request, store: StoreOf, by: Reviewer, code: Code, on: Annotated[str, Form(max_length=20)] = ""
) -> Response:
    """The day on which marks and names go."""
    _must_lead(request, store, code)
    given = date_field("on", on)
    try:
        if given.value is None:
            raise BadInput("This is no day.", where="on", mend="Write it as 2027-01-31.")  # noqa: TRY301
        store.snapshots.set_class_end(code, given.value, by=by)
    except BadInput as error:
        return _page(request, store.snapshots.class_view(code), error=error)
    return RedirectResponse(f"/classes/{code}/desk", status_code=303)


_MEND = "It has four times five letters and digits, and was shown when the class was started."


def leads_here(request: Request, store: Store, code: str) -> bool:
    """Whether whoever asks is the teacher of this class."""
    who = who_of(request)
    key = request.cookies.get(_COOKIE, "")[:_KEY_CHARS]
    return store.snapshots.leads_class(
        code, key=key, person=who.name if who else None, signed_in=who is not None and who.way != "local"
    )


def _must_lead(request: Request, store: Store, code: str) -> None:
    if not leads_here(request, store, code):
        raise NotAllowed("only the teacher of this class may do that.", mend=f"Type its key at /classes/{code}/desk.")


def _remember(request: Request, answer: Response, code: str, key: str) -> None:
    secure = scheme_of(request.scope, request.app.state.settings) == "https"
    answer.set_cookie(_COOKIE, key, path=f"/classes/{code}", secure=secure, httponly=True, samesite="strict")


def _page(
    request: Request, view: ClassView, *, leads: bool = True, fresh: str = "", error: ParallaxError | None = None
) -> HTMLResponse:
    context = DeskPage(
        shell=shell_of(request, f"Desk: {view.title}", "stories", noindex=True),
        view=view,
        leads=leads,
        fresh=fresh,
        groups=tuple((g, sum(g in r.by_group for r in view.rows)) for g in view.groups),
        row_counts=tuple((r.label, len(r.by_group)) for r in view.rows),
        choices=tuple(
            (key_of(view.code, r.alignment_id), r.label, r in view.rows) for r in (*view.rows, *view.left_out)
        ),
        error=error,
    )
    page = render("pages/desk.html", context, status_code=error.status if error else 200)
    page.headers["cache-control"] = "no-store"
    return page
