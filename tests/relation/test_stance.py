"""The fitted stance model: complete, symmetric, and asked only of longer statements; rows about one rare thing."""

from __future__ import annotations

from dataclasses import replace

from app.core.records import PairScore, Reading
from app.core.relation import judge
from app.core.relation.stance import FEATURES, applies, features, load_model

LONG = "Critics said the plan would fail, but its author praised the progress that had been made in so short a time"
OTHER = "Supporters of the plan welcomed the progress, although they feared that it may not help those who need it most"


def test_the_model_fits_its_features(pair):
    model = load_model()
    assert set(model.answers) == {"agree", "contradict", "neutral"}
    assert len(model.edges) == len(FEATURES)
    assert all(list(edges) == sorted(edges) for edges in model.edges)
    assert all(len(row) == len(e) + 1 for rows in model.weights for row, e in zip(rows, model.edges, strict=True))
    assert 0.4 < model.provenance["macro_f1_topics_held_out"] < 1


def test_stance_is_the_same_from_both_ends(pair):
    a, b, _ = pair(LONG, OTHER)
    score = PairScore(0.2, aligned=False)
    assert features(a, b, score, ()) == features(b, a, score, ())
    assert load_model().answer(features(a, b, score, ())) in load_model().answers
    assert applies(a, b)
    assert not applies(a, pair("Too short", "x")[0])


def test_one_rare_measure_named_by_two_outlets_makes_a_row(pair):
    a, b, context = pair(
        "{number 6 hour:Six hours} before the {treaty gsomia:pact} was to end {state arvan:Arvan} stayed in it",
        "{state arvan:Arvan} kept the {treaty gsomia:pact} just {number 6 hour:six hours} before the deadline",
    )
    readings = [Reading(context.a_article, (a,), ()), Reading(context.b_article, (b,), ())]
    (row,) = judge([], readings)
    assert row.relations[0].score.parts[0].say == "In this story only these two name 6 hours."
    assert judge([row], readings) == (row,)
    third = Reading(replace(context.a_article, outlet="Post"), (a,), ())
    assert judge([], [*readings, third]) == ()
