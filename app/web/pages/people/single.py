"""`/sign-in/oidc` and the way back from the issuer. Each is a plain link or redirect: no script, and no form, which the policy of
our pages would keep from leading elsewhere.

A failure is told on the page *Sign in*, is logged, and makes the next try wait as a wrong token does. What a browser brings that
began nothing is not counted: nothing can be guessed that way, and a foreign page must not be able to make its reader wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.errors import Busy, FetchFailed, NotFound, NotSignedIn, ParallaxError, TooOften
from app.logs import get_log
from app.web.dependencies import SettingsOf, StoreOf
from app.web.pages.fields import back_to
from app.web.pages.people.sign_in import sign_in_shown, signed_in
from app.web.proxied import client_address
from app.web.who import COOKIES, cookie_name, cookie_of

if TYPE_CHECKING:
    from app.web.sign_on import SignOn

__all__ = ["router"]

router = APIRouter()
log = get_log("parallax.people")
_NAMES = (f"{COOKIES[0]}-sign-on", f"{COOKIES[1]}-sign-on")
_BACK = "/sign-in/oidc/back"


@router.get("/sign-in/oidc")
def begin(request: Request, settings: SettingsOf, back: str = "") -> Response:
    """To the issuer, by 303. The address to come back to is this server's, under the name that it was asked by."""
    here = f"{request.scope['scheme']}://{request.headers['host']}"
    sign_on = _sign_on(request)
    try:
        address, held = sign_on.begin(back_to(back, ""), here + _BACK)
    except (FetchFailed, Busy) as error:
        return _failed(request, error)
    answer = RedirectResponse(address, status_code=303, headers={"cache-control": "no-store"})
    name, secure = cookie_name(request.scope, settings, _NAMES)
    answer.set_cookie(name, held, max_age=sign_on.seconds, path="/", secure=secure, httponly=True, samesite="lax")
    return answer


@router.get(_BACK)
def come_back(request: Request, store: StoreOf, settings: SettingsOf) -> Response:
    sign_on, slowing = _sign_on(request), request.app.state.slowing
    held = cookie_of(request.scope, _NAMES)
    keys = [f"address {client_address(request.scope, settings)}"]
    try:
        if held:
            slowing.attempt(keys)
        who, back = sign_on.come_back(held, request.query_params, store)
        answer: Response = signed_in(request, who, back)
        slowing.succeeded(keys)
    except (NotSignedIn, NotFound, FetchFailed, Busy, TooOften) as error:
        answer = _failed(request, error)
    for name in _NAMES:
        answer.delete_cookie(name, secure=name.startswith("__Host-"), httponly=True, samesite="lax")
    return answer


def _sign_on(request: Request) -> SignOn:
    found: SignOn | None = request.app.state.sign_on
    if found is None:
        raise NotFound("this Parallax has no issuer to sign in by.")
    return found


def _failed(request: Request, error: ParallaxError) -> Response:
    """The page *Sign in*; what else the issuer hung on the address is nothing to speak of."""
    address = client_address(request.scope, request.app.state.settings)
    log.warning("sign-in failed", address=address, by=_sign_on(request).host, reason=error.where or error.what)
    request.state.odd = ()
    return sign_in_shown(request, "", error)
