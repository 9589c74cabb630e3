"""One utterance told twice, and the same words of two speakers. All in our own words."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from app.core.alignment import align
from app.core.alignment.entries import entries_of
from app.core.alignment.utterances import utterances_of
from app.core.claims import read_many
from app.core.language import load_reader
from app.core.records import Article, Dimension, RelationKind
from app.core.relation import judge

DAY = date(2022, 5, 9)
TOLD = {
    "whole": Article('"These actions have brought a grave shift in the defence ties of our countries," minister Ada Brandt said on Monday.', outlet="Gazette", headline="Brandt on defence ties", published=DAY),
    "part": Article('The step caused a "fundamental shift" in the defence ties of the two countries, minister Ada Brandt said.', outlet="Herald", headline="Minister sees a shift", published=DAY),
    "later": Article('"These actions have brought a grave shift in the defence ties of our countries," minister Ada Brandt said.', outlet="Tribune", headline="Brandt again", published=date(2022, 7, 9)),
    "other speaker": Article('"These actions have brought a grave shift in the defence ties of our countries," minister Jon Reuter said.', outlet="Post", headline="Reuter on defence ties", published=DAY),
    "other matter": Article('"The harbour of Halden will stay open all winter," minister Ada Brandt said.', outlet="Star", headline="Harbour stays open", published=DAY),
    "paraphrase": Article("Minister Ada Brandt said the actions had changed the defence ties.", outlet="Wire", headline="Defence ties", published=DAY),
}  # fmt: skip


@pytest.fixture(scope="module")
def told():
    return dict(zip(TOLD, read_many(TOLD.values(), load_reader()), strict=True))


def found(told, *names):
    readings = [told[n] for n in names]
    return readings, utterances_of([e for e in entries_of(readings) if e.claim.where == "body"])


@pytest.mark.parametrize(
    ("names", "one"),
    [
        pytest.param(("whole", "part"), True, id="translated or cut differently"),
        pytest.param(("whole", "later"), False, id="the same words months apart"),
        pytest.param(("whole", "other speaker"), False, id="the same words of another speaker"),
        pytest.param(("whole", "other matter"), False, id="the same speaker on another matter"),
        pytest.param(("whole", "paraphrase"), True, id="quoted here, told there"),
        pytest.param(("paraphrase", "other matter"), False, id="nothing in common but the speaker"),
    ],
)
def test_one_utterance(told, names, one):
    assert bool(found(told, *names)[1]) is one


def test_an_utterance_says_why_and_its_offsets_slice_back(told):
    readings, (utterance,) = found(told, "whole", "part")
    assert utterance.name == "Ada Brandt"
    assert [w.text for w in utterance.wordings][1] == "fundamental shift"
    assert all(w.text == readings[w.claim.article].article.text[w.start : w.end] for w in utterance.wordings)
    assert 0 < utterance.likeness <= 1
    assert "Each report gives the words to Ada Brandt." in utterance.why
    assert "The reports are of one day." in utterance.why


def test_the_order_of_articles_plays_no_part(told):
    names = ("whole", "part", "other speaker", "other matter")
    seen = {
        tuple(sorted((u.name, u.likeness, tuple(sorted(w.text for w in u.wordings))) for u in found(told, *order)[1]))
        for order in permutations(names)
    }
    assert len(seen) == 1


def test_a_row_carries_its_utterance(told):
    rows = align([told["whole"], told["part"]])
    assert [u.name for row in rows for u in row.utterances] == ["Ada Brandt"]


@pytest.mark.xfail(reason="one wording under two names is told of statements that somebody asks about, not in rows")
def test_the_same_words_of_two_speakers_diverge_by_speaker(told):
    readings = [told["whole"], told["other speaker"]]
    rows = judge(align(readings), readings)
    relations = [r for row in rows for r in row.relations if r.kind is RelationKind.DIVERGE]
    assert [r.reasons[0].dimension for r in relations] == [Dimension.SPEAKER]
    assert not any(row.utterances for row in rows)
