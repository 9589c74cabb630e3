"""Single sign-on: a small issuer on loopback, over real HTTP, and all that it, a browser or a stranger may do wrong."""

from __future__ import annotations

import hmac
import json
import re
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from contextlib import suppress
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from types import SimpleNamespace
from urllib.parse import parse_qs, parse_qsl, unquote_plus, urlsplit

import pytest
import structlog
from joserfc import jws
from joserfc.jwk import OctKey, RSAKey

from app.errors import BadInput, FetchFailed, NotSignedIn
from app.roles import Role
from app.settings import Settings
from app.web.sign_on import issuer as over_http
from app.web.sign_on.begun import Beginnings
from app.web.slowing import FREE

NAME, SECRET = "parallax at home", "s3cret/+ with signs"
HERE = "http://127.0.0.1:8000"


def key_of(kid: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


def signed(header, claims, key) -> str:
    return jws.serialize_compact(header, json.dumps(claims), key, algorithms=[header["alg"]])


KEYS = {kid: key_of(kid) for kid in ("one", "two", "a stranger's")}


class FakeIssuer:
    """What it says and does; a test changes a part of it."""

    def __init__(self) -> None:
        self.codes: dict[str, dict] = {}
        self.count = count()
        self.claims = {"sub": "u-17", "email": "ann@example.org", "email_verified": True, "preferred_username": "Ann"}
        self.signs, self.published, self.header = KEYS["one"], [KEYS["one"]], {}
        self.token = None  # of its own making: (header, claims) -> text
        self.asked: list[str] = []
        self.raw: dict[str, object] = {}  # path -> a function of the handler, in place of the answer
        self.document: dict[str, object] = {}
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                issuer.answer(self, None)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                issuer.answer(self, dict(parse_qsl(body)))

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/realm"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer(self, handler, form) -> None:
        path = urlsplit(handler.path).path
        self.asked.append(path)
        if path in self.raw:
            self.raw[path](handler)
            return
        if path == "/realm/.well-known/openid-configuration":
            names = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
            told = {"issuer": self.url, **{n: self.url + p for n, p in names.items()}, **self.document}
        elif path == "/realm/keys":
            told = {"keys": [{"kty": "AKP", "kid": "x"}, *(k.as_dict(private=False) for k in self.published)]}
        elif path == "/realm/token":
            told = self.exchange(handler.headers.get("authorization", ""), form)
        else:
            told = None
        status = 404 if told is None else 400 if "error" in told else 200
        self.send(handler, json.dumps(told or {}).encode(), status)

    @staticmethod
    def send(handler, body: bytes, status: int = 200) -> None:
        handler.send_response(status)
        handler.send_header("content-type", "application/json")
        handler.send_header("content-length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def sign_in(self, address: str) -> dict[str, str]:
        """What a person does there: the parameters that the browser comes back with."""
        asked = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
        code = f"code-{next(self.count)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"], "session_state": "of no interest"}

    def exchange(self, authorization: str, form: dict) -> dict:
        asked = self.codes.pop(form.get("code"), None)
        if "basic" in str(self.document.get("token_endpoint_auth_methods_supported", "basic")):
            who = [unquote_plus(p) for p in b64decode(authorization.removeprefix("Basic ")).decode().split(":")]
        else:
            who = [form.get("client_id"), form.get("client_secret")]
        made = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if asked is None or who != [NAME, SECRET] or form["redirect_uri"] != asked["redirect_uri"]:
            return {"error": "invalid_grant"}
        if (asked["code_challenge"], asked["code_challenge_method"]) != (made, "S256"):
            return {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.url, "aud": NAME, "exp": now + 300, "iat": now, "nonce": asked["nonce"], **self.claims}
        claims = {k: v for k, v in claims.items() if v is not None}
        header = {"alg": "RS256", "kid": self.signs.kid, **self.header}
        text = self.token(header, claims) if self.token else signed(header, claims, self.signs)
        return {"access_token": "x", "token_type": "Bearer", "id_token": text}


class Browser:
    """A Parallax with such an issuer, and what a browser does there."""

    def __init__(self, issuer, store, serving, **settings):
        given = {"oidc_issuer": issuer.url, "oidc_client_id": NAME, "oidc_client_secret": SECRET, **settings}
        self.issuer, self.store = issuer, store
        self.client = serving(store, peer="192.0.2.7", **given)

    def get(self, path: str, cookie: str = "", **params: str):
        answer = self.client.get(path, params=params, headers={"cookie": cookie} if cookie else {})
        self.client.inner.cookies.clear()
        return answer

    def begin(self, back: str = "") -> tuple[str, str]:
        """The address at the issuer, and the cookie."""
        answer = self.get("/sign-in/oidc", back=back)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"], answer.headers["set-cookie"].partition(";")[0]

    def sign_in(self, back: str = "", **changed: str):
        address, cookie = self.begin(back)
        return self.get("/sign-in/oidc/back", cookie, **{**self.issuer.sign_in(address), **changed})

    def named(self, answer) -> str | None:
        """As whom one goes on after this answer."""
        cookies = [c for c in answer.headers.get_list("set-cookie") if c.startswith("parallax=")]
        if not cookies:
            return None
        page = self.get("/", cookies[0].partition(";")[0]).text
        found = re.search(r'class="me"[^>]*><span class="vh">[^<]*</span>([^<]*)', page)
        return found[1] if found else None


@pytest.fixture
def issuer():
    one = FakeIssuer()
    yield one
    one.close()


@pytest.fixture
def at(issuer, new_store, serving):
    """`at(**settings)`: a browser there; Ann is an editor by her address, Zoe has left."""

    def make(**settings) -> Browser:
        store = new_store()
        store.people.add_person("ann@example.org", Role.EDITOR, by="test")
        zoe, _ = store.people.add_person("Zoe", Role.ADMIN, by="test")
        store.people.end_person(zoe.id, by="test", keep_admin=False)
        return Browser(issuer, store, serving, **settings)

    return make


def refused(answer, status: int = 401) -> str:
    """A page that says so, with nothing of a session on it; gives its sentence."""
    assert answer.status_code == status, answer.text
    assert not [c for c in answer.headers.get_list("set-cookie") if c.startswith("parallax=") and "Max-Age=0" not in c]
    assert answer.headers["x-request-id"] in answer.text
    assert answer.headers["cache-control"] == "no-store"
    return re.search(r'role="alert"><p>(.*?)</p>', answer.text)[1]


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


# --- tokens that prove nothing


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


# --- browsers and strangers


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


# --- an issuer in trouble


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


# --- settings


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
