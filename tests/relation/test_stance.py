"""The fitted stance model: complete, symmetric, and asked only of longer statements; rows about one rare thing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.core.records import Reading
from app.core.relation import judge
from app.core.relation.stance import FEATURES, applies, features, load_model

LONG = "Critics said the plan would fail, but its author praised the progress that had been made in so short a time"
THIRD = (
    "The mayor of a town nearby said that nobody had asked him, and that he would rather wait for the court to speak"
)
OTHER = "Supporters of the plan welcomed the progress, although they feared that it may not help those who need it most"


def test_the_model_fits_its_features():
    model = load_model()
    assert set(model.answers) == {"agree", "contradict", "neutral"}
    assert model.weights.shape == (len(FEATURES), 3)
    assert len(model.curves) == len(model.usual) == len(model.spread) == len(FEATURES)
    for at, to in model.curves:
        assert list(at) == sorted(set(at))
        assert list(to) == sorted(to)
    assert 0.4 < model.provenance["macro_f1_topics_held_out"] < 1


def test_stance_is_the_same_from_both_ends(pair):
    a, b, _ = pair(LONG, OTHER)
    c, _, _ = pair(THIRD, "x")
    there, back = features([(a, b), (a, c)]), features([(c, a), (b, a)])
    assert np.array_equal(there, back[::-1])
    assert np.array_equal(features([(a, b), (a, c), (a, b)])[2], there[0])
    assert set(load_model().answer(there)) <= set(load_model().answers)
    assert applies(a, b)
    assert not applies(a, pair("Too short", "x")[0])
    assert features([]).shape == (0, len(FEATURES))


@pytest.mark.parametrize("texts", [("", "x"), ("…", "—"), ("문재인 대통령", "安倍首相"), (LONG, LONG)])
def test_odd_texts_have_features_too(pair, texts):
    a, b, _ = pair(*texts)
    values = features([(a, b)])
    assert np.isfinite(values).all()
    assert np.isfinite(load_model().odds(values)).all()


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
