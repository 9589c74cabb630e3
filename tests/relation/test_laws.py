"""Laws that hold for any two statements: from either end, in any order, asked once or twice, with the encoder or without."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.encoder import load_encoder
from app.core.records import Between, Outcome, PairScore, RelationKind
from app.core.relation import PairInContext, relate_all
from app.core.relation.found import Slots, found_between
from app.core.relation.verdict import GUARDS, verdict
from app.core.relation.wording import compare_wording
from app.core.relation.worth import load_worth
from app.core.thresholds import PLAIN_WORTH, SILENT_WORTH, TOLD_FROM, UNSURE_FROM

SPEAKERS = [
    "",
    "{says ana-lind:Ana Lind said} ",
    "{says jon-aske denies:Jon Aske denied} ",
    "{quotes ministry:The ministry said} ",
    "{says source:A source said} ",
]
WHO = ["Arvan", "{state arvan:Arvan}", "{organisation ferro:Ferro}", "{person ana-lind:Ana Lind}", "문재인", "Police"]
ACTS = [
    "will {does terminate future arvan>-:terminate} the pact",
    "{does extend:extended} the pact",
    "may {does terminate possible:end} the pact if talks fail",
    "never {does apologise not arvan>-:apologised} for the raid",
    "{does apologise arvan>-:apologised} for the raid",
    "{does attack arvan>oresk:attacked} {state oresk:Oresk}",
    "{does attack oresk>arvan:attacked} {state arvan:Arvan}",
    "{does suspend:suspended} the case",
    "killed {number 31 person - people dead:31 people}",
    "killed {number 40 person at_least people dead:at least 40 people}",
    "injured {number 12 person about people injured:about a dozen}",
]
WHEN = ["", " on {date 2020-03-04:Wednesday}", " in {date 2020-03:March}", " from {date 2020-03-03..2020-03-06:March 3 to 6}", " at midnight on {date 2020-03-05:Thursday}", " in {about 2020:early 2020}"]  # fmt: skip
STATEMENTS = st.tuples(*(st.sampled_from(p) for p in (SPEAKERS, WHO, ACTS, WHEN))).map(
    "{0[0]}{0[1]} {0[2]}{0[3]}".format
)
DAYS = st.one_of(st.none(), st.integers(0, 120).map(lambda n: (date(2020, 1, 1) + timedelta(n)).isoformat()))
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ALL = (*GUARDS, compare_wording)


@pytest.fixture(scope="module", params=["meaning", "words"])
def slots(request):
    """The encoder's view of places, or none."""
    encoder = load_encoder()
    assert encoder is not None
    return Slots(encoder) if request.param == "meaning" else None


def seen(evidence):
    return sorted((e.guard, e.dimension, e.outcome, str(e.a), str(e.b)) for e in evidence)


def turned(evidence):
    return sorted((e.guard, e.dimension, e.outcome, str(e.b), str(e.a)) for e in evidence)


def worded(reasons):
    return sorted((r.dimension, r.outcome, r.a, r.b) for r in reasons)


@pytest.mark.parametrize("guard", ALL, ids=[g.__name__ for g in ALL])
@given(a=STATEMENTS, b=STATEMENTS, a_day=DAYS, b_day=DAYS, inside=st.booleans())
@QUICK
def test_a_guard_finds_the_same_from_both_ends(pair, guard, a, b, a_day, b_day, inside):
    sides = pair(a, b, a_day, b_day, inside=inside)
    there, back = guard(sides), guard(sides.turned)
    against = [[e for e in found if e.guard] for found in (there, back)]
    assert seen(against[0]) == turned(against[1])
    assert {e.outcome for e in there} == {e.outcome for e in back}  # of several that agree one is shown
    assert all(0 <= value <= 1 for e in there for value in e.signs.values())
    signs = [sorted(sorted(e.signs.items()) for e in found) for found in against]
    assert [dict(s) for s in signs[0]] == [pytest.approx(dict(s)) for s in signs[1]]


@given(a=STATEMENTS, b=STATEMENTS, a_day=DAYS, b_day=DAYS, score=st.floats(0, 1), asked=st.booleans())
@settings(QUICK, max_examples=25)
def test_worth_is_a_probability_and_differing_never_less_than_conflicting(
    pair, slots, a, b, a_day, b_day, score, asked
):
    sides = pair(a, b, a_day, b_day, score=score)
    for evidence, signs in found_between(sides, ALL, slots).in_row(score):
        found = load_worth().weigh(evidence, signs, asked=asked)
        assert 0 <= found.conflict <= found.differ <= 1
        if evidence.outcome in {Outcome.SAME, Outcome.DETAIL}:
            assert found.differ == 0
        if evidence.guard in load_worth().differ:
            assert all(0 <= value <= 1 for value in signs.values())
            assert set(load_worth().differ[evidence.guard].names) <= set(signs)


@given(a=STATEMENTS, b=STATEMENTS, a_day=DAYS, b_day=DAYS, inside=st.booleans(), asked=st.booleans())
@settings(QUICK, max_examples=30)
def test_a_verdict_is_the_same_from_both_ends_and_keeps_its_thresholds(pair, slots, a, b, a_day, b_day, inside, asked):
    sides = pair(a, b, a_day, b_day, inside=inside)
    there = verdict(sides, load_worth(), ALL, slots, asked=asked)
    back = verdict(sides.turned, load_worth(), ALL, slots, asked=asked)
    assert (there.kind, there.between) == (back.kind, back.between)
    assert there.probability == pytest.approx(back.probability, abs=1e-4)
    against = [[r for r in v.reasons if r.outcome not in {Outcome.SAME, Outcome.DETAIL}] for v in (there, back)]
    assert worded(against[0]) == sorted((d, o, b, a) for d, o, a, b in worded(against[1]))
    assert there == verdict(sides, load_worth(), ALL, slots, asked=asked)
    if there.kind in {RelationKind.CONFLICT, RelationKind.DIVERGE, RelationKind.UPDATED}:
        assert TOLD_FROM <= there.probability <= 1
        assert against[0][0] == there.reasons[0]
    elif there.kind is RelationKind.UNSURE:
        assert 0 <= there.probability < TOLD_FROM
        assert against[0]
    else:
        assert 1 - UNSURE_FROM < there.probability <= SILENT_WORTH
        assert not against[0]
    if there.kind is RelationKind.UPDATED:
        assert there.reasons[0].outcome is Outcome.LATER
    if inside:
        assert there.between is Between.ACTORS


def test_nothing_is_told_without_evidence(pair, slots):
    found = verdict(pair("The bridge opened", "A mill burnt down"), load_worth(), GUARDS, slots)
    assert (found.kind, found.probability, found.reasons) == (RelationKind.AGREE, SILENT_WORTH, ())


def test_a_guard_that_was_never_fitted_says_nothing(pair):
    sides = pair("{number 31 person - people:31} came", "{number 47 person - people:47} went in the night")
    ((evidence, signs),) = found_between(sides, GUARDS).in_row(sides.score.score)
    assert load_worth().weigh(evidence, signs).differ > 0
    assert load_worth().weigh(replace(evidence, guard="no such guard"), signs).differ == 0


def test_what_differs_in_one_slot_alone_is_told_however_rare_it_was(pair):
    """Two sentences that are the same but for a figure; where more is told beside it the fit decides."""
    one, other = (f"The flood in the valley killed {{number {n} person - people dead:{n}}} people" for n in (31, 47))
    found = verdict(pair(one, other), load_worth())
    assert (found.kind, found.between) == (RelationKind.CONFLICT, Between.OUTLETS)
    assert found.probability >= PLAIN_WORTH


@given(statements=st.lists(STATEMENTS, min_size=2, max_size=4), seed=st.randoms(use_true_random=False))
@settings(QUICK, max_examples=10)
def test_what_is_asked_first_or_along_with_it_changes_no_answer(pair, statements, seed):
    asked = []
    for a in statements:
        for b in statements:
            x = pair(a, b)
            score = PairScore(0.2 + 0.6 * seed.random(), aligned=seed.random() < 0.5)
            asked.append(PairInContext(x.a, x.b, x.a_report.article, x.b_report.article, score))
    order = list(range(len(asked)))
    seed.shuffle(order)
    answers = relate_all(asked)
    assert [answers[k] for k in order] == relate_all([asked[k] for k in order])
    assert relate_all(asked[:1]) == answers[:1]
