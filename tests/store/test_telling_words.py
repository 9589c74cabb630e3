"""Articles that may be of one event are found by what tells most of them, at a cost that does not grow with all there are."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest
from counted import steps
from sqlalchemy import text

from app.core.records import Article, Reading
from app.store import Store, telling_words

SYLLABLES = "ba do fe gi ho ju ka lu mo ne pi ra so ta ve zu".split()
DAY = date(2023, 5, 10)


def name(n: int) -> str:
    """Another name for each number."""
    return "".join(SYLLABLES[n // 16**k % 16] for k in range(3)).title() + "n"


def report(event: int, outlet: str, day: date | None = DAY, more: str = "") -> Article:
    place, person = name(event), name(event + 2000)
    return Article(
        f"A bridge in {place} was closed after engineer {person} found cracks. Traffic through {place} is led around. {more}",
        outlet=outlet,
        headline=f"Bridge in {place} closed",
        published=day,
    )


def keep(store: Store, article: Article) -> int:
    return store.articles.keep_article(Reading(article, (), (), "rules")).article_id


def near(store: Store, article: Article, article_id: int = 0) -> tuple[int, ...]:
    with store.read() as session:
        return telling_words.near(session.connection(), article_id, article)


@pytest.mark.parametrize(
    ("theirs", "mine", "found"),
    [
        pytest.param(DAY, DAY, True, id="one day"),
        pytest.param(DAY - timedelta(days=100), DAY, True, id="months before"),
        pytest.param(DAY + timedelta(days=100), DAY, True, id="months after"),
        pytest.param(DAY - timedelta(days=900), DAY, False, id="years before"),
        pytest.param(None, DAY, True, id="that one undated"),
        pytest.param(DAY, None, True, id="this one undated"),
        pytest.param(None, None, True, id="both undated"),
    ],
)
def test_a_report_of_the_same_event_is_found(store: Store, theirs: date | None, mine: date | None, found: bool) -> None:
    one = keep(store, report(1, "Alpha", theirs))
    for event in range(2, 12):
        keep(store, report(event, "Alpha", theirs))
    assert (near(store, report(1, "Beta", mine))[:1] == (one,)) is found


def test_it_is_found_by_its_words_of_now(store: Store) -> None:
    kept = keep(store, report(1, "Alpha"))
    store.articles.keep_article(
        Reading(replace(report(2, "Alpha"), headline="Bridge in " + name(1) + " closed"), (), (), "rules")
    )
    assert store.checks.answer("terms").faults == ()
    assert near(store, report(2, "Beta"))[:1] == (kept,), "a revision takes the place of what it was before"
    with store.write() as session:
        session.connection().execute(text("DELETE FROM article_terms WHERE term LIKE 'b%'"))
    assert store.checks.answer("terms").faults
    store.checks.repair("terms")
    assert store.checks.answer("terms").faults == ()


def looking(store: Store, article: Article) -> int:
    return steps(store, lambda c: (telling_words.near(c, 0, article), telling_words.sample(c, 20)))


@pytest.mark.sqlite_file
def test_looking_for_kin_costs_no_more_among_many(store: Store) -> None:
    """Every article has words in common with every other, and thousands have this one's names."""
    for n in range(90):
        keep(store, report(1 if n % 3 else n, f"Outlet {n}", DAY + timedelta(days=n % 90)))
    asked = report(1, "Alpha")
    before = looking(store, asked)
    with closing(sqlite3.connect(store.path)) as c, c:
        names = [r[1] for r in c.execute("PRAGMA table_info(articles)") if r[1] not in ("id", "identity")]
        same = ", ".join(f'"{n}"' for n in names)
        for k in range(1, 20):
            c.execute(
                f"INSERT INTO articles (id, identity, {same}) SELECT id + 90 * ?1, identity || ?1, {same} FROM articles"
                " WHERE id <= 90",
                (k,),
            )
            terms = "SELECT term, day, article_id + 90 * ?1 FROM article_terms WHERE article_id <= 90"
            c.execute(f"INSERT INTO article_terms {terms}", (k,))
    assert len(store.articles.article_ids()) == 1800
    assert looking(store, asked) < 1.5 * before
