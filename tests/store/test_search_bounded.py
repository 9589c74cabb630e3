"""A search that finds more than is counted: what it says of it, in what order, page by page and to the end."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import made_many
import pytest
from clock import Clock
from counted import steps_of

from app.errors import BadInput
from app.store import Store
from app.store.read import found
from app.store.views import Query

BEFORE = datetime(2000, 1, 1, tzinfo=UTC)
QUESTIONS = {
    "nothing asked": Query(),
    "a common word": Query("said "),
    "half a word": Query("sa"),
    "either of two": Query("pact OR vote "),
    "left out": Query("said -xylophone"),
    "an actor": Query(actor="atlantis"),
    "many of one name": Query(actor="Ada"),
    "an outlet": Query(outlet="outlet-0"),
    "a story": Query(story="s0"),
    "a verdict": Query(relation="agree"),
    "days told of": Query(since=date(2019, 7, 1), until=date(2019, 8, 31)),
    "days of publication": Query(since=date(2019, 1, 1), date_of="published"),
    "what came": Query(came_after=BEFORE),
    "word and outlet": Query("said ", outlet="outlet-1"),
    "actor and verdict": Query(actor="ruritania", relation="agree"),
    "word and days": Query("pact ", since=date(2019, 7, 1), until=date(2019, 8, 31)),
    "word that came": Query("said ", came_after=BEFORE),
    "signs alone": Query("* ^"),
    "a word that nobody says": Query("xylophone "),
}


@pytest.fixture(scope="module")
def sizes(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """A store, and one of three times as much."""
    stores = []
    for articles in (5, 15):
        path = tmp_path_factory.mktemp("bounded") / "many.sqlite3"
        shutil.copy(blank, path)
        stores.append(Store(path, now=Clock()))
        readings = made_many.story(0, articles, 24)
        made_many.keep(stores[-1], "s0", readings, made_many.rows(readings, 0))
    yield stores[0], stores[1]
    for store in stores:
        store.close()


@pytest.fixture(scope="module")
def store(sizes: tuple[Store, Store]) -> Store:
    return sizes[0]


@pytest.fixture
def bounded(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """As if no more than ten were counted."""
    monkeypatch.setattr(found, "COUNTED", 10)
    monkeypatch.setattr(found, "_STEPS", (3, 7))
    return store


def pages(store: Store, query: Query, limit: int = 4) -> list[list[int]]:
    out, cursor = [], None
    while True:
        page = store.library.search(query, cursor=cursor, limit=limit).hits
        out.append([h.claim.id for h in page.items])
        cursor = page.next
        if cursor is None:
            return out


@pytest.mark.parametrize("asked", QUESTIONS)
def test_beyond_the_bound_the_same_is_found_and_every_page_holds_its_own(
    store: Store, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = QUESTIONS[asked]
    whole = store.library.search(query, limit=500)
    assert whole.exact
    monkeypatch.setattr(found, "COUNTED", 10)
    monkeypatch.setattr(found, "_STEPS", (3, 7))
    some = store.library.search(query, limit=4)
    walked = [i for page in pages(store, query) for i in page]
    assert sorted(walked) == sorted(h.claim.id for h in whole.hits.items)
    assert walked == [h.claim.id for h in store.library.claims(query)], "an export has the order of the pages"
    assert (some.exact, some.hits.total) == ((True, whole.hits.total) if whole.hits.total <= 10 else (False, 10))
    exact = {(name, f.value): f.count for name in ("actors", "outlets", "relations", "stories") for f in getattr(whole, name)}  # fmt: skip
    for name in ("actors", "outlets", "relations", "stories"):
        for facet in getattr(some, name):
            assert facet.count <= exact.get((name, facet.value), 10**9), "so many or more"


@pytest.mark.parametrize("asked", QUESTIONS)
def test_pages_go_back_as_they_came(bounded: Store, asked: str) -> None:
    query, there = QUESTIONS[asked], pages(bounded, QUESTIONS[asked])
    cursor = None
    for _ in there[1:]:
        cursor = bounded.library.search(query, cursor=cursor, limit=4).hits.next
    back = [there[-1]]
    while cursor := bounded.library.search(query, cursor=cursor, limit=4).hits.previous:
        back.append([h.claim.id for h in bounded.library.search(query, cursor=cursor, limit=4).hits.items])
    assert back[::-1] == there


@pytest.mark.parametrize("asked", ["nothing asked", "a common word", "an actor"])
def test_the_latest_kept_come_first(bounded: Store, asked: str) -> None:
    walked = [i for page in pages(bounded, QUESTIONS[asked]) for i in page]
    assert walked == sorted(walked, reverse=True)


def test_a_list_goes_on_in_the_order_it_began_in(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two pages of a search articles may come, or go, that carry it over the bound."""
    for query in (Query("pact "), Query(outlet="outlet-0")):
        few = store.library.search(query, limit=4).hits
        whole = [h.claim.id for h in store.library.search(query, limit=500).hits.items]
        with monkeypatch.context() as many:
            many.setattr(found, "COUNTED", 10)
            latest = [i for page in pages(store, query) for i in page]
            assert [h.claim.id for h in store.library.search(query, cursor=few.next, limit=4).hits.items] == whole[4:8]
            cursor = store.library.search(query, limit=4).hits.next
        assert [h.claim.id for h in store.library.search(query, cursor=cursor, limit=4).hits.items] == latest[4:8]


def test_a_cursor_of_another_search_is_none_of_this_one(bounded: Store) -> None:
    cursor = bounded.library.search(Query(relation="agree"), limit=4).hits.next
    with pytest.raises(BadInput, match="cursor"):
        bounded.library.search(Query("said "), cursor=cursor, limit=4)


@pytest.mark.parametrize("asked", [name for name, q in QUESTIONS.items() if q != Query()])
def test_a_feed_has_the_latest_whatever_is_counted(store: Store, asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [(c.claim.id, c.came) for c in store.searches.came(QUESTIONS[asked], limit=12)]
    monkeypatch.setattr(found, "COUNTED", 10)
    monkeypatch.setattr(found, "_STEPS", (3, 7))
    assert [(c.claim.id, c.came) for c in store.searches.came(QUESTIONS[asked], limit=12)] == whole
    assert [at for _, at in whole] == sorted((at for _, at in whole), reverse=True)


def test_a_saved_search_says_that_there_are_more(bounded: Store) -> None:
    saved = bounded.searches.save_search("all of it", Query("said "), by="ann")
    assert (saved.total, saved.exact, saved.fresh, saved.fresh_exact) == (10, False, 0, True)
    assert saved.query == replace(Query("said"), q="said")


BROAD = [
    name for name in QUESTIONS if name not in ("left out", "signs alone", "a word that nobody says", "either of two")
]


@pytest.mark.parametrize("asked", BROAD)
def test_what_a_search_costs_does_not_grow_with_what_it_finds(
    bounded: Store, sizes: tuple[Store, Store], asked: str
) -> None:
    cost = [steps_of(s, lambda s=s: s.library.search(QUESTIONS[asked], limit=4)) for s in sizes]
    assert sizes[1].library.search(QUESTIONS[asked], limit=4).exact is False
    assert cost[1] < 2 * cost[0] + 40


SPANS = [
    ("2019-07-15", "2019-07-15"), ("2019-07-01", "2019-07-31"), ("2019-07-01", "2019-09-30"), ("2019-01-01", "2019-12-31"),
    ("2018-06-01", "2019-07-15"), ("2017-07-16", "2019-07-14"), ("2016-12-31", "2019-01-01"), ("2010-01-01", "2019-12-31"),
    ("1990-01-01", "2030-12-31"), ("2019-12-31", "2020-01-01"), ("0001-01-01", "9999-12-31"),
]  # fmt: skip


@pytest.mark.parametrize("most", [1, 10, 5000])
@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2019-07-15", "2019-07-15"),
        ("2019-07-16", "2019-07-20"),
        ("2018-01-01", "2018-12-31"),
        ("2019-12-31", None),
        (None, "2016-12-30"),
        ("0001-01-01", "0001-01-02"),
        ("9999-12-30", "9999-12-31"),
    ],
)
def test_dates_are_found_however_long_they_last(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, since: str | None, until: str | None, most: int
) -> None:
    path = tmp_path / "spans.sqlite3"
    with closing(sqlite3.connect(store.path)) as c:
        c.execute(f"VACUUM INTO '{path}'")
    with closing(sqlite3.connect(path)) as c, c:
        for n, (first, last) in enumerate(SPANS):
            where = f"claim_id % {len(SPANS)} = {n}"
            c.execute(f"UPDATE date_mentions SET date_from = ?, date_to = ? WHERE {where}", (first, last))
        c.execute(  # and a second date in some claims, which must not show them twice
            """INSERT INTO date_mentions (claim_id, position, text, value, grain, approximate, start, "end", date_from, date_to)
            SELECT claim_id, 9, text, value, grain, approximate, start, "end", '2019-07-15', '2019-07-16' FROM date_mentions WHERE claim_id % 3 = 0"""
        )
        overlap = "SELECT DISTINCT claim_id FROM date_mentions WHERE date_from <= ? AND date_to >= ?"
        wanted = {i for (i,) in c.execute(overlap, (until or "9999-99-99", since or "0000-00-00"))}
    monkeypatch.setattr(found, "COUNTED", most)
    day = {"since": since and date.fromisoformat(since), "until": until and date.fromisoformat(until)}
    with Store(path, now=Clock()) as copy:
        walked = [h.claim.id for h in copy.library.claims(Query(**day))]
    assert sorted(walked) == sorted(wanted)
