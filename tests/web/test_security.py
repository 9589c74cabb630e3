"""Who may ask and who may write: the questions as tables, then through the whole application."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from app.settings import Settings
from app.web.headers import HEADERS
from app.web.security import (
    host_name,
    is_here,
    is_loopback,
    takes_writes,
    why_not_host,
    why_not_same_origin,
)

FLAG = "/api/v1/alignments/1/flags"


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("localhost", "localhost"),
        ("LOCALHOST:8000", "localhost"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("[::1]:8000", "[::1]"),
        ("[::1]", "[::1]"),
        ("", None),
        (None, None),
        ("[::1", None),
        ("[::1]8000", None),
        ("[:::::]", None),
        ("localhost:99999999", None),
        ("localhost:", "localhost"),
        ("localhost:eight", None),
        ("localhost:80:80", None),
        ("a@localhost", None),
        ("localhost/evil.test", None),
        ("localhost evil.test", None),
        ("localhost\r\nX: 1", None),
        ("löcalhost", None),
    ],
)
def test_host_name(host, name):
    assert host_name(host) == name


@pytest.mark.parametrize(
    ("host", "allowed", "let_in"),
    [
        ("localhost:8000", ["localhost"], True),
        ("evil.test", ["localhost"], False),
        ("localhost.evil.test", ["localhost"], False),
        ("evil.test:8000", ["*"], True),
        ("press.example.org", ["*.example.org"], True),
        ("example.org", ["*.example.org"], False),
        ("evilexample.org", ["*.example.org"], False),
        ("Press.Example.org", ["press.example.org"], True),
    ],
)
def test_why_not_host(host, allowed, let_in):
    assert (why_not_host(Headers({"host": host}), allowed) is None) is let_in


def test_two_hosts_are_refused():
    twice = Headers(raw=[(b"host", b"localhost"), (b"host", b"evil.test")])
    assert why_not_host(twice, ["localhost"])


WRITES = {
    "own page, modern browser": ({"sec-fetch-site": "same-origin", "origin": "http://localhost:8000"}, True),
    "typed by the user": ({"sec-fetch-site": "none"}, True),
    "own page, without fetch metadata": ({"origin": "http://localhost:8000"}, True),
    "program with JSON": ({"content-type": "application/json"}, True),
    "program with JSON and charset": ({"content-type": "Application/JSON; charset=utf-8"}, True),
    "form of another site": ({"sec-fetch-site": "cross-site", "origin": "http://evil.test"}, False),
    "fetch no-cors of another site": (
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "content-type": "text/plain"},
        False,
    ),
    "subdomain of the same site": ({"sec-fetch-site": "same-site"}, False),
    "another port of this host": ({"origin": "http://localhost:9000"}, False),
    "another scheme": ({"origin": "https://localhost:8000"}, False),
    "sandboxed frame": ({"origin": "null"}, False),
    "foreign origin with JSON": ({"origin": "http://evil.test", "content-type": "application/json"}, False),
    "unknown fetch site": ({"sec-fetch-site": "same-origin, cross-site"}, False),
    "form without origin": ({"content-type": "application/x-www-form-urlencoded"}, False),
    "multipart without origin": ({"content-type": "multipart/form-data; boundary=x"}, False),
    "text that a form could send": ({"content-type": "text/plain"}, False),
    "nothing said": ({}, False),
    "cookies without origin": ({"content-type": "application/json", "cookie": "a=b"}, False),
}


@pytest.mark.parametrize(("headers", "let_in"), WRITES.values(), ids=WRITES.keys())
def test_why_not_same_origin(headers, let_in):
    given = Headers({"host": "localhost:8000", **headers})
    scope = {"type": "http", "method": "POST", "scheme": "http", "headers": given.raw}
    assert (why_not_same_origin(scope) is None) is let_in


LOCAL, FAR = ("127.0.0.1", 50000), ("192.0.2.7", 50000)
PLACES = {
    "this machine": (LOCAL, ("127.0.0.1", 8000), "127.0.0.1", "localhost:8000", {}, True),
    "this machine over IPv6": (("::1", 1), ("::1", 8000), "::1", "[::1]:8000", {}, True),
    "mapped loopback": (("::ffff:127.0.0.1", 1), ("::1", 8000), None, "localhost", {}, True),
    "elsewhere": (FAR, ("192.0.2.1", 8000), None, "localhost", {}, False),
    "listening everywhere": (LOCAL, ("127.0.0.1", 8000), "0.0.0.0", "localhost", {}, False),
    "through a proxy": (LOCAL, ("127.0.0.1", 8000), "127.0.0.1", "localhost", {"x-forwarded-for": "192.0.2.7"}, False),
    "under a public name": (LOCAL, ("127.0.0.1", 8000), "127.0.0.1", "press.example.org", {}, False),
    "unix socket": (None, None, None, "localhost", {}, False),
}


@pytest.mark.parametrize(("client", "server", "bound", "host", "more", "here"), PLACES.values(), ids=PLACES.keys())
def test_is_here(client, server, bound, host, more, here):
    headers = Headers({"host": host, **more})
    scope = {"type": "http", "client": client, "server": server, "headers": headers.raw}
    assert is_here(scope, Settings(_env_file=None), bound) is here


PROXIED = {
    # what a proxy on this machine may send on, without a word of its own; (method, http version, headers, allowed hosts)
    "nobody in between": ("POST", "1.1", {}, None, True),
    "our own page": (
        "POST",
        "1.1",
        {"origin": "http://localhost:8000", "referer": "http://localhost:8000/a"},
        None,
        True,
    ),
    "our own page by number": ("POST", "1.1", {"origin": "http://127.0.0.1:8000"}, None, True),
    "our own page over IPv6": ("POST", "1.1", {"origin": "http://[::1]:8000"}, None, True),
    "coming from elsewhere to read": ("GET", "1.1", {"referer": "https://search.example/"}, None, True),
    "told a public name": ("POST", "1.1", {}, ["localhost", "press.example.org"], False),
    "told many public names": ("POST", "1.1", {}, ["localhost", "*.example.org"], False),
    "told any name": ("POST", "1.1", {}, ["*"], False),
    "told an address": ("POST", "1.1", {}, ["127.0.0.1", "192.0.2.1"], False),
    "told a public name, only reading": ("GET", "1.1", {}, ["localhost", "press.example.org"], False),
    "as nginx does by default": ("POST", "1.0", {"connection": "close"}, None, False),
    "the page has a public name": ("POST", "1.1", {"origin": "https://press.example.org"}, None, False),
    "the page before had one": ("POST", "1.1", {"referer": "https://press.example.org/stories/a"}, None, False),
    "a page without a name": ("POST", "1.1", {"origin": "null"}, None, False),
    "a page of a crooked name": ("POST", "1.1", {"referer": "http://[::1"}, None, False),
    "a browser calls it the same origin": (
        "POST",
        "1.1",
        {"sec-fetch-site": "same-origin", "origin": "https://press.example.org"},
        None,
        False,
    ),
    "a proxy that says so": ("POST", "1.1", {"via": "1.1 cache"}, None, False),
}


@pytest.mark.parametrize(("method", "version", "more", "names", "let_in"), PROXIED.values(), ids=PROXIED.keys())
def test_the_address_alone_lets_nobody_write(method, version, more, names, let_in):
    headers = Headers({"host": "127.0.0.1:8000", **more})
    scope = {"type": "http", "method": method, "http_version": version, "client": LOCAL, "server": ("127.0.0.1", 8000)}
    given = {} if names is None else {"allowed_hosts": names}
    settings = Settings(_env_file=None, **given)
    assert is_here({**scope, "headers": headers.raw}, settings, "127.0.0.1") is let_in
    assert takes_writes(settings, "127.0.0.1", people=False) is (not names or names == ["localhost"])


@pytest.mark.parametrize(
    ("given", "bound", "people", "taken"),
    [
        pytest.param({}, "127.0.0.1", False, True, id="here"),
        pytest.param({}, "0.0.0.0", False, False, id="everywhere, nobody made a reviewer"),
        pytest.param({"writable": True}, "0.0.0.0", False, False, id="everywhere, switched on: it opens nothing"),
        pytest.param({}, "0.0.0.0", True, True, id="everywhere, with a reviewer"),
        pytest.param({"writable": False}, "127.0.0.1", True, False, id="switched off"),
        pytest.param({"proxy_user": "X-User"}, "0.0.0.0", False, True, id="the house names people"),
    ],
)
def test_takes_writes(given, bound, people, taken):
    assert takes_writes(Settings(_env_file=None, **given), bound, people=people) is taken


@pytest.mark.parametrize("writable", [True, None], ids=["switched on", "as it is"])
def test_a_proxy_that_hides_everything_opens_nothing_once_a_name_is_told(serving, new_store, writable):
    given = {} if writable is None else {"writable": writable}
    names = ["localhost", "127.0.0.1", "press.example.org"]
    through = serving(new_store(), bound="127.0.0.1", allowed_hosts=names, **given)
    answer = through.post(FLAG, json={"note": "x"})
    assert answer.status_code == 403
    assert "parallax reviewer add" in answer.json()["mend"]


@pytest.mark.parametrize(
    ("host", "is_it"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("[::1]", True),
        ("localhost", True),
        ("localhost.", True),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("127.0.0.1.evil.test", False),
        ("", False),
    ],
)
def test_is_loopback(host, is_it):
    assert is_loopback(host) is is_it


# --- through the application ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/v1/stories", "/static/none.css", "/nowhere"])
def test_foreign_host_is_refused_everywhere(doors, path):
    answer = doors.get(path, headers={"host": "rebound.evil.test"})
    assert answer.status_code == 421
    assert "rebound" not in answer.text


@pytest.mark.parametrize(
    "host", [b"local host", b"[::1", b"[::1]]", b"localhost:99999999", b"\xff\xfe", b"a@localhost", b""]
)
@pytest.mark.parametrize("path", ["/healthz", "/", "/api/v1/stories"])
def test_a_host_that_cannot_be_read_is_refused(doors, host, path):
    sent = doors.raw([(b"host", host)], path=path)
    assert sent[0]["status"] in {400, 421}
    assert doors.raw([], path=path)[0]["status"] == 400


def test_the_bound_address_is_a_name_of_ours(serving):
    there = serving(bound="192.0.2.1", base="http://192.0.2.1:8000")
    assert there.get("/healthz").status_code == 200
    assert serving(bound="0.0.0.0", base="http://192.0.2.1:8000").get("/healthz").status_code == 421


REFUSED = {name: headers for name, (headers, let_in) in WRITES.items() if not let_in}


@pytest.mark.parametrize("headers", REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.parametrize("path", [FLAG, "/api/v1/articles", "/articles/new", "/nowhere"])
def test_foreign_writes_are_refused_before_anything_is_read(doors, path, headers):
    answer = doors.post(path, headers={"host": "localhost:8000", **headers}, content=b"note=x")
    assert answer.status_code == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "PROPFIND", "TRACE"])
def test_every_method_but_the_safe_ones_is_a_write(serving, new_store, method):
    far = serving(new_store(), peer="192.0.2.7")
    assert far.request(method, FLAG, headers={"content-type": "application/json"}).status_code == 403
    assert "reviewer" in far.request(method, FLAG, json={}).text


def test_reading_needs_no_origin(doors):
    headers = {"sec-fetch-site": "cross-site", "origin": "http://evil.test"}
    assert doors.get("/healthz", headers=headers).status_code == 200


def test_no_cross_origin_reading_is_offered(doors):
    answer = doors.request(
        "OPTIONS",
        FLAG,
        headers={"origin": "http://evil.test", "access-control-request-method": "POST"},
    )
    assert answer.status_code == 405
    assert not [name for name in answer.headers if name.startswith("access-control")]


ANSWERS = {
    "page or its error": ("GET", "/", {}),
    "404 page": ("GET", "/nowhere", {}),
    "404 of the API": ("GET", "/api/v1/nowhere", {}),
    "405": ("DELETE", "/healthz", {"content-type": "application/json"}),
    "422": ("GET", "/api/v1/stories?limit=0", {}),
    "403": ("POST", FLAG, {}),
    "421": ("GET", "/", {"host": "evil.test"}),
    "413": ("POST", FLAG, {"content-type": "application/json", "content-length": "99999999999"}),
    "503": ("GET", "/readyz", {}),
    "static": ("GET", "/static/none.css", {}),
    "openapi": ("GET", "/openapi.json", {}),
    "health": ("GET", "/healthz", {}),
    "head": ("HEAD", "/healthz", {}),
}


@pytest.mark.parametrize(("method", "path", "headers"), ANSWERS.values(), ids=ANSWERS.keys())
def test_every_answer_carries_the_headers(doors, method, path, headers):
    answer = doors.request(method, path, headers=headers)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert answer.headers["x-request-id"]
    assert "cache-control" in answer.headers
    assert not {"server", "x-powered-by"} & set(answer.headers)


def test_the_policy_lets_nothing_inline_and_nothing_foreign():
    policy = HEADERS["content-security-policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy
    for rule in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"):
        assert rule in policy


def test_a_request_id_is_taken_from_a_proxy_only_when_plain(doors):
    assert doors.get("/healthz", headers={"x-request-id": "abc-123-def"}).headers["x-request-id"] == "abc-123-def"
    for crooked in ("a b", "x" * 200, "short", "<script>alert(1)</script>"):
        assert doors.get("/healthz", headers={"x-request-id": crooked}).headers["x-request-id"] != crooked


def test_line_breaks_never_reach_a_header(doors):
    sent = doors.raw([(b"host", b"localhost"), (b"x-request-id", b"abcdefgh\r\nset-cookie: a=b")])
    for message in sent[:1]:
        assert all(b"\r" not in value and b"\n" not in value for _, value in message["headers"])
    found = doors.get("/api/v1/stories/%0d%0aset-cookie:%20a=b")
    assert "set-cookie" not in found.headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app/errors.py",
        "/static/%2e%2e/app/errors.py",
        "/static/..%2fapp%2ferrors.py",
        "/static/....//app/errors.py",
        "/static//etc/passwd",
        "/static/%5c..%5capp%5cerrors.py",
        "/static/%00",
        "/static/" + "a" * 5000,
        "/static/",
        "/static",
    ],
)
def test_static_serves_nothing_above_its_folder(doors, path):
    answer = doors.get(path)
    assert answer.status_code in {307, 308, 404}
    assert "ParallaxError" not in answer.text
