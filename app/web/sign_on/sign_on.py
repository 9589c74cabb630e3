"""Signing in by the issuer of `PARALLAX_OIDC_ISSUER`, step by step: begin, come back, be known here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from starlette.datastructures import QueryParams

from app.errors import NotSignedIn
from app.roles import Role
from app.settings import Settings
from app.store import Store
from app.store.views import Admitted
from app.web.sign_on.begun import SECONDS, Beginnings, Begun
from app.web.sign_on.issuer import Issuer
from app.web.sign_on.proof import SCOPES, Claim, claimed_name, identity_claims

__all__ = ["SignOn"]


class SignOn:
    seconds = SECONDS
    """How long the cookie is good for."""

    def __init__(self, issuer: Issuer, claim: Claim, otherwise: Role | None) -> None:
        """`otherwise`: the role of somebody who never was a reviewer here; None: not let in."""
        self._issuer, self._claim, self._otherwise = issuer, claim, otherwise
        self._beginnings = Beginnings()
        self.host = issuer.host

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Raises `BadInput` for an address that is none. A server that takes no writes makes nobody a reviewer either."""
        url, client_id, secret = settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret
        assert url is not None
        assert client_id is not None
        assert secret is not None, "settings hold all three or none"
        otherwise = settings.oidc_role if settings.writable else None
        return cls(Issuer(url, client_id, secret), settings.oidc_claim, otherwise)

    def begin(self, back: str, redirect: str) -> tuple[str, str]:
        """Where the browser goes, and the cookie that it comes back with. Raises `FetchFailed`, `Busy`."""
        begun, cookie = self._beginnings.begin(back, redirect)
        return self._issuer.address(begun, SCOPES[self._claim]), cookie

    def come_back(self, cookie: str | None, asked: QueryParams, store: Store) -> tuple[Admitted, str]:
        """Who signed in, and where they came from. Raises `NotSignedIn`, `FetchFailed`, `Busy`."""
        begun = self._beginnings.take(cookie, _one(asked, "state"))
        name = claimed_name(self._claims(begun, asked), self._claim, self.host)
        found = store.people.admitted_by_issuer(name, self._otherwise, by=self.host)
        if found is None:
            what = f"{self.host} knows you, but nobody is let in here under the name it tells."
            raise NotSignedIn(what, where="no reviewer", mend="An admin can add you, on the page People.")
        return found, begun.back

    def _claims(self, begun: Begun, asked: QueryParams) -> Mapping[str, Any]:
        code, said_by = _one(asked, "code"), _one(asked, "iss")
        if code is None or (said_by is not None and said_by != self._issuer.url):
            why = f"it said {asked['error'][:60]!r}" if "error" in asked else "no code of this issuer"
            raise NotSignedIn(f"{self.host} did not sign you in.", where=why, mend="Begin it again here.")
        return identity_claims(self._issuer.exchange(code, begun), self._issuer, begun.nonce)


def _one(asked: QueryParams, name: str) -> str | None:
    """What is given once; given twice it is nothing."""
    found = asked.getlist(name)
    return found[0] if len(found) == 1 and found[0] else None
