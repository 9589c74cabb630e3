"""Which conflict a reader sees first: an act and its denial before days and numbers, whoever else tells them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.records import Between, Dimension, Outcome, RelationKind, Status
from app.store import Store
from app.store.ranking import at_stake, matter, sureness
from app.store.row_facts import Tie, Why


def tie(dimension: Dimension, a: str, b: str, outcome: Outcome = Outcome.EXCLUDES) -> Tie:
    why = Why(dimension, outcome, a, b, "One is not the other.", None, None)
    return Tie(1, 1, 1, 2, RelationKind.CONFLICT, Between.ACTORS, 0.8, 0.9, None, (why,))


APOLOGY = tie(Dimension.POLARITY, "apologised", "never apologised")
DISPUTED = tie(Dimension.POLARITY, "the town had admitted faults in its bridge", "complained that it was misquoted")
DAY = tie(Dimension.DATE, "Aug. 23", "August 22nd")


@pytest.mark.parametrize(
    ("status", "ties", "wanted"),
    [
        pytest.param(Status.CONFLICT, [APOLOGY], 0, id="an act and its denial"),
        pytest.param(Status.CONFLICT, [DAY, APOLOGY], 0, id="a day as well"),
        pytest.param(
            Status.CONFLICT, [tie(Dimension.POLARITY, "an apology", "apologised")], 0, id="one act in two words"
        ),
        pytest.param(Status.CONFLICT, [tie(Dimension.POLARITY, "extend", "not renew")], 1, id="in other words"),
        pytest.param(Status.CONFLICT, [DISPUTED], 1, id="a statement disputed as a whole"),
        pytest.param(Status.CONFLICT, [DAY], 2, id="a day"),
        pytest.param(Status.CONFLICT, [], 2, id="called so by a person"),
        pytest.param(Status.UPDATED, [APOLOGY], 2, id="no conflict"),
        pytest.param(Status.CONFLICT, [tie(Dimension.POLARITY, "a", "b", Outcome.LATER)], 2, id="only later"),
    ],
)
def test_what_is_at_stake(status: Status, ties: list[Tie], wanted: int) -> None:
    assert at_stake(status, ties) == wanted


Row = tuple[int, float, float]
"""Outlets, probability, score."""
rows = st.tuples(st.integers(1, 200), st.floats(0, 1), st.floats(0, 1))


@given(st.sampled_from(Status), rows, rows)
def test_keys_stand_in_the_order_told(status: Status, row: Row, other: Row) -> None:
    """The more outlets, then the likelier, then the surer first; of what may differ the likelier before all."""

    def rank(row: Row) -> tuple[int, ...]:
        outlets, likely, score = min(row[0], 99), round(999 * row[1]), round(999 * row[2])
        return (likely, outlets, score) if status is Status.UNSURE else (outlets, likely, score)

    a, b = matter(status, [], *row, "x"), matter(status, [], *other, "x")
    assert (a < b, a == b) == (rank(row) > rank(other), rank(row) == rank(other))


def test_what_is_at_stake_goes_before_how_many_tell_it_and_how_sure_it_is() -> None:
    assert matter(Status.CONFLICT, [APOLOGY], 1, 0.0, 0.0, "x") < matter(Status.CONFLICT, [DAY], 99, 1.0, 1.0, "x")


def of(kind: RelationKind, probability: float) -> Tie:
    return replace(DAY, kind=kind, probability=probability)


@pytest.mark.parametrize(
    ("ties", "status", "wanted"),
    [
        pytest.param(
            [of(RelationKind.CONFLICT, 0.6), of(RelationKind.CONFLICT, 0.9)], Status.CONFLICT, 0.9, id="surest"
        ),
        pytest.param([of(RelationKind.CONFLICT, 0.6), of(RelationKind.AGREE, 0.9)], Status.CONFLICT, 0.6, id="its own"),
        pytest.param([of(RelationKind.AGREE, 0.7), of(RelationKind.AGREE, 0.9)], Status.AGREE, 0.7, id="weakest link"),
        pytest.param([of(RelationKind.UNSURE, 0.4), of(RelationKind.AGREE, 0.9)], Status.UNSURE, 0.4, id="open"),
        pytest.param([], Status.SINGLE, 1.0, id="nothing judged"),
    ],
)
def test_how_sure_a_row_is_of_its_relations(ties: list[Tie], status: Status, wanted: float) -> None:
    assert sureness(ties, status) == wanted


def test_the_apology_stands_above_the_day_that_more_outlets_tell(filled: Store) -> None:
    assert [r.label for r in filled.rows.story("pact").rows.items][:2] == [
        "Whether Japan apologised",
        "When the end was announced",
    ]


def test_in_the_bundled_example_the_apology_stands_on_top(example_store: Store) -> None:
    story = example_store.library.stories().items[0].story.slug
    top = example_store.rows.story(story, limit=1).rows.items[0]
    assert top.status is Status.CONFLICT
    said = " ".join(c.text for cell in top.cells for c in cell.claims)
    assert "apologi" in said
    assert "never apologi" in said
