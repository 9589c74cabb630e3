"""Numbers: value, unit, hedge, what is counted; and what is no number."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.claims.numbers import find_numbers, in_common_unit

# id, text, [(words, value, unit, hedge, upto, counts)]
CASES = [
    ("worded hours", "It came six hours before the deadline.", [("six hours", 6, "hour", "exact", None, None)]),
    ("days", "notice of 90 days", [("90 days", 90, "day", "exact", None, None)]),
    ("times", "We twice sent envoys.", [("twice", 2, "time", "exact", None, None)]),
    ("dozen", "A dozen people fled.", [("A dozen people", 12, "person", "exact", None, "person")]),
    ("dozens", "Dozens of homes burned.", [("Dozens", 24, None, "at_least", None, "home")]),
    ("hundreds of thousands", "Hundreds of thousands marched.", [("Hundreds of thousands", 200_000, None, "at_least", None, None)]),
    ("half", "Half of the voters stayed away.", [("Half", 0.5, "share", "exact", None, None)]),
    ("half a million", "half a million people", [("half a million", 500_000, "person", "exact", None, "person")]),
    ("decimal million", "2.5 million refugees", [("2.5 million", 2_500_000, None, "exact", None, "refugee")]),
    ("dollars short", "a $5bn deal", [("$5bn", 5e9, "usd", "exact", None, None)]),
    ("dollars long", "4.2 billion euros", [("4.2 billion euros", 4.2e9, "eur", "exact", None, None)]),
    ("pounds", "a fine of £300m", [("£300m", 3e8, "gbp", "exact", None, None)]),
    ("won", "one million won", [("one million won", 1e6, "krw", "exact", None, None)]),
    ("who won", "Three won the race.", [("Three", 3, None, "exact", None, None)]),
    ("percent", "It fell 30 percent.", [("30 percent", 30, "percent", "exact", None, None)]),
    ("per cent", "It fell 30 per cent.", [("30 per cent", 30, "percent", "exact", None, None)]),
    ("basis points", "up 25 basis points", [("25 basis points", 25, "basis_point", "exact", None, None)]),
    ("percentage points", "up 0.5 percentage points", [("0.5 percentage points", 0.5, "percentage_point", "exact", None, None)]),
    ("part of a point", "up a quarter of a percentage point", [("a quarter of a percentage point", 0.25, "percentage_point", "exact", None, None)]),
    ("half a point", "It fell half a point.", [("half a point", 0.5, "percentage_point", "exact", None, None)]),
    ("quarter-point", "a quarter-point cut", [("a quarter-point", 0.25, "percentage_point", "exact", None, None)]),
    ("unit of two words", "90 metric tonnes", [("90 metric tonnes", 90, "tonne", "exact", None, None)]),
    ("sign", "It fell 3.5%.", [("3.5%", 3.5, "percent", "exact", None, None)]),
    ("at least", "at least 12 people died", [("12 people", 12, "person", "at_least", None, "person")]),
    ("more than", "more than 2,000 soldiers", [("2,000", 2000, None, "at_least", None, "soldier")]),
    ("up to", "up to 15 men", [("15", 15, None, "at_most", None, "man")]),
    ("no more than", "no more than 20 officers", [("20", 20, None, "at_most", None, "officer")]),
    ("about", "about 4,000 voted", [("4,000", 4000, None, "about", None, None)]),
    ("or more", "50 or more children", [("50", 50, None, "at_least", None, None)]),
    ("range", "between 30 and 40 percent", [("30 and 40 percent", 30, "percent", "exact", 40, None)]),
    ("range of words", "five to ten missiles", [("five to ten", 5, None, "exact", 10, "missile")]),
    ("range of money", "$1.5 to $2 million", [("$1.5 to $2 million", 1.5e6, "usd", "exact", 2e6, None)]),
    ("magnitude", "a 6.1-magnitude quake", [("6.1-magnitude", 6.1, "magnitude", "exact", None, None)]),
    ("age", "the 33-year-old driver", [("33-year-old", 33, "year_of_age", "exact", None, None)]),
    ("compound words", "Two hundred and fifty people", [("Two hundred and fifty people", 250, "person", "exact", None, "person")]),
    ("hyphen", "twenty-five ships", [("twenty-five", 25, None, "exact", None, "ship")]),
    ("adjectives between", "three short-range ballistic missiles", [("three", 3, None, "exact", None, "missile")]),
    ("distance", "It flew 500km.", [("500km", 500, "kilometre", "exact", None, None)]),
    ("year that counts", "2000 people came", [("2000 people", 2000, "person", "exact", None, "person")]),
    ("score", "They won 3-0.", [("3-0", 3, "score", "exact", 0, None)]),
    ("vote", "a 10-7 vote", [("10-7", 10, "score", "exact", 7, None)]),
]  # fmt: skip

NONE = [
    ("date", "on Nov. 23, 2016"),
    ("date other order", "on 23 November 2016"),
    ("year", "a pact of 2016 and the 1990s"),
    ("clock", "at 6:07 p.m. and at 6.10am"),
    ("name", "the Group of 20 and a Boeing 737 and Article 50"),
    ("ordinal", "the 2nd and 33rd time"),
    ("pronoun", "one of them said no one knew"),
    ("always", "open 24/7"),
]


@pytest.mark.parametrize(("text", "wanted"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_reads(text: str, wanted: list[tuple[str, float, str | None, str, float | None, str | None]]) -> None:
    found = find_numbers(text)
    assert [(n.text, pytest.approx(n.value), n.unit, n.hedge.value, n.upto, n.counts) for n in found] == wanted


@pytest.mark.parametrize("text", [c[1] for c in NONE], ids=[c[0] for c in NONE])
def test_is_no_number(text: str) -> None:
    assert find_numbers(text) == ()


def test_known_dates_are_left_out() -> None:
    assert find_numbers("in 40 days", dates=((3, 10),)) == ()
    (found,) = find_numbers("in 40 days", offset=50, dates=())
    assert (found.start, found.end) == (53, 60)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ((90, "minute"), (1.5, "hour")),
        ((14, "day"), (2, "week")),
        ((1, "mile"), (1.609344, "kilometre")),
        ((24, "month"), (2, "year")),
    ],
)
def test_units_of_one_kind_meet(a: tuple[float, str], b: tuple[float, str]) -> None:
    assert in_common_unit(*a)[0] == pytest.approx(in_common_unit(*b)[0])
    assert in_common_unit(*a)[1] == in_common_unit(*b)[1]


_BITS = st.sampled_from(
    "6 six 2,000 3.5 million bn $ € % percent people half a dozen dozens of between and to - 10-7 33-year-old at least about 2016 Nov. 23 once twice ’ 문 km m".split()
)


@settings(deadline=None)
@given(st.lists(_BITS, max_size=20))
def test_laws(bits: list[str]) -> None:
    text = " ".join(bits)
    found = find_numbers(text)
    assert all(text[n.start : n.end] == n.text for n in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))  # noqa: RUF007
    assert all(n.value >= 0 and (n.upto is None or n.upto >= 0) for n in found)


@settings(deadline=None)
@given(st.text(max_size=150))
def test_any_text(text: str) -> None:
    assert all(text[n.start : n.end] == n.text for n in find_numbers(text))
