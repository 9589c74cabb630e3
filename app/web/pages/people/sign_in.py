"""`/sign-in` and `/sign-out`: a token is the password, a session's cookie what is had for it.

Each sign-in gives a cookie of a new value and ends the session that the browser had before, so a value that somebody put
there beforehand is worth nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.errors import NotFound, NotSignedIn, ParallaxError, TooOften
from app.logs import get_log
from app.store.people import LONGEST
from app.store.views import Admitted
from app.web.dependencies import SettingsOf, StoreOf
from app.web.doors import who_of
from app.web.pages.fields import back_to
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.who import COOKIES, by_token, cookie_name, cookie_of

__all__ = ["SignInPage", "router", "sign_in_shown", "signed_in"]

router = APIRouter()
log = get_log("parallax.people")


@dataclass(frozen=True, slots=True)
class SignInPage:
    """`already`: who is signed in with this browser. `possible`: there is a reviewer who could be. `issuer`: the host by which
    one signs in too, "" where there is none.
    """

    shell: Shell
    back: str
    already: str
    possible: bool
    issuer: str
    request_id: str
    error: str
    mend: str


@router.get("/sign-in", response_class=HTMLResponse)
def sign_in_page(request: Request, back: Annotated[str, Query(max_length=2000)] = "") -> HTMLResponse:
    return sign_in_shown(request, back)


@router.post("/sign-in", response_class=HTMLResponse)
def sign_in(
    request: Request,
    store: StoreOf,
    settings: SettingsOf,
    token: Annotated[str, Form(max_length=200)] = "",
    back: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Back to where one came from by 303; the form with one sentence, whatever was wrong with the token, when not."""
    try:
        who = by_token(request.scope, settings, store, request.app.state.slowing, token.strip())
        return signed_in(request, who, back)
    except (NotSignedIn, NotFound, TooOften) as error:
        return sign_in_shown(request, back, error)


@router.post("/sign-out")
def sign_out(request: Request, store: StoreOf) -> RedirectResponse:
    """The session ends here, not only its cookie."""
    cookie = cookie_of(request.scope)
    if cookie:
        store.people.sign_out(cookie)
    answer = RedirectResponse("/", status_code=303)
    for name in COOKIES:
        answer.delete_cookie(name, secure=name.startswith("__Host-"), httponly=True, samesite="lax")
    return answer


def signed_in(request: Request, who: Admitted, back: str) -> RedirectResponse:
    """A new session for somebody who has just proved who they are, and the way back. Raises `NotFound` for one ended meanwhile."""
    store, settings = request.app.state.holder.get(), request.app.state.settings
    value = store.people.sign_in(who, instead=cookie_of(request.scope))
    log.info("signed in", person=who.name)
    answer = RedirectResponse(back_to(back, "/"), status_code=303, headers={"cache-control": "no-store"})
    name, secure = cookie_name(request.scope, settings)
    answer.set_cookie(
        name, value, max_age=int(LONGEST.total_seconds()), path="/", secure=secure, httponly=True, samesite="lax"
    )
    return answer


def sign_in_shown(request: Request, back: str, error: ParallaxError | None = None) -> HTMLResponse:
    """The page, and what went wrong in one sentence."""
    who = who_of(request)
    shell = shell_of(request, "Sign in", "sign-in", noindex=True)
    context = SignInPage(
        shell=shell,
        back=back_to(back, ""),
        already=who.name if who and who.way == "session" else "",
        possible=shell.doors,
        issuer=sign_on.host if (sign_on := request.app.state.sign_on) else "",
        request_id=str(request.scope["state"].get("request_id", "")),
        error=error.what if error else "",
        mend=(error.mend or "") if error else "",
    )
    page = render("pages/sign_in.html", context, status_code=401 if isinstance(error, NotFound) else _status(error))
    page.headers["cache-control"] = "no-store"
    if error and error.retry_after:
        page.headers["retry-after"] = str(error.retry_after)
    return page


def _status(error: ParallaxError | None) -> int:
    return error.status if error else 200
