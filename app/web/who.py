"""Who asks: known by a token, by the house's own proxy, by a session's cookie, or as the local user; in this order.

The local user is whoever asks from this very machine while no reviewer was ever made and no house signs people in: the
address proves it (`security.is_here`). It may all that `roles.LOCAL` allows. As soon as there is one reviewer, nobody writes
without a name of their own.

A request with a token is judged by the token alone; its cookies are not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope as Asked

from app.errors import NotSignedIn
from app.logs import get_log
from app.roles import LOCAL, Act, Role, Scope, allows
from app.settings import Settings
from app.store import MACHINE, Store
from app.store.people import folded_name
from app.store.tokens import named_by
from app.store.views import Admitted
from app.web.proxied import client_address, scheme_of, user_of
from app.web.slowing import Slowing

__all__ = ["COOKIES", "Who", "bearer_token", "by_token", "cookie_name", "cookie_of", "local_user", "who_asks"]

COOKIES = ("__Host-parallax", "parallax")
"""The session's cookie behind TLS, where a browser takes it from this very host only, and without."""
_NAME_CHARS = 60
log = get_log("parallax.people")


@dataclass(frozen=True, slots=True)
class Who:
    """`person_id` is None for the local user, and for one whom only the house knows."""

    name: str
    role: Role
    scope: Scope
    way: Literal["local", "house", "session", "token"]
    person_id: int | None = None
    token_id: int | None = None

    def may(self, act: Act) -> bool:
        return act in LOCAL if self.way == "local" else allows(act, self.role, self.scope)


def who_asks(asked: Asked, settings: Settings, store: Store, slowing: Slowing) -> Who | None:
    """None: nobody in particular. Raises `NotSignedIn` for a token that is not valid, `TooOften`, and what the store raises."""
    token = bearer_token(asked)
    if token is not None:
        return _who(by_token(asked, settings, store, slowing, token), "token")
    named = user_of(asked, settings)
    if named is not None:
        return _of_house(store, named, settings.proxy_role)
    cookie = cookie_of(asked)
    signed_in = store.people.admitted_by_session(cookie) if cookie else None
    return _who(signed_in, "session") if signed_in is not None else None


def local_user(settings: Settings) -> Who:
    """For whoever asks from this machine while there are no accounts: see `doors.who_of`."""
    return Who(settings.reviewer, Role.EDITOR, Scope.REVIEW, "local")


def by_token(asked: Asked, settings: Settings, store: Store, slowing: Slowing, token: str) -> Admitted:
    """Whose token this is. Raises `NotSignedIn` when it is nobody's, in the same words and after as long, and `TooOften`."""
    address, prefix = client_address(asked, settings), named_by(token)
    keys = [f"address {address}", *([f"token {prefix}"] if prefix else [])]
    tried = False

    def trying() -> None:
        nonlocal tried
        slowing.attempt(keys)
        tried = True

    found = store.people.admitted_by_token(token, trying)
    if found is None:
        log.warning("sign-in failed", address=address, token=prefix or "no token")
        raise NotSignedIn("this token is not valid.", mend="Sign in again, or ask an admin for another one.")
    if tried:
        slowing.succeeded(keys)
    return found


def bearer_token(asked: Asked) -> str | None:
    """The token that a program sends. Raises `NotSignedIn` when it sends several."""
    given = [v.strip() for v in Headers(scope=asked).getlist("authorization")]
    tokens = [v[7:].strip() for v in given if v[:7].lower() == "bearer "]
    if len(tokens) > 1:
        raise NotSignedIn("the request holds more than one token.")
    return tokens[0] if tokens else None


def cookie_of(asked: Asked, names: tuple[str, str] = COOKIES) -> str | None:
    """The session's cookie; behind TLS only the one that nobody but this host can have set. `names`: another one of ours."""
    found: dict[str, str] = {}
    for header in Headers(scope=asked).getlist("cookie"):
        found |= cookie_parser(header)
    trusted = names[:1] if asked.get("scheme") == "https" else names
    return next((found[name] for name in trusted if found.get(name)), None)


def cookie_name(asked: Asked, settings: Settings, names: tuple[str, str] = COOKIES) -> tuple[str, bool]:
    """What the cookie is called, and whether it is for TLS only: when the request came by it, or its page did."""
    secure = scheme_of(asked, settings) == "https" or Headers(scope=asked).get("origin", "").startswith("https://")
    return names[0 if secure else 1], secure


def _who(found: Admitted, way: Literal["house", "session", "token"]) -> Who:
    return Who(found.name, found.role, found.scope, way, found.person_id, found.token_id)


def _of_house(store: Store, name: str, otherwise: Role) -> Who | None:
    """Whom the house's proxy names: the reviewer of that name, or a guest of the house. One who was ended here stays out."""
    known = store.people.admitted_by_name(name)
    if isinstance(known, Admitted):
        return _who(known, "house")
    if known or len(name) > _NAME_CHARS or not name.isprintable() or folded_name(name) == folded_name(MACHINE):
        return None
    return Who(name, otherwise, Scope.REVIEW, "house")
