"""Single sign-on: somebody signs in, as whom, and how the session ends. A small issuer on loopback, over real HTTP (`sign_on_issuer.py`)."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from sign_on_issuer import HERE, SECRET, refused

from app.roles import Role


def test_somebody_signs_in(at, issuer, sound):
    browser = at()
    page = browser.get("/sign-in", back="/stories/x?only=1").text
    sound(page)
    link = re.search(r'href="(/sign-in/oidc[^"]*)">Sign in with 127\.0\.0\.1:\d+<', page)[1]
    assert parse_qs(urlsplit(link).query) == {"back": ["/stories/x?only=1"]}
    address, cookie = browser.begin("/stories/x?only=1")
    asked = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(issuer.url + "/authorize?")
    assert asked["redirect_uri"] == HERE + "/sign-in/oidc/back"
    assert (asked["response_type"], asked["code_challenge_method"], asked["scope"]) == ("code", "S256", "openid email")
    answer = browser.get("/sign-in/oidc/back", cookie, **issuer.sign_in(address))
    assert (answer.status_code, answer.headers["location"]) == (303, "/stories/x?only=1")
    assert browser.named(answer) == "ann@example.org"


def test_the_cookies_are_short_lived_and_no_scripts(at):
    browser = at()
    answer = browser.get("/sign-in/oidc")
    (cookie,) = answer.headers.get_list("set-cookie")
    for part in ("HttpOnly", "SameSite=lax", "Path=/", "Max-Age=600"):
        assert part in cookie
    assert SECRET not in answer.headers["location"] + cookie
    after = browser.sign_in().headers.get_list("set-cookie")
    assert any(c.startswith("parallax-sign-on=") and "Max-Age=0" in c for c in after)


def test_behind_a_proxy_with_tls_the_way_back_is_https(at, issuer):
    browser = at(proxy_from="192.0.2.7")
    headers = {"x-forwarded-proto": "https"}
    answer = browser.client.get("/sign-in/oidc", headers=headers)
    browser.client.inner.cookies.clear()
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-parallax-sign-on=")
    assert "Secure" in cookie
    came = issuer.sign_in(answer.headers["location"])
    assert issuer.codes[came["code"]]["redirect_uri"] == "https://127.0.0.1:8000/sign-in/oidc/back"
    headers["cookie"] = cookie.partition(";")[0]
    back = browser.client.get("/sign-in/oidc/back", params=came, headers=headers)
    browser.client.inner.cookies.clear()
    assert back.status_code == 303
    assert any(c.startswith("__Host-parallax=") for c in back.headers.get_list("set-cookie"))


@pytest.mark.parametrize("back", ["https://evil.test/", "//evil.test", "/\\evil.test", "javascript:alert(1)", "evil"])
def test_the_way_back_stays_in_the_house(at, back):
    assert at().sign_in(back).headers["location"] == "/"


@pytest.mark.parametrize("back", ["/search?q=" + "x" * 1500, "/search?q=\u00e9"], ids=["long", "foreign letters"])
def test_a_way_back_that_the_cookie_cannot_hold_is_the_front_page(at, back):
    browser = at()
    assert len(browser.begin(back)[1]) < 4000
    assert browser.sign_in(back).headers["location"] == "/"


NAMES = {
    # what the issuer tells, by which claim, the role of those unknown: who one is then
    "an address in capitals": ({"email": "ANN@Example.org"}, "email", None, "ann@example.org"),
    "an address not verified": ({"email_verified": False}, "email", "reader", None),
    "an address of which nothing is said": ({"email_verified": None}, "email", "reader", None),
    "an address verified in words": ({"email_verified": "true"}, "email", "reader", None),
    "no address": ({"email": None}, "email", "reader", None),
    "somebody unknown": ({"email": "dora@example.org"}, "email", None, None),
    "somebody unknown who may": ({"email": "dora@example.org"}, "email", "reader", "dora@example.org"),
    "one who left": ({"preferred_username": "ZOE"}, "preferred_username", "admin", None),
    "the machine": ({"preferred_username": "Parallax"}, "preferred_username", "admin", None),
    "a crooked name": ({"preferred_username": "a\u202eb"}, "preferred_username", "admin", None),
    "a name without end": ({"preferred_username": "a" * 500}, "preferred_username", "admin", None),
    "half a letter": ({"preferred_username": "a\ud800"}, "preferred_username", "admin", None),
    "no text": ({"preferred_username": ["ann@example.org"]}, "preferred_username", "admin", None),
    "blanks": ({"preferred_username": "  "}, "preferred_username", "admin", None),
    "by the issuer's number": ({"sub": "ann@example.org"}, "sub", None, "ann@example.org"),
}


@pytest.mark.parametrize(("claims", "claim", "role", "who"), NAMES.values(), ids=NAMES)
def test_who_somebody_is_here(at, issuer, claims, claim, role, who):
    browser = at(oidc_claim=claim, oidc_role=role)
    issuer.claims |= claims
    answer = browser.sign_in()
    if who is None:
        refused(answer)
    assert browser.named(answer) == who


def test_whoever_is_made_a_reviewer_can_be_ended_and_stays_out(at, issuer):
    browser = at(oidc_role="reviewer")
    issuer.claims["email"] = "dora@example.org"
    first = browser.sign_in()
    assert browser.named(first) == "dora@example.org"
    dora = browser.store.people.person_named("dora@example.org")
    assert (dora.role, dora.by, dora.tokens) == (Role.REVIEWER, urlsplit(issuer.url).netloc, ())
    browser.sign_in()
    assert len(browser.store.people.everybody()) == 3, "she is made once"
    browser.store.people.end_person(dora.id, by="test")
    assert browser.named(first) is None, "the session ends with her"
    refused(browser.sign_in())


def test_a_server_for_reading_only_makes_nobody_a_reviewer(at, issuer):
    browser = at(oidc_role="reader", writable=False)
    assert browser.named(browser.sign_in()) == "ann@example.org"
    issuer.claims["email"] = "dora@example.org"
    refused(browser.sign_in())
    assert len(browser.store.people.everybody()) == 2


def test_ending_the_person_ends_the_session(at):
    browser = at()
    answer = browser.sign_in()
    ann = browser.store.people.person_named("ann@example.org")
    browser.store.people.end_person(ann.id, by="test", keep_admin=False)
    assert browser.named(answer) is None
    refused(browser.sign_in())
