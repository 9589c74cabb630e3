"""What changed between two texts: both can be put together again from it, and it says no more than changed."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text import Change, changed_words, changes
from app.core.text.changes import CAREFUL

WORDS = st.lists(st.sampled_from(["the", "pact", "ends", "Seoul", "not", ",", "\n", " ", "20", "%"]), max_size=30).map(" ".join)  # fmt: skip


def told(before: str, after: str) -> str:
    signs = {"in": "+{}+", "out": "-{}-", "same": "{}"}
    return "".join(signs[c.kind].format(c.text) for c in changed_words(before, after))


@given(st.one_of(WORDS, st.text()), st.one_of(WORDS, st.text()))
def test_both_texts_can_be_put_together_again(before: str, after: str) -> None:
    found = changed_words(before, after)
    assert "".join(c.text for c in found if c.kind != "in") == before
    assert "".join(c.text for c in found if c.kind != "out") == after
    assert all(c.text for c in found)
    assert all(a.kind != b.kind for a, b in itertools.pairwise(found))


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
        pytest.param("The old bridge.", "The bridge.", "The -old -bridge.", id="taken out"),
        pytest.param("Ten  died.\n", "Ten died.", "Ten- - died.-\n-", id="blanks alone"),
        pytest.param("One.\nTwo is here.\nThree.", "One.\nFour is there.\nThree.", "One.\n-Two-+Four+ is -here-+there+.\nThree.", id="in a line"),
        pytest.param("Seoul said no.", "Seoul said “no”.", "Seoul said +“+no+”+.", id="quotation marks"),
    ],
)  # fmt: skip
def test_what_is_said_to_have_changed(before: str, after: str, said: str) -> None:
    assert told(before, after) == said


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How much is held against how much, each time."""
    work: list[int] = []
    careful = changes.LCSseq.opcodes

    def counted(a: list[str], b: list[str]) -> object:
        work.append(len(a) * len(b))
        return careful(a, b)

    monkeypatch.setattr(changes.LCSseq, "opcodes", counted)
    return work


LONG = {
    "one line without end": (" ".join(f"a{n} the" for n in range(30_000)), " ".join(f"b{n} the" for n in range(30_000))),
    "one line, the words mixed": (" ".join(f"a{n % 9}" for n in range(20_000)), " ".join(f"a{n % 7}" for n in range(20_000))),
    "lines without end": ("a\nb\n" * 20_000, "b\nc\n" * 20_000),
    "many long lines": ("\n".join("a the " * 900 + str(n) for n in range(60)), "\n".join("the b " * 900 + str(n) for n in range(60))),
    "every line changed": ("\n".join(f"{n} of them" for n in range(4_000)), "\n".join(f"{n} of us" for n in range(4_000))),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), LONG.values(), ids=LONG)
def test_the_work_of_two_texts_has_a_bound(held: list[int], before: str, after: str) -> None:
    found = changed_words(before, after)
    assert sum(held) <= CAREFUL
    assert "".join(c.text for c in found if c.kind != "in") == before
    assert "".join(c.text for c in found if c.kind != "out") == after


def test_of_a_long_text_what_is_common_to_both_ends_is_found(held: list[int]) -> None:
    words = " ".join(f"a{n % 900}" for n in range(30_000))
    found = changed_words(f"{words} ten {words}", f"{words} twelve {words}")
    assert [c.text for c in found if c.kind != "same"] == ["ten", "twelve"]
    assert sum(held) <= 2
