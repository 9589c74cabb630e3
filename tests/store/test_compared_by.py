"""What made a story's rows is kept with them, and tells those of another version; what people put together goes with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from made_up import the_alignments, the_readings
from test_schema import as_of, sql

from app.core import alignment
from app.core.records import Comparer
from app.store import Store, upgrade

IDS = [1, 2, 3]
OLD, NEW = Comparer("words alone", "old" * 5 + "!"), Comparer("an encoder", "new" * 5 + "!")


def compare(store: Store, comparer: Comparer) -> None:
    store.articles.keep_alignments("pact", the_alignments(the_readings()), IDS, comparer=comparer)


def test_rows_that_nobody_told_of_are_old(filled: Store) -> None:
    assert filled.articles.outdated_stories(NEW.version) == ("pact",)
    assert (filled.rows.story("pact").compared_with, filled.rows.story("pact").compared_by) == ("", "")


def test_the_version_is_kept_with_the_rows(filled: Store) -> None:
    compare(filled, OLD)
    assert filled.articles.outdated_stories(OLD.version) == ()
    assert filled.articles.outdated_stories(NEW.version) == ("pact",)
    compare(filled, NEW)
    assert filled.articles.outdated_stories(NEW.version) == ()
    assert (filled.rows.story("pact").compared_with, filled.rows.story("pact").compared_by) == (NEW.name, NEW.version)


@pytest.mark.sqlite_file
def test_the_same_rows_by_the_same_version_change_nothing(filled: Store) -> None:
    compare(filled, OLD)
    at = sql(filled.path, "SELECT revision, changed_at FROM stories")
    compare(filled, OLD)
    assert sql(filled.path, "SELECT revision, changed_at FROM stories") == at
    compare(filled, NEW)
    after = sql(filled.path, "SELECT revision, changed_at FROM stories")
    assert after != at, "what a page says of it is no longer up to date"
    assert after[0][1] == at[0][1], "though no row changed"


def test_a_story_that_waits_is_not_told_twice(filled: Store) -> None:
    one = the_readings()[0]
    filled.articles.keep_article(replace(one, article=replace(one.article, text=one.article.text + "\n\nMore.")))
    assert filled.articles.stale_stories() == ("pact",)
    assert filled.articles.outdated_stories(NEW.version) == ()


def test_an_emptied_story_has_nothing_to_compare(filled: Store) -> None:
    filled.review.flag(1, by="ann")
    for i in IDS:
        filled.articles.assign_story(i, "other", title="Other")
    assert "pact" not in filled.articles.outdated_stories(NEW.version)


def test_people_s_rows_are_judged_anew_by_another_version_only(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    compare(filled, OLD)
    filled.review.decide(2, "merge", by="ann", value="1", note="one matter")
    before = [(d.kind, d.by, d.note) for d in filled.rows.alignment(1).row.decisions]
    asked = []
    row_of = alignment.row_of
    monkeypatch.setattr(alignment, "row_of", lambda *a: asked.append(1) or row_of(*a))
    compare(filled, OLD)
    filled.review.flag(3, by="bob")
    assert asked == []
    compare(filled, NEW)
    assert asked == [1]
    compare(filled, NEW)
    assert asked == [1]
    assert [(d.kind, d.by, d.note) for d in filled.rows.alignment(1).row.decisions] == before
    assert filled.rows.alignment(2).row.id == 1, "the merged row answers with the one it went into"


def test_rows_kept_before_count_as_old_and_show_as_they_did(tmp_path: Path, example: Path) -> None:
    path = as_of(tmp_path / "old.sqlite3", example, "0006")
    upgrade(path)
    assert sql(path, "SELECT compared_with, compared_by FROM stories") == [("", "")]
    with Store(path) as store, Store(example) as newer:
        assert store.articles.outdated_stories(NEW.version) == ("pact",)
        assert store.articles.stale_stories() == (), "nothing waits: it is offered, not done"
        assert store.rows.story("pact") == newer.rows.story("pact")
        assert [a.faults for a in store.checks.questions() if a.faults] == []
