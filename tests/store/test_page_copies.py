"""Fetched pages as they were: once a revision, the bytes once, never changed, and held against their digest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from behind import behind
from made_up import the_readings
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.errors import NotFound
from app.store import Store
from app.store.views import FetchedPage, PageCopy

AT = datetime(2026, 1, 1, 12, tzinfo=UTC)


def copy_of(body: bytes, url: str = "https://a.example/x") -> PageCopy:
    page = FetchedPage(
        url, AT, 200, "text/html", "utf-8", (("ETag", '"x"'),), sha256(body).hexdigest(), len(body)
    )  # fmt: skip
    return PageCopy(page, PageCopy.pack(body))


def other_words(number: int):
    reading = the_readings()[0]
    return replace(reading, article=replace(reading.article, text=f"{reading.article.text}\n\nIt rained {number}."))


def test_a_page_is_kept_with_its_revision(store: Store) -> None:
    first, second = copy_of(b"<p>one</p>"), copy_of(b"<p>two</p>")
    kept = store.articles.keep_article(the_readings()[0], page=first)
    store.articles.keep_article(other_words(1), page=second)
    current = store.library.page_copy(kept.article_id)
    assert (current.body, current.revision, current.article_id) == (b"<p>two</p>", 2, kept.article_id)
    assert current.page == second.page
    assert store.library.page_copy(kept.article_id, revision=1).body == b"<p>one</p>"
    assert [c.revision for c in store.library.page_copies(kept.story_slug)] == [1, 2]
    view = store.library.article(kept.article_id)
    assert view.page == second.page
    assert store.checks.answer("copies").faults == ()


def test_the_page_of_a_deleted_article_is_hidden_and_checked(store: Store) -> None:
    kept = store.articles.keep_article(the_readings()[0], page=copy_of(b"<p>one</p>"))
    store.corrections.delete_article(kept.article_id, by="ann")
    with pytest.raises(NotFound):
        store.library.page_copy(kept.article_id)
    assert store.checks.answer("copies").faults == ()


def test_the_first_page_of_a_revision_stays(store: Store) -> None:
    """Markup changes with every request; what the words were read from is what counts."""
    kept = store.articles.keep_article(the_readings()[0], page=copy_of(b"first"))
    assert store.articles.keep_article(the_readings()[0], page=copy_of(b"later")).outcome == "same"
    assert store.library.page_copy(kept.article_id).body == b"first"


def test_what_was_pasted_gets_its_page_when_it_is_fetched(store: Store) -> None:
    kept = store.articles.keep_article(the_readings()[0])
    with pytest.raises(NotFound):
        store.library.page_copy(kept.article_id)
    assert store.library.article(kept.article_id).page is None
    store.articles.keep_article(the_readings()[0], page=copy_of(b"fetched"))
    assert store.library.page_copy(kept.article_id).body == b"fetched"


def test_the_same_bytes_are_kept_once(store: Store) -> None:
    for reading in the_readings()[:2]:
        store.articles.keep_article(reading, page=copy_of(b"one page, two articles"))
    with store.read() as session:
        assert session.connection().execute(text("SELECT count(*) FROM page_bodies")).scalar_one() == 1
        assert session.connection().execute(text("SELECT count(*) FROM fetched_pages")).scalar_one() == 2


@pytest.mark.parametrize(
    "statement",
    ["UPDATE page_bodies SET packed = packed", "UPDATE fetched_pages SET url = 'x'", "UPDATE page_bodies SET size = 1"],
)
def test_the_schema_refuses_to_change_it(store: Store, statement: str) -> None:
    store.articles.keep_article(the_readings()[0], page=copy_of(b"x"))
    with pytest.raises(IntegrityError), store.write() as session:
        session.connection().execute(text(statement))


DAMAGED = {
    "other bytes": PageCopy.pack(b"<p>0ne</p>"),
    "too many": PageCopy.pack(b"<p>one</p>" * 2),
    "half of it": PageCopy.pack(b"<p>one</p>")[:-9],
    "no gzip": b"<p>one</p>",
    "nothing": b"",
}


@pytest.mark.parametrize("packed", DAMAGED.values(), ids=DAMAGED.keys())
def test_what_was_changed_behind_our_back_is_named(store: Store, packed: bytes) -> None:
    kept = store.articles.keep_article(the_readings()[0], page=copy_of(b"<p>one</p>"))
    with behind(store) as run:
        run("UPDATE page_bodies SET packed = :packed", packed=packed)
    (fault,) = store.checks.answer("copies").faults
    assert f"article {kept.article_id} " in fault.say
