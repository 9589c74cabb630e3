"""What people say of rows: flags and decisions, their effect, their undoing and their history."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from clock import Clock
from made_up import the_alignments, the_readings
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.core.records import Status
from app.errors import BadInput, Conflicting, NotFound
from app.store import Store
from app.store.views import DecisionView, FlagView, Query


def status(store: Store, row: int = 1) -> Status:
    return store.rows.alignment(row).row.status


def labels(store: Store) -> set[str]:
    return {r.label for r in store.rows.every("pact")}


def shape(store: Store) -> list[tuple]:
    """All that a reader sees of the rows, without what was said of them."""
    return [
        (r.id, r.label, r.status, r.summary, r.outlets, tuple(tuple(c.id for c in x.claims) for x in r.cells))
        for r in store.rows.every("pact")
    ]


# --- flags ---------------------------------------------------------------------------------------------------------


def test_a_flag_is_one_a_person_and_row(filled: Store, clock: Clock) -> None:
    first = filled.review.flag(2, by="ann", note="why?")
    clock.tick()
    again = filled.review.flag(2, by="  ann ")
    other = filled.review.flag(2, by="bob")
    assert first == again
    assert other.id != first.id
    assert [f.by for f in filled.rows.alignment(2).row.flags] == ["ann", "bob"]
    assert filled.review.flag(2, by="ann", note="new note").note == "new note"


def test_the_schema_itself_refuses_a_second_flag(filled: Store) -> None:
    filled.review.flag(2, by="ann")
    insert = (
        'INSERT INTO flags (alignment_id, "by", state, note, at) SELECT alignment_id, "by", state, note, at FROM flags'
    )
    with pytest.raises(IntegrityError), filled.write() as session:
        session.connection().execute(text(insert))


def test_a_withdrawn_flag_goes_and_stays_in_the_history(filled: Store, clock: Clock) -> None:
    before = shape(filled)
    flag = filled.review.flag(2, by="ann", note="hm")
    clock.tick()
    assert filled.review.withdraw_flag(flag.id, by="ann").state == "withdrawn"
    assert filled.review.withdraw_flag(flag.id, by="ann").state == "withdrawn"
    view = filled.rows.alignment(2)
    assert view.row.flags == ()
    assert view.history[0].at == flag.at
    assert [h.state for h in view.history if isinstance(h, FlagView)] == ["open", "withdrawn"]
    assert shape(filled) == before
    assert filled.rows.conflicts(state="open").total == 2
    assert filled.review.flag(2, by="ann").state == "open", "flagging again raises it again"


def test_a_confirmed_flag_makes_a_conflict_and_opening_it_undoes_that(filled: Store) -> None:
    flag = filled.review.flag(2, by="ann")
    filled.review.decide_flag(flag.id, "confirmed", by="bob", note="yes")
    assert status(filled, 2) is Status.CONFLICT
    assert filled.rows.story("pact").counts[Status.CONFLICT] == 3
    (kept,) = filled.rows.alignment(2).row.flags
    assert (kept.state, kept.decided_by) == ("confirmed", "bob")
    filled.review.decide_flag(flag.id, "open", by="bob")
    assert status(filled, 2) is Status.AGREE
    assert [h.state for h in filled.rows.alignment(2).history if isinstance(h, FlagView)] == [
        "open",
        "confirmed",
        "open",
    ]


def test_a_claim_of_one_outlet_is_doubted_and_conflicts_with_nothing(filled: Store) -> None:
    before = shape(filled)
    lone = next(i for i, _, is_, *_ in before if is_ is Status.SINGLE)
    flag = filled.review.flag(lone, by="ann", note="who counted?")
    assert next(c.row.id for c in filled.rows.conflicts(state="open").items) == lone, "what people flag comes first"
    filled.review.decide_flag(flag.id, "confirmed", by="bob")
    assert status(filled, lone) is Status.SINGLE
    assert [c.row.id for c in filled.rows.conflicts(state="confirmed").items] == [lone]
    assert lone not in {c.row.id for c in filled.rows.changes(None, None, 50)}
    filled.articles.keep_alignments("pact", the_alignments(the_readings()), [1, 2, 3])
    assert [c.row.id for c in filled.rows.conflicts(state="confirmed").items] == [lone], "it outlives comparing again"
    filled.review.decide_flag(flag.id, "open", by="bob")
    filled.review.decide_flag(flag.id, "dismissed", by="bob")
    assert status(filled, lone) is Status.SINGLE, "dismissing a doubt leaves the row as it was"
    filled.review.withdraw_flag(flag.id, by="ann")
    assert shape(filled) == before


def test_a_doubted_claim_that_joins_others_takes_its_flag_along(filled: Store) -> None:
    lone = next(r.id for r in filled.rows.every("pact") if r.label.startswith("A hearing"))
    filled.review.decide_flag(filled.review.flag(lone, by="ann").id, "confirmed", by="ann")
    filled.review.decide(lone, "merge", by="ann", value="2")
    assert status(filled, 2) is Status.CONFLICT


def test_dismissing_what_the_machine_calls_a_conflict_softens_it(filled: Store) -> None:
    flag = filled.rows.conflicts().items[0].flag
    assert flag is not None
    assert flag.by == "Parallax"
    filled.review.decide_flag(flag.id, "dismissed", by="ann", note="both may stand")
    assert status(filled) is Status.DIVERGE
    assert filled.rows.story("pact").matrix[0].conflict == 0
    (item,) = filled.rows.conflicts(state="dismissed").items
    assert (item.row.id, item.flag.decided_by if item.flag else None) == (1, "ann")
    filled.review.decide_flag(flag.id, "open", by="ann")
    assert status(filled) is Status.CONFLICT


def test_deciding_one_flag_settles_the_row_and_undo_opens_what_it_settled(filled: Store, clock: Clock) -> None:
    mine = filled.review.flag(1, by="ann")
    clock.tick()
    filled.review.decide_flag(mine.id, "confirmed", by="bob")
    assert filled.rows.conflicts(state="open").total == 1
    assert filled.rows.conflicts(state="confirmed").total == 1
    clock.tick()
    filled.review.decide_flag(mine.id, "open", by="bob")
    assert filled.rows.conflicts(state="open").total == 2


@pytest.mark.parametrize(
    ("call", "error"),
    [
        pytest.param(lambda s: s.review.flag(99, by="ann"), NotFound, id="no such row"),
        pytest.param(lambda s: s.review.flag(10**30, by="ann"), NotFound, id="a row of thirty digits"),
        pytest.param(lambda s: s.review.undo_decision(10**30, by="ann"), NotFound, id="a decision of thirty digits"),
        pytest.param(lambda s: s.rows.alignment(10**30), BadInput, id="looking for thirty digits"),
        pytest.param(lambda s: s.rows.story("\ud83d"), BadInput, id="looking for half a character"),
        pytest.param(lambda s: s.library.search(Query(actor="\udcff")), BadInput, id="half a character for an actor"),
        pytest.param(lambda s: s.review.flag(1, by="ann", note="\ud83d"), BadInput, id="half a character"),
        pytest.param(lambda s: s.review.flag(1, by="  "), BadInput, id="nobody"),
        pytest.param(lambda s: s.review.flag(1, by="Parallax"), BadInput, id="the machine's name"),
        pytest.param(lambda s: s.review.flag(1, by="ann", note="x" * 5000), BadInput, id="long note"),
        pytest.param(lambda s: s.review.decide_flag(99, "open", by="ann"), NotFound, id="no such flag"),
        pytest.param(lambda s: s.review.decide_flag(1, "maybe", by="ann"), BadInput, id="no such state"),
        pytest.param(lambda s: s.review.withdraw_flag(1, by="ann"), Conflicting, id="the machine's flag"),
        pytest.param(lambda s: s.review.decide(1, "burn", by="ann"), BadInput, id="no such decision"),
        pytest.param(lambda s: s.review.decide(99, "confirm", by="ann"), NotFound, id="decision on no row"),
        pytest.param(lambda s: s.review.decide(1, "relabel", by="ann", value=" "), BadInput, id="empty label"),
        pytest.param(
            lambda s: s.review.decide(1, "relabel", by="ann", value="single-source"), BadInput, id="no verdict"
        ),
        pytest.param(lambda s: s.review.decide(1, "merge", by="ann"), BadInput, id="merge into nothing"),
        pytest.param(lambda s: s.review.decide(1, "merge", by="ann", value="1"), BadInput, id="merge into itself"),
        pytest.param(lambda s: s.review.decide(1, "merge", by="ann", value="98"), NotFound, id="merge into no row"),
        pytest.param(
            lambda s: s.review.decide(1, "split", by="ann", value="2"), BadInput, id="split off another's claim"
        ),
        pytest.param(lambda s: s.review.decide(1, "split", by="ann", value="1,3"), BadInput, id="split off everything"),
        pytest.param(lambda s: s.review.decide(1, "split", by="ann", value="x"), BadInput, id="split off words"),
        pytest.param(lambda s: s.review.decide(4, "reject", by="ann"), BadInput, id="reject a lone claim"),
        pytest.param(lambda s: s.review.undo_decision(9, by="ann"), NotFound, id="undo nothing"),
        pytest.param(lambda s: s.rows.conflicts(state="odd"), BadInput, id="odd queue"),
    ],
)
def test_what_cannot_be_said_changes_nothing(filled: Store, call: Callable[[Store], object], error: type) -> None:
    before = shape(filled)
    with pytest.raises(error):
        call(filled)
    assert shape(filled) == before
    assert filled.rows.alignment(1).history == ()


# --- decisions -----------------------------------------------------------------------------------------------------


def test_a_new_label_and_a_new_verdict(filled: Store) -> None:
    before = shape(filled)
    label = filled.review.decide(1, "relabel", by="ann", value="Which day it was")
    verdict = filled.review.decide(1, "relabel", by="ann", value="diverge", note="midnight")
    assert (filled.rows.alignment(1).row.label, status(filled)) == ("Which day it was", Status.DIVERGE)
    assert filled.rows.conflicts().total == 1
    assert [d.value for d in filled.rows.alignment(1).row.decisions] == ["Which day it was", "diverge"]
    filled.review.undo_decision(verdict.id, by="ann")
    filled.review.undo_decision(label.id, by="bob", whose="ann")
    assert shape(filled) == before
    undone = [d for d in filled.rows.alignment(1).history if isinstance(d, DecisionView)]
    assert all(d.undone_at for d in undone)
    assert [d.undone_by for d in undone] == ["bob", "ann"]


@pytest.mark.parametrize(
    ("row", "verdict", "differs"),
    [
        *((1, v, ("date", "22 Aug (Alpha Wire) / 23 Aug (Beta Times)")) for v in ("diverge", "updated", "agree")),
        (3, "diverge", ("polarity", "denied (Toshimitsu Motegi) / offered an apology (Chung Eui-yong)")),
        (2, "conflict", None),
    ],
    ids=["conflict to diverge", "to updated", "to agree", "between actors", "nothing was found to differ"],
)
def test_another_verdict_keeps_what_differs(filled: Store, row: int, verdict: str, differs: tuple | None) -> None:
    before = filled.rows.alignment(row).row
    decision = filled.review.decide(row, "relabel", by="ann", value=verdict)
    now = filled.rows.alignment(row).row
    assert now.status == verdict
    assert (now.dimensions, now.summary, now.between) == (before.dimensions, before.summary, before.between)
    assert ((*now.dimensions, now.summary) == differs) if differs else (now.dimensions == ())
    filled.articles.keep_alignments("pact", the_alignments(the_readings()), [1, 2, 3])
    assert filled.rows.alignment(row).row.summary == before.summary, "comparing again keeps it"
    filled.review.undo_decision(decision.id, by="ann")
    assert filled.rows.alignment(row).row == before


def test_a_confirmed_flag_and_a_dismissed_conflict_keep_what_differs(filled: Store) -> None:
    machine = filled.rows.alignment(1).row
    filled.review.decide(1, "relabel", by="ann", value="agree")
    filled.review.decide_flag(filled.review.flag(1, by="ann").id, "confirmed", by="ann")
    assert (filled.rows.alignment(1).row.summary, status(filled, 1)) == (machine.summary, Status.CONFLICT)
    filled.review.decide_flag(filled.rows.conflicts(story="pact").items[0].flag.id, "dismissed", by="ann")
    assert filled.rows.alignment(3).row.dimensions


def test_rows_that_are_split_keep_what_differs_where_both_sides_are(filled: Store) -> None:
    machine = filled.rows.alignment(1).row
    filled.review.decide(2, "merge", by="ann", value="1")
    filled.review.decide(1, "relabel", by="ann", value="diverge")
    filled.review.decide(1, "split", by="ann", claims=[2])
    stays = filled.rows.alignment(1).row
    assert (stays.status, stays.dimensions, stays.summary) == (Status.DIVERGE, machine.dimensions, machine.summary)
    filled.review.decide(1, "split", by="ann", claims=[1, 3])
    parted = next(r for r in filled.rows.every("pact") if {c.id for cell in r.cells for c in cell.claims} == {1, 3})
    assert (parted.dimensions, parted.summary) == (machine.dimensions, machine.summary)
    assert status(filled, 1) is Status.SINGLE, "one claim that is left differs from nothing"


def test_merging_moves_the_claims_and_the_old_address_still_answers(filled: Store) -> None:
    before = shape(filled)
    filled.review.flag(2, by="ann", note="see")
    decision = filled.review.decide(2, "merge", by="ann", value="1")
    row = filled.rows.alignment(1).row
    assert {c.id for cell in row.cells for c in cell.claims} == {1, 2, 3, 4}
    assert row.flags[0].note == "see"
    assert len(filled.rows.alignment(1).relations) == 4, "the pairs that nobody had judged are judged now"
    swallowed = filled.rows.alignment(2)
    assert (swallowed.row.id, swallowed.asked_id) == (1, 2)
    assert sum(filled.rows.story("pact").counts.values()) == 4
    assert filled.review.decide(2, "confirm", by="bob").alignment_id == 1, "what is said of it is said of the other"
    filled.review.undo_decision(decision.id, by="ann")
    assert shape(filled) == before


def test_merges_in_a_chain_end_at_the_last_row(filled: Store) -> None:
    filled.review.decide(4, "merge", by="ann", value="5")
    filled.review.decide(5, "merge", by="ann", value="2")
    assert filled.rows.alignment(4).row.id == filled.rows.alignment(5).row.id == 2
    assert filled.rows.alignment(4).row.outlets == 3


def test_lone_claims_merged_are_said_to_agree(filled: Store) -> None:
    filled.review.decide(5, "merge", by="ann", value="2")
    assert status(filled, 2) is Status.AGREE


def test_splitting_makes_a_row_and_undoing_takes_it_back(filled: Store) -> None:
    before = shape(filled)
    decision = filled.review.decide(1, "split", by="ann", claims=[3])
    rows = {r.id: {c.id for cell in r.cells for c in cell.claims} for r in filled.rows.every("pact")}
    assert rows[1] == {1}
    (made,) = set(rows) - {b[0] for b in before}
    assert rows[made] == {3}
    assert status(filled) is Status.SINGLE
    assert filled.rows.conflicts().total == 1
    filled.review.undo_decision(decision.id, by="ann")
    assert shape(filled) == before
    assert filled.rows.alignment(made).row.cells, "the address of the row that was made still answers"


@pytest.mark.parametrize(
    ("row", "kind", "said", "again"),
    [
        pytest.param(2, "merge", {"value": "1"}, (2, {"value": "1"}), id="merged"),
        pytest.param(2, "merge", {"value": "1"}, (1, {"value": "2"}), id="merged, said from the other row"),
        pytest.param(1, "split", {"claims": [3]}, (1, {"claims": [3]}), id="split"),
        pytest.param(1, "split", {"claims": [3]}, (1, {"value": "3"}), id="split, said in words"),
    ],
)
def test_merging_and_splitting_twice_is_doing_it_once(
    filled: Store, clock: Clock, row: int, kind: str, said: dict, again: tuple[int, dict]
) -> None:
    before = shape(filled)
    first = filled.review.decide(row, kind, by="ann", **said)  # type: ignore[arg-type]
    shown, lines = shape(filled), filled.audit.page().total
    clock.tick()
    assert filled.review.decide(again[0], kind, by="ann", **again[1]).id == first.id  # type: ignore[arg-type]
    assert (shape(filled), filled.audit.page().total) == (shown, lines)
    second = filled.review.decide(again[0], kind, by="bob", **again[1])  # type: ignore[arg-type]
    assert (second.by, second.alignment_id, shape(filled)) == ("bob", first.alignment_id, shown)
    filled.review.undo_decision(first.id, by="ann")
    assert shape(filled) == shown, "bob says so too"
    filled.review.undo_decision(second.id, by="bob")
    assert shape(filled) == before
    clock.tick()
    assert filled.review.decide(row, kind, by="ann", **said).id not in (first.id, second.id), "undone, it is said anew"  # type: ignore[arg-type]


def test_a_row_merged_through_another_is_merged_already_and_what_was_not_is_not(filled: Store) -> None:
    first = filled.review.decide(4, "merge", by="ann", value="5")
    filled.review.decide(5, "merge", by="ann", value="2")
    assert filled.review.decide(4, "merge", by="ann", value="2").id == first.id
    with pytest.raises(BadInput):
        filled.review.decide(1, "split", by="ann", claims=[7])
    filled.review.decide(1, "split", by="ann", claims=[3])
    with pytest.raises(BadInput):
        filled.review.decide(1, "split", by="ann", claims=[1])


def test_a_rejected_row_falls_apart_and_is_listed_as_dismissed(filled: Store) -> None:
    before = shape(filled)
    decision = filled.review.decide(1, "reject", by="ann", note="two matters")
    assert filled.library.claim(1).status is Status.SINGLE
    assert sum(filled.rows.story("pact").counts.values()) == 6
    view = filled.rows.alignment(1)
    assert view.rejected
    assert {c.id for cell in view.row.cells for c in cell.claims} == {1, 3}
    (item,) = filled.rows.conflicts(state="dismissed").items
    assert (item.row.id, len(item.claims), item.decisions[0].id) == (1, 2, decision.id)
    with pytest.raises(Conflicting):
        filled.review.flag(1, by="bob")
    filled.review.undo_decision(decision.id, by="ann")
    assert shape(filled) == before


def test_a_confirmed_row_leaves_the_open_queue(filled: Store) -> None:
    filled.review.decide(1, "confirm", by="ann")
    assert [c.row.id for c in filled.rows.conflicts(state="open").items] == [3]
    assert [c.row.id for c in filled.rows.conflicts(state="confirmed").items] == [1]
    assert filled.review.decide(1, "confirm", by="ann").id == filled.review.decide(1, "confirm", by="ann").id


@pytest.mark.parametrize(
    ("kind", "value"),
    [("reject", None), ("split", "3"), ("merge", "2"), ("relabel", "Named by hand"), ("confirm", None)],
)
def test_decisions_outlive_realigning(filled: Store, kind: str, value: str | None) -> None:
    decision = filled.review.decide(1, kind, by="ann", value=value)  # type: ignore[arg-type]
    shown = shape(filled)
    filled.articles.keep_alignments("pact", the_alignments(the_readings()), [1, 2, 3])
    assert shape(filled) == shown
    filled.articles.keep_alignments("pact", [], [1, 2, 3])
    filled.articles.keep_alignments("pact", the_alignments(the_readings()), [1, 2, 3])
    assert filled.review.undo_decision(decision.id, by="ann").undone_at is not None
    assert {r[1] for r in shape(filled)} == {
        "When the end was announced",
        "When the pact was signed",
        "Whether Japan apologised",
        *(r[1] for r in shape(filled) if r[2] is Status.SINGLE),
    }


# --- the queue -----------------------------------------------------------------------------------------------------


def test_the_queue_holds_the_machine_s_conflicts_and_people_s_flags_undecided_first(filled: Store) -> None:
    filled.review.flag(2, by="ann")
    filled.review.decide(1, "confirm", by="ann")
    assert [c.row.id for c in filled.rows.conflicts().items] == [2, 3, 1]
    first = filled.rows.conflicts(limit=1)
    second = filled.rows.conflicts(limit=1, cursor=first.next)
    assert [c.row.id for c in second.items] == [3]
    assert filled.rows.conflicts(limit=1, cursor=second.previous).items == first.items
    assert filled.rows.conflicts(story="pact").total == 3
    assert filled.rows.conflicts(story="none").total == 0


def test_the_front_page_shows_what_people_flagged_lately(filled: Store, clock: Clock) -> None:
    filled.review.flag(2, by="ann", note="one")
    clock.tick()
    filled.review.flag(1, by="bob", note="two")
    assert [(r.id, r.flag.by if r.flag else None) for r in filled.library.front().flagged] == [(1, "bob"), (2, "ann")]
