"""What webhooks wait to be told is sent: signed, once, again after a failure, and to public addresses only."""

from __future__ import annotations

import hmac
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from app.alerting import DeliveryCount, send_due, signature
from app.settings import Settings
from app.sources.posting import HttpPoster, Posted
from app.store import Store
from app.store.views import EVENTS
from app.web.alerts import Sender

URL = "https://receiver.example/hook"
AT = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)


class Receiver:
    """The quiet twin of the other program: keeps what it was sent, answers as it is told."""

    def __init__(self, *answers: Posted) -> None:
        self.got: list[tuple[str, bytes, dict[str, str]]] = []
        self._answers = list(answers)

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> Posted:
        self.got.append((url, body, dict(headers)))
        return self._answers.pop(0) if self._answers else Posted(sent=True, answer="204 No Content")


@pytest.fixture
def hooked(store: Store) -> tuple[Store, int, str]:
    made, secret = store.webhooks.add_webhook("desk", URL, EVENTS, by="ann")
    store.webhooks.test_webhook(made.id, by="ann")
    return store, made.id, secret


def test_what_is_sent_is_signed_as_readme_says(hooked: tuple[Store, int, str]) -> None:
    store, of, secret = hooked
    receiver = Receiver()
    assert send_due(store, lambda: AT, receiver, site="https://parallax.example") == DeliveryCount(1, 0)
    ((url, body, headers),) = receiver.got
    assert url == URL
    # as a receiver does it, with nothing of ours
    moment = headers["Parallax-Timestamp"]
    expected = hmac.new(secret.encode(), moment.encode() + b"." + body, "sha256").hexdigest()
    assert headers["Parallax-Signature"] == f"sha256={expected}"
    assert int(moment) == AT.timestamp()
    told = json.loads(body)
    assert (told["event"], told["address"]) == ("test", "https://parallax.example/")
    assert str(told["id"]) == headers["Parallax-Delivery"] == str(store.webhooks.deliveries(of).items[0].id)
    assert headers["Parallax-Event"] == "test"
    assert store.webhooks.deliveries(of).items[0].state == "sent"
    assert send_due(store, lambda: AT, receiver) == DeliveryCount()


@pytest.mark.parametrize(
    "changed",
    [
        {"secret": "whs_another"},
        {"moment": "1700000001"},
        {"body": b'{"id": 2}'},
    ],
    ids=["secret", "moment", "body"],
)
def test_whatever_is_changed_is_seen(changed: dict) -> None:
    given = {"secret": "whs_x", "moment": "1700000000", "body": b'{"id": 1}'}
    assert signature(**given) == signature(**given)
    assert signature(**given) != signature(**{**given, **changed})


def test_a_failure_is_noted_and_the_others_go_on(hooked: tuple[Store, int, str]) -> None:
    store, of, _ = hooked
    other, _ = store.webhooks.add_webhook("other", "https://other.example/", EVENTS, by="ann")
    store.webhooks.test_webhook(of, by="ann")
    store.webhooks.test_webhook(other.id, by="ann")
    receiver = Receiver(Posted(sent=False, answer="503 Service Unavailable"))
    assert send_due(store, lambda: AT, receiver) == DeliveryCount(1, 1)
    assert [url for url, *_ in receiver.got] == [URL, "https://other.example/"], "one that is silent is left alone"
    failed = store.webhooks.deliveries(of).items[-1]
    assert (failed.state, failed.answer, failed.attempts) == ("waiting", "503 Service Unavailable", 1)


def test_it_ends_when_it_is_asked_to(hooked: tuple[Store, int, str]) -> None:
    store, of, _ = hooked
    store.webhooks.test_webhook(of, by="ann")
    receiver = Receiver()
    assert send_due(store, lambda: AT, receiver, stop=lambda: len(receiver.got) == 1) == DeliveryCount(1, 0)
    assert store.webhooks.webhook(of).waiting == 1


# --- over the network


@contextmanager
def listening(status: int = 204, location: str = "") -> Iterator[tuple[str, list[tuple[dict, bytes]]]]:
    got: list[tuple[dict, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((dict(self.headers), self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(status)
            if location:
                self.send_header("location", location)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook", got
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_it_arrives_as_it_was_signed() -> None:
    with listening() as (url, got), HttpPoster(private=True) as post:
        body = "{“é”}".encode()
        assert post(url, body, {"Parallax-Signature": "sha256=x"}) == Posted(sent=True, answer="204 No Content")
        headers, received = got[0]
        assert received == body
        assert headers["Parallax-Signature"] == "sha256=x"


@pytest.mark.parametrize("status", [301, 307, 400, 404, 410, 500, 503])
def test_whatever_is_not_taken_is_not_sent(status: int) -> None:
    with listening(location="https://elsewhere.example/" if status < 400 else "", status=status) as (url, got):
        with HttpPoster(private=True) as post:
            answer = post(url, b"{}", {})
        assert not answer.sent
        assert answer.answer.startswith(str(status))
        assert len(got) == 1, "redirects are not followed"


@pytest.mark.parametrize(
    ("url", "addresses"),
    [
        ("http://hook.example/", ("127.0.0.1",)),
        ("http://hook.example/", ("93.184.216.34", "10.0.0.1")),
        ("https://hook.example/", ("169.254.169.254",)),
        ("http://hook.example/", ("::1",)),
        ("http://hook.example:8080/", ("93.184.216.34",)),
        ("ftp://hook.example/", ("93.184.216.34",)),
    ],
)
def test_nothing_goes_to_ones_own_network(url: str, addresses: tuple[str, ...]) -> None:
    with HttpPoster(private=False, resolver=lambda _host, _port: addresses) as post:
        answer = post(url, b"{}", {})
    assert not answer.sent
    assert answer.answer


def test_a_host_that_never_answers_is_given_up_in_time() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent, HttpPoster(private=True, seconds=0.3) as post:
        answer = post(f"http://127.0.0.1:{silent.getsockname()[1]}/", b"{}", {})
    assert not answer.sent
    assert "0.3 seconds" in answer.answer


def test_nobody_there_is_no_error() -> None:
    with HttpPoster(private=True, seconds=5) as post:
        assert not post("http://127.0.0.1:9/", b"{}", {}).sent


def test_the_server_sends_by_itself(store: Store, database: Path) -> None:
    with listening() as (url, got):
        made, secret = store.webhooks.add_webhook("desk", url, EVENTS, by="ann")
        store.webhooks.test_webhook(made.id, by="ann")
        settings = Settings(
            _env_file=None, database=database, fetch_private=True, public_url="https://parallax.example"
        )
        assert Sender(lambda: store, settings).once() == DeliveryCount(1, 0)
        headers, body = got[0]
        assert headers["Parallax-Signature"] == f"sha256={signature(secret, headers['Parallax-Timestamp'], body)}"
        assert json.loads(body)["address"] == "https://parallax.example/"


def test_in_a_public_house_nothing_goes_inside(store: Store, database: Path) -> None:
    with listening() as (url, got):
        made, _ = store.webhooks.add_webhook("desk", url, EVENTS, by="ann")
        store.webhooks.test_webhook(made.id, by="ann")
        assert Sender(lambda: store, Settings(_env_file=None, database=database)).once() == DeliveryCount(0, 1)
        assert got == []
    assert "80 and 443" in store.webhooks.deliveries(made.id).items[0].answer


def test_its_thread_begins_and_ends_with_the_server(store: Store, database: Path, monkeypatch) -> None:
    monkeypatch.setattr("app.web.alerts.EVERY_SECONDS", 0.01)
    with listening() as (url, got):
        made, _ = store.webhooks.add_webhook("desk", url, EVENTS, by="ann")
        sender = Sender(lambda: store, Settings(_env_file=None, database=database, fetch_private=True))
        sender.start()
        store.webhooks.test_webhook(made.id, by="ann")
        for _ in range(500):
            if store.webhooks.webhook(made.id).sent:
                break
            threading.Event().wait(0.02)
        sender.stop(5)
    assert len(got) == 1
    assert not [t for t in threading.enumerate() if t.name == "parallax-alerts"]
