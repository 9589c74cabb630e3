"""Numbers: value, unit, hedge, what is counted; and what is no number."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.claims import read_claims
from app.core.claims.numbers import find_numbers, in_common_unit
from app.core.language import load_reader
from app.core.records import Article, NumberRole

# id, text, [(words, value, unit, hedge, upto, counts)]
CASES = [
    ("worded hours", "It came six hours before the deadline.", [("six hours", 6, "hour", "exact", None, None)]),
    ("days", "notice of 90 days", [("90 days", 90, "day", "exact", None, None)]),
    ("times", "We twice sent envoys.", [("twice", 2, "time", "exact", None, None)]),
    ("dozen", "A dozen people fled.", [("A dozen people", 12, "person", "exact", None, "person")]),
    ("dozens", "Dozens of homes burned.", [("Dozens", 24, None, "at_least", None, "home")]),
    ("hundreds of thousands", "Hundreds of thousands marched.", [("Hundreds of thousands", 200_000, "person", "at_least", None, "person")]),
    ("half", "Half of the voters stayed away.", [("Half", 0.5, "share", "exact", None, None)]),
    ("half a million", "half a million people", [("half a million people", 500_000, "person", "exact", None, "person")]),
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
    ("three-quarter hours", "Two and three quarter hours passed.", [("Two and three quarter hours", 2.75, "hour", "exact", None, None)]),
    ("a letter for an apostrophe", "about 12ʼ400 people", [("12ʼ400 people", 12_400, "person", "about", None, "person")]),
    ("heat apart from its sign", "Highs of 31 C are due.", [("31 C", 31, "celsius", "exact", None, None)]),
    ("millions and thousands in words", "Two million three hundred thousand votes", [("Two million three hundred thousand", 2_300_000, None, "exact", None, "vote")]),
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
    ("record of three", "a 45-7-2 record", [("45-7-2", 45, "score", "exact", 7, None)]),
    ("spaces", "12 500 cars and 1\u202f250\u00a0000 vans", [("12 500", 12500, None, "exact", None, "car"), ("1\u202f250\u00a0000", 1_250_000, None, "exact", None, "van")]),
    ("apostrophes", "The lake holds 1’250’000 litres.", [("1’250’000 litres", 1_250_000, "litre", "exact", None, None)]),
    ("Swiss money", "rent of CHF 2'450.50", [("CHF 2'450.50", 2450.5, "chf", "exact", None, None)]),
    ("decimal comma", "It made €1,2 million and fell 3,5 percent.", [("€1,2 million", 1.2e6, "eur", "exact", None, None), ("3,5 percent", 3.5, "percent", "exact", None, None)]),
    ("points and comma", "a fine of 12.500,75 euros", [("12.500,75 euros", 12500.75, "eur", "exact", None, None)]),
    ("points", "a total of 1.250.000 euros", [("1.250.000 euros", 1_250_000, "eur", "exact", None, None)]),
    ("Indian groups", "Rs 12,34,567", [("Rs 12,34,567", 1_234_567, "inr", "exact", None, None)]),
    ("hyphens", "Some 40-50 homes and 12–15 rebels", [("40-50", 40, None, "about", 50, "home"), ("12–15", 12, None, "exact", 15, "rebel")]),
    ("hyphens of money", "€5-7 billion or £200m-£300m", [("€5-7 billion", 5e9, "eur", "exact", 7e9, None), ("£200m-£300m", 2e8, "gbp", "exact", 3e8, None)]),
    ("between hyphens", "between 100-150 people", [("100-150 people", 100, "person", "exact", 150, "person")]),
    ("or", "three or four dogs", [("three or four", 3, None, "exact", 4, "dog")]),
    ("hanging hyphen", "2- to 3-metre waves", [("2- to 3-metre", 2, "metre", "exact", 3, None)]),
    ("and a half", "two-and-a-half million people, one and a half billion euros", [("two-and-a-half million people", 2.5e6, "person", "exact", None, "person"), ("one and a half billion euros", 1.5e9, "eur", "exact", None, None)]),
    ("a million and a half", "a million and a half barrels", [("a million and a half barrels", 1.5e6, "barrel", "exact", None, None)]),
    ("hour and a half", "an hour and a half, a day or two", [("an hour and a half", 1.5, "hour", "exact", None, None), ("a day or two", 1, "day", "exact", 2, None)]),
    ("hundred and", "a hundred and fifty-three goats", [("a hundred and fifty-three", 153, None, "exact", None, "goat")]),
    ("twelve hundred", "twelve hundred homes", [("twelve hundred", 1200, None, "exact", None, "home")]),
    ("strokes", "About 1/4 of voters, 1/2 mile, a 3/8-inch hole, 1/3 the seats", [("1/4", 0.25, "share", "about", None, None), ("1/2 mile", 0.5, "mile", "exact", None, None), ("3/8-inch", 0.375, "inch", "exact", None, None), ("1/3", 1 / 3, "share", "exact", None, None)]),
    ("strokes that are no part", "The 1/6 riot, 9/11, open 24/7, they won 2/3, rated 4/5", []),
    ("fraction signs", "2½ acres, 1¾ miles, 3 1/2 tonnes", [("2½ acres", 2.5, "acre", "exact", None, None), ("1¾ miles", 1.75, "mile", "exact", None, None), ("3 1/2 tonnes", 3.5, "tonne", "exact", None, None)]),
    ("part of", "It owns ⅔ of the mine.", [("⅔", 2 / 3, "share", "exact", None, None)]),
    ("minus", "growth of −0.5 percent, minus 5C", [("−0.5 percent", -0.5, "percent", "exact", None, None), ("minus 5C", -5, "celsius", "exact", None, None)]),
    ("below zero", "It was 20C below zero.", [("20C below zero", -20, "celsius", "exact", None, None)]),
    ("no minus", "Blast -10 people dead", [("10 people", 10, "person", "exact", None, "person")]),
    ("heat", "38C, 100°F and 71 degrees Fahrenheit", [("38C", 38, "celsius", "exact", None, None), ("100°F", 100, "fahrenheit", "exact", None, None), ("71 degrees Fahrenheit", 71, "fahrenheit", "exact", None, None)]),
    ("small money", "99p, 20 pence and 75¢", [("99p", 99, "pence", "exact", None, None), ("20 pence", 20, "pence", "exact", None, None), ("75¢", 75, "cent", "exact", None, None)]),
    ("far money", "R500 million, Ksh 20,000, ₦5bn, 400 mn yen, 40 zloty", [("R500 million", 5e8, "zar", "exact", None, None), ("Ksh 20,000", 20_000, "kes", "exact", None, None), ("₦5bn", 5e9, "ngn", "exact", None, None), ("400 mn yen", 4e8, "jpy", "exact", None, None), ("40 zloty", 40, "pln", "exact", None, None)]),
    ("metres or millions", "a 40m fall, a €40m fine, 3m voters", [("40m", 40, "metre", "exact", None, None), ("€40m", 4e7, "eur", "exact", None, None), ("3m", 3e6, None, "exact", None, "voter")]),
    ("one in five", "one in five people, 3 out of every 10 farmers", [("one in five", 0.2, "share", "exact", None, None), ("3 out of every 10", 0.3, "share", "exact", None, None)]),
    ("of the", "five of the 12 members", [("five", 5, None, "exact", None, "member"), ("12", 12, None, "exact", None, "member")]),
    ("quake", "a 6.1 quake, magnitude 7, 5.9 on the Richter scale", [("6.1", 6.1, "magnitude", "exact", None, None), ("7", 7, "magnitude", "exact", None, None), ("5.9 on the Richter scale", 5.9, "magnitude", "exact", None, None)]),
    ("weight", "a 400-pound bear weighing 5 lb more", [("400-pound", 400, "pound_mass", "exact", None, None), ("5 lb", 5, "pound_mass", "exact", None, None)]),
    ("radio", "a 2.4GHz chip", [("2.4GHz", 2.4, "gigahertz", "exact", None, None)]),
    ("feet and inches", "6ft 2in and 6-foot-2", [("6ft 2in", 6 + 1 / 6, "foot", "exact", None, None), ("6-foot-2", 6 + 1 / 6, "foot", "exact", None, None)]),
    ("hours and minutes", "two hours and 30 minutes", [("two hours and 30 minutes", 2.5, "hour", "exact", None, None)]),
    ("after hedges", "100+ people, 20-odd sheep, 80 or more yards", [("100+ people", 100, "person", "at_least", None, "person"), ("20", 20, None, "about", None, "sheep"), ("80 or more yards", 80, "yard", "at_least", None, None)]),
    ("over a time", "loans over three years, for over two years", [("three years", 3, "year", "exact", None, None), ("two years", 2, "year", "at_least", None, None)]),
    ("one that counts", "one woman of them", [("one", 1, None, "exact", None, "woman")]),
    ("after a date", "On May 5 200 people came.", [("200 people", 200, "person", "exact", None, "person")]),
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
    ("models", "an iPhone 7, an AK-47, a Boeing 737-800, an F-35, flight MH370, the 5G network, a 4K TV"),
    ("labels", "Game 7, Phase 3 trials, Category 5 hurricanes, Resolution 1973, page 12, Covid-19, the top 10"),
    ("names in words", "They took the hills in the Six Day War, long ago."),
    ("addresses", "at 1600 Hazel Avenue and the 400 block of Main St"),
    ("numbers to call", "Call 555-0123, 020 7946 0958 or +44 20 7946 0958."),
    ("pictures", "Hide Caption 16 of 25 Photos"),
    ("versions", "Version 5.01, 1.2.3 and 192.168.0.1"),
    ("too long", "number 123456789012345678901234567890 and 1e400 and " + "9" * 309),
    ("day of month", "on Oct. 19 and on 19-Nov-12"),
    ("hours", "at 18:45, at 6.10 on Friday, 0600 GMT, 3 o'clock"),
    ("caliber", "a .357 revolver and a .45-caliber gun"),
    ("half of a game", "in the second half, at half-time"),
    ("list without decimals", "in places 1,2"),
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
        ((104, "fahrenheit"), (40, "celsius")),
        ((2.4, "gigahertz"), (2400, "megahertz")),
        ((50, "percent"), (0.5, "share")),
    ],
)
def test_units_of_one_kind_meet(a: tuple[float, str], b: tuple[float, str]) -> None:
    assert in_common_unit(*a)[0] == pytest.approx(in_common_unit(*b)[0])
    assert in_common_unit(*a)[1] == in_common_unit(*b)[1]


_BITS = st.sampled_from(
    "6 six 2,000 3.5 1'000 1,5 ½ half doubled minus and a third by from one in 5p killed dead people’s million bn $ € % percent people half a dozen dozens of between and to - 10-7 33-year-old at least about 2016 Nov. 23 once twice ’ 문 km m".split()
)


@settings(deadline=None)
@given(st.lists(_BITS, max_size=20))
def test_laws(bits: list[str]) -> None:
    text = " ".join(bits)
    found = find_numbers(text)
    assert all(text[n.start : n.end] == n.text for n in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))  # noqa: RUF007
    assert all(math.isfinite(n.value) and (n.upto is None or n.upto >= n.value or n.role == "score") for n in found)


@settings(deadline=None)
@given(st.text(max_size=150))
def test_any_text(text: str) -> None:
    assert all(text[n.start : n.end] == n.text for n in find_numbers(text))


# id, text, the numbers that it is said not to be
NOT_THESE = [
    ("and not", "The ferry claimed ten lives and not eleven.", [11]),
    ("comma", "Ten people died, not eleven.", [11]),
    ("rather than", "Ten rather than eleven people were killed.", [11]),
    ("instead of", "It cost 5 million euros instead of 3 million euros.", [3e6]),
    ("not but", "There were not 300 but 250 people on board.", [300]),
    ("not the", "The court found 1.9 million missing, not the 2.4 million that prosecutors named.", [2.4e6]),
    ("if not", "Dozens, if not hundreds, of people died.", []),
    ("not one", "Not one soldier died.", []),
    ("soon", "Not two hours later the bridge fell.", []),
    ("not more than", "Not more than 30 people came.", []),
    ("not only", "Not only ten people came.", []),
    ("verb denied", "He did not hire 300 people.", []),
]


@pytest.mark.parametrize(("text", "denied"), [c[1:] for c in NOT_THESE], ids=[c[0] for c in NOT_THESE])
def test_a_number_that_it_is_not_is_known_as_such(text, denied) -> None:
    claims = read_claims(Article(text=text), load_reader("auto")).claims
    assert [n.value for c in claims for n in c.numbers if n.role is NumberRole.DENIED] == denied
