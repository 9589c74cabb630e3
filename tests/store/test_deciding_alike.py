"""One word on a run of alike rows: which they are, that all or none are decided, and that one undo takes all back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from clock import Clock
from made_up import relate, the_alignments, the_readings

from app.core.records import Dimension, Outcome, RelationKind, Status
from app.errors import BadInput, NotFound, NotYours
from app.store import Store


@pytest.fixture
def run(filled: Store) -> Store:
    """Rows 1 and 2 conflict in dates, row 3 in yes or no."""
    readings = the_readings()
    rows = the_alignments(readings)
    signed = rows[1].claims
    tie = relate(
        readings,
        *signed,
        RelationKind.CONFLICT,
        dimension=Dimension.DATE,
        words=("November 2016", "November 2016"),
        outcome=Outcome.EXCLUDES,
    )
    rows[1] = replace(rows[1], status=Status.CONFLICT, relations=(tie,))
    filled.articles.keep_alignments("pact", rows, [1, 2, 3])
    return filled


def conflicting(store: Store) -> list[int]:
    """The rows of two dates, by their first claims: a new verdict of the machine may be another row."""
    return sorted(r.id for r in store.rows.every("pact") if r.dimensions == (Dimension.DATE,))


def verdicts(store: Store) -> list[tuple[int, Status]]:
    return [(r.id, r.status) for r in store.rows.every("pact")]


def alike(store: Store, row: int) -> list[int]:
    return [r.id for r in store.review.alike(row)]


def test_alike_are_rows_of_one_verdict_and_dimension_that_nobody_spoke_of(run: Store, clock: Clock) -> None:
    one, other = conflicting(run)
    assert alike(run, one) == [other]
    assert alike(run, 3) == []
    clock.tick()
    said = run.review.decide(one, "relabel", by="ann", value="diverge")
    assert alike(run, one) == [other], "what was said of it already does not make it another kind of row"
    assert alike(run, other) == []
    run.review.undo_decision(said.id, by="ann")
    flag = run.review.flag(other, by="bob")
    assert alike(run, one) == [], "a person's open flag is a word"
    run.review.withdraw_flag(flag.id, by="bob")
    assert alike(run, one) == [other]


def test_single_claims_are_no_run(run: Store) -> None:
    lone = next(r.id for r in run.rows.every("pact") if r.status is Status.SINGLE)
    assert alike(run, lone) == []


@pytest.mark.parametrize("verdict", [None, "diverge", "agree"])
def test_each_row_has_a_decision_of_its_own_and_one_undo_takes_all_back(
    run: Store, clock: Clock, verdict: str | None
) -> None:
    before, rows = verdicts(run), conflicting(run)
    clock.tick()
    made = run.review.decide_alike(rows, by="ann", verdict=verdict, note="one wording")
    assert [d.alignment_id for d in made] == rows
    assert {run.rows.alignment(i).row.status for i in rows} == {Status(verdict or "conflict")}
    assert all(run.rows.alignment(i).history for i in rows)
    clock.tick()
    assert run.review.decide_alike(rows, by="ann", verdict=verdict) == made, "twice is once"
    assert run.review.together(made[0].id) == tuple(d.id for d in made)
    run.review.undo_decision(made[0].id, by="ann")
    assert run.review.together(made[1].id) == (made[1].id,), "one of them can be taken back alone"
    run.review.undo_together(made[1].id, by="ann")
    run.review.undo_together(made[1].id, by="ann")
    assert verdicts(run) == before


def test_what_was_said_at_another_time_or_otherwise_is_not_taken_back_with_it(run: Store, clock: Clock) -> None:
    one, other = conflicting(run)
    alone = run.review.decide(other, "relabel", by="ann", value="agree")
    clock.tick()
    made = run.review.decide_alike([one, 3], by="ann", verdict="agree")
    run.review.undo_together(made[0].id, by="ann")
    assert run.review.together(alone.id) == (alone.id,)
    assert run.rows.alignment(other).row.status is Status.AGREE


def test_another_person_s_run_is_undone_only_by_who_says_whose_it_is(run: Store) -> None:
    made = run.review.decide_alike(conflicting(run), by="ann", verdict="agree")
    decided = verdicts(run)
    with pytest.raises(NotYours):
        run.review.undo_together(made[0].id, by="bob")
    assert verdicts(run) == decided
    run.review.undo_together(made[0].id, by="bob", whose="ann")
    assert verdicts(run) != decided


@pytest.mark.parametrize(
    ("call", "error"),
    [
        pytest.param(lambda s: s.review.decide_alike([], by="ann"), BadInput, id="no rows"),
        pytest.param(lambda s: s.review.decide_alike(range(1, 200), by="ann"), BadInput, id="very many rows"),
        pytest.param(lambda s: s.review.decide_alike([1, 99], by="ann"), NotFound, id="one that is not there"),
        pytest.param(lambda s: s.review.decide_alike([1, 10**30], by="ann"), NotFound, id="one of thirty digits"),
        pytest.param(lambda s: s.review.decide_alike([1, 3], by="ann", verdict="A label"), BadInput, id="no verdict"),
        pytest.param(lambda s: s.review.undo_together(99, by="ann"), NotFound, id="undo nothing"),
    ],
)
def test_all_are_decided_or_none(run: Store, call: Callable[[Store], object], error: type) -> None:
    before, lines = verdicts(run), run.audit.page().total
    with pytest.raises(error):
        call(run)
    assert (verdicts(run), run.audit.page().total) == (before, lines)
