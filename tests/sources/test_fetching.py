"""Fetching: what is refused without asking, and what a server of our own tries on us."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from app.core.records import Hints
from app.core.thresholds import FEED_MAX_FETCHED
from app.errors import BadAddress, BadInput, FetchFailed, TooLarge
from app.sources import fetch, read_targets
from app.sources.addresses import check_url, is_public, public_addresses
from app.sources.fetching import CannedFetcher, Fetched, HttpFetcher, Known

ARTICLE = (
    "<html><head><title>Harbour</title></head><body><article>"
    + "".join(
        f"<p>The harbour of Averil was closed on day {i} after a storm, and nobody was hurt there.</p>"
        for i in range(9)
    )
    + "</article></body></html>"
)

BOMB = gzip.compress(b"a" * 3_000_000)

# --- refused without asking


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://a.example/x",
        "javascript:alert(1)",
        "gopher://a.example",
        "//a.example/x",
        "a.example/x",
        "https://",
        "https://user:secret@a.example/",
        "https://user@a.example/",
        "http://a.example:22/",
        "http://a.example:6379/",
        "http://a.example:99999/",
        "http://[::1/",
        "http://\x00/",
        "",
    ],
)
def test_forms_that_are_not_fetched(url: str, limits) -> None:
    with pytest.raises(BadAddress):
        check_url(url, private=False)
    with pytest.raises(BadAddress):
        HttpFetcher(limits, resolver=_unasked).get(url)


def _unasked(host: str, port: int) -> list[str]:
    raise AssertionError("the resolver was asked")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("64:ff9b::808:808", True),
        ("127.0.0.1", False),
        ("127.8.9.1", False),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("240.0.0.1", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("::1", False),
        ("::", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.1.2.3", False),
        ("::127.0.0.1", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("2002:7f00:1::", False),
        ("2002:0a00:0001::1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("2001:db8::1", False),
        ("192.0.0.192", False),
        ("192.0.0.8", False),
        ("192.88.99.1", False),
        ("3fff::1", False),
        ("3fff:fff:ffff::1", False),
        ("2001::1", False),
        ("2002:808:808::1", False),
        ("5f00::1", False),
        ("100::1", False),
        ("4000::1", False),
        ("64:ff9b:1::808:808", False),
        ("2a00:1450:4001::1", True),
        ("::ffff:8.8.8.8", True),
        ("not an address", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "017700000001",
        "0177.0.0.1",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0",
        "①②⑦.⓪.⓪.①",
    ],
)
def test_local_hosts_in_every_form(host: str, limits) -> None:
    with pytest.raises((BadAddress, FetchFailed)):
        HttpFetcher(limits).get(f"http://{host}/")


def test_one_private_address_among_public_ones_is_enough() -> None:
    with pytest.raises(BadAddress):
        public_addresses("a.example", 80, lambda h, p: ["93.184.216.34", "10.0.0.1"], private=False)


def test_a_name_without_address() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror

    with pytest.raises(FetchFailed):
        public_addresses("a.example", 80, unknown, private=False)
    with pytest.raises(FetchFailed):
        public_addresses("a.example", 80, lambda h, p: [], private=False)


# --- a server that tries things


class _Handler(BaseHTTPRequestHandler):
    asked: list[tuple[str, str]]

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        type(self).asked.append((self.path, self.headers["Host"]))
        with suppress(OSError):  # the client hung up
            getattr(self, "do_" + self.path.strip("/").split("/", maxsplit=1)[0])()

    def _answer(self, body: bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _redirect(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.end_headers()

    def do_article(self) -> None:
        self._answer(ARTICLE.encode())

    def do_plain(self) -> None:
        self._answer("The café closed on Monday.".encode("latin-1"), "text/plain; charset=iso-8859-1")

    def do_packed(self) -> None:
        self._answer(gzip.compress(ARTICLE.encode()), Content_Encoding="gzip")

    def do_bomb(self) -> None:
        self._answer(BOMB, Content_Encoding="gzip")

    def do_broken(self) -> None:
        self._answer(b"no gzip", Content_Encoding="gzip")

    def do_brotli(self) -> None:
        self._answer(b"x", Content_Encoding="br")

    def do_big(self) -> None:
        self._answer(b"a" * 30_000)

    def do_declared(self) -> None:
        self._answer(b"a", Content_Length="999999999")

    def do_endless(self) -> None:
        self._answer(b"")
        while True:
            self.wfile.write(b"a" * 1000)

    def do_drip(self) -> None:
        self._answer(b"")
        for _ in range(600):
            self.wfile.write(b"a")
            self.wfile.flush()
            time.sleep(0.1)

    def do_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(600):
            self.wfile.write(b"a")
            self.wfile.flush()
            time.sleep(0.1)

    def do_silent(self) -> None:
        time.sleep(60)

    def do_missing(self) -> None:
        self.send_error(404)

    def do_image(self) -> None:
        self._answer(b"\x89PNG", "image/png")

    def do_feed(self) -> None:
        self._answer(b"<rss><channel><item><title>a</title></item></channel></rss>", "application/rss+xml")

    def do_once(self) -> None:
        self._redirect("/article")

    def do_loop(self) -> None:
        self._redirect("/loop")

    def do_elsewhere(self) -> None:
        self._redirect("http://169.254.169.254/latest/meta-data/")

    def do_file(self) -> None:
        self._redirect("file:///etc/passwd")

    def do_members(self) -> None:
        whole = ARTICLE.encode()
        self._answer(
            b"".join(gzip.compress(whole[i : i + 200]) for i in range(0, len(whole), 200)) + b"\0\0",
            Content_Encoding="gzip",
        )

    def do_unsaid(self) -> None:
        self._answer(gzip.compress(ARTICLE.encode()))

    def do_deflate(self) -> None:
        self._answer(zlib.compress(ARTICLE.encode()), Content_Encoding="deflate")

    def do_203(self) -> None:
        self.send_response(203)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(ARTICLE.encode())

    def do_cookie(self) -> None:
        if "seen=1" in (self.headers.get("Cookie") or ""):
            self.do_article()
            return
        self.send_response(302)
        self.send_header("Location", self.path)
        self.send_header("Set-Cookie", "seen=1; Path=/")
        self.end_headers()

    def do_refresh(self) -> None:
        self._answer(b"<html><head><meta http-equiv='refresh' content='0; url=/article'></head></html>")

    def do_latin(self) -> None:
        self._answer(ARTICLE.replace("storm", "“storm”").encode(), "text/html; charset=iso-8859-1")

    def do_told(self) -> None:
        secrets = {"Set_Cookie": "a=b", "X_CSRF_Token": "c", "WWW_Authenticate": "Basic", "X_Session_Id": "d"}
        self._answer(ARTICLE.encode(), ETag='"e"', X_Served_By="cache", **secrets)

    def do_nowhere(self) -> None:
        self._redirect("mailto:a@b.example")


@contextmanager
def serving() -> Iterator[tuple[int, list[tuple[str, str]]]]:
    handler = type("Handler", (_Handler,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1], handler.asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving() as (number, _):
        yield number


@pytest.mark.parametrize(
    "path", ["article", "packed", "once", "members", "unsaid", "deflate", "203", "cookie", "refresh"]
)
def test_an_article_is_fetched(path: str, port: int, private) -> None:
    page = fetch(f"http://127.0.0.1:{port}/{path}", private, Hints(outlet="KBS"))
    assert "closed on day 8" in page.text
    assert page.hints.outlet == "KBS"
    assert page.origin == f"http://127.0.0.1:{port}/{path}"
    expected = "article" if path in {"once", "refresh"} else path
    assert page.meta.url == f"http://127.0.0.1:{port}/{expected}"


def test_what_a_server_declares_unasked_is_not_believed(port: int, private) -> None:
    assert "after a “storm”" in fetch(f"http://127.0.0.1:{port}/latin", private).text


def test_headers_are_kept_and_nothing_meant_for_one_reader(port: int, private) -> None:
    answer = HttpFetcher(private).get(f"http://127.0.0.1:{port}/told")
    names = {name.casefold() for name, _ in answer.headers}
    assert {"etag", "x-served-by", "content-type"} <= names
    assert not names & {"set-cookie", "x-csrf-token", "www-authenticate", "x-session-id"}
    assert (answer.status, answer.known.etag) == (200, '"e"')


def test_conditions_are_told_to_the_address_that_gave_them_only(port: int) -> None:
    known = Known("http://a.example/x", '"e"', "Mon, 05 Jan 2026 08:00:00 GMT")
    assert set(known.asks("http://a.example/x")) == {"If-None-Match", "If-Modified-Since"}
    assert known.asks("http://b.example/x") == {}


def test_cookies_of_one_fetch_are_not_sent_with_the_next(private) -> None:
    with serving() as (number, asked), HttpFetcher(private) as fetcher:
        for _ in range(2):
            fetcher.get(f"http://127.0.0.1:{number}/cookie")
        assert [path for path, _ in asked] == ["/cookie"] * 4


class _Lasting(_Handler):
    """Keeps its connection open, and counts how often it was connected to."""

    protocol_version = "HTTP/1.1"
    connections = 0

    def setup(self) -> None:
        type(self).connections += 1
        super().setup()

    def do_GET(self) -> None:
        body = ARTICLE.encode()
        if self.path == "/feed":
            items = "".join(f"<item><title>{n}</title><link>/{n}</link></item>" for n in range(300))
            body = f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/xml" if self.path == "/feed" else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def test_a_feed_and_all_its_pages_come_over_one_connection(private) -> None:
    from dataclasses import replace

    handler = type("Handler", (_Lasting,), {"connections": 0})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        feed = f"http://127.0.0.1:{server.server_address[1]}/feed"
        found = list(read_targets([feed], Hints(), None, replace(private, max_body_bytes=100_000)))
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert len([page for page in found if not isinstance(page, BadInput)]) == FEED_MAX_FETCHED
    assert handler.connections == 1


def test_plain_text_is_fetched(port: int, private) -> None:
    assert fetch(f"http://127.0.0.1:{port}/plain", private).text == "The café closed on Monday."


@pytest.mark.parametrize(
    ("path", "error", "says"),
    [
        ("bomb", TooLarge, "larger"),
        ("big", TooLarge, "larger"),
        ("declared", TooLarge, "larger"),
        ("endless", TooLarge, "larger"),
        ("broken", FetchFailed, "broken"),
        ("brotli", FetchFailed, "br"),
        ("missing", FetchFailed, "404"),
        ("image", BadInput, "image/png"),
        ("feed", BadInput, "feed"),
        ("loop", BadAddress, "redirects"),
        ("file", BadAddress, "http"),
        ("nowhere", BadAddress, "http"),
    ],
)
def test_bounds(path: str, error: type[Exception], says: str, port: int, private) -> None:
    with pytest.raises(error, match=says):
        fetch(f"http://127.0.0.1:{port}/{path}", private)


@pytest.mark.parametrize("path", ["drip", "headers", "silent"])
def test_the_whole_fetch_has_one_time(path: str, port: int, hasty) -> None:
    """Each step of these answers is quick or silent; all steps together are given up in time."""
    began = time.monotonic()
    with pytest.raises(FetchFailed, match="seconds"):
        fetch(f"http://127.0.0.1:{port}/{path}", hasty)
    assert time.monotonic() - began < 30  # they go on for a minute


def test_a_port_that_nobody_serves(private) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    with pytest.raises(FetchFailed):
        fetch(f"http://127.0.0.1:{number}/", private)


def test_every_hop_is_checked(private) -> None:
    """The first host may be fetched, the one it redirects to may not; the second is resolved and refused, never connected to."""
    from dataclasses import replace

    with serving() as (number, asked):
        strict = HttpFetcher(replace(private, fetch_private=False), resolver=lambda host, port: [host])
        with pytest.raises(BadAddress):
            strict.get(f"http://127.0.0.1:{number}/elsewhere")  # the port and the address: refused before asking
        assert asked == []


def test_a_redirect_into_a_private_network_is_refused(private, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from app.sources import addresses, fetching

    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1")
    monkeypatch.setattr(fetching, "check_url", lambda url, private: httpx.URL(url))
    with serving() as (number, asked):
        with pytest.raises(BadAddress, match="private"):
            HttpFetcher(replace(private, fetch_private=False)).get(f"http://127.0.0.1:{number}/elsewhere")
        assert [path for path, _ in asked] == ["/elsewhere"]


def test_the_checked_address_is_the_one_connected_to(private) -> None:
    """A name that resolves once to our server and then elsewhere is connected to where it was checked; Host keeps the name."""
    answers = iter([["127.0.0.1"], ["192.0.2.1"]])
    with serving() as (number, asked):
        HttpFetcher(private, resolver=lambda host, port: next(answers)).get(f"http://paper.example:{number}/article")
        assert asked == [("/article", f"paper.example:{number}")]


def test_a_slow_resolver_is_given_up(hasty) -> None:
    with pytest.raises(FetchFailed, match="in time"):
        HttpFetcher(hasty, resolver=lambda host, port: time.sleep(2) or []).get("http://paper.example/")


# --- the quiet twin


def test_targets_fetch_through_the_fetcher(limits) -> None:
    fetcher = CannedFetcher({"https://a.example/1": Fetched("https://a.example/1", ARTICLE.encode())})
    page, failed = read_targets(["https://a.example/1", "https://a.example/2"], Hints(), None, limits, fetcher=fetcher)
    assert "closed on day 8" in page.text
    assert isinstance(failed, FetchFailed)
    assert failed.where == "https://a.example/2"


def test_a_manifests_addresses_are_fetched(tmp_path, limits) -> None:
    manifest = tmp_path / "m.csv"
    manifest.write_text("url,outlet\nhttps://a.example/1,KBS\n")
    fetcher = CannedFetcher({"https://a.example/1": Fetched("https://a.example/1", ARTICLE.encode())})
    (page,) = read_targets([], Hints(), manifest, limits, fetcher=fetcher)
    assert (page.hints.outlet, page.hints.url) == ("KBS", "https://a.example/1")
