"""Where sentences end, whatever stands in them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.claims.sentences import split_sentences
from app.core.text import one_typography

CASES = {
    "state": ("S. Korea sent two envoys. Nobody met them.", ["S. Korea sent two envoys.", "Nobody met them."]),
    "country": ("The U.S. Senate met. It adjourned.", ["The U.S. Senate met.", "It adjourned."]),
    "country-ends": ("They flew to the U.S. The talks failed.", ["They flew to the U.S.", "The talks failed."]),
    "month": ("It was signed Nov. 23, 2016. It lapsed.", ["It was signed Nov. 23, 2016.", "It lapsed."]),
    "title": ("Mr. Berg met Dr. Lind. Both smiled.", ["Mr. Berg met Dr. Lind.", "Both smiled."]),
    "number": ("It is No. 1 in Lund. It is old.", ["It is No. 1 in Lund.", "It is old."]),
    "no": ("Did they pay? No. They left.", ["Did they pay?", "No.", "They left."]),
    "initials": ("J. R. Lind spoke. He left.", ["J. R. Lind spoke.", "He left."]),
    "hour": ("It opens at 6 p.m. Monday. Come early.", ["It opens at 6 p.m. Monday.", "Come early."]),
    "inner": ("“We waited. Nobody came. We left,” she said.", ["“We waited.", "Nobody came.", "We left,” she said."]),
    "asked": ("“Who pays?” the mayor asked. Silence.", ["“Who pays?” the mayor asked.", "Silence."]),
    "asked-name": ("“Who pays?” Lind said Monday. Silence.", ["“Who pays?” Lind said Monday.", "Silence."]),
    "closed": ("“Nobody pays.” The mayor left.", ["“Nobody pays.”", "The mayor left."]),
    "ellipsis": ("It may break down… but not yet. Wait.", ["It may break down… but not yet.", "Wait."]),
    "bullets": ("• Taxes rise\n• Schools close early", ["Taxes rise", "Schools close early"]),
    "wrapped-word": (
        "The council said on\nmonday it was fine. Good.",
        ["The council said on\nmonday it was fine.", "Good."],
    ),
    "decimal": ("It rose 3.5 percent. Then it fell.", ["It rose 3.5 percent.", "Then it fell."]),
    "kanji": ("首相は謝罪した。韓国は拒否した。", ["首相は謝罪した。", "韓国は拒否した。"]),
}


@pytest.mark.parametrize(("text", "wanted"), CASES.values(), ids=CASES)
def test_cuts(text, wanted):
    assert [s.text for s in split_sentences(text)] == wanted


@pytest.mark.parametrize("line", ["– What happened? –", "– ‘A long dispute’ –", "7 p.m.", "___", "Key dates"], ids=str)
def test_labels_are_no_statements(line):
    found = split_sentences(f"The pact lapsed in May.\n\n{line}\n\nNobody noticed at first.")
    assert [s.subhead for s in found] == [False, True, False]


def test_a_lone_short_line_is_a_statement():
    assert not split_sentences("Seoul leaves pact")[0].subhead


def test_hard_wrapped_lines_are_one_paragraph():
    lines = [
        "The harbour authority said on Tuesday that the northern quay would be",
        "closed for repairs until the end of the month because of the storm that",
        "broke its wall. Ferries will use the southern quay instead, officials",
        "said.",
    ]
    found = split_sentences("\n".join(lines))
    assert len(found) == 2
    assert {s.paragraph for s in found} == {0}


@given(st.text(alphabet="aB .?!…\n“”\"'‘’S.U(–)•문安。1,:", max_size=80))
def test_offsets_and_order(text):
    found = split_sentences(text)
    assert all(s.text == text[s.start : s.end] and s.text == s.text.strip() and s.text for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    kept = sum(len(s.text) for s in found)
    assert kept <= len(text)


@given(st.text(max_size=60))
def test_one_typography_keeps_every_offset(text):
    assert len(one_typography(text)) == len(text)
