"""What changed between two texts: both can be put together again from it, and it says no more than changed."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text import Change, changed_words

WORDS = st.lists(st.sampled_from(["the", "pact", "ends", "Seoul", "not", ",", "\n", " ", "20", "%"]), max_size=30).map(" ".join)  # fmt: skip


def told(before: str, after: str) -> str:
    signs = {"in": "+{}+", "out": "-{}-", "same": "{}"}
    return "".join(signs[c.kind].format(c.text) for c in changed_words(before, after))


@given(st.one_of(WORDS, st.text()), st.one_of(WORDS, st.text()))
def test_both_texts_can_be_put_together_again(before: str, after: str) -> None:
    changes = changed_words(before, after)
    assert "".join(c.text for c in changes if c.kind != "in") == before
    assert "".join(c.text for c in changes if c.kind != "out") == after
    assert all(c.text for c in changes)
    assert all(a.kind != b.kind for a, b in itertools.pairwise(changes))


@given(st.text(min_size=1))
def test_the_same_text_has_not_changed(text: str) -> None:
    assert changed_words(text, text) == (Change("same", text),)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        pytest.param("Ten died.", "Twelve died.", "-Ten-+Twelve+ died.", id="a word"),
        pytest.param("Ten died.", "Ten were hurt.", "Ten -died-+were hurt+.", id="a word by two"),
        pytest.param("It will open.", "It will not open.", "It will +not +open.", id="put in"),
        pytest.param("1,200 people", "1,250 people", "-1,200-+1,250+ people", id="a number is one word"),
        pytest.param("the minister’s aide", "the minister’s own aide", "the minister’s +own +aide", id="an apostrophe parts no word"),
        pytest.param("a quick brown fox", "a slow red fox", "a -quick brown-+slow red+ fox", id="blanks between changes go with them"),
        pytest.param("One.\nTwo.\nThree.", "One.\nThree.", "One.\n-Two.\n-Three.", id="a line taken out"),
        pytest.param("", "All new.", "+All new.+", id="from nothing"),
        pytest.param("Seoul said no.", "Seoul said “no”.", "Seoul said +“+no+”+.", id="quotation marks"),
    ],
)  # fmt: skip
def test_what_is_said_to_have_changed(before: str, after: str, said: str) -> None:
    assert told(before, after) == said


def test_two_long_texts_with_nothing_in_common_are_compared_in_time() -> None:
    """As long as an article may be. No clock: it would take hours, were every word held against every other."""
    before, after = (
        " ".join(f"a{n % 9000} the" for n in range(30_000)),
        " ".join(f"b{n % 9000} the" for n in range(30_000)),
    )
    changes = changed_words(before, after)
    assert "".join(c.text for c in changes if c.kind != "in") == before
