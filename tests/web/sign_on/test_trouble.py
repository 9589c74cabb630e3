"""Single sign-on: an issuer in trouble, one that is not to be trusted, and settings that are half made."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from sign_on_issuer import SECRET, FakeIssuer, refused

from app.errors import BadInput, FetchFailed
from app.settings import Settings
from app.web.sign_on import issuer as over_http


def slow(handler):
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
    for _ in range(1200):  # a minute, if nobody leaves
        handler.wfile.write(b" ")
        time.sleep(0.05)


def endless(handler):
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
    for _ in range(64):
        handler.wfile.write(b" " * 65536)


TROUBLE = {
    "slow": slow,
    "megabytes": endless,
    "failing": lambda h: FakeIssuer.send(h, b"{}", 500),
    "a page": lambda h: FakeIssuer.send(h, b"<html>"),
    "a list": lambda h: FakeIssuer.send(h, b"[]"),
    "brackets without end": lambda h: FakeIssuer.send(h, b"[" * 100_000),
    "leading elsewhere": lambda h: h.wfile.write(b"HTTP/1.0 302 Found\r\nlocation: http://127.0.0.1:1/\r\n\r\n"),
    "no HTTP": lambda h: h.wfile.write(b"hello\r\n\r\n"),
    "hanging up": lambda h: None,
}


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys"])
@pytest.mark.parametrize("name", TROUBLE)
def test_an_issuer_in_trouble(at, issuer, monkeypatch, name, path):
    monkeypatch.setattr(over_http.Issuer.__init__, "__kwdefaults__", {"seconds": 0.4, "clock": time.monotonic})
    browser = at()

    def met(handler):
        with suppress(OSError):  # the other side went
            TROUBLE[name](handler)

    issuer.raw["/realm" + path] = met
    began = time.monotonic()
    answer = browser.get("/sign-in/oidc") if "known" in path else browser.sign_in()
    assert "does not answer as it should" in refused(answer, 502)
    assert time.monotonic() - began < 30
    assert browser.get("/sign-in").status_code == 200


def test_an_issuer_that_is_down_is_not_asked_by_everybody(at, issuer):
    browser = at()
    issuer.raw["/realm/.well-known/openid-configuration"] = lambda h: FakeIssuer.send(h, b"{}", 503)
    for _ in range(5):
        refused(browser.get("/sign-in/oidc"), 502)
    assert len(issuer.asked) == 1
    issuer.close()
    refused(browser.get("/sign-in/oidc"), 502)


DOCUMENTS = {
    "another issuer's": {"issuer": "https://evil.test"},
    "a token endpoint elsewhere without TLS": {"token_endpoint": "http://192.0.2.1/token"},
    "keys elsewhere without TLS": {"jwks_uri": "http://192.0.2.1/keys"},
    "no address to sign in at": {"authorization_endpoint": "javascript:alert(1)"},
    "no keys": {"jwks_uri": None},
}


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_document_that_is_not_trusted(at, issuer, document):
    issuer.document |= document
    refused(at().get("/sign-in/oidc"), 502)


GIVEN = {"oidc_issuer": "https://login.example.org", "oidc_client_id": "p", "oidc_client_secret": SECRET}


@pytest.mark.parametrize("missing", GIVEN)
def test_all_of_it_is_set_or_nothing(missing):
    part = {k: v for k, v in GIVEN.items() if k != missing}
    for given in (part, {**part, missing: ""}):
        with pytest.raises(BadInput) as told:
            Settings(_env_file=None, **given)
        assert told.value.where == f"PARALLAX_{missing.upper()}"
        assert SECRET not in str(told.value)
    assert not Settings(_env_file=None, oidc_issuer="", oidc_client_id="", oidc_client_secret="").house
    assert SECRET not in repr(Settings(_env_file=None, **GIVEN))


@pytest.mark.parametrize(
    "url", ["http://login.example.org", "login.example.org", "https://a:b@login.example.org", "https://", "ftp://x/"]
)
def test_an_issuer_is_an_https_address(serving, url):
    with pytest.raises(BadInput):
        serving(**{**GIVEN, "oidc_issuer": url})


def test_where_no_issuer_is_named_there_is_nothing_of_it(doors, new_store, serving):
    client = serving(new_store())
    assert "oidc" not in client.get("/sign-in").text
    for path in ("/sign-in/oidc", "/sign-in/oidc/back"):
        assert client.get(path).status_code == 404


def test_where_an_issuer_names_people_there_is_no_local_user(new_store, serving):
    client = serving(new_store(), **GIVEN)
    assert client.post("/api/v1/alignments/1/flags", json={}).status_code == 401


def test_a_name_that_is_not_known_anywhere(monkeypatch):
    from pydantic import SecretStr

    def nobody(host, port):
        raise OSError

    monkeypatch.setattr("app.web.sign_on.asking.system_resolver", nobody)
    one = over_http.Issuer("https://login.invalid", "p", SecretStr("x"))
    with pytest.raises(FetchFailed, match=r"login\.invalid does not answer"):
        one.keys()
