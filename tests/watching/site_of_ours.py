"""A site of our own that misbehaves when it is told to, served from threads of this process."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BODY = (
    "The harbour council of {town} voted on Monday to close the old bridge, Mayor Ana Ruiz said.",
    "The bridge carries about {cars} cars a day, and repairs are to take two years, she said at the town hall.",
    "Fishermen of {town} said on Tuesday that nobody had asked them before the vote was taken.",
    "The ministry of transport will pay half of the costs, a spokesman said in the capital.",
)


def article(title: str, town: str = "Averil", cars: int = 4000, day: int = 3) -> str:
    body = "".join(f"<p>{line.format(town=town, cars=cars)}</p>" for line in BODY)
    return (
        f"<html lang='en'><head><title>{title}</title><meta property='article:published_time' content='2026-01-0{day}'>"
        f"<meta property='og:site_name' content='Averil Post'></head><body><article><h1>{title}</h1>{body}</article></body></html>"
    )


@dataclass
class Answer:
    body: str | bytes = ""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    stuck: bool = False  # says nothing until the site is taken down
    etag: bool = True
    gate: threading.Event | None = None  # answers when it is opened


class Site:
    """`answers` by path; `asked` counts requests by path, `conditional` those that told what they know."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: Counter[str] = Counter()
        self.conditional: Counter[str] = Counter()
        self.order: list[str] = []
        self.released, self.heard = threading.Event(), threading.Event()
        self.root = ""

    def put(self, path: str, body: str | bytes = "", **how: object) -> str:
        self.answers[path] = Answer(body, **how)  # type: ignore[arg-type]
        return self.url(path)

    def url(self, path: str) -> str:
        return f"{self.root}{path}"

    def feed(self, *paths: str, path: str = "/feed.xml", summary: str = "In short.", **how: object) -> str:
        items = "".join(
            f"<item><title>Report {p}</title><link>{self.url(p)}</link><description>{summary}</description></item>"
            for p in paths
        )
        text = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Averil Post</title>{items}</channel></rss>"
        return self.put(path, text, kind="application/rss+xml", **how)


@contextmanager
def served() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None: ...

        def do_GET(self) -> None:
            site.asked[self.path] += 1
            site.order.append(self.path)
            answer = site.answers.get(self.path, Answer("none", 404, "text/plain"))
            if self.path != "/robots.txt":
                site.heard.set()
            if answer.stuck:
                site.released.wait(30)
                return
            if answer.gate is not None:
                answer.gate.wait(300)
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            etag = f'"{sha256(body).hexdigest()[:8]}"'
            told = self.headers.get("If-None-Match")
            since = self.headers.get("If-Modified-Since")
            if told or since:
                site.conditional[self.path] += 1
            modified = answer.headers.get("Last-Modified")
            unchanged = answer.status == 200 and (told == etag or (modified is not None and since == modified))
            with suppress(OSError):
                self.send_response(304 if unchanged else answer.status)
                if answer.etag:
                    self.send_header("ETag", etag)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Type", answer.kind)
                self.send_header("Content-Length", "0" if unchanged else str(len(body)))
                self.end_headers()
                if not unchanged:
                    self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False
    site.root = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
