"""A headline that stands in the text itself: where it is, and which claims are its."""

from __future__ import annotations

import pytest

from app.core.records import Article, Claim
from app.core.text import headline_at, is_headline

BODY = "The ferry to Orlund sank on Tuesday. Nobody was hurt."


@pytest.mark.parametrize(
    ("opening", "headline"),
    [
        pytest.param("Ferry sinks off Orlund", "Ferry sinks off Orlund", id="to the letter"),
        pytest.param("FERRY SINKS OFF ORLUND", "Ferry sinks off Orlund", id="in capitals"),
        pytest.param("‘Ferry’ sinks – off Orlund", "'Ferry' sinks - off Orlund", id="other quotes and dashes"),
        pytest.param("Ferry sinks off Orlund.", "Ferry sinks off Orlund", id="a full stop"),
        pytest.param("Ferry  sinks off\u00a0Orlund ", "Ferry sinks off Orlund", id="other blanks"),
        pytest.param("\n  Ferry sinks off Orlund", "Ferry sinks off Orlund", id="blanks before it"),
        pytest.param("Ferry sinks\noff Orlund", "Ferry sinks off Orlund", id="over two lines"),
        pytest.param("Café «Orlund» closes", "Cafe “Orlund” closes", id="accents"),
        pytest.param("여객선 침몰", "여객선 침몰", id="Hangul"),
        pytest.param("Ferry sinks. Nobody hurt.", "Ferry sinks. Nobody hurt.", id="two sentences"),
    ],
)
@pytest.mark.parametrize("apart", ["\n\n", "\n", "\n \n\n"])
def test_a_text_that_opens_with_its_headline(opening, headline, apart) -> None:
    text = f"{opening}{apart}{BODY}"
    start, end = headline_at(text, headline)
    assert text[start:end] == opening.strip()
    article = Article(text=text, headline=headline)
    assert is_headline(Claim("c1", start, end, text[start:end]), article)
    assert not is_headline(Claim("c2", text.index(BODY), len(text), BODY), article)


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        pytest.param(BODY, None, id="no headline"),
        pytest.param(BODY, "", id="an empty one"),
        pytest.param(f"***\n\n{BODY}", "—", id="one without words"),
        pytest.param(f"Ferry sinks off Orlund\n\n{BODY}", "Ferry sinks", id="more than the headline"),
        pytest.param(f"Ferry sinks\n\n{BODY}", "Ferry sinks off Orlund", id="less than the headline"),
        pytest.param(f"Ferry sinks off Orlund {BODY}", "Ferry sinks off Orlund", id="the paragraph goes on"),
        pytest.param(f"Shipping\n\nFerry sinks\n\n{BODY}", "Ferry sinks", id="not at the start"),
        pytest.param("Ferry sinks off Orlund", "Ferry sinks off Orlund", id="nothing else"),
        pytest.param(f"Ferry sinks off Orland\n\n{BODY}", "Ferry sinks off Orlund", id="another word"),
        pytest.param("", "Ferry sinks", id="no text"),
    ],
)
def test_a_text_that_does_not(text, headline) -> None:
    assert headline_at(text, headline) is None
    assert not is_headline(Claim("c1", 0, len(text), text), Article(text=text, headline=headline))


def test_a_headline_above_the_text_is_one_wherever_it_points() -> None:
    claim = Claim("c1", 0, 11, "Ferry sinks", where="headline")
    assert is_headline(claim, Article(text=BODY, headline="Ferry sinks"))
