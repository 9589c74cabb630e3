"""`check` finds what is unsound, `--repair` puts right what can be put right, and what people said stays; `restore` the rest."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app import mending
from app.cli import app
from app.errors import BadInput, DatabaseUnready, NotFound
from app.store import Store, backup, open_store, restore, upgrade
from app.store.checks import QUESTIONS
from app.store.views import Query

run = CliRunner()
SLUG = "gsomia-south-korea-and-japan"
Older = Callable[[sqlite3.Connection], None]


def faults(store: Store) -> dict[str, tuple[str, ...]]:
    """What each question found, of those that found something."""
    return {a.name: tuple(f.say for f in a.faults) for a in store.checks.questions() if a.faults}


def sql(store: Store, *statements: str) -> None:
    """Done to the file behind everybody's back, references not minded."""
    with closing(sqlite3.connect(store.path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture(scope="module")
def said_of(example_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with something said of it, kept once and copied."""
    path = tmp_path_factory.mktemp("said") / "said.sqlite3"
    backup(example_database, path)
    with open_store(path) as store:
        rows = list(store.rows.every(SLUG))
        store.review.flag(rows[0].id, by="ann", note="really?")
        store.review.decide(rows[1].id, "relabel", by="ann", value="Named by hand")
        store.review.decide(rows[2].id, "merge", by="bob", value=str(rows[3].id))
        store.snapshots.freeze(SLUG, by="ann")
    return path


@pytest.fixture
def said(said_of: Path, database: Path) -> Iterator[Store]:
    backup(said_of, database)
    with open_store(database) as store:
        yield store


def heard(store: Store) -> list[tuple]:
    """What people said, and where."""
    return [
        (r.id, r.label, [f.note for f in r.flags], [d.kind for d in r.decisions])
        for r in store.rows.every(SLUG)
        if r.flags or r.decisions
    ]


def test_what_is_sound_is_found_sound(said: Store) -> None:
    assert faults(said) == {}


UNSOUND = {
    "a claim that is not the words at its place": (
        'UPDATE claims SET start = start + 1, "end" = "end" + 1 WHERE id = 5',
        "offsets",
    ),
    "an actor who does not stand there": ("UPDATE actor_mentions SET text = 'Nobody' WHERE id = 3", "offsets"),
    "a date that does not stand there": ("UPDATE date_mentions SET start = start + 2 WHERE id = 2", "offsets"),
    "a reason outside its claims": ("UPDATE reasons SET a_start = 5000, a_end = 5001 WHERE id = 1", "offsets"),
    "a claim kept in part": ("DELETE FROM claim_records WHERE claim_id = 4", "records"),
    "an article without a current version": ("UPDATE article_revisions SET current = 0 WHERE article_id = 2", "records"),
    "claims that are not current though their version is": ("UPDATE claims SET current = 0 WHERE article_id = 3", "records"),
    "an index that lacks a claim": ("DELETE FROM claim_index WHERE rowid = 7", "index"),
    "an index of other words": ("UPDATE claim_index SET words = 'nothing' WHERE rowid = 7", "index"),
    "an index of a claim that is none": ("INSERT INTO claim_index(rowid, words, forms, names) VALUES (9999, 'a', 'a', '')", "index"),
    "an index that finds others than it holds": ("DELETE FROM claim_index_data WHERE id > 10", "search"),
    "an article that is not found by its words": ("DELETE FROM article_terms WHERE article_id = 2", "terms"),
    "an actor with too many claims": ("UPDATE actors SET claims = claims + 3 WHERE id = 2", "counts"),
    "a row that shows another verdict": ("UPDATE alignments SET shown_status = 'agree' WHERE shown_status = 'conflict'", "shown"),
    "a row that shows nothing": ("UPDATE alignment_members SET shown = 0 WHERE alignment_id = (SELECT min(id) FROM alignments WHERE shown)", "rows"),
    "a claim that stands in no row": ("DELETE FROM alignment_members WHERE claim_id = 9", "rows"),
    "a relation of a claim that is not in the row": (
        "DELETE FROM alignment_members WHERE (alignment_id, claim_id) IN (SELECT alignment_id, a_claim_id FROM relations WHERE id = 1)",
        "rows",
    ),
    "a guard that is gone": ("DROP TRIGGER flag_events_refuse_delete", "guards"),
    "a story that waits": ("UPDATE stories SET stale = 1", "waiting"),
}  # fmt: skip


@pytest.mark.parametrize(("statement", "question"), UNSOUND.values(), ids=UNSOUND.keys())
def test_what_is_unsound_is_found_and_put_right(said: Store, statement: str, question: str) -> None:
    before = heard(said)
    sql(said, statement)
    assert question in faults(said)
    for _ in mending.mend(said):
        pass
    assert faults(said) == {}
    assert heard(said) == before
    assert said.library.search(Query("apologised")).hits.total > 0


def test_every_question_has_a_case_here_or_cannot_be_put_right() -> None:
    tried = {question for _, question in UNSOUND.values()}
    assert {q.name for q in QUESTIONS} - tried == {"pages", "references", "frozen", "audit", "copies", "ended"}


def test_references_that_lead_nowhere_and_frozen_words_are_found(said: Store) -> None:
    sql(
        said,
        "UPDATE attributions SET actor_id = 9999 WHERE id = 1",
        "DROP TRIGGER snapshots_refuse_update",
        "UPDATE snapshots SET record = replace(record, 'Japan', 'China')",
    )
    found = faults(said)
    assert found["references"] == ("attributions 1 belongs to something in actors that is not there",)
    assert "does not fit" not in found["frozen"][0]
    assert "is not what was frozen" in found["frozen"][0]
    done = run.invoke(app, ["check", "--repair"])
    assert done.exit_code == 1
    assert "frozen: 1 wrong" in done.stdout


def test_the_command(said: Store) -> None:
    done = run.invoke(app, ["check"])
    assert done.exit_code == 0
    assert (
        done.stdout.splitlines()[0] == "pages: sound (every page of the file can be read, every index fits its table)"
    )
    sql(said, "UPDATE actors SET claims = claims + 3")
    done = run.invoke(app, ["check"])
    assert done.exit_code == 1
    assert "counts: " in done.stdout
    assert "and " in done.stderr
    told = [json.loads(line) for line in run.invoke(app, ["check", "--json"]).stdout.splitlines()]
    (counts,) = [t for t in told if t["question"] == "counts"]
    assert len(counts["faults"]) == counts["found"] > 5
    done = run.invoke(app, ["check", "--repair"])
    assert done.exit_code == 0
    assert "found and put right" in done.stdout
    sql(said, "UPDATE stories SET stale = 1")
    assert run.invoke(app, ["check"]).exit_code == 0, "what waits is no damage"


def test_it_is_asked_and_put_right_while_others_read_and_write(said: Store) -> None:
    row = next(iter(said.rows.every(SLUG))).id
    over, errors = threading.Event(), []

    def use() -> None:
        number = 0
        with open_store(said.path) as other:
            while not over.is_set():
                number += 1
                try:
                    other.review.flag(row, by=f"person {number % 5}", note=str(number))
                    other.rows.story(SLUG)
                except Exception as error:
                    errors.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    sql(said, "UPDATE actors SET claims = claims + 3", "DELETE FROM claim_index WHERE rowid = 7")
    for _ in mending.mend(said):
        pass
    over.set()
    thread.join()
    assert errors == []
    assert faults(said) == {}


def test_a_damaged_index_of_the_file_is_made_anew(said: Store) -> None:
    path = said.path
    said.close()
    upgrade(path)
    with closing(sqlite3.connect(path)) as connection:
        root, size = connection.execute(
            "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master WHERE name = 'ix_alignments_queue_sort'"
        ).fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * size + 8)
        file.write(b"\x00" * 40)
    with open_store(path) as store:
        assert "pages" in faults(store)
        for _ in mending.mend(store):
            pass
        assert faults(store) == {}


# --- restoring -------------------------------------------------------------------------------------------------------


def test_a_backup_takes_the_place_while_it_is_served(said: Store, tmp_path: Path) -> None:
    saved = tmp_path / "saved.sqlite3"
    backup(said.path, saved)
    before = heard(said)
    said.rows.story(SLUG, strictness=0.9)  # remembered
    newer = said.review.flag(next(iter(said.rows.every(SLUG))).id, by="eve", note="after the backup")
    with said.read() as session:
        session.connection().exec_driver_sql("SELECT 1 FROM stories").all()
        kept = restore(said.path, saved)
        assert session.connection().exec_driver_sql("SELECT count(*) FROM flags WHERE note LIKE 'after%'").scalar() == 1
    assert heard(said) == before, "the same store sees it at once"
    assert all(
        "after the backup" not in f.note for r in said.rows.story(SLUG, strictness=0.9).rows.items for f in r.flags
    )
    assert kept is not None
    with open_store(kept) as old:
        assert any(f.note == "after the backup" for r in old.rows.every(SLUG) for f in r.flags)
    again = said.review.flag(next(iter(said.rows.every(SLUG))).id, by="zoe")
    assert again.id > newer.id, "an id once given never means another"
    assert faults(said) == {}
    assert run.invoke(app, ["restore", str(saved)]).exit_code == 0
    assert len(list(said.path.parent.glob("*before-restore*"))) == 2
    assert not list(said.path.parent.glob(".*part*"))


def test_what_readers_remembered_is_not_taken_for_what_was_restored(said: Store, tmp_path: Path) -> None:
    saved = tmp_path / "saved.sqlite3"
    backup(said.path, saved)
    row = next(iter(said.rows.every(SLUG))).id
    said.review.decide(row, "relabel", by="eve", value="Of another time")
    said.rows.story(SLUG, strictness=0.9)
    restore(said.path, saved)
    said.review.decide(row, "relabel", by="eve", value="Of this time")  # as many changes as before
    labels = {r.label for r in said.rows.story(SLUG, strictness=0.9).rows.items}
    assert "Of another time" not in labels


def test_a_damaged_database_is_replaced_and_kept_aside(said: Store, tmp_path: Path) -> None:
    saved, path = tmp_path / "saved.sqlite3", said.path
    backup(path, saved)
    said.close()
    with path.open("r+b") as file:
        file.write(b"\x99" * 8192)
    with pytest.raises(DatabaseUnready):
        open_store(path)
    kept = restore(path, saved)
    assert kept is not None
    assert kept.read_bytes()[:4] == b"\x99" * 4
    with open_store(path) as store:
        assert faults(store) == {}


def test_where_there_is_no_database_yet(said: Store, tmp_path: Path) -> None:
    saved, path = tmp_path / "saved.sqlite3", tmp_path / "deep" / "new.sqlite3"
    backup(said.path, saved)
    assert restore(path, saved) is None
    with open_store(path) as store:
        assert store.rows.story(SLUG).rows.total


TOLD = ("relations SET kind", "alignments SET status", "alignments SET shown_status")
"""Where a verdict stands; older versions knew none that is unsure."""


def test_an_older_backup_is_brought_to_this_version(said: Store, tmp_path: Path, older: Older) -> None:
    saved = tmp_path / "saved.sqlite3"
    sql(said, *(f"UPDATE {column} = 'agree' WHERE {column.split()[-1]} = 'unsure'" for column in TOLD))
    said.checks.repair("shown")
    backup(said.path, saved)
    with closing(sqlite3.connect(saved)) as connection, connection:
        older(connection)
    restore(said.path, saved)
    assert faults(said) == {}
    assert not list(tmp_path.glob("saved*before*"))


@pytest.mark.parametrize("version", ["0004", "9999"])
def test_over_a_database_of_another_version(said: Store, tmp_path: Path, version: str, older: Older) -> None:
    saved = tmp_path / "saved.sqlite3"
    backup(said.path, saved)
    with closing(sqlite3.connect(said.path)) as connection, connection:
        if version == "0004":
            older(connection)
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
    restore(said.path, saved)
    assert faults(said) == {}


def test_a_damaged_table_is_told_and_not_said_to_be_mended(said: Store) -> None:
    path = said.path
    said.close()
    upgrade(path)
    with closing(sqlite3.connect(path)) as connection:
        root, size = connection.execute(
            "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master WHERE name = 'reasons'"
        ).fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\x99" * size)
    done = run.invoke(app, ["check", "--repair"])
    assert done.exit_code == 1
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert "damaged" in done.stderr


def newer(path: Path) -> None:
    shutil.copy(path.with_name("whole.sqlite3"), path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


BAD = {
    "missing": (lambda p: None, NotFound),
    "text": (lambda p: p.write_text("Dear reader " * 900), BadInput),
    "empty": (lambda p: p.write_bytes(b""), BadInput),
    "another program's": (lambda p: sqlite3.connect(p).execute("CREATE TABLE t (x)").connection.close(), BadInput),
    "cut off": (lambda p: p.write_bytes(p.with_name("whole.sqlite3").read_bytes()[:200_000]), BadInput),
    "newer": (newer, DatabaseUnready),
}


@pytest.mark.parametrize(("make", "error"), BAD.values(), ids=BAD.keys())
def test_what_is_no_sound_backup_changes_nothing(said: Store, tmp_path: Path, make, error) -> None:
    backup(said.path, tmp_path / "whole.sqlite3")
    before = heard(said)
    make(tmp_path / "bad.sqlite3")
    with pytest.raises(error):
        restore(said.path, tmp_path / "bad.sqlite3")
    assert heard(said) == before
    assert not list(said.path.parent.glob("*before-restore*"))
    assert not list(said.path.parent.glob(".*part*"))
