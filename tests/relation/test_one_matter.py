"""What is asked of one story need not be of one matter: unrelated statements get no relation and are not aligned."""

from __future__ import annotations

import pytest

from app import pipeline
from app.core.records import Article
from app.wire import pair_json

HARBOUR = (
    "The harbour authority of Lund said on Monday that its new crane had been delivered after nine months of delay"
)
TENNIS = "Mira Olsen beat the second seed in three sets and will meet a qualifier in the final of the Sundria Open"
BANK = "Shares of the Arvan savings bank fell by a tenth after auditors refused to sign its accounts for last year"
STORM = "Rescuers pulled two hikers from a flooded gorge near Brask while rain kept falling on the northern valleys"
MUSEUM = "A curator found the lost sketchbook of a court painter behind a wardrobe in the museum of Tarn"
FERRY = "Operators cancelled every ferry to the outer islands because engineers have walked out over unpaid overtime"
UNRELATED = [HARBOUR, TENNIS, BANK, STORM, MUSEUM, FERRY]

PLAN = "Critics of the toll plan said that drivers from the suburbs would pay most and that the mayor had not listened to them"
PRAISE = "Supporters of the toll plan praised the mayor, who they said had listened to drivers for two years and found a fair way"
COST = "The toll plan would cost drivers from the suburbs about two hundred crowns a month, according to the mayor's own figures"
RALLY = "Hundreds of drivers rallied against the toll plan on Friday and called on the mayor to resign before the council votes"
MATTER = [PLAN, PRAISE, COST, RALLY]


def asked(texts, **more):
    pairs = [(a, b) for i, a in enumerate(texts) for b in texts[i + 1 :]]
    return [{"id": k, "story": "one", "a": a, "b": b, **more} for k, (a, b) in enumerate(pairs)]


def answers(rows, articles=None):
    return [pair_json(*answer) for answer in pipeline.answer_pairs(rows, articles or {})]


def test_unrelated_statements_of_one_story_have_no_relation():
    for found in answers(asked(UNRELATED)):
        assert found["relation"] is None
        assert found["aligned"] is False


@pytest.mark.parametrize("texts", [UNRELATED[:2], UNRELATED[2:4], UNRELATED[4:]])
def test_nor_has_a_pair_that_is_asked_alone(texts):
    (found,) = answers(asked(texts))
    assert (found["relation"], found["aligned"]) == (None, False)


def test_statements_on_one_matter_are_asked_whether_they_back_or_weaken_each_other():
    assert any(found["relation"] for found in answers(asked(MATTER)) if found["score"] < 0.5)


def test_where_articles_are_given_nothing_but_what_they_state_decides():
    articles = {f"d{k}": Article(text, headline=None) for k, text in enumerate(MATTER)}
    rows = asked(MATTER)
    where = {text: f"d{k}" for k, text in enumerate(MATTER)}
    for row in rows:
        row |= {"a_article": where[row["a"]], "b_article": where[row["b"]]}
    for found in answers(rows, articles):
        assert found["aligned"] or found["relation"] is None
        assert found["relation"] is None or found["score"] >= 0.45


def test_look_alike_events_in_one_story_are_told_apart():
    """Two quakes in one story, each reported by several: what tells of the one has nothing to do with what tells of the other."""
    first = [
        f"A quake of magnitude 6 struck the town of Brask on Monday and damaged {what} in the Orl valley, the mayor Ana Lind said"
        for what in ("a school", "the town hall", "a row of shops", "two bridges", "the old mill")
    ]
    second = [
        f"A quake of magnitude 5 shook the port of Sundria in March and damaged {what} along the Weft coast, Governor Piet Marno said"
        for what in ("a warehouse", "the lighthouse", "a ferry terminal", "six boats", "the fish market")
    ]
    rows = [r for r in asked([*first, *second]) if (r["a"] in first) != (r["b"] in first)]
    every = asked([*first, *second])
    found = {(r["a"], r["b"]): x for r, x in zip(every, answers(every), strict=True)}
    assert not any(found[r["a"], r["b"]]["relation"] in ("agree", "diverge") for r in rows)
