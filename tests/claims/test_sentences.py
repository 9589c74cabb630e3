"""Where sentences end, whatever stands in them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.claims.sentences import split_sentences
from app.core.text import one_typography
from app.core.thresholds import SENTENCE_CHARS

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
    "country-ends-before-people": (
        "They met in the U.S. Residents there are poor.",
        ["They met in the U.S.", "Residents there are poor."],
    ),
    "hour-ends-before-people": ("It began at 9 a.m. Police came late.", ["It began at 9 a.m.", "Police came late."]),
    "company-ends-before-a-name": (
        "He left Lund Inc. Maria Olsen follows.",
        ["He left Lund Inc.", "Maria Olsen follows."],
    ),
    "country-goes-on": (
        "The U.S. Treasury met U.S. President Ana Berg.",
        ["The U.S. Treasury met U.S. President Ana Berg."],
    ),
    "initials-before-a-given-name": ("J. Edgar Lind and W. Paul Berg met.", ["J. Edgar Lind and W. Paul Berg met."]),
    "initial-that-is-a-page-too": ("Ana P. Berg spoke on p. 7 of it.", ["Ana P. Berg spoke on p. 7 of it."]),
    "et-al": (
        "It failed, says Olsen et al. (EU 2011) in a note.",
        ["It failed, says Olsen et al. (EU 2011) in a note."],
    ),
    "et-al-ends": (
        "It was found by Olsen et al. The note is short.",
        ["It was found by Olsen et al.", "The note is short."],
    ),
    "court-case": ("They cited Lind v. Berg and lost.", ["They cited Lind v. Berg and lost."]),
    "compare": ("It is rare, cf. Olsen on birds.", ["It is rare, cf. Olsen on birds."]),
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


@pytest.mark.parametrize("sign", ["word ", "x", "安"], ids=["blanks", "no-blank", "han"])
def test_what_runs_on_longer_than_any_sentence_is_cut(sign):
    text = sign * 2_000
    found = split_sentences(text)
    assert max(len(s.text) for s in found) <= SENTENCE_CHARS
    assert "".join(s.text for s in found).replace(" ", "") == text.replace(" ", "")


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
