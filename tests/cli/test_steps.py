"""What pages, the API and commands ask costs no more when others' stories are kept beside: each statement, counted in steps.

The statements that the example was sent are sent to twenty of it in one database, and to eighty. A plan tells scans
(`test_plans.py`); this tells what an OR between tables visits, and what is sorted to show its first page.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from threading import current_thread
from typing import Any

import pytest
from fastapi.testclient import TestClient
from running import parallax
from sqlalchemy import event
from sqlalchemy.engine import Engine
from test_plans import ADDRESSES, COMMANDS, VOCABULARY, names_of

from app.core.text import fold
from app.pipeline import HERE
from app.settings import Settings
from app.store import Store
from app.store.lists import with_lists
from app.store.read import found as found_by_search
from app.store.search import has_words
from app.web.app import create_app
from app.web.healing import Healer

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
from multiply import multiply

SIZES = (20, 80)
"""Copies of the example: in the smaller database every page is full already."""
GROWS: Mapping[str, str] = {
    "AS articles, (SELECT count(*) FROM claims": "how much there is, told on the front page; over the smallest index",
    "FROM ( SELECT stories.id, stories.title": "lists of stories are counted to the end: they are few beside claims",
    "FROM ( SELECT articles.id, articles.headline": "lists of articles, the same",
    "FROM ( SELECT outlets.id, outlets.key": "the articles of each outlet, the same",
    "WITH mine AS": "what is by or about an actor, and what an outlet is in, is counted to the end",
    "AS wanted JOIN attributions ON attributions.actor_id": "where an actor stood, ever",
    "alignments.story_id IN (SELECT story_id FROM standing_articles": "what an outlet left out of its stories, the same",
    "count(DISTINCT articles.story_id) AS stories": "an outlet's articles are counted to the end",
    "'$.language') AS language": "their languages, the same",
    "claim_index MATCH :without": "the articles that say what is to be left out",
    "date_from >= :reach AND date_from < :since": "months and years of two years before, some of which end before the days asked for",
    "alignments.queue_sort > ''": "the queue is counted to the end: what nobody has looked at is few",
    "alignments.first_seen IS NOT NULL": "conflicts by when they were first seen, until the feed is full",
}
"""Words of a statement: why it may cost more where more is kept."""


def steps(connection: sqlite3.Connection, statement: str, values: Any) -> int:
    """How many, in tens, SQLite's machine takes."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    connection.set_progress_handler(count, 10)
    connection.execute(with_lists(statement), values).fetchall()
    connection.set_progress_handler(None, 0)
    return counted


def opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.create_function("fold", 1, fold, deterministic=True)
    connection.create_function("has_words", 2, has_words, deterministic=True)
    return connection


@pytest.fixture
def sent(example_store: Store, monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[Any, list[str]]]:
    """Each reading statement with its values, and what sends it."""
    monkeypatch.setattr(Healer, "start", lambda _: None)  # what it asks comes at moments of its own
    monkeypatch.setattr(found_by_search, "COUNTED", 10)
    names, found, now = names_of(example_store), dict[str, tuple[Any, list[str]]](), ""

    def hear(_connection: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        if current_thread().name.startswith("parallax-"):  # a server's own rounds, of this test or of one before
            return
        if statement.lstrip().upper().startswith(("SELECT", "WITH")) and VOCABULARY not in statement:
            found.setdefault(statement, (values, []))[1].append(now)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        settings = Settings(database=example_store.path)
        app = create_app(settings, example_store, hands=HERE)
        with TestClient(app, "http://localhost", client=("127.0.0.1", 9)) as client:
            for now, address in ADDRESSES.items():  # noqa: B007 - heard above
                assert client.get(address.format(**names)).status_code == 200
        for now, words in COMMANDS.items():  # noqa: B007
            assert parallax(*(w.format(**names) for w in words), database=example_store.path).returncode == 0
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
    return found


def test_no_statement_costs_more_where_more_is_kept(
    example_store: Store, sent: dict[str, tuple[Any, list[str]]], tmp_path: Path
) -> None:
    paths = [tmp_path / f"{size}.sqlite3" for size in SIZES]
    with closing(sqlite3.connect(example_store.path)) as c:
        articles = c.execute("SELECT count(*) FROM articles").fetchone()[0]
        for path in paths:
            c.execute(f"VACUUM INTO '{path}'")
    for path, size in zip(paths, SIZES, strict=True):
        multiply(path, size * articles)
    grown, allowed = [], set()
    with closing(opened(paths[0])) as few, closing(opened(paths[1])) as many:
        for statement, (values, senders) in sent.items():
            small, large = steps(few, statement, values), steps(many, statement, values)
            if large <= 1.5 * small + 20:
                continue
            plain = " ".join(statement.split())
            excuses = [words for words in GROWS if words in plain]
            allowed.update(excuses)
            if not excuses:
                grown.append(f"{small} -> {large} ({', '.join(dict.fromkeys(senders))})\n    {plain}")
    assert not grown, "\n".join(grown)
    assert allowed == set(GROWS), "what may grow and grows no more"
