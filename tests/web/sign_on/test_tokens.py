"""Single sign-on: tokens that prove nothing, and keys that change."""

from __future__ import annotations

import hmac
import json
import time
from base64 import urlsafe_b64encode

import pytest
from joserfc.jwk import OctKey
from sign_on_issuer import KEYS, NAME, SECRET, refused, signed


def without_signature(header, claims):
    parts = [urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in ({"alg": "none"}, claims)]
    return ".".join([*parts, ""])


def by_the_public_key(header, claims):
    """By hand: the library refuses to sign so."""
    parts = [urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=") for p in ({"alg": "HS256", "kid": "one"}, claims)]
    mark = hmac.digest(KEYS["one"].as_pem(private=False), b".".join(parts), "sha256")
    return b".".join([*parts, urlsafe_b64encode(mark).rstrip(b"=")]).decode()


def by_the_secret(header, claims):
    return signed({"alg": "HS256", "kid": "one"}, claims, OctKey.import_key(SECRET))


def broken(header, claims):
    text = signed(header, claims, KEYS["one"])
    return text[:-6] + "AAAAAA"


def told_otherwise(header, claims):
    head, _, tail = signed(header, claims, KEYS["one"]).split(".")
    other = urlsafe_b64encode(json.dumps({**claims, "email": "boss@example.org"}).encode()).rstrip(b"=").decode()
    return f"{head}.{other}.{tail}"


FORGED = {
    "no algorithm": without_signature,
    "a public key as a secret": by_the_public_key,
    "the client's own secret": by_the_secret,
    "a broken signature": broken,
    "other claims": told_otherwise,
    "another's key": lambda h, c: signed(h, c, KEYS["a stranger's"]),
    "a key that it brings along": lambda h, c: signed(
        {**h, "kid": "new", "jwk": KEYS["two"].as_dict(private=False)}, c, KEYS["two"]
    ),
    "nonsense": lambda h, c: "no token",
    "nothing": lambda h, c: None,
    "a list": lambda h, c: ["x"],
}


@pytest.mark.parametrize("name", FORGED)
def test_what_the_issuer_did_not_sign(at, issuer, name):
    issuer.token = FORGED[name]
    said = refused(at(oidc_role="admin").sign_in())
    assert "could not be trusted" in said


CLAIMS = {
    "another nonce": {"nonce": "x"},
    "no nonce": {"nonce": None},
    "for another": {"aud": "another"},
    "for many, given to another": {"aud": [NAME, "another"], "azp": "another"},
    "for many, given to nobody": {"aud": [NAME, "another"]},
    "for nobody": {"aud": None},
    "expired": {"exp": int(time.time()) - 600},
    "without an end": {"exp": None},
    "an end in words": {"exp": "tomorrow"},
    "made in the future": {"iat": int(time.time()) + 3600},
    "not yet good": {"nbf": int(time.time()) + 3600},
    "of another issuer": {"iss": "https://evil.test"},
    "of no issuer": {"iss": None},
}


@pytest.mark.parametrize("claims", CLAIMS.values(), ids=CLAIMS)
def test_what_was_signed_for_something_else(at, issuer, claims):
    issuer.claims |= claims
    assert "could not be trusted" in refused(at(oidc_role="admin").sign_in())


def test_for_several_given_to_us(at, issuer):
    issuer.claims |= {"aud": [NAME, "another"], "azp": NAME}
    assert at().sign_in().status_code == 303


def test_keys_are_kept_and_a_new_one_is_asked_for_once(at, issuer):
    browser = at()
    for _ in range(3):
        assert browser.sign_in().status_code == 303
    assert issuer.asked.count("/realm/keys") == 1
    assert issuer.asked.count("/realm/.well-known/openid-configuration") == 1
    issuer.signs, issuer.published = KEYS["two"], [KEYS["two"]]
    assert browser.sign_in().status_code == 303
    assert issuer.asked.count("/realm/keys") == 2
    issuer.signs = KEYS["one"]
    refused(browser.sign_in())
    assert issuer.asked.count("/realm/keys") == 3, "an old key is not good any more"


def test_where_the_secret_goes_in_the_form(at, issuer):
    issuer.document["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    assert at().sign_in().status_code == 303
