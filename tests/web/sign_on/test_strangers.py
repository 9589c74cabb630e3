"""Single sign-on: what browsers and strangers may do wrong, and what of it is told to whom."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import structlog
from sign_on_issuer import HERE, SECRET, refused

from app.errors import NotSignedIn
from app.web.sign_on.begun import Beginnings
from app.web.slowing import FREE


def test_what_this_browser_did_not_begin(at, issuer):
    browser = at()
    address, cookie = browser.begin()
    _, others = browser.begin()
    came = issuer.sign_in(address)
    for held, given in {
        "no cookie": ("", came),
        "another's cookie": (others, came),
        "a made-up cookie": ("parallax-sign-on=eyJhbGciOiJub25lIn0.e30.", came),
        "nonsense": ("parallax-sign-on=\xe9", came),
        "another state": (cookie, {**came, "state": "x"}),
        "no state": (cookie, {"code": came["code"]}),
    }.values():
        browser.client.app.state.slowing._tried.clear()
        answer = browser.client.get("/sign-in/oidc/back", params=given, headers={"cookie": held.encode("latin-1")})
        assert "was not begun in this browser" in refused(answer)
    assert "/realm/token" not in issuer.asked, "nobody's code is spent"
    twice = browser.client.get(f"/sign-in/oidc/back?state={came['state']}&state=x&code=y", headers={"cookie": cookie})
    refused(twice)
    assert browser.get("/sign-in/oidc/back", cookie, **came).status_code == 303


def test_state_and_code_are_good_once(at, issuer):
    browser = at()
    address, cookie = browser.begin()
    came = issuer.sign_in(address)
    assert browser.get("/sign-in/oidc/back", cookie, **came).status_code == 303
    refused(browser.get("/sign-in/oidc/back", cookie, **came))
    assert issuer.asked.count("/realm/token") == 1
    other, anew = browser.begin()
    state = issuer.sign_in(other)["state"]
    assert "did not confirm" in refused(browser.get("/sign-in/oidc/back", anew, state=state, code=came["code"]))


def test_another_ones_code_is_worth_nothing_by_pkce(at, issuer):
    browser = at()
    victims = issuer.sign_in(browser.begin()[0])
    address, cookie = browser.begin()
    mine = issuer.sign_in(address)
    refused(browser.get("/sign-in/oidc/back", cookie, state=mine["state"], code=victims["code"]))


SAID = {
    "not let in there": {"error": "access_denied", "error_description": "<b>call 555</b>"},
    "no code": {"code": ""},
    "by another issuer": {"iss": "https://evil.test"},
}


@pytest.mark.parametrize("changed", SAID.values(), ids=SAID)
def test_what_comes_back_without_a_sign_in(at, issuer, changed):
    browser = at()
    address, cookie = browser.begin()
    came = {**issuer.sign_in(address), **changed}
    if "error" in changed:
        del came["code"]
    answer = browser.get("/sign-in/oidc/back", cookie, **came)
    assert "did not sign you in" in refused(answer)
    assert "555" not in answer.text
    assert "/realm/token" not in issuer.asked


def test_a_sign_in_takes_no_longer_than_it_may():
    clock = iter([0.0, 601.0])
    beginnings = Beginnings(lambda: next(clock))
    begun, cookie = beginnings.begin("", HERE)
    with pytest.raises(NotSignedIn):
        beginnings.take(cookie, begun.state)


def test_failures_are_slowed_and_logged_without_secrets(at, issuer):
    browser = at()
    issuer.claims["aud"] = "another"
    with structlog.testing.capture_logs() as lines:
        codes = [browser.sign_in().status_code for _ in range(FREE + 1)]
    assert codes == [401] * FREE + [429]
    failed = [line for line in lines if line["event"] == "sign-in failed"]
    assert [f["address"] for f in failed] == ["192.0.2.7"] * (FREE + 1)
    assert "aud" in failed[0]["reason"]
    for secret in (SECRET, "code-0", "eyJ"):
        assert secret not in str(lines)


def test_no_level_of_the_log_tells_what_came_back(at, issuer, monkeypatch):
    told = []
    monkeypatch.setattr(
        "app.web.access.log",
        SimpleNamespace(**dict.fromkeys(("info", "error"), lambda *a, **k: None), debug=lambda *a, **k: told.append(k)),
    )
    at().sign_in("/stories/x")
    assert told == []


def test_a_strangers_link_makes_nobody_wait(at):
    browser = at()
    for _ in range(FREE * 2):
        assert browser.get("/sign-in/oidc/back", state="x", code="y").status_code == 401
    assert browser.sign_in().status_code == 303
    assert [browser.sign_in().status_code for _ in range(FREE * 2)] == [303] * FREE * 2
