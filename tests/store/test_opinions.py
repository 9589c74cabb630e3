"""One person does not silently undo another's word: a second opinion stands beside the first, and an undo says whose it undoes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from behind import behind
from clock import Clock
from made_up import the_alignments, the_readings

from app.core.records import Status
from app.errors import Conflicting, NotFound, NotYours
from app.store import Store
from app.store.opinions import OpinionGiven, answer_in_force, differ, standings
from app.store.views import DecisionView, FlagView

IDS = [1, 2, 3]


def status(store: Store, row: int = 1) -> Status:
    return store.rows.alignment(row).row.status


def sound(store: Store) -> None:
    """What is shown is what was decided, and every word has its line."""
    assert store.checks.answer("shown").faults == ()
    assert store.checks.answer("audit").faults == ()


def machines_flag(store: Store, row: int = 1) -> int:
    return next(c.flag.id for c in store.rows.conflicts().items if c.row.id == row and c.flag)


@pytest.fixture
def two(filled: Store) -> Iterator[Store]:
    """The same store where a decision needs two people."""
    filled.deciders = 2
    yield filled
    sound(filled)


# --- the rule itself, as a table -----------------------------------------------------------------------------------

A, B, C, D = "ann", "bob", "cy", "dee"
RULE = {
    "nobody": ([], None),
    "one": ([(A, "x", 1)], "x"),
    "the second is beside": ([(A, "x", 1), (B, "y", 1)], "x"),
    "the second agrees": ([(A, "x", 1), (B, "x", 1)], "x"),
    "two against the first": ([(A, "x", 1), (B, "y", 1), (C, "y", 1)], "x"),
    "a mind is changed": ([(A, "x", 1), (A, "y", 1)], "y"),
    "a mind is changed after another spoke": ([(A, "x", 1), (B, "y", 1), (A, "z", 1)], "z"),
    "two are needed": ([(A, "x", 2)], None),
    "two are there": ([(A, "x", 2), (B, "x", 2)], "x"),
    "one twice is one": ([(A, "x", 2), (A, "x", 2)], None),
    "two that differ": ([(A, "x", 2), (B, "y", 2)], None),
    "the first two that share": ([(A, "x", 2), (B, "y", 2), (C, "y", 2), (D, "x", 2)], "y"),
    "one was enough then": ([(A, "x", 1), (B, "y", 2)], "x"),
    "one is enough now": ([(A, "x", 2), (B, "y", 1)], "y"),
    "what holds stays until two agree on another": ([(A, "x", 1), (A, "y", 2)], "x"),
    "and then goes": ([(A, "x", 1), (A, "y", 2), (B, "y", 2)], "y"),
    "of old the last overrode": ([(A, "x", 0), (B, "y", 0)], "y"),
    "of old, then a new one": ([(A, "x", 0), (B, "y", 0), (C, "x", 1)], "y"),
    "of old, changed by the one who said it": ([(A, "x", 0), (A, "y", 1)], "y"),
}


@pytest.mark.parametrize(("said", "force"), RULE.values(), ids=RULE.keys())
def test_which_word_is_in_force(said: list[tuple[str, str, int]], force: str | None) -> None:
    assert (
        answer_in_force(OpinionGiven(i, by, "q", answer, needs) for i, (by, answer, needs) in enumerate(said)) == force
    )


def test_what_the_others_are() -> None:
    words = [OpinionGiven(1, A, "q", "x", 1), OpinionGiven(2, B, "q", "y", 1), OpinionGiven(3, C, "other", "y", 2)]
    assert standings(words) == {1: "in force", 2: "beside", 3: "proposed"}
    assert differ(words)
    assert not differ(words[:1] + words[2:])
    assert not differ([OpinionGiven(1, A, "q", "x", 1), OpinionGiven(2, A, "q", "y", 1)]), (
        "a changed mind is one opinion"
    )


# --- decisions -----------------------------------------------------------------------------------------------------


def test_a_second_verdict_stands_beside_the_first(filled: Store, clock: Clock) -> None:
    first = filled.review.decide(1, "relabel", by="ann", value="diverge")
    clock.tick()
    second = filled.review.decide(1, "relabel", by="bob", value="updated", note="three months apart")
    assert (first.standing, second.standing) == ("in force", "beside")
    row = filled.rows.alignment(1).row
    assert row.status is Status.DIVERGE
    assert [(d.by, d.value, d.standing) for d in row.decisions] == [
        ("ann", "diverge", "in force"),
        ("bob", "updated", "beside"),
    ]
    assert row.two_opinions
    assert next(r for r in filled.rows.every("pact") if r.id == 1).two_opinions
    sound(filled)
    filled.review.undo_decision(first.id, by="ann")
    assert status(filled) is Status.UPDATED, "hers taken back, his is what is left"
    assert not filled.rows.alignment(1).row.two_opinions
    filled.review.undo_decision(second.id, by="bob")
    assert status(filled) is Status.CONFLICT
    sound(filled)


def test_who_agrees_is_named_and_carries_it_on(filled: Store) -> None:
    first = filled.review.decide(1, "relabel", by="ann", value="diverge")
    same = filled.review.decide(1, "relabel", by="bob", value="diverge")
    agreed = filled.review.agree(first.id, by="cy", note="so do I")
    assert {same.standing, agreed.standing} == {"in force"}
    assert filled.review.agree(first.id, by="cy").id == agreed.id
    filled.review.undo_decision(first.id, by="ann")
    assert status(filled) is Status.DIVERGE
    assert not filled.rows.alignment(1).row.two_opinions


@pytest.mark.parametrize(
    ("act", "error"),
    [
        pytest.param(lambda s, d: s.review.agree(d, by="ann"), Conflicting, id="with oneself"),
        pytest.param(lambda s, d: s.review.agree(99, by="bob"), NotFound, id="with nothing"),
        pytest.param(
            lambda s, d: (s.review.undo_decision(d, by="ann"), s.review.agree(d, by="bob")),
            Conflicting,
            id="with one undone",
        ),
    ],
)
def test_there_is_nothing_to_agree_with(filled: Store, act: Callable, error: type) -> None:
    decision = filled.review.decide(1, "confirm", by="ann")
    with pytest.raises(error):
        act(filled, decision.id)


BESIDE: dict[str, tuple[tuple, tuple]] = {
    "another wording": (("relabel", {"value": "One"}), ("relabel", {"value": "Two"})),
    "a verdict after a confirmation": (("confirm", {}), ("relabel", {"value": "diverge"})),
    "a parting after a confirmation": (("confirm", {}), ("reject", {})),
    "a parting after a verdict": (("relabel", {"value": "diverge"}), ("reject", {})),
    "a confirmation after a parting": (("reject", {}), ("confirm", {})),
    "a verdict after a parting": (("reject", {}), ("relabel", {"value": "agree"})),
}


@pytest.mark.parametrize(("first", "second"), BESIDE.values(), ids=BESIDE.keys())
def test_what_contradicts_is_beside(filled: Store, clock: Clock, first: tuple, second: tuple) -> None:
    filled.review.decide(1, first[0], by="ann", **first[1])
    shown = [(r.id, r.label, r.status) for r in filled.rows.every("pact")]
    clock.tick()
    assert filled.review.decide(1, second[0], by="bob", **second[1]).standing == "beside"
    assert [(r.id, r.label, r.status) for r in filled.rows.every("pact")] == shown
    assert filled.rows.alignment(1).row.two_opinions
    filled.articles.keep_alignments("pact", the_alignments(the_readings()), IDS)
    assert [d.standing for d in filled.rows.alignment(1).row.decisions] == ["in force", "beside"], (
        "they outlive comparing anew"
    )
    sound(filled)


TOGETHER: dict[str, tuple[tuple, tuple]] = {
    "a wording and a verdict": (("relabel", {"value": "One"}), ("relabel", {"value": "diverge"})),
    "a confirmation of the verdict given": (("relabel", {"value": "diverge"}), ("confirm", {})),
    "the same parting": (("relabel", {"value": "One"}), ("reject", {})),
    "a split beside a wording": (("relabel", {"value": "One"}), ("split", {"claims": [3]})),
}


@pytest.mark.parametrize(("first", "second"), TOGETHER.values(), ids=TOGETHER.keys())
def test_what_does_not_contradict_is_in_force_too(filled: Store, first: tuple, second: tuple) -> None:
    filled.review.decide(1, first[0], by="ann", **first[1])
    assert filled.review.decide(1, second[0], by="bob", **second[1]).standing == "in force"
    assert not filled.rows.alignment(1).row.two_opinions
    sound(filled)


def test_putting_together_again_what_another_split_is_beside(filled: Store, clock: Clock) -> None:
    split = filled.review.decide(1, "split", by="ann", claims=[3])
    made = next(r.id for r in filled.rows.every("pact") if {c.id for x in r.cells for c in x.claims} == {3})
    clock.tick()
    assert filled.review.decide(made, "merge", by="bob", value="1").standing == "beside"
    assert {r.id for r in filled.rows.every("pact")} >= {1, made}
    filled.review.undo_decision(split.id, by="ann")
    sound(filled)


def test_a_mind_is_changed_by_the_one_who_has_it(filled: Store, clock: Clock) -> None:
    filled.review.decide(1, "relabel", by="ann", value="diverge")
    clock.tick()
    filled.review.decide(1, "relabel", by="ann", value="updated")
    clock.tick()
    filled.review.decide(1, "relabel", by="ann", value="diverge")
    assert status(filled) is Status.DIVERGE
    assert not filled.rows.alignment(1).row.two_opinions


def test_undoing_anothers_decision_asks_whose_it_is(filled: Store, clock: Clock) -> None:
    decision = filled.review.decide(1, "relabel", by="ann", value="diverge")
    for whose in (None, "bob", "cy"):
        with pytest.raises(NotYours, match="ann's, not bob's"):
            filled.review.undo_decision(decision.id, by="bob", whose=whose)
    assert status(filled) is Status.DIVERGE
    clock.tick()
    filled.review.undo_decision(decision.id, by="bob", whose="ann")
    (told,) = [d for d in filled.rows.alignment(1).history if isinstance(d, DecisionView)]
    assert (told.by, told.undone_by) == ("ann", "bob")
    (item,) = [i for i in filled.rows.conflicts().items if i.row.id == 1]
    assert [(d.by, d.undone_by) for d in item.undone] == [("ann", "bob")]
    last = filled.audit.page().items[0]
    assert (last.by, last.before["by"]) == ("bob", "ann")


def test_decisions_of_before_stay_in_force_as_they_were(filled: Store, clock: Clock) -> None:
    """When each word overrode the one before, the last was shown; it still is, and what comes now stands beside it."""
    filled.review.decide(1, "relabel", by="ann", value="diverge")
    clock.tick()
    filled.review.decide(1, "relabel", by="bob", value="updated")
    with behind(filled) as run:
        run("UPDATE decisions SET needs = 0, stood = NULL, standing = 'in force'")
    filled.checks.repair("guards")
    filled.checks.repair("shown")
    assert status(filled) is Status.UPDATED
    assert filled.rows.alignment(1).row.two_opinions, "two people had said two things"
    clock.tick()
    assert filled.review.decide(1, "relabel", by="cy", value="agree").standing == "beside"
    assert status(filled) is Status.UPDATED
    sound(filled)


# --- flags ---------------------------------------------------------------------------------------------------------


def test_a_second_opinion_on_a_flag_stands_beside_the_first(filled: Store, clock: Clock) -> None:
    flag = machines_flag(filled)
    filled.review.decide_flag(flag, "confirmed", by="ann", note="p. 3")
    clock.tick()
    view = filled.review.decide_flag(flag, "dismissed", by="bob", note="midnight")
    assert (view.state, view.decided_by) == ("confirmed", "ann")
    assert [(o.by, o.says, o.note, o.standing) for o in view.opinions] == [
        ("ann", "confirmed", "p. 3", "in force"),
        ("bob", "dismissed", "midnight", "beside"),
    ]
    (item,) = filled.rows.conflicts(state="confirmed").items
    assert item.two_opinions
    assert filled.rows.alignment(1).row.two_opinions
    clock.tick()
    view = filled.review.decide_flag(flag, "open", by="ann")
    assert (view.state, view.decided_by) == ("dismissed", "bob"), "hers taken back, his is what is left"
    assert status(filled) is Status.DIVERGE
    assert filled.review.decide_flag(flag, "open", by="bob").state == "open"
    sound(filled)


def test_opening_what_another_settled_asks_whose_it_is(filled: Store, clock: Clock) -> None:
    flag = machines_flag(filled)
    filled.review.decide_flag(flag, "dismissed", by="ann")
    with pytest.raises(NotYours):
        filled.review.decide_flag(flag, "open", by="bob")
    clock.tick()
    assert filled.review.decide_flag(flag, "open", by="bob", whose="ann").state == "open"
    told = [h for h in filled.rows.alignment(1).history if isinstance(h, FlagView)][-1]
    assert (told.decided_by, told.whose) == ("bob", "ann")
    last = filled.audit.page().items[0]
    assert (last.by, last.what, last.before["by"]) == ("bob", "opened", "ann")


def test_ones_own_opinion_is_taken_back_and_the_other_stays(filled: Store) -> None:
    flag = machines_flag(filled)
    filled.review.decide_flag(flag, "confirmed", by="ann")
    filled.review.decide_flag(flag, "dismissed", by="bob")
    view = filled.review.decide_flag(flag, "open", by="bob")
    assert (view.state, [o.by for o in view.opinions]) == ("confirmed", ["ann"])


def test_anothers_flag_is_withdrawn_only_by_who_says_whose_it_is(filled: Store) -> None:
    flag = filled.review.flag(2, by="ann")
    with pytest.raises(NotYours):
        filled.review.withdraw_flag(flag.id, by="bob")
    assert filled.review.withdraw_flag(flag.id, by="bob", whose="ann").state == "withdrawn"


def test_a_note_takes_nobodys_word_back(two: Store) -> None:
    flag = machines_flag(two)
    two.review.decide_flag(flag, "confirmed", by="ann")
    view = two.review.decide_flag(flag, "open", by="ann", note="still waiting for the ministry")
    assert [o.by for o in view.opinions] == ["ann"]


@pytest.mark.parametrize("first", ["flag", "decision"])
def test_a_flag_and_a_verdict_do_not_override_each_other(filled: Store, clock: Clock, first: str) -> None:
    if first == "flag":
        flag = filled.review.flag(2, by="ann")
        filled.review.decide_flag(flag.id, "confirmed", by="ann")
        clock.tick()
        assert filled.review.decide(2, "relabel", by="bob", value="agree").standing == "beside"
        assert status(filled, 2) is Status.CONFLICT
    else:
        filled.review.decide(2, "relabel", by="bob", value="diverge")
        clock.tick()
        view = filled.review.decide_flag(filled.review.flag(2, by="ann").id, "confirmed", by="ann")
        assert (view.state, view.opinions[0].standing) == ("open", "beside")
        assert status(filled, 2) is Status.DIVERGE
    assert filled.rows.alignment(2).row.two_opinions
    sound(filled)


# --- where a decision needs two people -----------------------------------------------------------------------------

KINDS: dict[str, tuple[str, dict]] = {
    "confirm": ("confirm", {}),
    "a verdict": ("relabel", {"value": "diverge"}),
    "a wording": ("relabel", {"value": "Which day"}),
    "reject": ("reject", {}),
    "merge": ("merge", {"value": "2"}),
    "split": ("split", {"claims": [3]}),
}


def shape(store: Store) -> list[tuple]:
    return [(r.id, r.label, r.status, [c.id for x in r.cells for c in x.claims]) for r in store.rows.every("pact")]


@pytest.mark.parametrize("how", ["agrees", "decides the same"])
@pytest.mark.parametrize(("kind", "more"), KINDS.values(), ids=KINDS.keys())
def test_a_decision_takes_force_with_the_second_person(
    two: Store, clock: Clock, kind: str, more: dict, how: str
) -> None:
    before = shape(two)
    first = two.review.decide(1, kind, by="ann", **more)
    assert first.standing == "proposed"
    assert two.review.decide(1, kind, by="ann", **more).id == first.id, "one's own word twice is one"
    assert shape(two) == before
    assert two.rows.conflicts(state="open").total == 2
    clock.tick()
    second = two.review.agree(first.id, by="bob") if how == "agrees" else two.review.decide(1, kind, by="bob", **more)
    assert second.standing == "in force"
    if kind == "confirm":
        assert two.rows.conflicts(state="confirmed").total == 1
    else:
        assert shape(two) != before
    after = shape(two)
    two.review.undo_decision(second.id, by="bob")
    assert shape(two) == before, "alone again it is a proposal"
    two.review.agree(first.id, by="cy")
    assert shape(two) == after
    for decision in (d.id for d in two.rows.alignment(1).history if isinstance(d, DecisionView) and not d.undone_at):
        two.review.undo_decision(
            decision, by="dee", whose=next(d.by for d in two.rows.alignment(1).history if d.id == decision)
        )
    assert shape(two) == before


def test_two_proposals_that_differ_are_two_opinions(two: Store) -> None:
    two.review.decide(1, "relabel", by="ann", value="diverge")
    two.review.decide(1, "relabel", by="bob", value="updated")
    assert two.rows.alignment(1).row.two_opinions
    assert status(two) is Status.CONFLICT
    two.review.decide(1, "relabel", by="cy", value="updated")
    assert status(two) is Status.UPDATED


def test_a_flag_is_settled_by_the_second_person(two: Store, clock: Clock) -> None:
    flag = machines_flag(two)
    view = two.review.decide_flag(flag, "dismissed", by="ann")
    assert (view.state, [(o.by, o.standing) for o in view.opinions]) == ("open", [("ann", "proposed")])
    assert two.rows.alignment(1).row.flags[0].id == flag, "what is proposed of the machine's flag is shown with the row"
    clock.tick()
    view = two.review.decide_flag(flag, "dismissed", by="bob")
    assert (view.state, view.decided_by) == ("dismissed", "bob")
    assert status(two) is Status.DIVERGE
    view = two.review.decide_flag(flag, "open", by="bob")
    assert (view.state, [(o.by, o.standing) for o in view.opinions]) == ("open", [("ann", "proposed")])


def test_decisions_made_alone_stay_when_two_are_needed(filled: Store) -> None:
    filled.review.decide(1, "relabel", by="ann", value="diverge")
    filled.review.decide_flag(filled.review.flag(2, by="ann").id, "confirmed", by="ann")
    filled.deciders = 2
    assert filled.review.decide(1, "relabel", by="bob", value="updated").standing == "beside"
    filled.articles.keep_alignments("pact", the_alignments(the_readings()), IDS)
    assert (status(filled), status(filled, 2)) == (Status.DIVERGE, Status.CONFLICT)
    sound(filled)


def test_only_what_is_in_force_is_learned_from(two: Store) -> None:
    first = two.review.decide(1, "confirm", by="ann")
    assert (list(two.review.labelled_pairs()), two.review.reviewed().rows) == ([], 0)
    two.review.agree(first.id, by="bob")
    assert two.review.reviewed().rows == 1


@pytest.mark.sqlite_file
def test_an_older_database_keeps_what_was_said(
    filled: Store, older: Callable[[sqlite3.Connection], None], clock: Clock
) -> None:
    from app.store import upgrade

    filled.review.decide(2, "relabel", by="ann", value="updated")
    filled.review.decide_flag(machines_flag(filled), "dismissed", by="bob", note="n")
    filled.review.decide(4, "merge", by="ann", value="5")
    before = (shape(filled), filled.rows.conflicts(state="dismissed").total)
    path: Path = filled.path
    filled.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        older(connection)
    upgrade(path)
    with Store(path, now=clock) as store:
        store.checks.repair("shown")
        assert (shape(store), store.rows.conflicts(state="dismissed").total) == before
        flag = next(i.flag for i in store.rows.conflicts(state="dismissed").items)
        assert flag is not None
        assert [(o.by, o.says, o.standing) for o in flag.opinions] == [("bob", "dismissed", "in force")]
        with pytest.raises(NotYours):
            store.review.decide_flag(flag.id, "open", by="ann")
        assert store.review.decide_flag(flag.id, "open", by="bob").state == "open"
        assert store.checks.answer("audit").faults == ()


def test_who_took_a_row_apart_undoes_that_first(filled: Store) -> None:
    filled.review.decide(1, "reject", by="ann")
    with pytest.raises(Conflicting, match="no longer stands"):
        filled.review.decide(1, "relabel", by="ann", value="diverge")
    assert filled.review.decide(1, "relabel", by="bob", value="diverge").standing == "beside"
