"""The issuer: what it says of itself, its keys, and the exchange of a code.

One request at a time: whoever asks meanwhile waits for a turn, so many and so long. What it says of itself and its keys are kept
for an hour; a failure for some seconds, so that an issuer that is down is not asked by everybody.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, urlsplit

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey
from pydantic import SecretStr

from app.errors import BadInput, FetchFailed
from app.turns import Turns
from app.web.security import is_loopback
from app.web.sign_on.asking import SECONDS, Asking
from app.web.sign_on.begun import Begun

__all__ = ["Issuer"]

KEPT_SECONDS = 3600.0
FAILED_SECONDS = 5.0
_WAIT_SECONDS, _MOST_WAITING = 20.0, 16
_LEAST_RSA = 342
"""Characters of the modulus of 2048 bits; weaker keys are not taken."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What the issuer says of itself. `in_body`: it takes the client's secret in the form only."""

    authorize: str
    token: str
    keys: str
    in_body: bool


class Issuer:
    def __init__(
        self,
        url: str,
        client_id: str,
        secret: SecretStr,
        *,
        seconds: float = SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Raises `BadInput` for what is no address of an issuer."""
        self._here = _check(url)
        self.url, self.client_id, self.host = url, client_id, urlsplit(url).netloc
        self._secret, self._clock = secret, clock
        self._asking = Asking(self.host, seconds)
        self._turns = Turns("others are signing in", _MOST_WAITING)
        self._said: tuple[_Said, float] | None = None
        self._keys: tuple[KeySet, float] | None = None
        self._failed: tuple[FetchFailed, float] | None = None

    def address(self, begun: Begun, scope: str) -> str:
        """Where a browser goes to sign in. Raises `FetchFailed`, `Busy`."""
        with self._turns.turn(_WAIT_SECONDS):
            said = self._discovered()
        return str(
            prepare_grant_uri(
                said.authorize,
                client_id=self.client_id,
                response_type="code",
                redirect_uri=begun.redirect,
                scope=scope,
                state=begun.state,
                nonce=begun.nonce,
                code_challenge=create_s256_code_challenge(begun.verifier),
                code_challenge_method="S256",
            )
        )

    def exchange(self, code: str, begun: Begun) -> Mapping[str, Any]:
        """What the issuer gives for a code. Raises `NotSignedIn` when it gives nothing for it, `FetchFailed`, `Busy`."""
        with self._turns.turn(_WAIT_SECONDS):
            said = self._discovered()
            secret = self._secret.get_secret_value()
            form = {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": begun.redirect,
                "code_verifier": begun.verifier,
            }
            if said.in_body:
                return self._asking.ask(
                    "POST", said.token, data={**form, "client_id": self.client_id, "client_secret": secret}
                )
            named = httpx.BasicAuth(quote_plus(self.client_id), quote_plus(secret))
            return self._asking.ask("POST", said.token, data=form, auth=named)

    def keys(self, *, anew: bool = False) -> KeySet:
        """What its signatures are checked by; `anew`: whatever is kept. Raises `FetchFailed`, `Busy`."""
        with self._turns.turn(_WAIT_SECONDS):
            if self._keys is None or anew or self._clock() - self._keys[1] > KEPT_SECONDS:
                self._keys = self._key_set(self._asking.ask("GET", self._discovered().keys)), self._clock()
            return self._keys[0]

    def _discovered(self) -> _Said:
        now = self._clock()
        if self._failed is not None and now - self._failed[1] < FAILED_SECONDS:
            raise FetchFailed(self._failed[0].what, where=self._failed[0].where, mend=self._failed[0].mend)
        if self._said is None or now - self._said[1] > KEPT_SECONDS:
            try:
                told = self._asking.ask("GET", self.url.rstrip("/") + "/.well-known/openid-configuration")
                self._said = self._understood(told), self._clock()
            except FetchFailed as error:
                self._failed = error, self._clock()
                raise
        return self._said[0]

    def _understood(self, told: Mapping[str, Any]) -> _Said:
        if told.get("issuer") != self.url:
            raise self._asking.failure("it calls itself otherwise than PARALLAX_OIDC_ISSUER does")
        authorize, token, keys = (
            str(told.get(n, "")) for n in ("authorization_endpoint", "token_endpoint", "jwks_uri")
        )
        for url in (authorize, token, keys):
            try:
                _check(url, local=self._here)
            except BadInput:
                raise self._asking.failure("an address of its own that is not https") from None
        ways = told.get("token_endpoint_auth_methods_supported")
        in_body = isinstance(ways, list) and "client_secret_basic" not in ways and "client_secret_post" in ways
        return _Said(authorize, token, keys, in_body)

    def _key_set(self, told: Mapping[str, Any]) -> KeySet:
        keys: list[RSAKey | ECKey] = []
        given = told.get("keys")
        for one in given if isinstance(given, list) else ():
            try:  # one key that is not understood does not spoil the others
                if one.get("kty") == "RSA" and len(one["n"]) >= _LEAST_RSA:
                    keys.append(RSAKey.import_key(one))
                elif one.get("kty") == "EC":
                    keys.append(ECKey.import_key(one))
            except (JoseError, ValueError, TypeError, KeyError, AttributeError):
                continue
        if not keys:
            raise self._asking.failure("no key that can be used")
        return KeySet(list(keys))


def _check(url: str, *, local: bool = True) -> bool:
    """Whether it is this machine's own, which may do without TLS if `local`. Raises `BadInput`."""
    try:
        parts = urlsplit(url)
        host, here = parts.hostname or "", is_loopback(parts.hostname or "")
        plain = (
            url.isascii() and url.isprintable() and " " not in url and "@" not in parts.netloc and not parts.fragment
        )
        fine = (
            plain
            and host
            and (parts.port or True)
            and parts.scheme in (("https", "http") if here and local else ("https",))
        )
    except ValueError:
        fine = here = False
    if not fine:
        raise BadInput(
            "this is no https address of an issuer.", where="PARALLAX_OIDC_ISSUER", mend="README lists them."
        )
    return here
