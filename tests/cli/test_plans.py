"""What pages, the API and commands really ask the database walks through no table that grows with what is kept.

The statements are heard as they are sent, and SQLite is asked how it would answer them. What may be walked, and why, is written here;
what an OR between tables visits shows in no plan: that is counted in steps (`tests/store/test_costs.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from threading import current_thread
from typing import Any

import pytest
from fastapi.testclient import TestClient
from running import parallax
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.pipeline import HERE
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from app.web.healing import Healer

GROWING = set(
    "stories articles article_revisions article_terms claims claim_records attributions actor_mentions date_mentions "
    "number_mentions actors aliases alignments alignment_members relations reasons flags flag_events decisions comments "
    "work audit corrections snapshots fetched_pages page_bodies seen_pages saved_searches class_marks deliveries".split()
)
ALLOWED: Mapping[tuple[str, str], str] = {
    (
        "actors",
        "AS listed WHERE",
    ): "a word may begin anywhere in a name: no index serves that, and names grow far slower than claims",
    ("aliases", "replace(aliases.folded"): "the same, for everybody who bears a family name",
    ("audit", "ORDER BY id DESC LIMIT"): "in the order of its key, and left when the page is full",
    ("corrections", "ORDER BY corrections.id DESC LIMIT"): "in the order of its key, and left when the page is full",
    ("audit", "SELECT count(*) AS n FROM audit"): "how many lines there are, told on the page; over the smallest index",
    (
        "corrections",
        "SELECT count(*) AS n FROM corrections",
    ): "how many there are, told on the page; over the smallest index",
    ("claims", "ORDER BY claims.id DESC LIMIT"): "in the order of its key, and left when the page is full",
    ("flags", "ORDER BY flags.at DESC"): "by the index of those that people raised, and left when there are enough",
}
"""A table and words of the statement: why it may be walked through."""
VOCABULARY = "claim_words"
"""The index's own list of words, which is only there on the connection that asks."""
V1 = "/api/v1"
ADDRESSES = {
    "front": "/",
    "stories": "/stories?q=pact&order=conflicts&relation=conflict",
    "stories by size": "/stories?size=many&order=articles",
    "story": "/stories/{story}",
    "story, narrowed": "/stories/{story}?status=conflict&actor={actor}&from=2019-11-01&to=2019-12-01",
    "story, strict": "/stories/{story}?strictness=0.9&outlets={outlet}",
    "sheet": "/stories/{story}/print",
    "bundle": "/stories/{story}/export.zip",
    "story's feed": "/stories/{story}/feed.atom",
    "row": "/alignments/{row}",
    "article": "/articles/{article}",
    "versions": "/articles/{article}/versions",
    "articles": "/articles?q=pact&order=name&outlet={outlet}&from=2019-01-01",
    "actor": "/actors/{actor}",
    "actor, narrowed": "/actors/{actor}?side=by&outlet={outlet}&from=2019-01-01",
    "actors": "/actors?q=mo&kind=person&order=name",
    "outlets": "/outlets?q=k&order=newest",
    "outlet": "/outlets/{outlet}",
    "search by words": "/search?q=pact+OR+treaty+-apology",
    "search by actor": "/search?actor={actor}",
    "search by outlet": "/search?outlet={outlet}",
    "search by verdict": "/search?relation=conflict",
    "search by event": "/search?from=2019-11-01&to=2019-11-30",
    "search by publication": "/search?from=2019-11-01&to=2019-11-30&date_of=published",
    "search in a story": "/search?q=pact&story={story}",
    "misspelt": "/search?q=agreemnt",
    "queue": "/conflicts",
    "queue, narrowed": "/conflicts?state=open&outlet={outlet}&dimension=date&order=likely",
    "audit": "/audit",
    "corrections": "/corrections",
    "actor's feed": "/actors/{actor}/feed.atom",
    "outlet's feed": "/outlets/{outlet}/feed.atom",
    "feed of versions": "/stories/{story}/versions.atom",
    "feed of an article": "/articles/{article}/versions.atom",
    "API: stories": V1 + "/stories",
    "API: story": V1 + "/stories/{story}",
    "API: rows": V1 + "/stories/{story}/alignments?status=conflict",
    "API: row": V1 + "/alignments/{row}?limit=5",
    "API: articles": V1 + "/articles?limit=5",
    "API: article": V1 + "/articles/{article}",
    "API: claims": V1 + "/claims?q=pact&limit=5",
    "API: all claims": V1 + "/claims?limit=5",
    "API: actor": V1 + "/actors/{actor}",
    "API: positions": V1 + "/actors/{actor}/positions",
    "API: outlet": V1 + "/outlets/{outlet}",
    "API: queue": V1 + "/conflicts",
}
COMMANDS = {
    "stories": ["stories"],
    "search": ["search", "pact", "--limit", "3"],
    "conflicts": ["conflicts", "--json"],
    "export": ["export", "{story}", "-f", "json"],
    "audit": ["audit"],
    "cite": ["cite", "{story}"],
}


@pytest.fixture
def heard() -> Iterator[list[tuple[str, Any]]]:
    sent: list[tuple[str, Any]] = []

    def hear(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        if not current_thread().name.startswith("parallax-"):  # a server's own rounds, of this test or of one before
            sent.append((statement, values))

    event.listen(Engine, "before_cursor_execute", hear)
    yield sent
    event.remove(Engine, "before_cursor_execute", hear)


def walks(store: Store, sent: list[tuple[str, Any]]) -> set[tuple[str, str]]:
    """Growing tables that a statement walks through, each with the statement."""
    found = set()
    with store.read() as session:
        connection = session.connection()
        reads = {s: v for s, v in sent if s.lstrip().upper().startswith(("SELECT", "WITH")) and VOCABULARY not in s}
        for statement, values in reads.items():
            named = {alias: table for table, alias in re.findall(r"(?:FROM|JOIN) (\w+) AS (\w+)", statement)}
            for *_, step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values):
                walked = re.match(r"SCAN (\w+)(?! VIRTUAL)", step)
                if walked and (table := named.get(walked[1], walked[1])) in GROWING:
                    found.add((table, f"{step}: {' '.join(statement.split())}"))
    return found


def names_of(store: Store) -> dict[str, object]:
    story = store.library.stories().items[0].story.slug
    row = store.rows.conflicts(limit=1).items[0].row.id
    article = store.library.articles(limit=1).items[0]
    actor = store.library.actors(kind="person", limit=1).items[0].actor.key
    return {"story": story, "row": row, "article": article.id, "actor": actor, "outlet": article.outlet.key}


def test_nothing_that_grows_is_walked_through(
    example_store: Store, heard: list[tuple[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Healer, "start", lambda _: None)  # what it asks comes at moments of its own
    names = names_of(example_store)
    found: dict[tuple[str, str], list[str]] = {}
    settings = Settings(database=example_store.path)
    with TestClient(
        create_app(settings, example_store, hands=HERE), "http://localhost", client=("127.0.0.1", 9)
    ) as client:
        for name, address in ADDRESSES.items():
            heard.clear()
            answer = client.get(address.format(**names))
            assert answer.status_code == 200, f"{name}: {answer.status_code}"
            assert heard
            for walk in walks(example_store, list(heard)):
                found.setdefault(walk, []).append(name)
    for name, words in COMMANDS.items():
        heard.clear()
        ran = parallax(*(w.format(**names) for w in words), database=example_store.path)
        assert ran.returncode == 0, f"{name}: {ran.stderr}"
        assert heard
        for walk in walks(example_store, list(heard)):
            found.setdefault(walk, []).append(f"parallax {name}")
    excused = {walk: [a for a in ALLOWED if a[0] == walk[0] and a[1] in walk[1]] for walk in found}
    unexpected = [f"{', '.join(found[walk])}\n    {walk[1]}" for walk, allowed in excused.items() if not allowed]
    assert not unexpected, "\n".join(unexpected)
    assert {a for allowed in excused.values() for a in allowed} == set(ALLOWED), "what is allowed and walked no more"


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        pytest.param("SELECT count(*) FROM claims AS its WHERE its.text = 'x'", {"claims"}, id="an alias"),
        pytest.param("SELECT id FROM standing_articles WHERE headline = 'x'", {"articles"}, id="a view"),
        pytest.param("SELECT id FROM relations ORDER BY kind", {"relations"}, id="to sort it"),
        pytest.param("SELECT id FROM claims WHERE article_id = 1", set(), id="by an index"),
        pytest.param("SELECT id FROM outlets WHERE name = 'x'", set(), id="a table that stays small"),
    ],
)
def test_a_walk_is_seen(example_store: Store, statement: str, table: set[str]) -> None:
    assert {t for t, _ in walks(example_store, [(statement, ())])} == table
