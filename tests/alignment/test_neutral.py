"""Neutral titles: of what reports share, whatever they say of it."""

from __future__ import annotations

import re

import pytest

from app.core.alignment.neutral import neutral_titles

CONFLICTS = {
    "a day": ("The ferry Alma sank on Monday off Tors.", "The Alma ferry sank off Tors on Tuesday.", "Monday|Tuesday"),
    "a month": ("The mill of Brake shut in May.", "Brake's mill was shut in August.", "May|August"),
    "a number": ("Seven miners died in the Lund pit.", "In the Lund pit 12 miners died.", "[Ss]even|12"),
    "a number in words": ("Three hundred miners struck at Lund.", "Two dozen miners struck at Lund.", "hundred|dozen"),
    "a denial": ("Mayor Krag took the bribe.", "Mayor Krag never took a bribe.", "never"),
    "a denial told": ("Krag denied that he took the bribe.", "Krag denied taking the bribe, a court heard.", "denied"),
}


@pytest.mark.parametrize(("a", "b", "untold"), CONFLICTS.values(), ids=CONFLICTS.keys())
def test_a_title_says_what_it_is_about_and_not_how_the_reports_stand(a: str, b: str, untold: str) -> None:
    (title,) = neutral_titles([[a, b]])
    assert not re.search(rf"\b(?:{untold})\b", title), title
    assert not re.match(r"Whether|When|Where|How many|Who or what|Who said|At odds", title)
    assert len(title.split(" · ")) > 1


def test_a_title_has_the_words_that_reports_share() -> None:
    assert neutral_titles([["The bridge at Orsa reopened.", "Officials reopened the Orsa bridge."]]) == [
        "Bridge · Orsa · reopened"
    ]


def test_agreement_and_conflict_have_the_same_title() -> None:
    agree = ["The ferry Alma sank on Monday.", "The ferry Alma sank on Monday."]
    conflict = ["The ferry Alma sank on Monday.", "The ferry Alma sank on Friday."]
    assert neutral_titles([agree]) == neutral_titles([conflict])


@pytest.mark.parametrize("texts", [["문재인 대통령이 말했다", "日韓の協定"], ["12 3", "…"], [""], []], ids=str)
def test_there_is_always_a_title(texts: list[str]) -> None:
    assert neutral_titles([texts])[0]


def test_no_two_rows_have_the_same_title() -> None:
    titles = neutral_titles([["The mill shut.", "The mill shut."], ["The mill shut.", "The mill shut."]])
    assert len(set(titles)) == 2
