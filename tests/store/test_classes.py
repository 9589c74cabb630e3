"""Classes: a code, marks one a group and row, and no verdict before it is revealed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import date, timedelta

import pytest
from behind import behind
from clock import Clock
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.errors import BadInput, Conflicting, NotFound
from app.store import Store
from app.store.tokens import key_hash
from app.web.healing import Healer


@pytest.fixture
def started(filled: Store) -> tuple[Store, str]:
    return filled, filled.snapshots.start_class("pact", by="teacher", title="Year 9")[0].code


def test_a_class_has_a_code_to_read_out_and_the_rows_that_can_be_marked(filled: Store, clock: Clock) -> None:
    made, _ = filled.snapshots.start_class("pact", by="teacher")
    assert len(made.code) == 8
    assert made.code.isalnum()
    assert not set(made.code) & set("01ilo")
    assert (made.title, made.by, made.at, made.revealed) == ("The pact", "teacher", clock.at, False)
    assert sorted(r.alignment_id for r in made.rows) == [1, 2, 3]
    assert made.snapshot == filled.snapshots.freeze("pact", by="x").id
    assert filled.snapshots.start_class("pact", by="teacher")[0].code != made.code, "every class has its own"
    assert filled.snapshots.class_view(f" {made.code.upper()} ").code == made.code


def test_a_class_is_led_by_its_key_or_by_whoever_started_it_and_signed_in(filled: Store) -> None:
    made, key = filled.snapshots.start_class("pact", by="teacher")
    other, key_of_other = filled.snapshots.start_class("pact", by="teacher")
    leads = filled.snapshots.leads_class
    assert leads(made.code, key=key)
    assert leads(made.code, key=f" {key.upper().replace('-', '')} "), "however it was typed"
    assert leads(made.code, person="teacher", signed_in=True)
    assert not leads(made.code, person="teacher"), "a name that nothing proves"
    assert not leads(made.code, person="pupil", signed_in=True)
    for wrong in ("", "-", made.code, key_of_other, key[:-1], key_hash(key)):
        assert not leads(made.code, key=wrong), wrong
    assert not leads(other.code, key=key)


@pytest.mark.sqlite_file
def test_of_a_key_only_a_hash_is_kept(filled: Store) -> None:
    made, key = filled.snapshots.start_class("pact", by="teacher")
    with closing(sqlite3.connect(filled.path)) as connection:
        kept = "\n".join(connection.iterdump())
    assert key_hash(key) in kept
    assert key not in kept
    assert key.replace("-", "") not in kept
    assert key not in str(made)


def test_nothing_of_the_verdict_is_in_the_view_before_the_reveal(started: tuple[Store, str]) -> None:
    store, code = started
    for row in store.snapshots.class_view(code).rows:
        assert (row.verdict, row.summary, row.reasons) == (None, "", ())
        for cell in row.cells:
            assert all((c.status, c.marks) == (None, ()) for c in cell.claims)
    labels = {
        r.id: r.label for r in store.snapshots.snapshot(store.snapshots.class_view(code).snapshot).view.rows.items
    }
    assert not {r.label for r in store.snapshots.class_view(code).rows} & set(labels.values())
    said = str([asdict(r) for r in store.snapshots.class_view(code).rows])
    assert "Status." not in said
    assert "Outcome." not in said


def test_rows_stand_in_the_order_of_reading_before_and_after(started: tuple[Store, str]) -> None:
    store, code = started
    before = [r.alignment_id for r in store.snapshots.class_view(code).rows]
    assert before == [1, 2, 3]
    assert [r.alignment_id for r in store.snapshots.reveal_class(code, by="teacher").rows] == before


def test_marking_again_replaces_the_mark(started: tuple[Store, str]) -> None:
    store, code = started
    store.snapshots.mark_class(code, "Owls", 1, "agree")
    store.snapshots.mark_class(code, "Foxes", 1, "conflict")
    view = store.snapshots.mark_class(code, " Owls ", 1, "conflict")
    row = next(r for r in view.rows if r.alignment_id == 1)
    assert row.tally == {"agree": 0, "diverge": 0, "conflict": 2, "updated": 0, "unsure": 0}
    assert row.by_group == {"Owls": "conflict", "Foxes": "conflict"}
    assert view.groups == ("Foxes", "Owls")
    assert (view.marked, view.matched) == (0, 0)


def test_the_reveal_shows_the_verdicts_and_ends_the_marking(started: tuple[Store, str], clock: Clock) -> None:
    store, code = started
    store.snapshots.mark_class(code, "Owls", 1, "conflict")
    store.snapshots.mark_class(code, "Owls", 2, "diverge")
    store.snapshots.mark_class(code, "Owls", 3, "unsure")
    clock.tick()
    view = store.snapshots.reveal_class(code, by="teacher")
    assert (view.revealed, view.revealed_by, view.revealed_at) == (True, "teacher", clock.at)
    assert {r.alignment_id: r.verdict for r in view.rows} == {1: "conflict", 2: "agree", 3: "conflict"}
    assert (view.marked, view.matched) == (2, 1), "who is unsure is not counted"
    clock.tick()
    assert store.snapshots.reveal_class(code, by="other") == view
    with pytest.raises(Conflicting):
        store.snapshots.mark_class(code, "Owls", 1, "agree")


def test_nothing_moves_under_the_hands_of_a_class(started: tuple[Store, str]) -> None:
    store, code = started
    before = store.snapshots.class_view(code)
    store.review.decide(1, "relabel", by="ann", value="agree")
    store.articles.keep_alignments("pact", [], [1, 2, 3])
    assert store.snapshots.class_view(code) == before
    assert store.snapshots.reveal_class(code, by="teacher").rows[0].verdict == "conflict"


def test_what_the_class_finds_in_the_end_is_the_row_as_it_was(started: tuple[Store, str]) -> None:
    store, code = started
    frozen = {r.id: r for r in store.snapshots.snapshot(store.snapshots.class_view(code).snapshot).view.rows.items}
    for row in store.snapshots.reveal_class(code, by="teacher").rows:
        assert row.cells == frozen[row.alignment_id].cells


@pytest.mark.parametrize(
    ("call", "error"),
    [
        pytest.param(lambda s, c: s.snapshots.mark_class("nocode00", "Owls", 1, "agree"), NotFound, id="no such class"),
        pytest.param(lambda s, c: s.snapshots.class_view(""), NotFound, id="no code"),
        pytest.param(lambda s, c: s.snapshots.reveal_class("nocode00", by="x"), NotFound, id="reveal no class"),
        pytest.param(lambda s, c: s.snapshots.mark_class(c, "Owls", 1, "maybe"), BadInput, id="no such mark"),
        pytest.param(lambda s, c: s.snapshots.mark_class(c, "  ", 1, "agree"), BadInput, id="no group"),
        pytest.param(lambda s, c: s.snapshots.mark_class(c, "x" * 61, 1, "agree"), BadInput, id="a long group"),
        pytest.param(lambda s, c: s.snapshots.mark_class(c, "\ud83d", 1, "agree"), BadInput, id="half a character"),
        pytest.param(lambda s, c: s.snapshots.mark_class(c, "Owls", 99, "agree"), NotFound, id="no such row"),
        pytest.param(
            lambda s, c: s.snapshots.mark_class(c, "Owls", 4, "agree"), NotFound, id="a row with nothing to compare"
        ),
        pytest.param(lambda s, c: s.snapshots.start_class("none", by="x"), NotFound, id="no such story"),
        pytest.param(lambda s, c: s.snapshots.start_class("pact", by=""), BadInput, id="nobody"),
        pytest.param(
            lambda s, c: s.snapshots.start_class("pact", by="x", title="t" * 201), BadInput, id="a long title"
        ),
    ],
)
def test_what_cannot_be_done(started: tuple[Store, str], call: Callable[[Store, str], object], error: type) -> None:
    store, code = started
    before = store.snapshots.class_view(code)
    with pytest.raises(error):
        call(store, code)
    assert store.snapshots.class_view(code) == before


def test_a_story_with_nothing_to_compare_has_no_class(filled: Store) -> None:
    filled.articles.keep_alignments("pact", [], [1, 2, 3])
    with pytest.raises(Conflicting):
        filled.snapshots.start_class("pact", by="teacher")
    assert filled.snapshots.snapshots() == (), "and nothing was frozen for it"


def test_a_class_has_so_many_groups_and_no_more(started: tuple[Store, str], monkeypatch: pytest.MonkeyPatch) -> None:
    store, code = started
    monkeypatch.setattr("app.store.classes._MOST_GROUPS", 1)
    store.snapshots.mark_class(code, "Owls", 1, "agree")
    with pytest.raises(Conflicting):
        store.snapshots.mark_class(code, "Foxes", 1, "agree")
    store.snapshots.mark_class(code, "Owls", 2, "agree")


def test_a_class_judges_the_rows_its_teacher_chose(started: tuple[Store, str]) -> None:
    store, code = started
    store.snapshots.mark_class(code, "Owls", 2, "agree")
    view = store.snapshots.choose_rows(code, [3, 1], by="teacher")
    assert [r.alignment_id for r in view.rows] == [1, 3]
    assert [r.alignment_id for r in view.left_out] == [2]
    assert all(r.verdict is None for r in view.left_out)
    with pytest.raises(NotFound):
        store.snapshots.mark_class(code, "Owls", 2, "agree")
    lines = store.audit.page().total
    assert store.snapshots.choose_rows(code, [1, 3], by="teacher") == view
    assert store.audit.page().total == lines, "choosing the same again is nothing"
    assert store.snapshots.choose_rows(code, [1, 2, 3], by="teacher").rows[1].by_group == {"Owls": "agree"}, (
        "its marks waited"
    )
    store.snapshots.choose_rows(code, [1], by="teacher")
    over = store.snapshots.reveal_class(code, by="teacher")
    assert (len(over.rows), over.marked) == (1, 0), "what was left out is not counted"
    with pytest.raises(Conflicting):
        store.snapshots.choose_rows(code, [2], by="teacher")


@pytest.mark.parametrize(("rows", "error"), [([], BadInput), ([1, 99], NotFound), ([4], NotFound)], ids=str)
def test_rows_that_cannot_be_chosen(started: tuple[Store, str], rows: list[int], error: type) -> None:
    store, code = started
    before = store.snapshots.class_view(code)
    with pytest.raises(error):
        store.snapshots.choose_rows(code, rows, by="teacher")
    assert store.snapshots.class_view(code) == before


def test_titles_are_neutral_until_the_reveal(started: tuple[Store, str]) -> None:
    store, code = started
    labels = {
        r.id: r.label for r in store.snapshots.snapshot(store.snapshots.class_view(code).snapshot).view.rows.items
    }
    assert {r.alignment_id: r.label for r in store.snapshots.reveal_class(code, by="x").rows}.items() <= labels.items()


def test_a_reveal_can_be_taken_back_and_the_class_marks_on(started: tuple[Store, str]) -> None:
    store, code = started
    store.snapshots.mark_class(code, "Owls", 1, "agree")
    before = store.snapshots.class_view(code)
    assert store.snapshots.hide_class(code, by="teacher") == before, "what is not revealed is not hidden"
    lines = store.audit.page().total
    store.snapshots.reveal_class(code, by="teacher")
    assert store.snapshots.hide_class(code, by="other") == before, "no verdict is left in the view"
    assert [(line.what, line.by) for line in store.audit.page().items[:2]] == [
        ("hid", "other"),
        ("revealed", "teacher"),
    ]
    assert store.audit.page().items[0].before == {"by": "teacher"}
    store.snapshots.hide_class(code, by="other")
    assert store.audit.page().total == lines + 2
    assert store.snapshots.mark_class(code, "Owls", 1, "conflict").rows[0].by_group == {"Owls": "conflict"}
    assert store.snapshots.reveal_class(code, by="teacher").matched == 1


# --- a class ends on a date


END = date(2026, 2, 1)


@pytest.fixture
def ending(started: tuple[Store, str]) -> tuple[Store, str]:
    """A class whose group has a name that is found nowhere else, and that is to end."""
    store, code = started
    store.snapshots.mark_rows(code, "Annabel Quist", {1: "agree", 2: "diverge"})
    store.snapshots.set_class_end(code, END, by="teacher")
    return store, code


def all_bytes(store: Store) -> bytes:
    """What is in the file, its log folded in."""
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return store.path.read_bytes()


def to_the_end(clock: Clock) -> None:
    clock.tick(24 * 3600 * (END - clock.at.date()).days)


READINGS: dict[str, Callable[[Store, str], object]] = {
    "read": lambda s, c: s.snapshots.class_view(c),
    "ended by the worker": lambda s, c: Healer(lambda: s).once(),
}


@pytest.mark.sqlite_file
@pytest.mark.parametrize("reading", READINGS)
def test_on_its_date_names_and_marks_go_for_good(ending: tuple[Store, str], clock: Clock, reading: str) -> None:
    store, code = ending
    clock.tick(24 * 3600 * ((END - clock.at.date()).days - 1))
    READINGS[reading](store, code)
    assert b"Annabel" in all_bytes(store), "the day before they are there"
    assert store.snapshots.class_view(code).groups == ("Annabel Quist",)
    clock.tick(24 * 3600)
    READINGS[reading](store, code)
    assert b"Annabel" not in all_bytes(store), "neither in a table nor in what the file has left over"
    view = store.snapshots.class_view(code)
    assert (view.over, view.groups, view.rows, view.left_out, view.revealed) == (True, (), (), (), False)
    assert (view.title, view.by, view.ends_on) == ("Year 9", "teacher", END), "that it was held is left"
    last = store.audit.page().items[0]
    assert (last.what, last.kind, last.before) == ("ended", "class", {"groups": 1, "marks": 2})
    assert [a.faults for a in store.checks.questions() if a.faults] == []
    lines = store.audit.page().total
    assert store.snapshots.end_classes() == ()
    assert store.audit.page().total == lines, "ending twice is ending once"


def test_a_class_that_is_over_shows_nothing_before_it_was_deleted_either(
    ending: tuple[Store, str], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, code = ending
    to_the_end(clock)
    monkeypatch.setattr(store.snapshots, "end_classes", lambda: ())
    assert "Annabel" not in str(store.snapshots.class_view(code))


WRITES_TO_A_CLASS: dict[str, Callable[[Store, str], object]] = {
    "mark": lambda s, c: s.snapshots.mark_class(c, "Owls", 1, "agree"),
    "choose": lambda s, c: s.snapshots.choose_rows(c, [1], by="teacher"),
    "reveal": lambda s, c: s.snapshots.reveal_class(c, by="teacher"),
    "hide": lambda s, c: s.snapshots.hide_class(c, by="teacher"),
    "another date": lambda s, c: s.snapshots.set_class_end(c, END + timedelta(days=30), by="teacher"),
}


@pytest.mark.parametrize("deleted", [True, False], ids=["deleted", "due"])
@pytest.mark.parametrize("act", WRITES_TO_A_CLASS)
def test_nothing_is_written_to_a_class_that_is_over(
    ending: tuple[Store, str], clock: Clock, act: str, deleted: bool
) -> None:
    store, code = ending
    to_the_end(clock)
    if deleted:
        store.snapshots.end_classes()
    with pytest.raises(Conflicting, match="over"):
        WRITES_TO_A_CLASS[act](store, code)


@pytest.mark.parametrize("on", [date(2026, 1, 2), date(2025, 12, 31), date(2027, 1, 4)], ids=str)
def test_a_date_that_cannot_be_set(started: tuple[Store, str], on: date) -> None:
    store, code = started
    with pytest.raises(BadInput):
        store.snapshots.set_class_end(code, on, by="teacher")


def test_a_new_class_has_a_date_and_only_the_class_that_is_due_ends(ending: tuple[Store, str], clock: Clock) -> None:
    store, code = ending
    other = store.snapshots.start_class("pact", by="teacher")[0]
    assert other.ends_on == clock.at.date() + timedelta(days=90)
    store.snapshots.mark_class(other.code, "Owls", 1, "agree")
    to_the_end(clock)
    assert store.snapshots.end_classes() == (code,)
    assert store.snapshots.class_view(other.code).groups == ("Owls",)


def test_names_of_pupils_are_not_in_the_log_that_is_for_good(ending: tuple[Store, str]) -> None:
    store, _ = ending
    assert "Annabel" not in "".join(str(line) for line in store.audit.lines())


AFTER_THE_END = [
    "INSERT INTO class_marks SELECT code, 'Owls', 1, 'agree', at FROM classes",
    "UPDATE classes SET ended_at = NULL",
    "UPDATE classes SET ends_on = '2030-01-01'",
    "DELETE FROM classes",
]


@pytest.mark.parametrize("statement", AFTER_THE_END)
def test_the_schema_lets_no_class_begin_again(ending: tuple[Store, str], clock: Clock, statement: str) -> None:
    store, _ = ending
    to_the_end(clock)
    store.snapshots.end_classes()
    with pytest.raises(IntegrityError), store.write() as session:
        session.connection().execute(text(statement))


def test_marks_that_were_left_are_a_fault(ending: tuple[Store, str], clock: Clock) -> None:
    store, code = ending
    to_the_end(clock)
    with behind(store) as run:
        run("UPDATE classes SET ended_at = '2026-02-01T00:00:00.000000+00:00'")
    assert [f.say for f in store.checks.answer("ended").faults] == [
        f"the class {code} has ended, and 2 of its marks are still there"
    ]
