"""What is old and not referred to goes, said beforehand; what people said, and what they need to check it, stays; the file shrinks."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from made_up import the_readings
from sqlalchemy import text
from test_page_copies import copy_of, other_words

from app.errors import Busy, DiskFull
from app.store import Store, vacuum
from app.store.pruning import KINDS
from app.store.queue import Door

KEPT = "articles claims decisions flags flag_events comments corrections work snapshots audit webhooks sources".split()


def counted(store: Store, tables=tuple(KEPT)) -> dict[str, int]:
    with store.read() as session:
        return {t: session.connection().execute(text(f"SELECT count(*) FROM {t}")).scalar_one() for t in tables}


def gone(store: Store, versions: int = 1, days: int = -1) -> dict[str, int]:
    """What went, which is what was said would go."""
    before = store.now() - timedelta(days=days)
    said = store.checks.prunable(before, versions)
    assert store.checks.prune(before, versions, by="ann") == said
    assert all(not kind.many for kind in store.checks.prunable(before, versions))
    return {kind.name: kind.many for kind in said if kind.many}


def test_old_copies_and_versions_go_and_the_current_ones_stay(filled: Store) -> None:
    bodies = [b"<p>%d</p>" % n * 50 for n in range(3)]
    for n, body in enumerate(bodies, 1):
        kept = filled.articles.keep_article(other_words(n), page=copy_of(body))
    many = filled.checks.prunable(filled.now() + timedelta(days=1), 1)
    assert {kind.name: kind.bytes > 100 for kind in many if kind.many} == {"pages": True, "versions": True}
    assert gone(filled, days=1) == {}, "younger than that"
    assert gone(filled, versions=4) == {"pages": 2}
    assert gone(filled) == {"versions": 2}
    assert filled.library.page_copy(kept.article_id).body == bodies[2]
    assert [v.number for v in filled.library.article(kept.article_id).revisions] == [1, 4], "rows still show the first"
    assert counted(filled, ("page_bodies", "fetched_pages")) == {"page_bodies": 1, "fetched_pages": 1}
    assert [a.name for a in filled.checks.questions() if a.faults and not a.harmless] == []


def test_what_is_kept_of_what_people_did_is_the_same_afterwards(filled: Store) -> None:
    filled.review.flag(1, by="ann", note="look")
    filled.review.comment(1, by="ann", text="hm")
    for n in (1, 2):
        filled.articles.keep_article(other_words(n))
    before = counted(filled, (*KEPT, "alignment_members"))
    assert gone(filled) == {"versions": 1}
    after = counted(filled, (*KEPT, "alignment_members"))
    assert after.pop("audit") == before.pop("audit") + 1
    assert after.pop("claims") < before.pop("claims")
    assert after == before
    assert filled.checks.answer("audit").faults == ()


@pytest.mark.parametrize(
    "say",
    [
        lambda store, article, claim, row: store.review.decide(row, "split", by="ann", claims=[claim]),
        lambda store, article, claim, row: store.corrections.correct_article(article, {"headline": "New"}, by="ann"),
        lambda store, article, claim, row: store.corrections.correct_claim(claim, {"aside": True}, by="ann"),
        lambda store, article, claim, row: store.snapshots.freeze("pact", by="ann"),
    ],
    ids=["a decision on a claim of it", "a correction of it", "a correction of a claim of it", "a frozen comparison"],
)
def test_what_somebody_said_keeps_the_version_it_was_said_of(filled: Store, say) -> None:
    kept = filled.articles.keep_article(the_readings()[0], page=copy_of(b"<p>as it was</p>"))
    first = filled.library.article(kept.article_id)
    row, claim = next((u.row.id, u.claim.id) for u in first.underlines if u.row)
    say(filled, first.article.id, claim, row)
    for n in (1, 2, 3):
        filled.articles.keep_article(other_words(n))
    with filled.write() as session:  # no row shows the first any more
        session.connection().execute(text("DELETE FROM relations"))
        session.connection().execute(text("DELETE FROM alignment_members"))
    gone(filled)
    said_of = first.revisions[-1].number
    assert said_of in [v.number for v in filled.library.article(kept.article_id).revisions]
    assert filled.library.page_copy(kept.article_id, revision=said_of).body == b"<p>as it was</p>"


def test_what_was_written_by_us_keeps_its_versions(store: Store) -> None:
    for n in range(3):
        store.articles.keep_article(other_words(n), own_words=True)
    assert gone(store) == {}


def test_dealt_with_messages_go_and_waiting_ones_stay(filled: Store) -> None:
    hook = filled.webhooks.add_webhook("desk", "https://a.example/", ["flag"], by="ann")[0].id
    filled.webhooks.test_webhook(hook, by="ann")
    with filled.write() as session:
        session.connection().execute(text("UPDATE deliveries SET state = 'sent', answer = 'HTTP 204'"))
    filled.webhooks.test_webhook(hook, by="ann")
    assert gone(filled) == {"deliveries": 1}
    assert counted(filled, ("deliveries", "webhooks")) == {"deliveries": 1, "webhooks": 1}


def test_nothing_that_people_write_is_in_the_table() -> None:
    assert {kind.table for kind in KINDS} == {
        "fetched_pages",
        "article_revisions",
        "deliveries",
        "seen_pages",
        "sessions",
    }


@pytest.mark.sqlite_file
def test_the_file_is_smaller_afterwards_while_others_read(store: Store) -> None:
    reading = the_readings()[0]
    for n in range(12):
        article = replace(reading.article, text=f"{reading.article.text}\n\n{n}" + " It rained." * 4000)
        store.articles.keep_article(replace(reading, article=article))
    gone(store)
    with store.read() as session:
        held = session.connection().execute(text("SELECT count(*) FROM claims")).scalar_one()
        shrunk = vacuum(store.path, 5)
        assert session.connection().execute(text("SELECT count(*) FROM claims")).scalar_one() == held
    assert shrunk.after < 0.7 * shrunk.before
    assert vacuum(store.path, 5).after == store.path.stat().st_size == shrunk.after
    assert counted(store, ("articles",)) == {"articles": 1}
    with closing(sqlite3.connect(store.path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.sqlite_file
def test_without_room_nothing_is_begun_and_a_writer_is_waited_for(filled: Store, monkeypatch) -> None:
    before = filled.path.read_bytes()
    with Door(filled.path).stood_in(1), pytest.raises(Busy):
        vacuum(filled.path, 0.01)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1))
    with pytest.raises(DiskFull, match="1 are free"):
        vacuum(filled.path, 5)
    assert filled.path.read_bytes() == before
