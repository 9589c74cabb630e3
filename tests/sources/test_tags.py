"""Tags copied along with a text: no word of the text goes with them, and odd input costs no more than its length."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.article import articles_of
from app.core.lexicon.outlets import load_outlets
from app.errors import BadInput, NotAnArticle
from app.sources import page_from_text
from app.sources.tags import without_tags

TODAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The talks <script>alert(1)</script> go on.", "The talks go on."),
        ("The pact <img src=\"x\" onerror='alert(1)'> holds.", "The pact holds."),
        ("It <b>will</b> be <a href=/x>signed</a>.", "It will be signed."),
        ("<p>One.</p><p>Two.</p>", "One.\nTwo.\n"),
        ("One<br>two<BR/>three", "One\ntwo\nthree"),
        ("<!-- kept by\nnobody -->All that is left.", "All that is left."),
        ("<style>p {color: red}</style>Words.", "Words."),
        ("a < b and c > d", "a < b and c > d"),
        ("The <script that never closes", "The <script that never closes"),
        ("<script>is opened, and all that follows stays", "is opened, and all that follows stays"),
        ("a <minister> spoke", "a <minister> spoke"),
        ("제목 <b>한국</b>", "제목 한국"),
        ("x <pact> y <i>z</i>", "x <pact> y z"),
    ],
)
def test_words_stay(text: str, wanted: str) -> None:
    assert without_tags(text) == wanted


@given(st.text(alphabet="ab <>/=\"'!-scriptp\n", max_size=200))
def test_nothing_but_tags_goes(text: str) -> None:
    bare = without_tags(text)
    assert len(bare) <= len(text)
    if "<" not in text:
        assert bare == text


@pytest.mark.parametrize("piece", ["<", "<a ", "<script>", "<!--", '<p x="', "<p '", "</script>", "<style"])
def test_hostile_markup_takes_linear_time(piece: str) -> None:
    start = time.process_time()
    without_tags(piece * 40_000)
    assert time.process_time() - start < 2


PARAGRAPH = "The minister said on Friday that talks would go on until the end of the month."


@pytest.mark.parametrize(
    "text",
    [
        f"{PARAGRAPH} <script>alert(1)</script>\n\nThe <img src=x> pact was signed in 2016 and has been renewed each year.",
        f"\u202e{PARAGRAPH}\u202c\n\nThe pact was signed in 2016 and has been renewed each year.",
        f"{PARAGRAPH}\x00\n\nThe pact was signed in 2016 and has been renewed each year.",
    ],
    ids=["tags", "turned", "null bytes"],
)
def test_paragraphs_with_odd_characters_are_kept(text: str) -> None:
    (article,) = articles_of(page_from_text(text), load_outlets(), TODAY)
    assert article.text == f"{PARAGRAPH}\n\nThe pact was signed in 2016 and has been renewed each year."


@pytest.mark.parametrize(
    ("text", "length"),
    [
        (" ".join([PARAGRAPH] * 13_000), 1_026_999),
        ("Minister quits over bridge funds", 32),
        ("قال الوزير يوم الجمعة إن المحادثات ستستمر حتى نهاية الشهر في العاصمة.", 69),
        ("장관은 금요일에 회담이 월말까지 계속될 것이라고 말했다.", 31),
    ],
    ids=["a megabyte on one line", "a headline alone", "arabic", "korean"],
)
def test_unusual_texts_are_read(text: str, length: int) -> None:
    (article,) = articles_of(page_from_text(text), load_outlets(), TODAY)
    assert len(article.text) == length


@pytest.mark.parametrize("text", ["😀😀 🎉", ". . . !!!", "<script>alert(1)</script>", "\x00\x00", "<img src=x>"])
def test_texts_without_words_say_so(text: str) -> None:
    with pytest.raises((BadInput, NotAnArticle)) as caught:
        articles_of(page_from_text(text), load_outlets(), TODAY)
    assert caught.value.mend
