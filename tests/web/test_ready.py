"""Alive is not ready: a server without its database says why, and serves once it is there."""

from __future__ import annotations

import shutil
import sqlite3
import sys

import pytest

from app import pipeline
from app.errors import BadInput, ParallaxError
from app.pipeline import HERE, Workers
from app.settings import Settings, get_settings
from app.store import upgrade
from app.web.app import create_app


def test_healthz_asks_nothing_of_the_database(doors):
    assert doors.get("/healthz").json() == {"status": "ok"}


def test_without_a_database_everything_but_health_is_503_with_the_reason(serving, tmp_path):
    database = tmp_path / "later.sqlite3"
    client = serving(database=database)
    for path in ("/readyz", "/api/v1/stories"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"
        assert "parallax db upgrade" in answer.text
    page = client.get("/", headers={"accept": "text/html"})
    assert page.status_code == 503
    assert page.headers["content-type"].startswith("text/html")
    assert str(tmp_path) not in page.text
    upgrade(database)
    assert client.get("/readyz").json() == {"status": "ready", "writing": "ready", "outdated": 0, "waiting": []}
    assert client.get("/").status_code == 200


def test_stories_that_another_version_compared_are_counted(serving, filled, monkeypatch, tmp_path):
    store = filled()
    client = serving(store)
    assert client.get("/readyz").json()["outdated"] == 1
    assert client.get("/readyz").status_code == 200
    pipeline.compare_anew(store, ["the-bridge"])
    assert client.get("/readyz").json()["outdated"] == 0
    monkeypatch.setenv("PARALLAX_WEIGHTS", str(tmp_path / "gone.json"))
    get_settings.cache_clear()
    try:
        assert client.get("/readyz").json()["outdated"] is None
    finally:
        monkeypatch.undo()
        get_settings.cache_clear()


def test_a_newer_database_is_refused(serving, tmp_path):
    database = tmp_path / "newer.sqlite3"
    upgrade(database)
    with sqlite3.connect(database) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    file.close()
    assert serving(database=database).get("/readyz").status_code == 503


def test_a_file_that_is_no_database(serving, tmp_path):
    database = tmp_path / "letter.sqlite3"
    database.write_text("Dear reader, this is no database. " * 100)
    client = serving(database=database)
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def absent(path):
    return path


def older(path):
    upgrade(path, to="0007")
    return path


def newer(path):
    upgrade(path)
    with sqlite3.connect(path) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    file.close()
    return path


def a_letter(path):
    path.write_text("Dear reader, this is no database. " * 100)
    return path


@pytest.mark.parametrize("make", [absent, older, newer, a_letter])
def test_the_part_that_is_not_ready_is_named(serving, tmp_path, make):
    client = serving(database=make(tmp_path / "kept.sqlite3"))
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["part"]) == (503, "database")
    assert client.get("/api/v1/stories").json()["part"] == "database", "whoever asks for something is told the same"


def test_a_program_that_reads_and_does_not_start_is_named_until_it_does(filled, serving, monkeypatch, tmp_path):
    hands = Workers()
    client = serving(filled(), hands=hands)
    assert client.get("/readyz").status_code == 200
    with monkeypatch.context() as broken:
        broken.setattr(sys, "executable", shutil.which("false"))
        answer = client.post("/api/v1/articles", json={"text": "The council met.", "outlet": "Gazette"})
        assert (answer.status_code, answer.json()["part"]) == (503, "reading")
        assert answer.headers["retry-after"]
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["part"]) == (503, "reading")
    assert client.get("/stories/the-bridge").status_code == 200, "reading goes on"
    assert serving(filled(), hands=hands, writable=False).get("/readyz").status_code == 200, "nobody needs it there"
    monkeypatch.setattr(sys.modules[Workers.__module__], "TROUBLE_SECONDS", 0.0)
    assert client.get("/readyz").status_code == 200, "it is tried again"


def test_the_application_starts_and_stops_without_a_database(portal, tmp_path):
    app = create_app(Settings(_env_file=None, database=tmp_path / "none.sqlite3"), hands=HERE)
    with portal.wrap_async_context_manager(app.router.lifespan_context(app)):
        assert app.state.holder is not None


def test_a_store_that_was_given_is_not_closed(portal, filled):
    store = filled()
    app = create_app(Settings(_env_file=None), store, hands=HERE)
    with portal.wrap_async_context_manager(app.router.lifespan_context(app)):
        pass
    assert store.library.stories().total == 1


def leaves(kind: type[ParallaxError]) -> list[type[ParallaxError]]:
    return [kind, *(leaf for child in kind.__subclasses__() for leaf in leaves(child))]


@pytest.mark.parametrize("kind", leaves(ParallaxError), ids=lambda k: k.__name__)
def test_every_error_of_the_tree_has_its_answer(serving, kind):
    class Failing:
        def stories(self, **_):
            raise kind("It <b>went</b> wrong.", where="here", mend="Do this.")

        front = outlets = stories

        @property
        def library(self):
            return self

    client = serving(Failing())
    answer = client.get("/api/v1/stories")
    assert answer.status_code == kind.status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["title"], problem["detail"]) == (kind.title, "It <b>went</b> wrong.")
    assert (problem["where"], problem["mend"]) == ("here", "Do this.")
    page = client.get("/", headers={"accept": "text/html"})
    assert page.status_code == kind.status
    assert "It &lt;b&gt;went&lt;/b&gt; wrong." in page.text
    assert page.headers["cache-control"] == "no-store"


def test_a_page_asked_for_as_json_fails_as_json(serving):
    class Failing:
        def front(self, **_):
            raise BadInput("No.")

    answer = serving(Failing()).get("/", headers={"accept": "application/json"})
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_error_page_that_fails_is_plain(serving):
    client = serving()

    def broken(*_):
        raise ZeroDivisionError

    client.app.state.error_page = broken
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "<h1>Not found</h1>" in answer.text
