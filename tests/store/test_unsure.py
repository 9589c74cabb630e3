"""Rows that may differ, and how sure every row is: kept, put in order, and left alone by what only people say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from made_up import relate, the_alignments, the_readings

from app.core.records import Alignment, ClaimRef, RelationKind, Status
from app.errors import BadInput
from app.store import Store
from app.store.views import Query

IDS = [1, 2, 3]


def told(
    kind: RelationKind, probability: float, *, row: int = 1, claims: tuple[ClaimRef, ...] | None = None
) -> Alignment:
    """One of the made-up rows, judged so."""
    given = the_alignments(the_readings())[row - 1]
    a, b = claims or given.claims
    relation = relate(the_readings(), a, b, kind, probability=probability)
    return replace(
        given, claims=(a, b), status=Status(kind.value), relations=(relation,), probability=probability, label=f"{row}"
    )


def keep(store: Store, *rows: Alignment) -> dict[str, int]:
    store.articles.keep_alignments("pact", rows, IDS)
    return {r.label: r.id for r in store.rows.every("pact")}


@pytest.fixture
def doubtful(filled: Store) -> Store:
    """Row 1 is a conflict of .81234, row 2 may differ by .4, row 3 by .6."""
    keep(
        filled,
        told(RelationKind.CONFLICT, 0.81234),
        told(RelationKind.UNSURE, 0.4, row=2),
        told(RelationKind.UNSURE, 0.6, row=3),
    )
    return filled


def test_a_row_s_probability_is_kept_and_shown_to_three_places(doubtful: Store) -> None:
    view = doubtful.rows.alignment(1)
    assert (view.row.status, view.row.probability) == (Status.CONFLICT, 0.812)
    assert [r.probability for r in view.relations] == [0.812]
    assert doubtful.rows.conflicts().items[0].row.probability == 0.812
    assert [c.row.probability for c in doubtful.rows.changes(slug="pact")] == [0.812]


def test_what_may_differ_stands_after_what_changed_and_before_what_agrees_the_likelier_first(doubtful: Store) -> None:
    keep(
        doubtful,
        told(RelationKind.UPDATED, 0.9),
        told(RelationKind.UNSURE, 0.4, row=2),
        told(RelationKind.UNSURE, 0.6, row=3),
    )
    found = [(r.status, r.probability) for r in doubtful.rows.every("pact") if r.status is not Status.SINGLE]
    assert found == [(Status.UPDATED, 0.9), (Status.UNSURE, 0.6), (Status.UNSURE, 0.4)]
    by_event = [r.status for r in doubtful.rows.story("pact", sort="event").rows.items]
    assert sorted(by_event) == sorted(r.status for r in doubtful.rows.every("pact"))


def test_it_is_counted_chosen_and_searched_by_its_name(doubtful: Store) -> None:
    view = doubtful.rows.story("pact", status="unsure")
    assert (view.rows.total, view.counts[Status.UNSURE]) == (2, 2)
    assert {f.value: f.count for f in doubtful.library.search(Query()).relations}["unsure"] == 4
    assert doubtful.library.search(Query(relation="unsure")).hits.total == 4
    assert Status.UNSURE not in {r.status for r in doubtful.rows.story("pact", only_differences=True).rows.items}


def test_it_is_neither_flagged_by_the_machine_nor_agreement_in_the_pictures(doubtful: Store) -> None:
    assert [c.row.id for c in doubtful.rows.conflicts().items] == [1]
    (pair,) = [m for m in doubtful.rows.story("pact").matrix if m.shared]
    assert (pair.shared, pair.agree, pair.conflict) == (2, 0, 1)


def test_the_likelier_conflict_is_reviewed_first_but_after_what_people_flagged(filled: Store) -> None:
    keep(
        filled,
        told(RelationKind.CONFLICT, 0.7),
        told(RelationKind.CONFLICT, 0.9, row=3),
        told(RelationKind.UNSURE, 0.5, row=2),
    )
    assert [c.row.id for c in filled.rows.conflicts().items] == [3, 1]
    filled.review.flag(2, by="ann")
    first = filled.rows.conflicts().items[0].row
    assert (first.id, first.status) == (2, Status.UNSURE)


def confirm(store: Store, row: int) -> None:
    store.review.decide(row, "confirm", by="ann")


def relabel(store: Store, row: int) -> None:
    store.review.decide(row, "relabel", by="ann", value="diverge")


def settle(state: str) -> Callable[[Store, int], None]:
    def do(store: Store, row: int) -> None:
        store.review.decide_flag(store.review.flag(row, by="ann").id, state, by="ann")

    return do


@pytest.mark.parametrize(
    ("say", "row", "status", "probability"),
    [
        pytest.param(confirm, 1, Status.CONFLICT, 1.0, id="a conflict confirmed"),
        pytest.param(relabel, 1, Status.DIVERGE, 1.0, id="another verdict"),
        pytest.param(settle("dismissed"), 1, Status.DIVERGE, 1.0, id="its flags dismissed"),
        pytest.param(settle("open"), 1, Status.CONFLICT, 0.812, id="flagged, not decided"),
        pytest.param(relabel, 2, Status.DIVERGE, 1.0, id="doubt decided"),
        pytest.param(settle("confirmed"), 2, Status.CONFLICT, 1.0, id="doubt confirmed as a conflict"),
        pytest.param(confirm, 2, Status.UNSURE, 0.4, id="that they belong together says not whether they differ"),
        pytest.param(settle("dismissed"), 2, Status.UNSURE, 0.4, id="no conflict, but perhaps a difference"),
    ],
)
def test_what_a_person_decided_has_no_odds(
    doubtful: Store, say: Callable[[Store, int], None], row: int, status: Status, probability: float
) -> None:
    say(doubtful, row)
    shown = doubtful.rows.alignment(row).row
    assert (shown.status, shown.probability) == (status, probability)


@pytest.mark.parametrize("value", ["unsure", "single-source"])
def test_nobody_decides_that_he_is_not_sure(doubtful: Store, value: str) -> None:
    with pytest.raises(BadInput, match="no verdict"):
        doubtful.review.decide(1, "relabel", by="ann", value=value)


def test_to_confirm_that_the_tool_is_not_sure_teaches_no_relation(doubtful: Store) -> None:
    confirm(doubtful, 2)
    (line,) = doubtful.review.labelled_pairs()
    assert (line.same, line.relation) == (True, None)
    assert doubtful.review.reviewed().rows == 0, "it said nothing that could be right or wrong"


def test_what_people_put_together_is_as_sure_as_its_relations(doubtful: Store) -> None:
    doubtful.review.decide(2, "merge", by="ann", value="1")
    row = doubtful.rows.alignment(1)
    surest = max(r.probability for r in row.relations if r.kind.value == row.row.status.value)
    assert row.row.probability == surest


def test_two_outlets_beside_each_other_are_as_sure_as_what_is_between_them(filled: Store) -> None:
    a, b, c = ClaimRef(0, "c0"), ClaimRef(1, "c0"), ClaimRef(2, "c2")
    r = the_readings()
    pairs = (
        relate(r, a, b, RelationKind.CONFLICT, probability=0.9),
        relate(r, a, c, RelationKind.UNSURE, probability=0.5),
        relate(r, b, c, RelationKind.CONFLICT, probability=0.7),
    )
    row = Alignment("r1", "three", Status.CONFLICT, (a, b, c), pairs, probability=0.9)
    keep(filled, row)

    def of(*outlets: str) -> tuple[Status, float]:
        found = filled.rows.story("pact", outlets=outlets).rows.items
        return next((x.status, x.probability) for x in found if x.label == "three")

    assert of() == (Status.CONFLICT, 0.9)
    assert of("alpha-wire", "gamma-news") == (Status.UNSURE, 0.5)
    assert of("beta-times", "gamma-news") == (Status.CONFLICT, 0.7)


def test_the_same_rows_with_another_probability_are_written_anew(doubtful: Store) -> None:
    rows = [
        told(RelationKind.CONFLICT, 0.7),
        told(RelationKind.UNSURE, 0.4, row=2),
        told(RelationKind.UNSURE, 0.6, row=3),
    ]
    keep(doubtful, *rows)
    assert doubtful.rows.alignment(1).row.probability == 0.7


def test_a_frozen_comparison_keeps_the_odds_of_then(doubtful: Store) -> None:
    frozen = doubtful.snapshots.freeze("pact", by="ann").id
    confirm(doubtful, 1)
    kept = {r.id: (r.status, r.probability) for r in doubtful.snapshots.snapshot(frozen).view.rows.items}
    assert kept[1] == (Status.CONFLICT, 0.812)
    assert kept[2] == (Status.UNSURE, 0.4)


def test_a_class_is_not_held_against_what_the_tool_did_not_say(doubtful: Store) -> None:
    code = doubtful.snapshots.start_class("pact", by="ann")[0].code
    doubtful.snapshots.mark_rows(code, "Blue", {1: "conflict", 2: "diverge", 3: "unsure"})
    doubtful.snapshots.reveal_class(code, by="ann")
    view = doubtful.snapshots.class_view(code)
    assert (view.marked, view.matched) == (1, 1)
