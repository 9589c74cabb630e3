"""`/account`: who one is here, and one's own tokens: make, rotate, revoke. A new token is shown once, on the page that made it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from app.errors import BadInput, Conflicting, NotAllowed, ParallaxError
from app.logs import get_log
from app.roles import Role, Scope
from app.store.views import Admitted, PersonView, TokenView
from app.web.api.parameters import Id
from app.web.dependencies import StoreOf, Writable
from app.web.doors import who_of
from app.web.pages.fields import Said
from app.web.pages.people.sign_in import signed_in
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.who import Who

__all__ = ["AccountPage", "router"]

router = APIRouter()
log = get_log("parallax.people")


@dataclass(frozen=True, slots=True)
class AccountPage:
    """`person` is None for the local user and for a guest of the house. `fresh`: a token's text, shown this once."""

    shell: Shell
    name: str
    role: Role
    scope: Scope
    way: str
    person: PersonView | None
    scopes: tuple[Scope, ...]
    using: int | None  # the token that this session came by
    fresh: str
    error: str
    mend: str


@router.get("/account", response_class=HTMLResponse)
def account(request: Request, store: StoreOf) -> HTMLResponse:
    return _page(request, store.people.person(who.person_id) if (who := _who(request)).person_id else None)


@router.post("/account/tokens", response_class=HTMLResponse, dependencies=[Writable])
def make_own_token(
    request: Request,
    store: StoreOf,
    name: Annotated[Said, Form(max_length=200)] = "",
    scope: Annotated[Scope, Form()] = Scope.READ,
) -> HTMLResponse:
    """None wider than what one signed in with."""
    who, person_id = _own(request)
    if scope not in _scopes(who):
        raise NotAllowed("a token lends no more than the one that you signed in with.")
    try:
        made, text = store.people.make_token(person_id, name, scope, by=who.name)
    except (BadInput, Conflicting) as error:
        return _page(request, store.people.person(person_id), error=error)
    log.info("token made", person=who.name, token=made.prefix)
    return _page(request, store.people.person(person_id), fresh=text)


@router.post("/account/tokens/{token_id}/rotate", response_class=HTMLResponse, dependencies=[Writable])
def rotate_own_token(request: Request, store: StoreOf, token_id: Id) -> HTMLResponse:
    """Whoever rotates the token that they signed in with goes on under a new session."""
    who, person_id = _own(request)
    token = _token(store.people.person(person_id), token_id)
    if token is not None and token.scope not in _scopes(who):
        raise NotAllowed("this token lends more than the one that you signed in with.")
    try:
        made, text = store.people.rotate_token(token_id, by=who.name, owner=person_id)
    except Conflicting as error:
        return _page(request, store.people.person(person_id), error=error)
    log.info("token rotated", person=who.name, token=made.prefix)
    page = _page(request, store.people.person(person_id), fresh=text)
    if who.way == "session" and who.token_id == token_id:
        anew = signed_in(request, Admitted(person_id, who.name, who.role, made.scope, made.id), "")
        page.headers["set-cookie"] = anew.headers["set-cookie"]
    return page


@router.post("/account/tokens/{token_id}/revoke", dependencies=[Writable])
def revoke_own_token(request: Request, store: StoreOf, token_id: Id) -> RedirectResponse:
    who, person_id = _own(request)
    store.people.revoke_token(token_id, by=who.name, owner=person_id)
    log.info("token revoked", person=who.name, token_id=token_id)
    return RedirectResponse("/account", status_code=303)


def _who(request: Request) -> Who:
    who = who_of(request)
    if who is None:
        raise NotAllowed("this page is for somebody who has signed in.")
    return who


def _own(request: Request) -> tuple[Who, int]:
    """Whoever asks, with their account. Raises for those who have none: the local user, a guest of the house."""
    who = _who(request)
    if who.person_id is None:
        raise NotAllowed("only a reviewer of this Parallax has tokens.")
    return who, who.person_id


def _scopes(who: Who) -> tuple[Scope, ...]:
    every = tuple(Scope)
    return every[: every.index(who.scope) + 1]


def _token(person: PersonView, token_id: int) -> TokenView | None:
    return next((t for t in person.tokens if t.id == token_id), None)


def _page(
    request: Request,
    person: PersonView | None,
    *,
    fresh: str = "",
    error: ParallaxError | None = None,
) -> HTMLResponse:
    who = _who(request)
    context = AccountPage(
        shell=shell_of(request, "Your account", "account", noindex=True),
        name=who.name,
        role=who.role,
        scope=who.scope,
        way=who.way,
        person=person,
        scopes=_scopes(who),
        using=who.token_id,
        fresh=fresh,
        error=error.what if error else "",
        mend=(error.mend or "") if error else "",
    )
    page = render("pages/account.html", context, status_code=error.status if error else 200)
    page.headers["cache-control"] = "no-store"
    return page
