"""Pages and API over a PostgreSQL server: the same as over a file, and a 503 while it is away."""

from __future__ import annotations

from pathlib import Path

import pytest
from clock import Clock
from fastapi.testclient import TestClient
from postgres import Server

from app.places import Address
from app.settings import Settings
from app.store import Store
from app.web.app import create_app

ASKED = (
    "/", "/stories/pact", "/stories/pact?status=conflict", "/alignments/1", "/articles/1", "/articles?q=pact", "/search?q=apolog",
    "/search?q=apologised&outlet=alpha-wire", "/actors", "/actors?q=jap", "/actors/japan", "/outlets", "/outlets/alpha-wire",
    "/conflicts", "/corrections", "/api/v1/stories", "/api/v1/stories/pact/alignments", "/api/v1/alignments/1", "/api/v1/articles/1",
    "/api/v1/actors", "/api/v1/conflicts", "/stories/pact/export.json", "/readyz", "/search?q=apoligised",
)  # fmt: skip


def test_pages_are_the_same_on_both(example: Path, example_address: Address, server: Server) -> None:
    def client(store: Store) -> TestClient:
        app = create_app(Settings(_env_file=None, database=example, watch=False), store, bound="127.0.0.1")
        return TestClient(app, base_url="http://127.0.0.1")

    with (
        server.lent(example_address.name) as address,
        Store(example, now=Clock()) as file,
        Store(address, now=Clock()) as there,
    ):
        one, other = client(file), client(there)
        for asked in ASKED:
            answers = [c.get(asked, follow_redirects=False) for c in (one, other)]
            assert answers[0].status_code == answers[1].status_code, asked
            assert answers[0].text == answers[1].text, asked


@pytest.mark.parametrize(("asked", "kind"), [("/", "text/html"), ("/api/v1/stories", "application/problem+json")])
def test_a_server_that_is_away_is_a_503_until_it_is_back(
    asked: str, kind: str, server: Server, blank_address: Address
) -> None:
    """The database is not there when the program starts, and is when it is asked again."""
    later = server.address(f"later_{kind[:4]}")
    app = create_app(Settings(_env_file=None, database_url=later, watch=False), bound="127.0.0.1")
    with TestClient(app, base_url="http://127.0.0.1") as client:
        away = client.get(asked, headers={"Accept": kind})
        assert (away.status_code, away.headers["content-type"].split(";")[0]) == (503, kind)
        assert "no such database" in away.text
        server.admin(f'CREATE DATABASE "{later.name}" TEMPLATE "{blank_address.name}"')
        assert client.get(asked).status_code == 200
        server.admin(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{later.name}'")
        assert client.get(asked).status_code == 200
    server.dropped(later)
