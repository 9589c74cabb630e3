"""The JSON of the contract: what `compare` says of a row and its relations."""

from __future__ import annotations

import json

import pytest

from app.core.records import Alignment, Between, ClaimRef, PairScore, Relation, RelationKind, Status
from app.wire import alignment_json


@pytest.mark.parametrize("kind", RelationKind)
@pytest.mark.parametrize(("probability", "said"), [(0.45678, 0.457), (1.0, 1.0), (2 / 3, 0.667)])
def test_rows_and_relations_have_their_kind_and_its_probability(
    kind: RelationKind, probability: float, said: float
) -> None:
    refs = ClaimRef(0, "c1"), ClaimRef(1, "c1")
    relation = Relation(
        *refs, PairScore(0.8, aligned=True, parts=(), shared=()), kind, Between.OUTLETS, (), probability
    )
    row = alignment_json(Alignment("r1", "x", Status(kind.value), refs, (relation,), probability=probability))
    assert json.loads(json.dumps(row)) == row
    assert (row["status"], row["probability"]) == (kind.value, said)
    assert [(r["kind"], r["probability"]) for r in row["relations"]] == [(kind.value, said)]


def test_a_claim_of_a_row_has_the_clause_that_puts_it_there() -> None:
    refs = ClaimRef(0, "c1"), ClaimRef(1, "c1")
    row = alignment_json(Alignment("r1", "x", Status.AGREE, refs, clauses=((4, 20), (7, 31))))
    assert row["claims"] == [
        {"article": 0, "claim": "c1", "clause": [4, 20]},
        {"article": 1, "claim": "c1", "clause": [7, 31]},
    ]


def test_kinds_and_statuses_stand_in_one_order_of_strength() -> None:
    assert [s.value for s in Status][:-1] == [k.value for k in RelationKind]
