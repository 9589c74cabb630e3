"""Verdicts and rows: reasons to kinds, who is at odds, status and order, and what holds whatever the order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from app.core.relation.classify import between, classify, collect

from app.core.records import (
    Actor,
    ActorKind,
    AlignedPair,
    Alignment,
    Article,
    Between,
    ClaimRef,
    Dimension,
    Outcome,
    PairScore,
    Reading,
    Reason,
    RelationKind,
    Status,
)
from app.core.relation import judge, relate

D, Out, K = Dimension, Outcome, RelationKind


def reason(dimension, outcome):
    return Reason(dimension, outcome, "a", "b", "say.")


@pytest.mark.parametrize(
    ("reasons", "kind"),
    [
        pytest.param([], K.AGREE, id="nothing against"),
        pytest.param([reason(D.DATE, Out.DETAIL), reason(D.NUMBER, Out.SAME)], K.AGREE, id="detail"),
        pytest.param([reason(D.WORDING, Out.DIFFERS), reason(D.DATE, Out.SAME)], K.DIVERGE, id="wording"),
        pytest.param(
            [reason(D.WORDING, Out.DIFFERS), reason(D.NUMBER, Out.EXCLUDES)], K.CONFLICT, id="excludes decides"
        ),
        pytest.param([reason(D.NUMBER, Out.LATER)], K.UPDATED, id="toll grew"),
        pytest.param(
            [reason(D.POLARITY, Out.LATER), reason(D.DATE, Out.EXCLUDES)], K.UPDATED, id="another date of a change"
        ),
        pytest.param(
            [reason(D.NUMBER, Out.LATER), reason(D.PLACE, Out.EXCLUDES)], K.CONFLICT, id="toll grew elsewhere"
        ),
    ],
)
def test_classify(reasons, kind):
    assert classify(reasons) is kind


@pytest.mark.parametrize(
    ("a", "b", "inside", "expected"),
    [
        pytest.param("Arvan apologised for it", "Arvan never apologised for it", False, Between.OUTLETS, id="two voices of outlets"),
        pytest.param("Arvan apologised for it", "{says jon-aske:Jon Aske said} Arvan never apologised for it", False, Between.ACTORS, id="a denial reported"),
        pytest.param("Arvan apologised for it", "{says jon-aske:Jon Aske said} Arvan never apologised for it", True, Between.ACTORS, id="inside one article"),
        pytest.param("{says police:Police said} {number 8 person:8 people} died", "{says rebels:Rebels said} {number 20 person:20 people} died", False, Between.ACTORS, id="two speakers count"),
        pytest.param("{says police:Police said} {number 8 person:8 people} died", "{number 20 person:20 people} died", False, Between.OUTLETS, id="one counts itself"),
        pytest.param("{says police:Police said} {number 8 person:8 people} died", "{says police:Police said} {number 20 person:20 people} died", False, Between.OUTLETS, id="one speaker told twice"),
    ],
)  # fmt: skip
def test_between(pair, a, b, inside, expected):
    first, second, context = pair(a, b, inside=inside)
    reasons = collect(first, second, context)
    assert classify(reasons) is K.CONFLICT
    assert between(first, second, context, reasons) is expected


PAIRS = [
    ("Arvan will terminate the pact", "Arvan reversed its decision to end the pact", "2019-08-22", "2019-11-22"),
    ("The blast killed {number 31 person:31 people}", "The blast killed {number 47 person:47 people}", "2020-01-01", "2020-01-04"),
    ("The blast killed {number 31 person:31 people}", "The blast killed {number 47 person:47 people}", "2020-01-01", "2020-01-01"),
    ("Arvan may drop the case", "Arvan will suspend the case if talks resume", "2020-01-01", "2020-01-01"),
    ("{says ana-lind:Ana Lind said} the pact holds", "Arvan said on {date 2020-01-02:Thursday} that the pact no longer holds", "2020-01-01", "2020-01-02"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "a_day", "b_day"), PAIRS)
def test_a_relation_is_the_same_from_both_ends(pair, a, b, a_day, b_day):
    first, second, context = pair(a, b, a_day, b_day)
    there = relate(first, second, context.a_article, context.b_article, context.score)
    back = relate(second, first, context.b_article, context.a_article, context.score)
    assert there[:2] == back[:2]
    assert sorted((r.dimension, r.outcome, r.a, r.b) for r in there[2]) == sorted(
        (r.dimension, r.outcome, r.b, r.a) for r in back[2]
    )


def reading(pair, text, outlet, day, people=()):
    claim, *_ = pair(text, "nothing", day)
    actors = tuple(Actor(key, name, ActorKind.PERSON) for key, name in people)
    return Reading(Article(claim.text, outlet=outlet, published=date.fromisoformat(day)), (claim,), actors)


def row(identity, *refs):
    claims = tuple(ClaimRef(*ref) for ref in refs)
    pairs = tuple(
        AlignedPair(a, b, PairScore(0.8, aligned=True)) for i, a in enumerate(claims) for b in claims[i + 1 :]
    )
    return Alignment(identity, identity, Status.AGREE, claims, pairs=pairs)


def test_rows_take_their_strongest_relation_and_stand_in_its_order(pair):
    readings = [
        reading(pair, "The bridge opened in May", "Courier", "2020-01-01"),
        reading(pair, "The bridge opened in spring", "Herald", "2020-01-01"),
        reading(pair, "Arvan will drop the case", "Courier", "2020-01-01"),
        reading(pair, "Arvan will suspend the case", "Herald", "2020-01-01"),
        reading(pair, "Arvan terminated the pact", "Courier", "2020-01-01"),
        reading(pair, "Arvan extended the pact", "Herald", "2020-01-01"),
        reading(pair, "The bridge opened", "Post", "2020-01-01"),
        reading(pair, "Sundria will leave the treaty", "Courier", "2020-01-01"),
        reading(pair, "Sundria will stay in the treaty", "Herald", "2020-03-01"),
    ]
    rows = [
        row("bridge", (0, "c1"), (1, "c1")),
        row("bridge of three", (0, "c1"), (1, "c1"), (6, "c1")),
        row("case", (2, "c1"), (3, "c1")),
        row("treaty", (7, "c1"), (8, "c1")),
        row("pact", (4, "c1"), (5, "c1")),
    ]
    judged = judge(rows, readings)
    assert [(r.id, r.status) for r in judged] == [
        ("pact", Status.CONFLICT),
        ("case", Status.DIVERGE),
        ("treaty", Status.UPDATED),
        ("bridge of three", Status.AGREE),
        ("bridge", Status.AGREE),
    ]
    assert judge(rows, readings) == judged
    assert judge(judged, readings) == judged
    assert all(r.reasons for r in judged[0].relations)


def test_a_person_with_two_titles_makes_a_row_of_his_own(pair):
    people = (("ana-lind", "Ana Lind"),)
    readings = [
        reading(pair, "{person ana-lind:Ana Lind}, secretary-general of the council, spoke of fish", "Courier", "2020-01-01", people),
        reading(pair, "Deputy Director {person ana-lind:Ana Lind} left for Oslo", "Herald", "2020-01-01", people),
        reading(pair, "{person ana-lind:Ana Lind}, deputy director of the council, slept", "Post", "2020-01-01", people),
    ]  # fmt: skip
    (made,) = judge([], readings)
    assert made.status is Status.DIVERGE
    assert [c.article for c in made.claims] == [0, 1, 2]
    assert {(r.a.article, r.b.article) for r in made.relations} == {(0, 1), (0, 2)}
    assert judge([made], readings) == (made,)
    assert {r.reasons[0].dimension for r in made.relations} == {Dimension.ROLE}


@pytest.mark.parametrize(
    ("told", "answered", "found"),
    [
        pytest.param("Arvan offered an apology for the statement", "{says jon-aske:Jon Aske said} that Arvan had never apologised for it", True, id="denied"),
        pytest.param("{says ministry:The ministry said} that Arvan had admitted problems", "The {organisation palace:palace} lodged a complaint about these distorted facts", True, id="disputed"),
        pytest.param("Arvan offered an apology for the statement", "Arvan had never apologised for it before", False, id="one voice"),
        pytest.param("Talks about an extension of the pact began", "{says jon-aske:Jon Aske said} the decision to scrap the pact was right", False, id="another act is no denial"),
    ],
)  # fmt: skip
def test_actors_at_odds_inside_one_article_make_a_row(pair, told, answered, found):
    first, second, context = pair(told, answered, "2020-01-01", inside=True)
    made = judge([], [Reading(context.a_article, (first, second), ())])
    assert [(r.status, r.relations[0].between) for r in made] == [(Status.CONFLICT, Between.ACTORS)] * found
    assert judge(made, [Reading(context.a_article, (first, second), ())]) == made


def test_a_bare_pair_of_different_things_has_no_relation(pair):
    first, second, context = pair("The bridge opened in May", "A window was shut")
    kind, _, _ = relate(first, second, context.a_article, context.b_article, PairScore(0.05, aligned=False))
    assert kind is None


def test_spans_point_into_the_articles(pair):
    first, second, context = pair("Arvan terminated the pact", "Arvan extended the pact")
    for found in collect(first, second, context):
        for span, words, article in (
            (found.a_span, found.a, context.a_article),
            (found.b_span, found.b, context.b_article),
        ):
            assert span is not None
            assert article.text[slice(*span)] == words


def test_other_guards_may_be_added(pair):
    first, second, context = pair("The bridge opened in May", "The bridge opened in spring")
    rows = [row("bridge", (0, "c1"), (1, "c2"))]
    readings = [Reading(context.a_article, (first,), ()), Reading(context.b_article, (second,), ())]
    assert judge(rows, readings)[0].status is Status.AGREE
    found = judge(rows, readings, guards=(lambda a, b, c: reason(D.WORDING, Out.DIFFERS),))
    assert found[0].status is Status.DIVERGE
    assert found[0] != replace(found[0], relations=())
