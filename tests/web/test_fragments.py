"""Text fragments: they lead to the sentence, only to it, and say nothing of words that are not the outlet's."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.fragments import WHOLE, _found, _found_by_pattern, _tries, _trimmed, sentence_link, text_fragment

LONG = (
    "The harbour council of Ostby, which had met behind closed doors since the early morning, voted late on Tuesday to "
    "reopen the old bridge to lorries and to lower the toll for fishermen."
)
TWICE = "The bridge is open. Fishermen cheered. The bridge is open. Lorries waited."


def fragment(text: str, words: str, nth: int = 0) -> str:
    start = [m.start() for m in re.finditer(re.escape(words), text)][nth]
    return text_fragment(text, (start, start + len(words)))


@pytest.mark.parametrize(
    ("text", "words", "nth", "made"),
    [
        pytest.param("It rained. The bridge reopened.", "The bridge reopened.", 0, "The%20bridge%20reopened", id="short: whole"),
        pytest.param("“We waited,” she said.", "“We waited,”", 0, "We%20waited", id="quotes around it are left out"),
        pytest.param("A third, at least, left.", "A third, at least, left.", 0, "A%20third%2C%20at%20least%2C%20left", id="commas"),
        pytest.param("Moon Jae-in & Co. left.", "Moon Jae-in & Co. left.", 0, "Moon%20Jae%2Din%20%26%20Co.%20left", id="hyphen and ampersand"),
        pytest.param("문재인 대통령은 떠났다.", "문재인 대통령은 떠났다.", 0, "%EB%AC%B8%EC%9E%AC%EC%9D%B8%20%EB%8C%80%ED%86%B5%EB%A0%B9%EC%9D%80%20%EB%96%A0%EB%82%AC%EB%8B%A4", id="Hangul"),
        pytest.param(LONG, LONG, 0, "The%20harbour%20council%20of,the%20toll%20for%20fishermen", id="long: beginning and end"),
        pytest.param(f"The harbour council of Ness met. {LONG}", LONG, 0, "The%20harbour%20council%20of%20Ostby%2C%20which,to%20lower%20the%20toll%20for%20fishermen", id="long: a beginning that was there before"),
        pytest.param(TWICE, "The bridge is open.", 0, "The%20bridge%20is%20open", id="twice: the first needs nothing"),
        pytest.param(TWICE, "The bridge is open.", 1, "Fishermen%20cheered-,The%20bridge%20is%20open", id="twice: what stands before"),
        pytest.param("Open.\nOpen. Lorries waited.", "Open", 1, "Open,-Lorries%20waited", id="twice: what stands behind, in its paragraph"),
        pytest.param("the bridge IS open at last. The Bridge is open.", "The Bridge is open.", 0, "at%20last-,The%20Bridge%20is%20open", id="case is not told apart"),
        pytest.param("The bridged gap. The bridge.", "The bridge", 1, "The%20bridge", id="only whole words"),
        pytest.param("She said it was open\nand went away.", "it was open\nand went away", 0, "it%20was%20open,and%20went%20away", id="over two paragraphs"),
        pytest.param("One.", "", 0, "", id="nothing"),
        pytest.param("Well — “ …”", "— “ …”", 0, "", id="no word in it"),
    ],
)  # fmt: skip
def test_a_fragment(text, words, nth, made) -> None:
    assert fragment(text, words, nth) == made


@pytest.mark.parametrize(
    ("url", "own_words", "made"),
    [
        pytest.param("https://example.org/a?x=1", False, "https://example.org/a?x=1#:~:text=The%20bridge", id="plain"),
        pytest.param("https://example.org/a#part", False, "https://example.org/a#part:~:text=The%20bridge", id="has a fragment"),
        pytest.param("https://example.org/a#:~:text=old", False, "https://example.org/a#:~:text=The%20bridge", id="has a directive"),
        pytest.param("https://example.org/a", True, "https://example.org/a", id="not the outlet's words"),
        pytest.param("javascript:alert(1)", False, None, id="no page"),
        pytest.param("http://[bad", False, None, id="no address"),
        pytest.param(None, False, None, id="none"),
    ],
)  # fmt: skip
def test_a_link(url, own_words, made) -> None:
    assert sentence_link(url, "The bridge.", (0, 11), own_words=own_words) == made


words = st.lists(
    st.sampled_from(["bridge", "open", "Ostby", "Jae-in", "a,b", "문재인", "‘late’", "toll", "4"]),
    min_size=1,
    max_size=40,
)


@given(st.lists(words, min_size=1, max_size=4), st.data())
def test_a_fragment_says_words_of_its_place_and_nothing_that_a_directive_would_misread(paragraphs, data) -> None:
    text = "\n".join(" ".join(p) for p in paragraphs)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    made = text_fragment(text, (start, end))
    assert not re.search(r"[&#\s\"<>]", made)
    parts = [p for p in made.split(",") if p and not p.endswith("-") and not p.startswith("-")]
    assert len(parts) <= 2
    for part in parts:
        assert unquote(part) in re.sub(r"\s+", " ", text[start:end])
        assert len(unquote(part)) <= WHOLE or len(parts) == 1 or len(part.split("%20")) <= 20


@given(st.text(max_size=200), st.integers(-5, 210), st.integers(-5, 210))
def test_whatever_the_text_it_makes_a_fragment_or_none(text, start, end) -> None:
    assert isinstance(text_fragment(text, (start, end)), str)


WORDS = st.sampled_from(
    ["the", "bridge", "Bridge", "is", "open", "open_", "Jae-in", "’", ".", ",", "ſ", "İ", "ς", "Σ", "9", "\n"]
)


@given(st.lists(WORDS, min_size=1, max_size=30), st.data())
def test_plain_words_are_found_where_a_pattern_finds_them(words, data) -> None:
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    span = _trimmed(text, (start, data.draw(st.integers(start, len(text)))))
    for piece in _tries(text, *span) if span[0] < span[1] else ():
        assert _found(text, piece) == _found_by_pattern(text, piece)
