"""What comparing worked out is kept with its story: added to, dropped when nobody asks for it any more, and gone with the story."""

from __future__ import annotations

from benchmarks.corpus import long_story
from sqlalchemy import text

from app import pipeline
from app.store import Store
from app.store.keep_work import keep_work, kept_work_of


def test_work_is_added_to_and_dropped_by_its_key(filled: Store) -> None:
    slug = filled.library.stories().items[0].story.slug
    before = {"row:a": b"\x00\xff", "row:b": b"", "pairs:ünï": bytes(range(256))}
    with filled.write() as session:
        connection = session.connection()
        story = connection.execute(text("SELECT id FROM stories WHERE slug = :slug"), {"slug": slug}).scalar_one()
        keep_work(connection, story, before, ())
    with filled.write() as session:
        assert kept_work_of(session.connection(), slug) == before
        keep_work(session.connection(), story, {"row:b": b"new", "row:c": b"c"}, {"row:a", "never there"})
    with filled.reading() as connection:
        assert kept_work_of(connection, slug) == {"row:b": b"new", "row:c": b"c", "pairs:ünï": bytes(range(256))}
        assert kept_work_of(connection, "no-such-story") == {}


def test_what_comes_the_next_day_is_compared_by_what_was_kept(store: Store) -> None:
    reports = long_story(seed=11, reports=14)
    for part in (reports[:13], reports[13:]):
        pipeline.keep(store, pipeline.read_articles(part))
    (story,) = store.library.stories().items
    with store.reading() as connection:
        assert kept_work_of(connection, story.story.slug)
    assert story.articles == 14
    assert not [fault.say for asked in store.checks.questions() for fault in asked.faults]
