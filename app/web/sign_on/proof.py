"""The ID token: whose it is, for whom, until when, and that the issuer signed it. Raised is `NotSignedIn`, with one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError

from app.errors import NotSignedIn
from app.web.sign_on.issuer import Issuer

__all__ = ["ALGORITHMS", "SCOPES", "Claim", "claimed_name", "identity_claims"]

Claim = Literal["email", "sub", "preferred_username"]
SCOPES: Mapping[Claim, str] = {
    "email": "openid email",
    "sub": "openid",
    "preferred_username": "openid profile",
}
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""By the issuer's own key only: neither none nor what a shared secret, or its public key taken for one, can sign."""
LEEWAY_SECONDS = 60


def identity_claims(given: Mapping[str, Any], issuer: Issuer, nonce: str) -> Mapping[str, Any]:
    """What the issuer says of the person. A key that is not known is asked for once. Raises `FetchFailed` too."""
    token = given.get("id_token")
    if not isinstance(token, str):
        raise _untrusted(issuer.host, "no ID token")
    try:
        try:
            read = jwt.decode(token, issuer.keys(), algorithms=ALGORITHMS)
        except InvalidKeyIdError:
            read = jwt.decode(token, issuer.keys(anew=True), algorithms=ALGORITHMS)
        claims = CodeIDToken(
            read.claims,
            read.header,
            {"iss": {"essential": True, "value": issuer.url}, "aud": {"essential": True, "value": issuer.client_id}},
            {"nonce": nonce, "client_id": issuer.client_id, "access_token": given.get("access_token")},
        )
        claims.validate(leeway=LEEWAY_SECONDS)
    except (JoseError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise _untrusted(issuer.host, str(error)[:200]) from None
    return dict(claims)


def claimed_name(claims: Mapping[str, Any], claim: Claim, host: str) -> str:
    """What the person is called here."""
    if claim == "email" and claims.get("email_verified") is not True:
        raise NotSignedIn(f"{host} does not say that your address was verified.", mend="Have it verified there first.")
    name = claims.get(claim)
    if not isinstance(name, str) or not name.strip() or not name.isprintable():
        raise NotSignedIn(f"{host} does not tell your name ({claim}).", mend="An admin can set PARALLAX_OIDC_CLAIM.")
    return name


def _untrusted(host: str, why: str) -> NotSignedIn:
    return NotSignedIn(f"what {host} says of you could not be trusted.", where=why, mend="Begin it again here.")
