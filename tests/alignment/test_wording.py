"""RapidFuzz where it serves: resolved wordings, quotations of one speaker, near-duplicates."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.alignment.candidates import candidate_pairs
from app.core.alignment.entries import entries_of
from app.core.alignment.row_features import ROW_FEATURES, RowFeatures
from app.core.alignment.row_model import load_row_model
from app.core.alignment.row_sayings import ROW_SAYINGS
from app.core.alignment.statement import of_reading
from app.core.alignment.wording import fuzzy_rows, near_duplicates, quoted_alike
from app.core.claims import read_statements
from app.core.language import load_reader

TOLD = (
    "Norvia's minister Ada Brandt said the ruling had caused a “profound shift” in relations.",
    "Ada Brandt said that it brought a “serious shift” between the neighbours.",
    "Ada Brandt said the harbour “will stay open all winter”.",
    "Jon Reuter spoke of a “serious shift” between the neighbours.",
    "South Korea scrapped the accord with Japan.",
    "Seoul will end the pact with Tokyo.",
    "Seoul invited athletes from Tokyo.",
)


@pytest.fixture(scope="module")
def readings():
    return list(read_statements(TOLD, load_reader()))


@pytest.fixture(scope="module")
def told(readings):
    return [of_reading(reading) for reading in readings]


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        pytest.param(0, 1, True, id="one utterance in two wordings"),
        pytest.param(0, 2, False, id="the same speaker on another matter"),
        pytest.param(1, 3, False, id="the same words of another speaker"),
        pytest.param(1, 1, True, id="the same quotation"),
        pytest.param(4, 5, False, id="nobody is quoted"),
    ],
)
def test_quotations_of_one_speaker(told, a, b, alike):
    found = quoted_alike(told[a].quotes, told[b].quotes)
    assert (found > 0) is alike
    assert 0 <= found <= 1
    assert found == quoted_alike(told[b].quotes, told[a].quotes)


def test_wording_is_compared_after_names_and_acts_are_resolved(told):
    wording = [s.wording for s in told]
    same, other = fuzzy_rows(wording, np.array([4, 6]), np.array([5, 5]))
    assert same > 0.9  # hardly a word in common, every concept
    assert other < same


def test_the_fuzzy_features_count_and_every_feature_is_explained(readings):
    stage = load_row_model().stage
    assert stage.names == ROW_FEATURES
    for name in ("wording_resolved", "quoted_alike"):
        assert stage.weight[stage.names.index(name)] > 0
    assert set(ROW_SAYINGS) == set(ROW_FEATURES)
    assert all(say.endswith(".") for pair in ROW_SAYINGS.values() for say in pair)
    entries = entries_of(readings)
    at = [next(k for k, e in enumerate(entries) if e.ref.article == n) for n in (0, 1)]
    columns = RowFeatures(entries).columns(np.array(at[:1]), np.array(at[1:]))[0]
    assert columns[ROW_FEATURES.index("quoted_alike")] > 0.5


def test_one_speaker_quoted_twice_is_a_candidate(told):
    assert (0, 1) in candidate_pairs(told)


def test_near_duplicates_are_candidates_whatever_their_words_are_worth():
    crowd = [f"seoul pact {n:04d} tokyo talks end" for n in range(0, 4000, 7)]
    strings = [*crowd, "ministers met again in the old town hall", "ministers met again in an old town hall", "", ""]
    found = near_duplicates(strings)
    at = len(crowd)
    assert (at, at + 1) in found
    assert not any(at + 2 in pair or at + 3 in pair for pair in found)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("ab c", max_size=8), max_size=12))
def test_near_duplicates_are_ordered_pairs_and_hold_every_repeat_of_a_short_list(strings):
    found = near_duplicates(strings)
    assert all(i < j for i, j in found)
    assert found == near_duplicates(strings)
    for i, one in enumerate(strings[:8]):
        for j in range(i + 1, min(8, len(strings))):
            if one and one == strings[j] and len(strings) <= 9:
                assert (i, j) in found
