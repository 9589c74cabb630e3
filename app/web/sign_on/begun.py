"""What a browser began: state, nonce and PKCE verifier, sealed into a short-lived cookie that only this process can have made.

Nothing is kept here of who only begins, so that many who do crowd nobody out. What came back right is remembered until it
would be too old anyway: it is good once.
"""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from hmac import compare_digest
from threading import Lock

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from app.errors import NotSignedIn

__all__ = ["SECONDS", "Beginnings", "Begun"]

SECONDS = 600
"""How long somebody may take to sign in at the issuer."""
MOST_USED = 4096
_MOST_BACK = 1000
"""Bytes of the way back, that the cookie stays below what browsers take; from further one comes back to the front page."""
_SEAL = "HS256"


@dataclass(frozen=True, slots=True)
class Begun:
    """`back`: where the person came from. `redirect`: where the issuer sends the browser back to, as it was told."""

    back: str
    redirect: str
    state: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)


class Beginnings:
    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._key, self._clock, self._lock = OctKey.generate_key(256), clock, Lock()
        self._used: OrderedDict[str, float] = OrderedDict()

    def begin(self, back: str, redirect: str) -> tuple[Begun, str]:
        """A new one, and the cookie that holds it."""
        begun = Begun(back if back.isascii() and len(back) <= _MOST_BACK else "", redirect)
        claims = {**asdict(begun), "until": self._clock() + SECONDS}
        return begun, jwt.encode({"alg": _SEAL}, claims, self._key, algorithms=[_SEAL])

    def take(self, cookie: str | None, state: str | None) -> Begun:
        """What this browser began, once. Raises `NotSignedIn`."""
        if not cookie or not state:
            raise _not_begun("no cookie" if not cookie else "no state")
        try:
            held = jwt.decode(cookie, self._key, algorithms=[_SEAL]).claims
        except (JoseError, ValueError):
            raise _not_begun("another's cookie") from None
        now, until = self._clock(), float(held.pop("until"))
        begun = Begun(**held)
        if until < now:
            raise _not_begun("too late")
        if not compare_digest(begun.state.encode(), state.encode("utf-8", "surrogatepass")):
            raise _not_begun("another state")
        with self._lock:
            while self._used and (len(self._used) >= MOST_USED or next(iter(self._used.values())) < now):
                self._used.popitem(last=False)
            if begun.state in self._used:
                raise _not_begun("state used before")
            self._used[begun.state] = until
        return begun


def _not_begun(why: str) -> NotSignedIn:
    what = "this sign-in was not begun in this browser, was used before, or took too long."
    return NotSignedIn(what, where=why, mend="Begin it again here.")
