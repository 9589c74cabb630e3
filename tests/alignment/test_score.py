"""The pair scorer: what it must put above what, and its laws."""

from __future__ import annotations

from itertools import pairwise
from math import exp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.alignment import StatementPair, score_statements
from app.core.alignment.features import FEATURES, LEXICAL
from app.core.alignment.incident import ARTICLE_FEATURES, BARE_FEATURES
from app.core.alignment.model import load_model
from app.core.alignment.row_model import load_row_model
from app.core.alignment.score import BARE, BARE_LEXICAL, StatementGroup
from app.core.claims import read_statements
from app.core.language import load_reader
from app.core.records import Article

SENTENCES = (
    "The harbour board said on Monday it would close the old ferry terminal in March.",
    "The old ferry terminal will be shut in March, the harbour board announced.",
    "Fishermen blocked the harbour entrance to protest against the closure.",
    "The mayor of Westhaven opened a new library on Tuesday.",
    "A library was opened by Westhaven's mayor.",
    "Ticket prices on the ferries rose by four percent last year.",
)


@pytest.fixture(scope="module")
def read():
    found = dict(zip(SENTENCES, read_statements(SENTENCES, load_reader()), strict=True))
    return found.__getitem__


def pairs_of(read, order=SENTENCES):
    return [
        StatementPair(f"{min(a, b)}|{max(a, b)}", read(a), read(b), "story")
        for k, a in enumerate(order)
        for b in order[k + 1 :]
    ]


def scores(read, order=SENTENCES):
    asked = pairs_of(read, order)
    return dict(zip([p.id for p in asked], score_statements(asked, {}), strict=True))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param((0, 1), (0, 2), id="closure told twice above protest against it"),
        pytest.param((3, 4), (1, 5), id="library told twice above another matter of the ferries"),
        pytest.param((0, 1), (0, 3), id="closure told twice above an opening"),
        pytest.param((3, 4), (2, 4), id="library told twice above a protest"),
    ],
)
def test_what_says_the_same_scores_higher(read, better, worse):
    found = scores(read)

    def score(pair):
        a, b = sorted((SENTENCES[pair[0]], SENTENCES[pair[1]]))
        return found[f"{a}|{b}"].score

    assert score(better) > score(worse)


@settings(max_examples=12, deadline=None)
@given(st.permutations(SENTENCES))
def test_scores_are_symmetric_and_independent_of_order(read, order):
    found = {k: s.score for k, s in scores(read, order).items()}
    expected = {k: s.score for k, s in scores(read).items()}
    assert found == pytest.approx(expected)


def test_scores_are_probabilities_and_parts_add_up_to_them(read):
    explained = 0
    for score in scores(read).values():
        assert 0 <= score.score <= 1
        if score.parts:
            explained += 1
            odds = sum(part.weight for part in score.parts)
            assert 1 / (1 + exp(-odds)) == pytest.approx(score.score, abs=1e-6)
            assert all(part.say.endswith(".") for part in score.parts)
    assert explained


def test_an_identical_statement_is_aligned_and_shares_its_terms(read):
    same = StatementPair(1, read(SENTENCES[0]), read(SENTENCES[0]), "story")
    (score,) = score_statements([same, *pairs_of(read)], {})[:1]
    assert score.aligned
    assert "ferri" in score.shared


def test_stories_do_not_touch_each_other(read):
    mine = StatementPair(1, read(SENTENCES[0]), read(SENTENCES[1]), "mine")
    other = [StatementPair(2, read(SENTENCES[3]), read(SENTENCES[4]), "other")]
    assert score_statements([mine], {})[0] == score_statements([mine, *other], {})[0]


def test_statements_of_one_article_are_of_one_incident(read):
    article = Article(" ".join(SENTENCES))
    asked = [StatementPair(k, p.a, p.b, "story", "x", "x") for k, p in enumerate(pairs_of(read))]
    found = score_statements(asked, {"x": article})
    assert all(part.value == 1.0 for s in found for part in s.parts if part.name == "incident")


def test_nothing_asked_nothing_answered():
    assert score_statements([], {}) == []


def names(features):
    return tuple(f.name for f in features)


def test_shipped_weights_are_of_the_features_there_are_and_each_is_put_in_words():
    stages = load_model().stages
    rows = load_row_model()
    assert stages["statement"].names == names(BARE)
    assert stages["statement_by_words"].names == names(BARE_LEXICAL)
    assert stages["incident"].names == BARE_FEATURES
    assert stages["article"].names == ARTICLE_FEATURES
    assert rows.with_encoder.names == names(FEATURES)
    assert rows.by_words.names == names(LEXICAL)
    assert all(say.endswith(".") for f in FEATURES for say in (f.alike, f.apart))


def test_a_handful_of_statements_says_nothing_of_the_size_of_its_group(read):
    """Asked alone or with others of a small story, a pair's group counts the same: sizes were fitted on larger ones."""
    alone = StatementGroup([StatementPair(1, read(SENTENCES[0]), read(SENTENCES[1]))], {})
    more = StatementGroup(pairs_of(read), {})
    place = BARE_FEATURES.index("group_size")
    assert len({g.bare.pairs(g.a, g.b)[:, place].max() for g in (alone, more)}) == 1


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=40))
def test_any_group_is_scored_without_a_warning_and_within_bounds(read, texts):
    asked = [StatementPair(k, read(a), read(b)) for k, (a, b) in enumerate(pairwise(texts))]
    assert all(0 <= s.score <= 1 for s in score_statements(asked, {}))
