"""Frozen comparisons: the same state is one snapshot, what is frozen never changes and needs nothing else to be shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from behind import replacing
from clock import Clock
from made_up import the_alignments, the_readings
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.core.records import Comparer
from app.errors import BadInput, DatabaseUnready, NotFound
from app.store import Store

IDS = [1, 2, 3]


def test_a_snapshot_shows_what_the_story_showed(filled: Store, clock: Clock) -> None:
    by = Comparer("words alone", "0123456789abcdef")
    filled.articles.keep_alignments("pact", the_alignments(the_readings()), IDS, comparer=by)
    filled.review.decide(1, "confirm", by="ann", note="checked")
    filled.review.flag(2, by="bob", note="why?")
    before = filled.rows.story("pact", limit=500)
    made = filled.snapshots.freeze("pact", by="ann", note="for the lesson")
    assert made.view == before
    assert (made.by, made.note, made.at) == ("ann", "for the lesson", clock.at)
    assert made.software.startswith("Parallax ")
    assert (made.reader, made.weights, made.view.compared_with) == ("rules", by.version, by.name)
    assert made.story == before.story
    body = the_readings()[0].article.text
    assert made.texts[0].sha256 == hashlib.sha256(body.encode()).hexdigest()
    assert [t.article_id for t in made.texts] == [c.id for c in before.columns]


def test_its_id_is_the_beginning_of_the_digest_of_canonical_json(filled: Store) -> None:
    made = filled.snapshots.freeze("pact", by="ann")
    assert made.digest == hashlib.sha256(made.record.encode()).hexdigest()
    assert made.id == made.digest[:12]
    state = json.loads(made.record)
    assert json.dumps(state, sort_keys=True, ensure_ascii=False, separators=(",", ":")) == made.record
    assert "서울" in made.record


def test_the_same_state_frozen_again_is_the_same_snapshot(filled: Store, clock: Clock) -> None:
    first = filled.snapshots.freeze("pact", by="ann", note="one")
    clock.tick()
    assert filled.snapshots.freeze("pact", by="bob", note="two") == first
    decision = filled.review.decide(1, "relabel", by="ann", value="Which day")
    changed = filled.snapshots.freeze("pact", by="bob")
    assert changed.id != first.id
    filled.review.undo_decision(decision.id, by="ann")
    assert filled.snapshots.freeze("pact", by="eve").id == first.id, "undone is as it was"
    assert [s.id for s in filled.snapshots.snapshots("pact")] == [changed.id, first.id]
    assert filled.snapshots.snapshots() == filled.snapshots.snapshots("pact")
    assert filled.snapshots.snapshots("other") == ()


def test_whatever_becomes_of_the_story_it_stays(filled: Store) -> None:
    made = filled.snapshots.freeze("pact", by="ann")
    one = the_readings()[0]
    filled.articles.keep_article(replace(one, article=replace(one.article, text=one.article.text + "\n\nMore.")))
    filled.articles.keep_alignments("pact", the_alignments(the_readings())[1:], IDS)
    for i in IDS:
        filled.articles.assign_story(i, "other", title="Other")
    filled.articles.keep_alignments("other", [], IDS)
    with filled.write() as session:
        for table in ("alignments", "claims", "articles", "stories"):
            if session.connection().dialect.name == "sqlite":
                session.connection().execute(text("PRAGMA defer_foreign_keys = ON"))
            session.connection().execute(text(f"UPDATE {table} SET id = id"))
    assert filled.snapshots.snapshot(made.id) == made


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE snapshots SET note = 'other'", id="another note"),
        pytest.param("UPDATE snapshots SET record = '{}'", id="another record"),
        pytest.param("DELETE FROM snapshots", id="gone"),
        pytest.param(
            "INSERT OR REPLACE INTO snapshots SELECT id, digest, slug, 'other', record, note, by, at FROM snapshots",
            id="put in its place",
        ),
        pytest.param(
            "INSERT INTO snapshots SELECT 'x', digest, slug, title, record, note, by, at FROM snapshots", id="twice"
        ),
    ],
)
def test_the_schema_itself_refuses_to_change_it(filled: Store, statement: str) -> None:
    made = filled.snapshots.freeze("pact", by="ann")
    with pytest.raises(IntegrityError), filled.write() as session:
        session.connection().execute(text(replacing(filled, statement)))
    assert filled.snapshots.snapshot(made.id) == made


@pytest.mark.sqlite_file
def test_words_that_do_not_fit_their_digest_are_not_shown(filled: Store) -> None:
    made = filled.snapshots.freeze("pact", by="ann")
    with filled.write() as session:
        session.connection().execute(text("DROP TRIGGER snapshots_refuse_update"))
        session.connection().execute(text("UPDATE snapshots SET record = replace(record, 'pact', 'deal')"))
    with pytest.raises(DatabaseUnready, match="tampered"):
        filled.snapshots.snapshot(made.id)


def test_ids_that_begin_alike_grow_longer(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "app.store.freeze.digest_of", lambda record: "a" * 12 + hashlib.sha256(record.encode()).hexdigest()
    )
    one = filled.snapshots.freeze("pact", by="ann")
    filled.review.decide(1, "confirm", by="ann")
    two = filled.snapshots.freeze("pact", by="ann")
    assert (len(one.id), len(two.id)) == (12, 13)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        pytest.param(lambda s: s.snapshots.freeze("none", by="ann"), NotFound, id="no such story"),
        pytest.param(lambda s: s.snapshots.freeze("pact", by=" "), BadInput, id="nobody"),
        pytest.param(lambda s: s.snapshots.freeze("pact", by="ann", note="x" * 5000), BadInput, id="long note"),
        pytest.param(lambda s: s.snapshots.snapshot("nope"), NotFound, id="no such snapshot"),
        pytest.param(lambda s: s.snapshots.snapshot("\ud83d"), BadInput, id="half a character"),
    ],
)
def test_what_cannot_be_frozen(filled: Store, call: Callable[[Store], object], error: type) -> None:
    with pytest.raises(error):
        call(filled)
    assert filled.snapshots.snapshots() == ()
