"""Date expressions: what they resolve to, at which grain, and what is no date."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.claims import read_statement
from app.core.claims.dates import find_dates
from app.core.claims.dates.instants import instant
from app.core.language import load_reader

FRIDAY = date(2019, 11, 22)
THURSDAY = date(2019, 8, 22)

# id, published, text, [(words, value, grain, upto)]
ABSOLUTE = [
    ("iso", None, "Filed 2019-11-28.", [("2019-11-28", "2019-11-28", "day", None)]),
    ("month day year", None, "Signed Nov. 23, 2016, in the capital.", [("Nov. 23, 2016", "2016-11-23", "day", None)]),
    ("day month year", None, "Signed on 23 November 2016.", [("23 November 2016", "2016-11-23", "day", None)]),
    ("ordinal of month", None, "the 22nd of August 2019", [("the 22nd of August 2019", "2019-08-22", "day", None)]),
    ("month year", None, "It was agreed in November 2016.", [("November 2016", "2016-11", "month", None)]),
    ("month of year", None, "It was agreed in November of 2016.", [("November of 2016", "2016-11", "month", None)]),
    ("us numbers", None, "Dated 8/22/2019.", [("8/22/2019", "2019-08-22", "day", None)]),
    ("european numbers", None, "Dated 22.8.2019.", [("22.8.2019", "2019-08-22", "day", None)]),
    ("ambiguous numbers", None, "Dated 8/9/2019.", []),
    ("year", None, "A treaty of 1965 and a ruling in 2018.", [("1965", "1965", "year", None), ("2018", "2018", "year", None)]),
    ("years", None, "They ruled from 1910 to 1945.", [("from 1910 to 1945", "1910", "year", "1945")]),
    ("years between", None, "Between 1910 and 1945 it was a colony.", [("Between 1910 and 1945", "1910", "year", "1945")]),
    ("years dash", None, "the war of 1939-45", [("1939-45", "1939", "year", "1945")]),
    ("decade", None, "a deal from the 1990s", [("the 1990s", "1990", "year", "1999")]),
    ("quarter", None, "in the third quarter of 2019", [("the third quarter of 2019", "2019-Q3", "quarter", None)]),
    ("Q", None, "sales in Q3 2019", [("Q3 2019", "2019-Q3", "quarter", None)]),
    ("half", None, "the first half of 2019", [("the first half of 2019", "2019-Q1", "quarter", "2019-Q2")]),
    ("season", None, "in the summer of 2016", [("the summer of 2016", "2016-06", "month", "2016-08")]),
    ("days of month", None, "Nov. 21-23, 2019", [("Nov. 21-23, 2019", "2019-11-21", "day", "2019-11-23")]),
    ("impossible day", None, "February 30, 2019 came and went", [("2019", "2019", "year", None)]),
    ("holiday", None, "on Christmas Day 2018", [("Christmas Day 2018", "2018-12-25", "day", None)]),
]  # fmt: skip

RELATIVE = [
    ("abbreviated", THURSDAY, "The removal will take effect Aug. 28.", [("Aug. 28", "2019-08-28", "day", None)]),
    ("past day", THURSDAY, "the Aug. 15 speech", [("Aug. 15", "2019-08-15", "day", None)]),
    ("ordinal day", date(2019, 11, 28), "But on November 26th the minister spoke.", [("November 26th", "2019-11-26", "day", None)]),
    ("over the year's end", date(2019, 1, 3), "He was held on Dec. 31.", [("Dec. 31", "2018-12-31", "day", None)]),
    ("weekday today", THURSDAY, "The government said Thursday it will leave.", [("Thursday", "2019-08-22", "day", None)]),
    ("weekday past", FRIDAY, "He spoke to her on Thursday night.", [("Thursday night", "2019-11-21", "day", None)]),
    ("weekday future", FRIDAY, "The court will rule on Tuesday.", [("Tuesday", "2019-11-26", "day", None)]),
    ("weekday planned", FRIDAY, "The talks are scheduled for Monday.", [("Monday", "2019-11-25", "day", None)]),
    ("weekday expected, left unchanged", FRIDAY, "The bank is expected to leave its rate unchanged at 2.5 percent on Thursday.", [("Thursday", "2019-11-28", "day", None)]),
    ("weekday watched", date(2016, 7, 15), "Crowds gathered to watch fireworks on Thursday night.", [("Thursday night", "2016-07-14", "day", None)]),
    ("by weekday, told", date(2016, 5, 30), "The page had 3,000 fans by Sunday afternoon.", [("Sunday afternoon", "2016-05-29", "day", None)]),
    ("last weekday", FRIDAY, "They met last Friday.", [("last Friday", "2019-11-15", "day", None)]),
    ("next weekday", FRIDAY, "They meet next Friday.", [("next Friday", "2019-11-29", "day", None)]),
    ("weekdays", FRIDAY, "The meeting is held on Friday and Saturday.", [("Friday and Saturday", "2019-11-22", "day", "2019-11-23")]),
    ("midnight", FRIDAY, "It becomes official at midnight Friday.", [("midnight Friday", "2019-11-22", "day", None)]),
    ("midnight on", date(2019, 11, 28), "It was set to end at midnight on November 23rd.", [("midnight on November 23rd", "2019-11-23", "day", None)]),
    ("late weekday", date(2019, 8, 23), "announced late Thursday that", [("late Thursday", "2019-08-22", "day", None)]),
    ("month past", FRIDAY, "Seoul had said in August that it would go.", [("August", "2019-08", "month", None)]),
    ("month ahead", FRIDAY, "when the two are at a summit in December", [("December", "2019-12", "month", None)]),
    ("last month's name", FRIDAY, "since last November", [("last November", "2018-11", "month", None)]),
    ("month last year", FRIDAY, "in August last year", [("August last year", "2018-08", "month", None)]),
    ("earlier this month", THURSDAY, "Japan had earlier this month struck it off.", [("earlier this month", "2019-08", "month", None)]),
    ("early last month", THURSDAY, "curbs imposed early last month", [("early last month", "2019-07", "month", None)]),
    ("next month", FRIDAY, "They may meet next month.", [("next month", "2019-12", "month", None)]),
    ("last week", FRIDAY, "Esper came last week.", [("last week", "2019-W46", "week", None)]),
    ("this week", date(2019, 11, 28), "as early as this week", [("this week", "2019-W48", "week", None)]),
    ("last year", FRIDAY, "A ruling last year angered them.", [("last year", "2018", "year", None)]),
    ("last summer", FRIDAY, "It began last summer.", [("last summer", "2019-06", "month", "2019-08")]),
    ("yesterday", FRIDAY, "It rained yesterday.", [("yesterday", "2019-11-21", "day", None)]),
    ("tomorrow", FRIDAY, "They vote tomorrow.", [("tomorrow", "2019-11-23", "day", None)]),
    ("days ago", FRIDAY, "two days ago", [("two days ago", "2019-11-20", "day", None)]),
    ("years ago", FRIDAY, "three years ago", [("three years ago", "2016", "year", None)]),
    ("the next day", FRIDAY, "She left on Nov. 11. The next day he followed.", [("Nov. 11", "2019-11-11", "day", None), ("The next day", "2019-11-12", "day", None)]),
    ("a week later", FRIDAY, "It began on Nov. 4 and a week later it was over.", [("Nov. 4", "2019-11-04", "day", None), ("a week later", "2019-11-11", "day", None)]),
    ("earlier in the day", THURSDAY, "They met earlier in the day.", [("earlier in the day", "2019-08-22", "day", None)]),
    ("clock and day", FRIDAY, "The order came at 6:07 p.m. on Friday.", [("6:07 p.m. on Friday", "2019-11-22T18:07", "minute", None)]),
    ("clock alone", FRIDAY, "It began at 6 p.m. and ended soon.", [("6 p.m.", "T18", "hour", None)]),
    ("clock with a point", date(2016, 11, 9), "Police were called at 6.10am.", [("6.10am", "T06:10", "minute", None)]),
    ("present tense of plans", FRIDAY, "Ministers meet Tuesday.", [("Tuesday", "2019-11-26", "day", None)]),
    ("is on", FRIDAY, "The funeral is on Monday.", [("Monday", "2019-11-25", "day", None)]),
    ("until a month", FRIDAY, "The ban lasts until March.", [("March", "2020-03", "month", None)]),
    ("overnight", FRIDAY, "Snow fell overnight, forecasters said.", [("overnight", "2019-11-22", "day", None)]),
    ("opens the sentence", FRIDAY, "In late August the lake froze.", [("late August", "2019-08", "month", None)]),
    ("the following weekday", FRIDAY, "It began on Nov. 4. The following Monday it was over.", [("Nov. 4", "2019-11-04", "day", None), ("The following Monday", "2019-11-11", "day", None)]),
    ("a year earlier, of a month", FRIDAY, "Sales in April beat those of a year earlier.", [("April", "2019-04", "month", None), ("a year earlier", "2018-04", "month", None)]),
    ("the year before", FRIDAY, "He won in 2012, having lost the year before.", [("2012", "2012", "year", None), ("the year before", "2011", "year", None)]),
    ("year-end", FRIDAY, "It must be done by year-end.", [("year-end", "2019", "year", None)]),
    ("final quarter", FRIDAY, "in the final quarter of 2018", [("the final quarter of 2018", "2018-Q4", "quarter", None)]),
    ("Easter", FRIDAY, "The bombs went off on Easter Sunday.", [("Easter Sunday", "2019-04-21", "day", None)]),
    ("weekday of long ago", FRIDAY, "She said on Wednesday, August 3, that they would part.", [("Wednesday, August 3", "2016-08-03", "day", None)]),
    ("extended to", FRIDAY, "The deadline was extended to Monday.", [("Monday", "2019-11-25", "day", None)]),
    ("delayed until", FRIDAY, "The vote, delayed until Thursday, was called a farce.", [("Thursday", "2019-11-28", "day", None)]),
    ("postponed the trial until", FRIDAY, "The court postponed the trial of Karl Weiss until Tuesday.", [("Tuesday", "2019-11-26", "day", None)]),
    ("remanded until", FRIDAY, "The judge remanded him in custody until Monday.", [("Monday", "2019-11-25", "day", None)]),
    ("until the same weekday", FRIDAY, "The truce was extended through Friday.", [("Friday", "2019-11-29", "day", None)]),
    ("put off until a day", FRIDAY, "It was put off until March 8.", [("March 8", "2020-03-08", "day", None)]),
    ("rescheduled for", FRIDAY, "The hearing was rescheduled for Thursday.", [("Thursday", "2019-11-28", "day", None)]),
    ("called for", FRIDAY, "They were calling a snap meeting for Monday.", [("Monday", "2019-11-25", "day", None)]),
    ("moved from and to", FRIDAY, "They moved the match from Saturday to Sunday.", [("Saturday", "2019-11-23", "day", None), ("Sunday", "2019-11-24", "day", None)]),
    ("until, when it was over", FRIDAY, "The ban was in force until Monday, when it was lifted.", [("Monday", "2019-11-18", "day", None)]),
    ("shut until crews had done", FRIDAY, "The road was shut until Tuesday when crews cleared it.", [("Tuesday", "2019-11-19", "day", None)]),
    ("until, when it will be", FRIDAY, "The vote was delayed until Monday, when it will be held by post.", [("Monday", "2019-11-25", "day", None)]),
    ("until, when it is", FRIDAY, "The hearing was put off until Monday, when the judge is back.", [("Monday", "2019-11-25", "day", None)]),
    ("lasted until", FRIDAY, "The talks lasted until Monday.", [("Monday", "2019-11-18", "day", None)]),
    ("not until", FRIDAY, "He was not found until Saturday.", [("Saturday", "2019-11-16", "day", None)]),
    ("due to", FRIDAY, "It is shut due to Thursday's storm.", [("Thursday", "2019-11-21", "day", None)]),
    ("since a month", FRIDAY, "They have sold oil since December.", [("December", "2018-12", "month", None)]),
    ("planned", FRIDAY, "It leaked ahead of the rumoured February launch.", [("February", "2020-02", "month", None)]),
    ("past told of a month ahead", date(2016, 7, 15), "Gunmen killed 130 people in Paris on Nov. 13.", [("Nov. 13", "2015-11-13", "day", None)]),
    ("ago this month", FRIDAY, "Two years ago this month the dam burst.", [("Two years ago this month", "2017-11", "month", None)]),
    ("years ago on a day", FRIDAY, "It closed two years ago on March 12.", [("two years ago on March 12", "2017-03-12", "day", None)]),
    ("years ago in a month", FRIDAY, "It opened ten years ago in May.", [("ten years ago in May", "2009-05", "month", None)]),
    ("this month ago", FRIDAY, "This month two years ago the dam burst.", [("This month two years ago", "2017-11", "month", None)]),
    ("ago today", FRIDAY, "It burst 50 years ago today.", [("50 years ago today", "1969-11-22", "day", None)]),
    ("ago this week", FRIDAY, "It burst a year ago this week.", [("a year ago this week", "2018-W47", "week", None)]),
    ("a week ago Tuesday", FRIDAY, "It burst a week ago Tuesday.", [("a week ago Tuesday", "2019-11-12", "day", None)]),
    ("on this day in", FRIDAY, "On this day in 1945 it burst.", [("this day in 1945", "1945-11-22", "day", None)]),
    ("this time last year", FRIDAY, "It burst this time last year.", [("this time last year", "2018-11", "month", None)]),
    ("Tuesday week", FRIDAY, "It opens Tuesday week.", [("Tuesday week", "2019-12-03", "day", None)]),
    ("Monday fortnight", FRIDAY, "It opens Monday fortnight.", [("Monday fortnight", "2019-12-09", "day", None)]),
    ("a week on", FRIDAY, "It opens a week on Monday.", [("a week on Monday", "2019-12-02", "day", None)]),
    ("two weeks from today", FRIDAY, "It opens two weeks from today.", [("two weeks from today", "2019-12-06", "day", None)]),
    ("a week last", FRIDAY, "It shut a week last Tuesday.", [("a week last Tuesday", "2019-11-12", "day", None)]),
    ("day-mon-yy", FRIDAY, "The report was due on 19-Nov-12.", [("19-Nov-12", "2012-11-19", "day", None)]),
    ("other short forms", FRIDAY, "Nov-19-2012, 2012-Nov-18, 17NOV2012, 11/16/12, 15/11/12, Nov. 14, ’12, May ’98", [("Nov-19-2012", "2012-11-19", "day", None), ("2012-Nov-18", "2012-11-18", "day", None), ("17NOV2012", "2012-11-17", "day", None), ("11/16/12", "2012-11-16", "day", None), ("15/11/12", "2012-11-15", "day", None), ("Nov. 14, ’12", "2012-11-14", "day", None), ("May ’98", "1998-05", "month", None)]),
    ("ambiguous short form", FRIDAY, "Dated 8/9/12.", []),
    ("a day known by name", date(2024, 3, 5), "The Jan. 6 riot changed politics.", [("Jan. 6", "2021-01-06", "day", None)]),
    ("a day known by its place", date(2024, 3, 5), "The June 6 landings in Normandy were recalled.", [("June 6", "1944-06-06", "day", None)]),
    ("named, then bare", date(2024, 6, 5), "The Jan. 6 panel met. He was jailed for what he did on Jan. 6.", [("Jan. 6", "2021-01-06", "day", None), ("Jan. 6", "2021-01-06", "day", None)]),
    ("no name of the day", date(2024, 1, 9), "A fire on Jan. 6 shut the shop.", [("Jan. 6", "2024-01-06", "day", None)]),
    ("the article's own year", FRIDAY, "The dam burst on March 3, 2011. What happened on March 3 is told again.", [("March 3, 2011", "2011-03-03", "day", None), ("March 3", "2011-03-03", "day", None)]),
    ("not of the news", FRIDAY, "The dam burst on Nov. 20, 2011; it burst again on Nov. 20.", [("Nov. 20, 2011", "2011-11-20", "day", None), ("Nov. 20", "2019-11-20", "day", None)]),
    ("a list's year", FRIDAY, "It flew in May and July of 2016.", [("May", "2016-05", "month", None), ("July of 2016", "2016-07", "month", None)]),
    ("this spring, in autumn", date(2016, 10, 13), "One was found this spring.", [("this spring", "2016-03", "month", "2016-05")]),
    ("range of months", FRIDAY, "from March to May", [("from March to May", "2019-03", "month", "2019-05")]),
]  # fmt: skip

NONE = [
    ("modal may", "They may march on, as they must."),
    ("a person", "Theresa May said no. Mrs May left."),
    ("a march", "The march was long. March on!"),
    ("second", "A second man and we were there for a second."),
    ("counts", "2000 people and 1950 soldiers fled."),
    ("money", "It cost $2016 and £1999."),
    ("a name", "spokeswoman Jun Hee-kyung spoke"),
    ("each week", "The market opens every Friday and each Monday."),
    ("an old event", "It recalls the March 1 Movement and the June 10 uprising."),
    ("recurring", "The market opens Fridays."),
    ("Good Friday", "The Good Friday agreement holds."),
    ("span", "for three years and over the past two decades"),
    ("superlative", "The first time in 48 years."),
    ("span of a month", "Prices fell over the last month and in the next year they will rise."),
    ("thousands", "It was built about 8,000 years ago."),
    ("numbered things", "Resolution 1973 and Windows 2000 were old."),
    ("overnight as adjective", "an overnight train and an overnight success"),
    ("vague", "Now, currently, recently, a few months ago and in the 19th century it was so."),
    ("nowadays", "Even today they deny it."),
    ("sun and sat", "The Sun sat above."),
    ("a paper", "He told Florida Today of it."),
    ("almost overnight", "It grew almost overnight."),
    ("a rocket", "A Long March 4 flew."),
]


@pytest.mark.parametrize(
    ("published", "text", "wanted"), [c[1:] for c in ABSOLUTE + RELATIVE], ids=[c[0] for c in ABSOLUTE + RELATIVE]
)
def test_resolves(published: date | None, text: str, wanted: list[tuple[str, str, str, str | None]]) -> None:
    assert [(d.text, d.value, d.grain, d.upto) for d in find_dates(text, published)] == wanted


BOUNDS = [
    ("by", "It will open by the end of March.", "by"),
    ("before", "It must close before Friday.", "by"),
    ("no later than", "It must close no later than 4 May.", "by"),
    ("at the latest", "It must close in May at the latest.", "by"),
    ("not before", "It will not open before March.", "from"),
    ("not until", "It won't be open until 4 May.", "from"),
    ("no earlier than", "It opens no earlier than 4 May.", "from"),
    ("at the earliest", "It opens in May at the earliest.", "from"),
    ("in", "It will open in March.", None),
    ("until", "It is open until 4 May.", None),
    ("before what is on that day", "He left before Friday's vote.", None),
    ("days before", "He left three days before 4 May.", None),
    ("a time of day", "He left just before midnight on Monday.", None),
]


@pytest.mark.parametrize(("text", "wanted"), [c[1:] for c in BOUNDS], ids=[c[0] for c in BOUNDS])
def test_deadlines_and_earliest_days(text: str, wanted: str | None) -> None:
    assert [d.bound for d in find_dates(text, FRIDAY)] == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("He left on Monday. It struck at 6:07 p.m.", ["2019-11-18", "T18:07"]),
        ("He left on Monday and came back at 6 p.m.", ["2019-11-18", "2019-11-18T18"]),
        ("It struck at 6:07 p.m.", ["T18:07"]),
        ("It struck at 0430 GMT.", ["T04:30"]),
        ("Today it struck at noon.", ["2019-11-22", "2019-11-22T12"]),
    ],
)
def test_a_time_of_day_has_the_day_of_its_sentence_or_none(text: str, wanted: list[str]) -> None:
    assert [d.value for d in find_dates(text, FRIDAY)] == wanted


@pytest.mark.parametrize("text", [c[1] for c in NONE], ids=[c[0] for c in NONE])
def test_is_no_date(text: str) -> None:
    assert find_dates(text, FRIDAY) == ()


@pytest.mark.parametrize(
    "text", ["last week", "on Friday", "in August", "two days ago", "Nov. 23", "tomorrow", "earlier this month"]
)
def test_without_publication_only_what_is_absolute(text: str) -> None:
    assert find_dates(f"It ended {text}.", None) == ()


def test_loose_dates_say_so() -> None:
    found = find_dates("early last month, in 2016, in late August, in the 1990s", FRIDAY)
    assert [d.approximate for d in found] == [True, False, True, True]


# id, text, [(value, zone, moment in UTC)]
ZONES = [
    ("local", "It struck at 11:30 p.m. on Monday local time.", [("2019-11-18T23:30", "local", None)]),
    ("gmt before the day", "It struck at 0430 GMT on Tuesday.", [("2019-11-19T04:30", "utc", "2019-11-19T04:30")]),
    ("in brackets", "It struck at 7:06 a.m. local time (2206 GMT).", [("T07:06", "local", None), ("T22:06", "utc", None)]),
    ("est", "He spoke at 6 p.m. EST on Monday.", [("2019-11-18T18", "est", "2019-11-18T23:00")]),
    ("et in winter", "He spoke at 6 p.m. ET on Monday.", [("2019-11-18T18", "et", "2019-11-18T23:00")]),
    ("et in summer", "He spoke at 6 p.m. ET on July 4, 2019.", [("2019-07-04T18", "et", "2019-07-04T22:00")]),
    ("tokyo", "It flew at 7 a.m. Japan time on Monday.", [("2019-11-18T07", "jst", "2019-11-17T22:00")]),
    ("plus", "It flew at 07:00 GMT+9 on Monday.", [("2019-11-18T07:00", "utc+9", "2019-11-17T22:00")]),
    ("none", "It began at 6 p.m. on Monday.", [("2019-11-18T18", None, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), [c[1:] for c in ZONES], ids=[c[0] for c in ZONES])
def test_zones(text: str, wanted: list[tuple[str, str | None, str | None]]) -> None:
    moments = [(d, instant(d)) for d in find_dates(text, FRIDAY)]
    assert [(d.value, d.zone, m.isoformat()[:16] if m else None) for d, m in moments] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The dam was closed on Tuesday after inspectors found a crack.", ["close"]),
        ("Inspectors found a crack in the dam's wall on Monday.", ["find"]),
        ("The mayor said Thursday that the bridge will open on Monday.", ["say", "open"]),
        ("The Aug. 15 speech was short.", ["speech"]),
        ("The vote is on Friday.", ["vote"]),
        ("Thursday's riot was recalled on Friday.", ["riot", "recall"]),
    ],
)
def test_what_a_date_dates(text: str, wanted: list[str]) -> None:
    (claim, *others) = read_statement(text, load_reader(), FRIDAY).claims
    found = {d.start: d for c in (claim, *others) for d in c.dates}
    assert [found[k].event for k in sorted(found)] == wanted
    assert all(d.event_at is not None and text[d.event_at] == text[d.event_at].strip() for d in found.values())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("The charity Safe Roads Today said on Monday that it left.", ["2019-11-18"], id="a charity"),
        pytest.param("The group Tomorrow Now said it was bad.", [], id="a group"),
        pytest.param("The magazine Lund Today said so yesterday.", ["2019-11-21"], id="a magazine"),
        pytest.param("Prime Minister Theresa May left in June.", ["2019-06"], id="a person"),
        pytest.param("Police said today that it was over.", ["2019-11-22"], id="no name"),
    ],
)
def test_a_date_in_a_name_dates_nothing(text: str, wanted: list[str]) -> None:
    claims = read_statement(text, load_reader(), FRIDAY).claims
    assert [d.value for c in claims for d in c.dates] == wanted


def test_a_year_that_is_not_said() -> None:
    found = find_dates("on Nov. 20, on Nov. 20, 2018, on Friday, in August", FRIDAY)
    assert [d.yearless for d in found] == [True, False, False, True]


def test_offsets_move() -> None:
    (found,) = find_dates("It ended on Nov. 23, 2016.", None, offset=100)
    assert (found.start, found.end) == (112, 125)


_BITS = st.sampled_from(
    "on in at by since last next this Friday Saturday May may march March Nov. November 23 23rd , . 2016 1910 to and - 6:07 p.m. noon midnight week month year "
    "until extended to GMT EST local week fortnight '12 19-Nov-12 riot early late the of two days ago later earlier today tomorrow quarter third summer “ ” 문재인 31 29 February 0 99 said will was".split()
)


@settings(deadline=None)
@given(st.lists(_BITS, max_size=24), st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 12, 31))))
def test_laws(bits: list[str], published: date | None) -> None:
    text = " ".join(bits)
    found = find_dates(text, published)
    assert all(text[d.start : d.end] == d.text and d.text for d in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert find_dates(text, published) == found
    assert all(d.upto is None or len(d.upto) == len(d.value) or d.grain in {"hour", "minute"} for d in found)
    if published is None:
        assert all(not (d.grain in {"hour", "minute"} and "T" not in d.value) for d in found)


@settings(deadline=None)
@given(st.text(max_size=120), st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_any_text_and_any_day(text: str, published: date) -> None:
    assert all(text[d.start : d.end] == d.text for d in find_dates(text, published))


def test_long_text_is_read_in_time() -> None:
    text = "The minister said on Friday that 12 people met in Tokyo last month, 6 p.m. or later, early in 2016. " * 400
    started = time.process_time()
    assert len(find_dates(text, FRIDAY)) > 1000
    assert time.process_time() - started < 20
