"""`/people`, for admins: who may write here, in which role, by which tokens. A new person's token is shown once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.errors import BadInput, Conflicting, ParallaxError
from app.logs import get_log
from app.roles import Role, Scope
from app.store import Store
from app.store.views import PersonView
from app.web.api.parameters import Id
from app.web.dependencies import Reviewer, StoreOf, Writable
from app.web.doors import who_of
from app.web.pages.fields import Said
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render

__all__ = ["PeoplePage", "router"]

router = APIRouter()
log = get_log("parallax.people")


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """`fresh`: a token's text, shown this once, of `fresh_name`. `me`: whose own line has no button to end them."""

    shell: Shell
    people: tuple[PersonView, ...]
    gone: tuple[PersonView, ...]
    roles: tuple[Role, ...]
    scopes: tuple[Scope, ...]
    me: int | None
    fresh: str
    fresh_name: str
    typed: str
    error: str
    mend: str


@router.get("/people", response_class=HTMLResponse)
def people(request: Request, store: StoreOf) -> HTMLResponse:
    return _page(request, store)


@router.post("/people", response_class=HTMLResponse, dependencies=[Writable])
def add_person(
    request: Request,
    store: StoreOf,
    by: Reviewer,
    name: Annotated[Said, Form(max_length=200)] = "",
    role: Annotated[Role, Form()] = Role.READER,
) -> HTMLResponse:
    try:
        made, text = store.people.add_person(name, role, by=by)
    except (BadInput, Conflicting) as error:
        return _page(request, store, error=error, typed=name[:200])
    log.info("reviewer added", person=made.name, role=role.value, by=by)
    return _page(request, store, fresh=text, fresh_name=made.name)


@router.post("/people/{person_id}/role", dependencies=[Writable])
def give_role(request: Request, store: StoreOf, by: Reviewer, person_id: Id, role: Annotated[Role, Form()]) -> Response:
    """In force from the next request on. There is always an admin left."""
    try:
        store.people.give_role(person_id, role, by=by)
    except Conflicting as error:
        return _page(request, store, error=error)
    log.info("role given", person_id=person_id, role=role.value, by=by)
    return RedirectResponse("/people", status_code=303)


@router.post("/people/{person_id}/end", dependencies=[Writable])
def end_person(
    request: Request, store: StoreOf, by: Reviewer, person_id: Id, sure: Annotated[str, Form(max_length=10)] = ""
) -> Response:
    """There is no way back, so the form has a box to tick."""
    try:
        if not sure:
            raise BadInput("nobody was ended.", mend="Tick “for good” first: there is no way back.")  # noqa: TRY301
        store.people.end_person(person_id, by=by)
    except (BadInput, Conflicting) as error:
        return _page(request, store, error=error)
    log.info("reviewer ended", person_id=person_id, by=by)
    return RedirectResponse("/people", status_code=303)


@router.post("/people/{person_id}/tokens", response_class=HTMLResponse, dependencies=[Writable])
def make_token(
    request: Request,
    store: StoreOf,
    by: Reviewer,
    person_id: Id,
    name: Annotated[Said, Form(max_length=200)] = "",
    scope: Annotated[Scope, Form()] = Scope.READ,
) -> HTMLResponse:
    try:
        made, text = store.people.make_token(person_id, name, scope, by=by)
    except (BadInput, Conflicting) as error:
        return _page(request, store, error=error)
    log.info("token made", person=made.person, token=made.prefix, by=by)
    return _page(request, store, fresh=text, fresh_name=made.person)


@router.post("/people/tokens/{token_id}/revoke", dependencies=[Writable])
def revoke_token(store: StoreOf, by: Reviewer, token_id: Id) -> RedirectResponse:
    store.people.revoke_token(token_id, by=by)
    log.info("token revoked", token_id=token_id, by=by)
    return RedirectResponse("/people", status_code=303)


def _page(
    request: Request,
    store: Store,
    *,
    fresh: str = "",
    fresh_name: str = "",
    typed: str = "",
    error: ParallaxError | None = None,
) -> HTMLResponse:
    who, every = who_of(request), store.people.everybody()
    context = PeoplePage(
        shell=shell_of(request, "People", "people", noindex=True),
        people=tuple(p for p in every if p.ended_at is None),
        gone=tuple(p for p in every if p.ended_at is not None),
        roles=tuple(Role),
        scopes=tuple(Scope),
        me=who.person_id if who else None,
        fresh=fresh,
        fresh_name=fresh_name,
        typed=typed,
        error=error.what if error else "",
        mend=(error.mend or "") if error else "",
    )
    page = render("pages/people.html", context, status_code=error.status if error else 200)
    page.headers["cache-control"] = "no-store"
    return page
