"""Laws that hold for any two statements: symmetry of every guard and of `relate`, idempotence and order of `judge`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from app.core.relation.classify import GUARDS
from app.core.relation.context import Context
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.records import AlignedPair, Alignment, ClaimRef, PairScore, Reading, Status
from app.core.relation import Asked, judge, relate, relate_all

SPEAKERS = [
    "",
    "{says ana-lind:Ana Lind said} ",
    "{says jon-aske denies:Jon Aske said} ",
    "{quotes ministry:The ministry said} ",
    "{says ana-lind declines:Ana Lind said} ",
]
WHO = [
    "Arvan",
    "{state arvan:Arvan}",
    "{organisation ferro:Ferro}",
    "{person ana-lind:Ana Lind}, the finance minister,",
    "Deputy Mayor {person ana-lind:Ana Lind}",
    "문재인",
    "Police",
    "May",
]
ACTS = [
    "will terminate the pact",
    "extended the pact",
    "may end the pact if talks fail",
    "did not apologise for the raid",
    "never apologised for the raid",
    "denied that the bridge was safe",
    "opened the bridge",
    "stopped paying the workers",
    "reversed its decision to end the pact",
    "refused to pay the workers",
    "killed {number 31 person:31 people}",
    "killed {number 40 person at_least:at least 40 people}",
    "injured {number 12 person about:about a dozen}",
    "beat {organisation colvale:Colvale} in the final",
]
WHERE = ["", " near Lund", " in northern Korda", " in the south of Korda"]
WHEN = ["", " on {date 2020-03-04:Wednesday}", " in {date 2020-03:March}", " from {date 2020-03-03..2020-03-06:March 3 to 6}", " at midnight on {date 2020-03-05:Thursday}", " in {about 2020:early 2020}"]  # fmt: skip
PARTS = (SPEAKERS, WHO, ACTS, WHERE, WHEN)
STATEMENTS = st.tuples(*(st.sampled_from(p) for p in PARTS)).map(lambda p: f"{p[0]}{p[1]} {p[2]}{p[3]}{p[4]}")
DAYS = st.one_of(st.none(), st.integers(0, 120).map(lambda n: (date(2020, 1, 1) + timedelta(n)).isoformat()))
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def seen(reasons):
    return sorted((r.dimension, r.outcome, r.a, r.b) for r in reasons)


def swapped(reasons):
    return sorted((r.dimension, r.outcome, r.b, r.a) for r in reasons)


@pytest.mark.parametrize("guard", GUARDS, ids=[g.__name__ for g in GUARDS])
@given(a=STATEMENTS, b=STATEMENTS, a_day=DAYS, b_day=DAYS, inside=st.booleans())
@QUICK
def test_a_guard_sees_the_same_from_both_ends(pair, guard, a, b, a_day, b_day, inside):
    first, second, context = pair(a, b, a_day, b_day, inside=inside)
    other = Context(context.b_article, context.a_article, context.score, inside=inside)
    there, back = guard(first, second, context), guard(second, first, other)
    assert seen([there] if there else []) == swapped([back] if back else [])


@given(a=STATEMENTS, b=STATEMENTS, a_day=DAYS, b_day=DAYS, score=st.floats(0, 1))
@QUICK
def test_a_relation_is_the_same_from_both_ends_and_asked_twice(pair, a, b, a_day, b_day, score):
    first, second, context = pair(a, b, a_day, b_day)
    given_score = PairScore(score, aligned=score > 0.5)
    there = relate(first, second, context.a_article, context.b_article, given_score)
    back = relate(second, first, context.b_article, context.a_article, given_score)
    assert there[:2] == back[:2]
    assert seen(there[2]) == swapped(back[2])
    assert there == relate(first, second, context.a_article, context.b_article, given_score)


@given(statements=st.lists(STATEMENTS, min_size=2, max_size=4), seed=st.randoms(use_true_random=False))
@settings(QUICK, max_examples=15)
def test_what_is_asked_first_changes_no_answer(pair, statements, seed):
    asked = []
    for a in statements:
        for b in statements:
            first, second, context = pair(a, b)
            asked.append(
                Asked(first, second, context.a_article, context.b_article, PairScore(0.2, aligned=False), "one")
            )
    order = list(range(len(asked)))
    seed.shuffle(order)
    answers = relate_all(asked)
    assert [answers[k] for k in order] == relate_all([asked[k] for k in order])


@given(
    statements=st.lists(STATEMENTS, min_size=2, max_size=5),
    days=st.lists(DAYS, min_size=5, max_size=5),
    seed=st.randoms(use_true_random=False),
)
@settings(QUICK, max_examples=30)
def test_judging_again_or_in_another_order_changes_nothing(pair, statements, days, seed):
    readings = []
    for i, text in enumerate(statements):
        claim, _, context = pair(text, "nothing", days[i])
        readings.append(Reading(replace(context.a_article, outlet=f"Outlet {i}"), (claim,), ()))
    refs = [ClaimRef(i, "c1") for i in range(len(readings))]
    pairs = [AlignedPair(a, b, PairScore(0.8, aligned=True)) for i, a in enumerate(refs) for b in refs[i + 1 :]]
    rows = [Alignment("all", "all", Status.AGREE, tuple(refs), pairs=tuple(pairs))]
    judged = judge(rows, readings)
    assert judge(judged, readings) == judged
    mixed = [replace(rows[0], pairs=tuple(seed.sample(pairs, len(pairs))))]
    again = judge(mixed, readings)
    assert [(r.id, r.status, r.relations) for r in again] == [(r.id, r.status, r.relations) for r in judged]
