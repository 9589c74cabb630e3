"""Signing in, and whoever tries to without being let: cookies, tokens, ways back, slowness, logs."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
import structlog

from app.errors import TooOften
from app.roles import Role, Scope
from app.settings import Settings
from app.store import people
from app.store.tokens import new_token
from app.web.proxied import client_address, scheme_of, user_of
from app.web.slowing import FREE, Slowing
from app.web.who import bearer_token, cookie_of

OWN = {"origin": "http://127.0.0.1:8000"}
FLAG = "/api/v1/alignments/1/flags"


class House:
    """A server with an admin and an editor, and what a browser does there."""

    def __init__(self, store, serving, **settings):
        self.store = store
        self.ann, self.token = store.people.add_person("Ann", Role.ADMIN, by="test")
        self.ben, self.bens = store.people.add_person("Ben", Role.EDITOR, by="test")
        self.client = serving(store, peer="192.0.2.7", **settings)

    def sign_in(self, token: str | None = None, back: str = "", cookie: str | None = None, **headers):
        more = {"cookie": cookie} if cookie else {}
        form = {"token": token or self.token, "back": back}
        answer = self.client.post("/sign-in", data=form, headers={**OWN, **more, **headers})
        self.client.inner.cookies.clear()
        return answer

    def cookie(self, token: str | None = None) -> str:
        return self.sign_in(token).headers["set-cookie"].partition(";")[0]

    def form(self, path: str, cookie: str, **fields: str):
        return self.client.post(path, data=fields, headers={**OWN, "cookie": cookie})

    def named(self, cookie: str) -> str | None:
        found = re.search(
            r'class="me"[^>]*><span class="vh">[^<]*</span>([^<]*)',
            self.client.get("/", headers={"cookie": cookie}).text,
        )
        return found[1] if found else None


@pytest.fixture
def house(filled, serving) -> House:
    return House(filled(), serving)


def test_a_token_is_the_password(house):
    answer = house.sign_in(back="/stories/the-bridge?only=1#row-1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/stories/the-bridge?only=1#row-1")
    cookie = answer.headers["set-cookie"]
    for part in ("HttpOnly", "Path=/", "SameSite=lax", "Max-Age="):
        assert part.lower() in cookie.lower()
    assert "secure" not in cookie.lower()
    assert "domain" not in cookie.lower()
    assert house.token not in cookie
    value = cookie.partition(";")[0]
    assert house.named(value) == "Ann"
    row = house.store.library.stories().items and house.client.get("/api/v1/conflicts").json()["items"][0]["row"]["id"]
    flagged = house.form(f"/alignments/{row}/flags", value, note="look")
    assert flagged.status_code == 303
    assert [
        f["by"] for f in house.client.get(f"/api/v1/alignments/{row}").json()["row"]["flags"] if f["note"] == "look"
    ] == ["Ann"]


@pytest.mark.parametrize(
    "how", [{"origin": "https://127.0.0.1:8000", "sec-fetch-site": "same-origin"}], ids=["TLS page"]
)
def test_behind_tls_the_cookie_is_for_tls_alone(house, how):
    cookie = house.sign_in(**how).headers["set-cookie"]
    assert cookie.startswith("__Host-parallax=")
    assert "Secure" in cookie


def test_each_sign_in_gives_a_new_value_and_the_old_one_is_dead(house):
    one = house.cookie()
    two = house.sign_in(cookie=one).headers["set-cookie"].partition(";")[0]
    assert one != two
    assert house.named(one) is None
    assert house.named(two) == "Ann"


@pytest.mark.parametrize(
    "planted", ["parallax=" + "A" * 43, "parallax=", "parallax=x; parallax=y", "__Host-parallax=zz"]
)
def test_a_planted_cookie_is_worth_nothing_before_and_after(house, planted):
    assert house.named(planted) is None
    answer = house.sign_in(cookie=planted)
    value = answer.headers["set-cookie"].partition(";")[0]
    assert value.split("=")[1] not in planted
    assert house.named(planted) is None


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.test/",
        "//evil.test",
        "/\\evil.test",
        "\\\\evil.test",
        "/\tevil",
        "javascript:alert(1)",
        "http:evil.test",
        " /x",
        "/a\r\nSet-Cookie: x=y",
        "///evil.test",
        "evil",
    ],
)
def test_the_way_back_never_leaves_the_house(house, back):
    assert house.sign_in(back=back).headers["location"] == "/"
    page = house.client.get("/sign-in", params={"back": back})
    assert 'name="back" value=""' in page.text


def test_a_closed_page_is_come_back_to(house, serving):
    shut = serving(house.store, peer="192.0.2.7", reading="signed-in")
    there = shut.get("/search?q=a%20b&to=2024-01-01").headers["location"]
    assert there.startswith("/sign-in?back=")
    page = shut.get(there)
    assert 'value="/search?q=a%20b&amp;to=2024-01-01"' in page.text


WRONG = {
    "nobody's": lambda h: new_token().text,
    "another secret": lambda h: h.token[:-4] + "AAAA",
    "no token": lambda h: "hunter2",
    "nothing": lambda h: "",
    "revoked": lambda h: h.store.people.revoke_token(h.ben.tokens[0].id, by="x") or h.bens,
    "of one who left": lambda h: h.store.people.end_person(h.ben.id, by="x") or h.bens,
    "a prefix": lambda h: h.token[:14],
    "with a blank inside": lambda h: h.token[:20] + " " + h.token[20:],
}


@pytest.mark.parametrize("name", WRONG)
def test_whatever_is_wrong_is_told_in_the_same_words(house, name):
    answer = house.client.post("/sign-in", data={"token": WRONG[name](house)}, headers=OWN)
    assert answer.status_code == 401
    assert "This token is not valid" in answer.text
    assert "set-cookie" not in answer.headers
    bearer = WRONG[name](house).strip() or "x"
    program = house.client.get("/api/v1/stories", headers={"authorization": f"Bearer {bearer}"})
    assert program.status_code == 401
    assert program.json()["detail"] == "This token is not valid."
    assert bearer not in program.text.replace("x", "") or len(bearer) < 3


ENDINGS = {
    "signing out": lambda h, cookie: h.form("/sign-out", cookie),
    "revoking the token on the account page": lambda h, cookie: h.form(
        f"/account/tokens/{h.ann.tokens[0].id}/revoke", cookie
    ),
    "revoking it on the people page": lambda h, cookie: h.form(f"/people/tokens/{h.ann.tokens[0].id}/revoke", cookie),
    "revoking it by command": lambda h, cookie: h.store.people.revoke_token(h.ann.tokens[0].id, by="x"),
    "ending the reviewer": lambda h, cookie: h.store.people.end_person(h.ann.id, by="x", keep_admin=False),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_a_session_ends_with_the_next_request(house, name):
    cookie = house.cookie()
    assert house.named(cookie) == "Ann"
    ENDINGS[name](house, cookie)
    assert house.named(cookie) is None
    assert house.form("/alignments/1/flags", cookie, note="x").status_code == 401
    assert house.form("/account/tokens", cookie, name="x").status_code == 401


def test_a_session_does_not_last_for_ever(house, monkeypatch):
    cookie, now = house.cookie(), house.store.now
    monkeypatch.setattr(house.store, "now", lambda: now() + people.IDLE + timedelta(minutes=1))
    assert house.named(cookie) is None


def test_rotating_the_token_one_signed_in_with_goes_on_under_a_new_session(house):
    cookie = house.cookie()
    page = house.form(f"/account/tokens/{house.ann.tokens[0].id}/rotate", cookie)
    fresh = re.search(r"plx_[a-z0-9]{10}_[A-Za-z0-9_-]{43}", page.text)[0]
    anew = page.headers["set-cookie"].partition(";")[0]
    assert house.named(cookie) is None
    assert house.named(anew) == "Ann"
    assert fresh != house.token
    assert house.sign_in(house.token).status_code == 401
    assert house.sign_in(fresh).status_code == 303
    assert page.headers["cache-control"] == "no-store"
    assert fresh not in house.client.get("/account", headers={"cookie": anew}).text, "it is shown once"


def test_no_token_makes_a_wider_one(house):
    _, narrow = house.store.people.make_token(house.ann.id, "script", Scope.ADD, by="x")
    cookie = house.cookie(narrow)
    assert house.form("/account/tokens", cookie, name="more", scope="review").status_code == 403
    assert house.form(f"/account/tokens/{house.ann.tokens[0].id}/rotate", cookie).status_code == 403
    assert house.client.get("/people", headers={"cookie": cookie}).status_code == 403
    assert house.form("/people", cookie, name="Eve", role="admin").status_code == 403
    assert house.form("/alignments/1/flags", cookie, note="x").status_code == 403
    assert house.form("/account/tokens", cookie, name="as much", scope="add").status_code == 200


def test_anothers_token_is_not_there(house):
    cookie = house.cookie(house.bens)
    for act in ("rotate", "revoke"):
        assert house.form(f"/account/tokens/{house.ann.tokens[0].id}/{act}", cookie).status_code == 404
    assert house.sign_in().status_code == 303


def test_an_admin_adds_ends_and_gives_roles_but_never_the_last_admins(house):
    cookie = house.cookie()
    page = house.form("/people", cookie, name="Cy <b>", role="reviewer")
    fresh = re.search(r"plx_[a-z0-9]{10}_[A-Za-z0-9_-]{43}", page.text)[0]
    assert "Cy &lt;b&gt;" in page.text
    assert house.sign_in(fresh).status_code == 303
    assert house.form("/people", cookie, name="CY <B>", role="admin").status_code == 409
    assert house.form(f"/people/{house.ann.id}/end", cookie, sure="1").status_code == 409
    assert house.form(f"/people/{house.ann.id}/role", cookie, role="reader").status_code == 409
    assert house.form(f"/people/{house.ben.id}/end", cookie).status_code == 422, "not without the tick"
    assert house.form(f"/people/{house.ben.id}/role", cookie, role="god").status_code == 422
    assert house.form(f"/people/{house.ben.id}/end", cookie, sure="1").status_code == 303
    assert house.sign_in(house.bens).status_code == 401
    shown = house.client.get("/people", headers={"cookie": cookie})
    assert "Who has left" in shown.text
    assert house.token not in shown.text
    assert "argon2" not in shown.text


def test_a_cookie_alone_is_not_enough_for_another_sites_form(house):
    cookie = house.cookie()
    for headers in ({"origin": "http://evil.test"}, {"sec-fetch-site": "cross-site"}, {}):
        for path in ("/people", "/sign-out", "/sign-in", FLAG):
            answer = house.client.post(
                path, data={"name": "Eve", "role": "admin"}, headers={"cookie": cookie, **headers}
            )
            assert answer.status_code == 403
    json = house.client.post(FLAG, json={"note": "x"}, headers={"cookie": cookie})
    assert json.status_code == 403, "with a cookie the origin must be told"
    assert house.named(cookie) == "Ann"


def test_a_request_with_a_token_is_judged_by_it_alone(house):
    _, reads = house.store.people.make_token(house.ben.id, "feed", Scope.READ, by="x")
    cookie = house.cookie()
    both = {**OWN, "cookie": cookie, "authorization": f"Bearer {reads}"}
    assert house.client.post(FLAG, json={}, headers=both).status_code == 403
    bad = {**OWN, "cookie": cookie, "authorization": "Bearer nonsense"}
    assert house.client.post(FLAG, json={}, headers=bad).status_code == 401
    two = [
        ("authorization", f"Bearer {house.token}"),
        ("authorization", f"Bearer {reads}"),
        ("content-type", "application/json"),
    ]
    assert house.client.request("POST", FLAG, content=b"{}", headers=two).status_code == 401


@pytest.mark.parametrize("said", ["bearer", "BEARER", "Bearer "])
def test_how_a_token_is_sent(house, said):
    answer = house.client.get("/account", headers={"authorization": f"{said.strip()} {house.token}"})
    assert answer.status_code == 200


def test_another_scheme_is_nobody(house):
    assert house.client.post(FLAG, json={}, headers={"authorization": "Basic YW5uOng="}).status_code == 401


def test_what_is_drawn_for_somebody_is_kept_by_no_cache_in_between(house):
    cookie = {"cookie": house.cookie()}
    assert house.client.get("/", headers=cookie).headers["cache-control"] == "private, no-cache"
    assert house.client.get("/").headers["cache-control"] == "no-cache"
    for path in ("/account", "/people", "/sign-in"):
        assert house.client.get(path, headers=cookie).headers["cache-control"] == "no-store"


# --- failed sign-ins


def test_failed_sign_ins_are_slowed_and_a_program_that_is_known_goes_on(house):
    assert house.client.get("/account", headers={"authorization": f"Bearer {house.bens}"}).status_code == 200
    codes = [house.sign_in(new_token().text).status_code for _ in range(FREE + 2)]
    assert codes == [401] * FREE + [429] * 2
    slow = house.sign_in()
    assert slow.status_code == 429, "the right one waits too"
    assert int(slow.headers["retry-after"]) >= 1
    program = house.client.get("/api/v1/stories", headers={"authorization": f"Bearer {new_token().text}"})
    assert program.status_code == 429
    assert program.headers["content-type"] == "application/problem+json"
    assert program.headers["retry-after"]
    assert house.client.get("/account", headers={"authorization": f"Bearer {house.bens}"}).status_code == 200
    elsewhere = type(house.client)(house.client.app, house.client.portal, "198.51.100.4")
    assert elsewhere.post("/sign-in", data={"token": house.token}, headers=OWN).status_code == 303


def test_one_token_guessed_from_many_addresses_is_slowed(house):
    for n in range(FREE):
        there = type(house.client)(house.client.app, house.client.portal, f"198.51.100.{n}")
        assert there.post("/sign-in", data={"token": house.token[:-3] + "AAA"}, headers=OWN).status_code == 401
    last = type(house.client)(house.client.app, house.client.portal, "203.0.113.1")
    assert last.post("/sign-in", data={"token": house.token[:-3] + "AAA"}, headers=OWN).status_code == 429


def test_waiting_doubles_is_forgotten_and_bounded():
    clock = SimpleNamespace(at=0.0)
    slowing = Slowing(lambda: clock.at, most=100)
    for _ in range(FREE):
        slowing.attempt(["a"])
    waits = []
    for _ in range(12):
        with pytest.raises(TooOften) as told:
            slowing.attempt(["a", "b"])
        waits.append(told.value.retry_after)
        clock.at += told.value.retry_after
        slowing.attempt(["a"])
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
    clock.at += 3601
    slowing.attempt(["a"])
    for n in range(1000):
        slowing.attempt([f"x{n}"])
    assert len(slowing) == 100


def test_many_at_once_gain_nothing():
    slowing, let_in = Slowing(lambda: 0.0), 0
    for _ in range(50):
        try:
            slowing.attempt(["a"])
            let_in += 1
        except TooOften:
            pass
    assert let_in == FREE


def test_those_who_succeed_are_not_slowed(house):
    assert [house.sign_in().status_code for _ in range(FREE * 2)] == [303] * FREE * 2


def test_logs_say_that_it_failed_and_hold_no_secret(house):
    with structlog.testing.capture_logs() as lines:
        house.sign_in(house.token[:-4] + "AAAA")
        house.sign_in("my-bank-password")
        cookie = house.cookie()
        house.form("/account/tokens", cookie, name="laptop", scope="read")
        house.client.get("/api/v1/stories", headers={"authorization": f"Bearer {house.token}"})
    failed = [line for line in lines if line["event"] == "sign-in failed"]
    assert [(f["address"], f["token"]) for f in failed] == [("192.0.2.7", house.token[4:14]), ("192.0.2.7", "no token")]
    said = str(lines)
    for secret in (house.token[15:], house.token[:-4], "my-bank-password", cookie.partition("=")[2]):
        assert secret not in said


def test_pages_that_fail_tell_no_token(house):
    long = house.sign_in(house.token * 5)
    assert long.status_code == 422
    assert house.token[15:] not in long.text
    answer = house.client.get("/nowhere", headers={"authorization": f"Bearer {house.token}"})
    assert house.token not in answer.text
    assert "Ann" in answer.text, "an error's page knows who is signed in too"


# --- a proxy in front, and those who say they are one


def scope(peer: str | None, **headers: str) -> dict:
    given = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
    return {"type": "http", "scheme": "http", "client": (peer, 1) if peer else None, "headers": given}


PROXY = Settings(_env_file=None, proxy_from="10.0.0.1, 2001:db8::/64", proxy_user="X-Remote-User")
SPOKEN = {
    "the proxy": (scope("10.0.0.1", x_remote_user="ann"), "ann"),
    "the proxy by a mapped address": (scope("::ffff:10.0.0.1", x_remote_user="ann"), "ann"),
    "the proxy over IPv6": (scope("2001:db8::7", x_remote_user=" ann "), "ann"),
    "its neighbour": (scope("10.0.0.2", x_remote_user="ann"), None),
    "this machine": (scope("127.0.0.1", x_remote_user="ann"), None),
    "a socket": (scope(None, x_remote_user="ann"), None),
    "one who claims to come from it": (scope("192.0.2.7", x_remote_user="ann", x_forwarded_for="10.0.0.1"), None),
    "under another name of the header": (scope("10.0.0.1", x_remote_user_="ann"), None),
    "nobody": (scope("10.0.0.1", x_remote_user=""), None),
}


@pytest.mark.parametrize(("asked", "named"), SPOKEN.values(), ids=SPOKEN)
def test_whom_the_proxy_names(asked, named):
    assert user_of(asked, PROXY) == named
    assert user_of(asked, Settings(_env_file=None)) is None


def test_two_names_are_none():
    asked = scope("10.0.0.1", x_remote_user="ann")
    asked["headers"].append((b"x-remote-user", b"root"))
    assert user_of(asked, PROXY) is None


def test_scheme_and_address_are_the_proxys_word_only():
    said = {"x_forwarded_proto": "https", "x_forwarded_for": "203.0.113.9, 198.51.100.2"}
    assert scheme_of(scope("10.0.0.1", **said), PROXY) == "https"
    assert scheme_of(scope("192.0.2.7", **said), PROXY) == "http"
    assert client_address(scope("10.0.0.1", **said), PROXY) == "198.51.100.2"
    assert client_address(scope("192.0.2.7", **said), PROXY) == "192.0.2.7"
    assert client_address(scope("2001:db8:1:2:3::4"), PROXY) == "2001:db8:1:2::/64"


HOUSES = {
    # whom the header names: (who they are here, by the role of the house's guests), whether they may flag
    "a reviewer": ("Ben", "reader", 404),
    "a reviewer in another spelling": ("  BEN ", "reader", 404),
    "a guest": ("Dora", "reader", 403),
    "a guest who may": ("Dora", "reviewer", 404),
    "one who left": ("Zoe", "reviewer", 401),
    "the machine": ("parallax", "admin", 401),
    "a crooked name": ("a\u202eb", "admin", 401),
}


@pytest.mark.parametrize(("name", "role", "status"), HOUSES.values(), ids=HOUSES)
def test_through_the_application(filled, serving, name, role, status):
    given = {"proxy_from": "192.0.2.7", "proxy_user": "X-Remote-User", "proxy_role": role}
    house = House(filled(), serving, **given)
    zoe, _ = house.store.people.add_person("Zoe", Role.ADMIN, by="x")
    house.store.people.end_person(zoe.id, by="x")
    headers = {"x-remote-user": name.encode()}
    path = "/api/v1/alignments/999999/flags"
    assert house.client.post(path, json={}, headers=headers).status_code == status
    spoofed = serving(house.store, peer="192.0.2.8", **given)
    assert spoofed.post(path, json={}, headers=headers).status_code == 401
    here = serving(house.store, **given)
    assert here.post(path, json={}, headers=headers).status_code == 401


def test_where_the_house_names_people_this_machine_is_nobody(new_store, serving):
    store = new_store()
    assert serving(store).post(FLAG, json={}).status_code == 404
    here = serving(store, proxy_from="10.0.0.1", proxy_user="X-Remote-User")
    assert here.post(FLAG, json={}).status_code == 401


def test_a_guest_of_the_house_has_no_tokens_and_reaches_nobodys(filled, serving):
    house = House(filled(), serving, proxy_from="192.0.2.7", proxy_user="X-Remote-User", proxy_role="admin")
    guest = {**OWN, "x-remote-user": "Dora"}
    for act in ("rotate", "revoke"):
        answer = house.client.post(f"/account/tokens/{house.ann.tokens[0].id}/{act}", headers=guest, data={})
        assert answer.status_code == 403
    assert house.store.people.admitted_by_token(house.token)


def test_the_local_user_reaches_nobodys_tokens_and_makes_nobody(new_store, serving):
    here = serving(new_store())
    assert here.get("/account").status_code == 200
    assert here.get("/people").status_code == 403
    assert here.post("/people", data={"name": "Eve", "role": "admin"}, headers=OWN).status_code == 403
    assert here.post("/account/tokens", data={"name": "x"}, headers=OWN).status_code == 403
    assert "writes as <b>reader</b>" in here.get("/").text, "the page says so in one line"


def test_cookies_and_tokens_as_they_are_read():
    tls = {**scope("x", cookie="parallax=plain"), "scheme": "https"}
    assert cookie_of(tls) is None
    assert cookie_of(scope("x", cookie="parallax=plain")) == "plain"
    assert bearer_token(scope("x", authorization="Basic abc")) is None
    assert bearer_token(scope("x", authorization="bearer  abc ")) == "abc"
