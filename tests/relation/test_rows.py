"""Judged rows: status, probability, order, who is at odds, and what may not change anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.encoder import load_encoder
from app.core.records import (
    AlignedPair,
    Alignment,
    Article,
    Between,
    ClaimRef,
    PairScore,
    Reading,
    RelationKind,
    Status,
)
from app.core.relation import judge
from app.core.relation.verdict import verdict
from app.core.relation.worth import load_worth
from app.core.thresholds import AGREED_FROM, ROW_SCORE_SHOWN, TOLD_FROM, UNSURE_FROM


def reading(pair, text, outlet, day="2020-01-01"):
    claim = pair(text, "nothing").a
    return Reading(Article(claim.text, outlet=outlet, published=date.fromisoformat(day)), (claim,), ())


def row(identity, *articles, score=1.0):
    claims = tuple(ClaimRef(i, "c1") for i in articles)
    pairs = [AlignedPair(a, b, PairScore(0.9, aligned=True)) for i, a in enumerate(claims) for b in claims[i + 1 :]]
    return Alignment(identity, identity, Status.AGREE, claims, pairs=tuple(pairs), score=score)


TOLL, MORE = "The flood killed {number 31 person - people dead:31 people} in Lund", "The flood killed {number 47 person - people dead:47 people} in Lund"  # fmt: skip
ENDED, KEPT = "{state arvan:Arvan} {does terminate arvan>-:ended} the pact", "{state arvan:Arvan} {does extend arvan>-:kept} the pact"  # fmt: skip
STORY = {
    "bridge": (("The bridge opened in spring", "2020-01-01"), ("The bridge opened", "2020-01-01")),
    "bridge of three": (("The bridge is long", "2020-01-01"), ("Long is the bridge", "2020-01-01"), ("It is a long bridge", "2020-01-01")),
    "pact": ((ENDED, "2020-01-01"), (KEPT, "2020-01-01")),
    "pact later": ((ENDED, "2020-01-01"), (KEPT, "2020-03-01")),
    "toll": ((TOLL, "2020-01-01"), (MORE, "2020-01-01")),
    "toll rose": ((TOLL, "2020-01-01"), (MORE, "2020-01-04")),
}  # fmt: skip


@pytest.fixture(scope="module")
def story(pair):
    readings, rows = [], []
    for name, told in STORY.items():
        rows.append(row(name, *range(len(readings), len(readings) + len(told))))
        readings += [reading(pair, text, f"Outlet {k}", day) for k, (text, day) in enumerate(told)]
    return readings, rows


def test_agreement_is_as_sure_as_that_the_claims_tell_of_one_thing(pair):
    """The surer the row, the surer is agreement; it is told from `AGREED_FROM` on and left to the reader below."""
    told = [reading(pair, "The bridge opened in spring", outlet) for outlet in ("First", "Second")]
    judged = [judge([row("bridge", 0, 1, score=score)], told)[0] for score in (1.0, 0.8, 0.6, ROW_SCORE_SHOWN, 0.1)]
    sure = [r.probability if r.status is Status.AGREE else 1 - r.probability for r in judged]
    assert sure == sorted(sure, reverse=True)
    assert judged[0].status is Status.AGREE
    assert all((p >= AGREED_FROM) == (r.status is Status.AGREE) for p, r in zip(sure, judged, strict=True))
    assert all(r.relations[0].kind.value == r.status.value for r in judged)


def test_a_difference_does_not_hang_on_the_row(pair):
    """What a difference is worth was learned from pairs that are no pair as well."""
    told = [reading(pair, ENDED, "First"), reading(pair, KEPT, "Second")]
    sure, unsure = (judge([row("pact", 0, 1, score=s)], told)[0] for s in (1.0, ROW_SCORE_SHOWN))
    assert (sure.status, sure.probability) == (unsure.status, unsure.probability)


def test_rows_take_their_strongest_relation_and_stand_in_its_order(story):
    readings, rows = story
    judged = judge(rows, readings)
    assert [(r.id, r.status) for r in judged] == [
        ("pact", Status.CONFLICT),
        ("toll", Status.CONFLICT),
        ("pact later", Status.UPDATED),
        ("toll rose", Status.UPDATED),
        ("bridge of three", Status.AGREE),
        ("bridge", Status.AGREE),
    ]
    assert all(r.reasons for r in judged[0].relations)
    assert judge(rows, readings) == judged
    assert judge(judged, readings) == judged
    assert len({r.label for r in judged}) == len(judged)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.randoms(use_true_random=False))
def test_the_order_of_articles_rows_and_pairs_plays_no_part(story, seed):
    readings, rows = story
    order = list(range(len(readings)))
    seed.shuffle(order)
    place = {old: new for new, old in enumerate(order)}

    def moved(ref):
        return ClaimRef(place[ref.article], ref.claim)

    mixed = []
    for one in seed.sample(rows, len(rows)):
        pairs = [AlignedPair(*sorted((moved(p.a), moved(p.b))), p.score) for p in one.pairs]
        mixed.append(
            replace(one, claims=tuple(sorted(map(moved, one.claims))), pairs=tuple(seed.sample(pairs, len(pairs))))
        )

    def told(judged):
        return sorted((r.id, r.status, r.label, round(r.probability, 6), [x.kind for x in r.relations]) for r in judged)

    assert told(judge(mixed, [readings[i] for i in order])) == told(judge(rows, readings))


def test_probability_is_that_of_the_status_being_right(pair):
    """That of the surest relation that gave the status; in agreement of the least sure, since one pair would undo it."""
    texts = [
        TOLL,
        MORE,
        "The flood killed {number 33 person - people dead:33 people} in the town of Lund on Friday",
        TOLL,
    ]
    readings = [reading(pair, text, f"Outlet {k}") for k, text in enumerate(texts)]
    (found,) = judge([row("toll", 0, 1, 2, 3)], readings)
    kinds = {kind: [r.probability for r in found.relations if r.kind is kind] for kind in RelationKind}
    assert found.status is Status.CONFLICT
    assert found.probability == max(kinds[RelationKind.CONFLICT])
    assert all(p >= TOLD_FROM for p in kinds[RelationKind.CONFLICT])
    assert all(UNSURE_FROM <= p < TOLD_FROM for p in kinds[RelationKind.UNSURE])
    assert all(p > 1 - UNSURE_FROM for p in kinds[RelationKind.AGREE])
    assert all(0 <= r.probability <= 1 for r in found.relations)


def test_agreement_is_as_sure_as_its_least_sure_pair(pair):
    texts = ["it is {number 31 kilometre:31 km} long", "{number 12 hour:12 hours} pass, {number 14 kilometre:14 km} go by", "it is {number 31 kilometre:31 km} long"]  # fmt: skip
    readings = [reading(pair, text, f"Outlet {k}") for k, text in enumerate(texts)]
    (found,) = judge([row("way", 0, 1, 2)], readings)
    assert found.status is Status.AGREE
    assert (
        found.probability == min(r.probability for r in found.relations) < max(r.probability for r in found.relations)
    )


def test_an_unsure_row_gives_the_probability_that_it_differs(pair):
    texts = [TOLL, "In Oslo the flood killed {number 37 person - people dead:37} and destroyed roads"]
    readings = [reading(pair, text, f"Outlet {k}") for k, text in enumerate(texts)]
    (found,) = judge([row("toll", 0, 1)], readings)
    assert found.status is Status.UNSURE
    assert UNSURE_FROM <= found.probability == found.relations[0].probability < TOLD_FROM


def test_nothing_judged_is_certain(pair):
    readings = [reading(pair, "The bridge opened", "Outlet 1"), reading(pair, "The bridge opened", "Outlet 2")]
    single, silent = judge([replace(row("a", 0), pairs=()), replace(row("b", 0, 1), pairs=())], readings)[::-1]
    assert (single.status, single.probability) == (Status.SINGLE, 1.0)
    assert (silent.status, silent.probability) == (Status.AGREE, 1.0)


def test_loose_rows_never_change_shown_ones(story):
    """A looser row that shares a claim with a shown one is left out; another is told of itself alone."""
    readings, rows = story
    loose = replace(row("loose", 0, 1, 2), score=ROW_SCORE_SHOWN - 0.1)
    more = [*readings, reading_of(readings[0], "Outlet 7"), reading_of(readings[0], "Outlet 8")]
    apart = replace(row("apart", len(readings), len(readings) + 1), score=ROW_SCORE_SHOWN - 0.1)
    shown = judge(rows, readings)
    found = judge([loose, *rows, apart], more)
    assert [r for r in found if r.id != "apart"] == list(shown)
    assert {r.id for r in found} == {*(r.id for r in rows), "apart"}


def reading_of(given_, outlet):
    return replace(given_, article=replace(given_.article, outlet=outlet))


@pytest.mark.parametrize(
    ("a", "b", "inside", "expected"),
    [
        pytest.param(ENDED, KEPT, False, Between.OUTLETS, id="two voices of outlets"),
        pytest.param(ENDED, "{says jon-aske:Jon Aske said} " + KEPT, False, Between.ACTORS, id="a denial reported"),
        pytest.param(ENDED, "{says jon-aske:Jon Aske said} " + KEPT, True, Between.ACTORS, id="inside one article"),
        pytest.param("{says police:Police said} " + TOLL, "{says rebels:Rebels said} " + MORE, False, Between.ACTORS, id="two speakers count"),
        pytest.param("{says police:Police said} " + TOLL, MORE, False, Between.OUTLETS, id="one counts itself"),
        pytest.param("{says police:Police said} " + TOLL, "{says police:Police said} " + MORE, False, Between.OUTLETS, id="one speaker told twice"),
        pytest.param("{says source:A source said} " + TOLL, "{says police:Police said} " + MORE, False, Between.OUTLETS, id="a source that may be the speaker"),
    ],
)  # fmt: skip
def test_between(pair, a, b, inside, expected):
    found = verdict(pair(a, b, inside=inside), load_worth(), asked=True)
    assert found.kind is RelationKind.CONFLICT
    assert found.between is expected


def test_the_clause_that_stands_in_the_row_is_what_is_compared(pair):
    readings = [reading(pair, TOLL, "A"), reading(pair, MORE, "B")]
    plain = row("toll", 0, 1)
    whole = replace(plain, clauses=tuple((c.claims[0].start, c.claims[0].end) for c in readings))
    assert judge([plain], readings)[0].relations == judge([whole], readings)[0].relations


def test_spans_point_into_the_articles(story):
    readings, rows = story
    for found in judge(rows, readings, encoder=load_encoder()):
        for relation in found.relations:
            for reason in relation.reasons:
                for ref, span, words in ((relation.a, reason.a_span, reason.a), (relation.b, reason.b_span, reason.b)):
                    assert span is None or readings[ref.article].article.text[slice(*span)] == words
