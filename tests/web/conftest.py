"""A client that talks to the application in process, and asks plainly: no browser, no network, no port."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI

from app.settings import Settings
from app.web.app import create_app

BASE = "http://127.0.0.1:8000"


class Client:
    """Requests as a program on this machine sends them; `json=` bodies are what makes a write acceptable."""

    def __init__(self, app: FastAPI, portal: BlockingPortal, peer: str = "127.0.0.1", base: str = BASE) -> None:
        self.app, self.portal = app, portal
        transport = httpx.ASGITransport(app=app, client=(peer, 50000))
        self.inner = httpx.AsyncClient(transport=transport, base_url=base)

    def request(self, method: str, url: str, **options: Any) -> httpx.Response:
        return self.portal.call(partial(self.inner.request, method, url, **options))

    def get(self, url: str, **options: Any) -> httpx.Response:
        return self.request("GET", url, **options)

    def post(self, url: str, **options: Any) -> httpx.Response:
        return self.request("POST", url, **options)

    def raw(self, headers: list[tuple[bytes, bytes]], method: str = "GET", path: str = "/healthz") -> list[dict]:
        """What the application sends for headers that no client library would send."""
        sent: list[dict] = []

        async def receive() -> dict:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": headers,
            "server": ("127.0.0.1", 8000),
            "client": ("127.0.0.1", 50000),
        }
        self.portal.call(partial(self.app, scope, receive, send))
        return sent


@pytest.fixture(scope="session")
def portal() -> Iterator[BlockingPortal]:
    with start_blocking_portal() as portal:
        yield portal


@pytest.fixture(scope="session")
def settings_of(tmp_path_factory) -> Callable[..., Settings]:
    """Settings that look at neither the environment nor a .env file."""
    folder = tmp_path_factory.mktemp("web")

    def make(**given: Any) -> Settings:
        return Settings(_env_file=None, **{"database": folder / "none.sqlite3", **given})

    return make


@pytest.fixture(scope="session")
def serving(portal, settings_of) -> Callable[..., Client]:
    """`serving(store=None, peer=..., bound=..., **settings)`: a client of an application made for it."""

    def make(store: Any = None, *, peer: str = "127.0.0.1", bound: str | None = None, base: str = BASE, **given: Any):
        app = create_app(settings_of(**given), store, bound=bound)
        return Client(app, portal, peer, base)

    return make


@pytest.fixture(scope="session")
def doors(serving) -> Client:
    """An application without a database, for whoever is not let in anyway."""
    return serving()


@contextmanager
def started(client: Client) -> Iterator[Client]:
    """The client while its application's lifespan runs."""
    with client.portal.wrap_async_context_manager(client.app.router.lifespan_context(client.app)):
        yield client


@pytest.fixture(scope="session")
def static_file() -> Path:
    from app.web.static import STATIC

    return next(iter(sorted(p for p in STATIC.rglob("*") if p.is_file())), STATIC / "missing")
