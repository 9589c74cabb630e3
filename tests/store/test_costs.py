"""No page runs a number of statements that grows with its rows, and no statement walks through a whole big table."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import made_many
import pytest
from clock import Clock
from counted import steps, steps_of
from sqlalchemy import event

from app.store import Store
from app.store.read.listing import ListWanted
from app.store.read.queue import Queued
from app.store.read.remarks import comments_of, decisions_of, flags_of, undone_of
from app.store.reader_view import _states
from app.store.views import Query

PAGES: dict[str, Callable[[Store], object]] = {
    "front": lambda s: s.library.front(),
    "stories": lambda s: s.library.stories(),
    "stories, found": lambda s: s.library.story_list(
        ListWanted("s0", "conflicts", "outlet-0", relation="agree", size="many")
    ),
    "articles, found": lambda s: s.library.article_list(
        ListWanted("report", "oldest", "outlet-0", "s0", since=date(2019, 1, 1))
    ),
    "actors, found": lambda s: s.library.actor_list(ListWanted("i", "name", kind="person")),
    "outlets, found": lambda s: s.library.outlet_list(ListWanted("outlet", "newest")),
    "outlet": lambda s: s.library.outlet("outlet-0", limit=200),
    "story": lambda s: s.rows.story("s0", limit=200),
    "story by event": lambda s: s.rows.story("s0", sort="event", limit=200),
    "story, one status": lambda s: s.rows.story("s0", status="conflict", limit=200),
    "story, filtered": lambda s: s.rows.story("s0", actor="ada-ito", since=date(2019, 7, 1), until=date(2019, 8, 9)),
    "story, strict": lambda s: s.rows.story("s0", strictness=0.9, limit=200),
    "story, two outlets": lambda s: s.rows.story("s0", outlets=["outlet-0", "outlet-1"], actor="ada-ito", limit=200),
    "rows": lambda s: s.rows.alignments("s0", limit=200),
    "alignment": lambda s: s.rows.alignment(1),
    "article": lambda s: s.library.article(1),
    "articles": lambda s: s.library.articles(limit=200),
    "actor": lambda s: s.library.actor(s.library.actors().items[0].actor.key, limit=200),
    "actors": lambda s: s.library.actors("i", limit=200),
    "search": lambda s: s.library.search(Query("apologise"), limit=200),
    "search by actor and day": lambda s: s.library.search(
        Query(actor="Ito", since=date(2019, 8, 1), until=date(2019, 8, 1))
    ),
    "conflicts": lambda s: s.rows.conflicts(limit=200),
    "open conflicts": lambda s: s.rows.conflicts(state="open", limit=200),
    "conflicts, found": lambda s: s.rows.conflicts(
        outlet="outlet-0", dimension="date", likely=0.5, order="likely", limit=200
    ),
    "conflicts, counted": lambda s: s.rows.queue_counts(Queued("open", "s0", "outlet-0", "date", 0.5)),
    "changes": lambda s: s.rows.changes(limit=200),
    "changes of an actor": lambda s: s.rows.changes(actor=s.library.actors().items[0].actor.key, limit=200),
    "positions": lambda s: s.library.positions(s.library.actors().items[0].actor.key),
    "chain": lambda s: s.rows.chain(1),
    "reviewed": lambda s: (s.review.reviewed(), list(s.review.labelled_pairs())),
    "names": lambda s: (
        s.names.aliases(),
        s.names.outdated("x"),
        s.articles.outdated_stories("x"),
        s.names.articles_holding("pact"),
    ),
    "snapshots": lambda s: s.snapshots.snapshots("s0"),
    "search in a story": lambda s: s.library.search(Query("said", story="s0"), limit=200),
}
BIG = "claims attributions actor_mentions date_mentions number_mentions claim_records alignments alignment_members relations reasons".split()


@pytest.fixture(scope="module")
def sizes(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """A store of about 10 rows and one of more than 200."""
    stores = []
    for articles, claims in ((2, 5), (6, 40)):
        path = tmp_path_factory.mktemp("size") / "many.sqlite3"
        shutil.copy(blank, path)
        store = Store(path, now=Clock())
        readings = made_many.story(0, articles, claims)
        made_many.keep(store, "s0", readings, made_many.rows(readings, 0))
        stores.append(store)
    yield stores[0], stores[1]
    for store in stores:
        store.close()


@contextmanager
def listening(store: Store) -> Iterator[list[tuple[str, Any]]]:
    heard: list[tuple[str, Any]] = []

    def hear(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        heard.append((statement, values))

    event.listen(store._readers, "before_cursor_execute", hear)
    yield heard
    event.remove(store._readers, "before_cursor_execute", hear)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_many_rows_runs_as_many_statements_as_one_of_few(sizes: tuple[Store, Store], page: str) -> None:
    counts = []
    for store in sizes:
        _states.clear()  # nothing is remembered of an earlier look
        with listening(store) as heard:
            PAGES[page](store)
        counts.append(len(heard))
    assert counts[0] == counts[1]
    assert counts[1] <= (40 if page in ("story, strict", "story, two outlets") else 30)


def test_the_big_one_is_big(sizes: tuple[Store, Store]) -> None:
    few, many = (s.rows.story("s0").rows.total for s in sizes)
    assert few < 12
    assert many > 100


@pytest.mark.parametrize("page", PAGES)
def test_no_statement_walks_through_a_big_table(sizes: tuple[Store, Store], page: str) -> None:
    store = sizes[1]
    _states.clear()
    with listening(store) as heard:
        PAGES[page](store)
    statements = {s: v for s, v in heard if s.lstrip().upper().startswith(("SELECT", "WITH"))}
    walked = []
    with store.read() as session:
        connection = session.connection()
        for statement, values in statements.items():
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            named = {alias: table for table, alias in re.findall(r"(?:FROM|JOIN) (\w+) AS (\w+)", statement)}
            for step in plan:
                m = re.match(r"SCAN (\w+)(?! CONSTANT)(.*)", step[3])
                if m and named.get(m[1], m[1]) in BIG and "USING" not in m[2]:
                    walked.append((step[3], " ".join(statement.split())[:200]))
    assert walked == []


@pytest.mark.parametrize("words", [2, 8, 40])
def test_mending_a_question_asks_a_bounded_number_of_statements(sizes: tuple[Store, Store], words: int) -> None:
    with listening(sizes[1]) as heard:
        sizes[1].library.search(Query(" ".join(["anounced", "rejectde"] * (words // 2))))
    assert len(heard) <= 30


OF_ONE = [
    "story", "story by event", "story, one status", "story, filtered", "story, strict", "story, two outlets", "rows", "alignment",
    "article", "chain", "snapshots", "search in a story",
]  # fmt: skip
"""Pages of one story, row or article: what else is kept is nothing to them."""


@pytest.fixture(scope="module")
def crowded(sizes: tuple[Store, Store], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The larger store with as much again, four times, in other stories."""
    path = tmp_path_factory.mktemp("crowd") / "many.sqlite3"
    with closing(sqlite3.connect(sizes[1].path)) as c:
        c.execute(f"VACUUM INTO '{path}'")
    with Store(path, now=Clock()) as store:
        for n in range(1, 5):
            readings = made_many.story(n, 6, 40)
            made_many.keep(store, f"s{n}", readings, made_many.rows(readings, n))
        yield store


@pytest.mark.parametrize("page", OF_ONE)
def test_a_page_of_one_thing_costs_no_more_among_many(sizes: tuple[Store, Store], crowded: Store, page: str) -> None:
    """Counted in steps of SQLite's machine: what an OR between tables visits shows in no plan."""
    cost = []
    for store in (sizes[1], crowded):
        _states.clear()
        cost.append(steps_of(store, lambda store=store: PAGES[page](store)))
    assert cost[1] < 1.3 * cost[0] + 20


SAID = {"flags": flags_of, "decisions": decisions_of, "undone": undone_of, "comments": comments_of}


@pytest.mark.parametrize("what", SAID)
def test_what_was_said_of_some_rows_costs_no_more_where_much_was_said_of_others(
    sizes: tuple[Store, Store], tmp_path: Path, what: str
) -> None:
    """An OR between a row and those merged into it shows as no scan and visits every flag there is."""
    cost = []
    for n, store in enumerate(sizes):
        with closing(sqlite3.connect(store.path)) as c, c:
            c.execute(f"VACUUM INTO '{tmp_path}/{n}.sqlite3'")
        with closing(sqlite3.connect(tmp_path / f"{n}.sqlite3")) as c, c:
            for table, columns, values in (
                (
                    "flags",
                    'alignment_id, "by", state, note, at',
                    "id, 'crowd', 'open', '', '2024-01-01T00:00:00+00:00'",
                ),
                ("comments", 'alignment_id, "by", text, at', "id, 'crowd', 'so it is', '2024-01-01T00:00:00+00:00'"),
                (
                    "decisions",
                    'alignment_id, kind, claims, note, "by", at, undone_at, undone_by',
                    "id, 'confirm', '[]', '', 'crowd', '2024-01-01T00:00:00+00:00', NULL, NULL",
                ),
            ):
                c.execute(f"INSERT INTO {table} ({columns}) SELECT {values} FROM alignments")
        with Store(tmp_path / f"{n}.sqlite3") as copy:
            cost.append(steps(copy, lambda connection: SAID[what](connection, [1, 2, 3])))
    assert cost[1] < 1.5 * cost[0] + 2


def test_deciding_runs_as_many_statements_on_many_rows_as_on_few(sizes: tuple[Store, Store]) -> None:
    counts = []
    for store in sizes:
        heard: list[str] = []
        event.listen(store._writers, "before_cursor_execute", lambda _c, _k, s, *_, heard=heard: heard.append(s))
        flag = store.review.flag(1, by="ann")
        store.review.withdraw_flag(flag.id, by="ann")
        counts.append(len(heard))
    assert counts[0] == counts[1]


def test_a_look_asked_for_again_is_not_loaded_again(sizes: tuple[Store, Store]) -> None:
    store = sizes[0]
    _states.clear()
    counts = []
    for strictness in (0.9, 0.9, 0.95):
        with listening(store) as heard:
            store.rows.story("s0", strictness=strictness)
        counts.append(len(heard))
    assert counts[1] == counts[2] < counts[0]
    store.review.withdraw_flag(store.review.flag(1, by="ann").id, by="ann")
    with listening(store) as heard:
        store.rows.story("s0", strictness=0.9)
    assert len(heard) == counts[0], "whatever is said of a row makes it new"
