"""What each guard finds between two claims: the same, detail, what excludes each other, what came later, or nothing."""

from __future__ import annotations

import pytest

from app.core.relation.acts import compare_acts
from app.core.relation.dates import compare_dates
from app.core.relation.numbers import compare_numbers
from app.core.relation.parties import compare_parties
from app.core.relation.speakers import compare_speakers
from app.core.relation.undoing import compare_stances
from app.core.relation.wording import compare_wording

# guard, one report, the other, outcomes in order, days of publication
CASES = {
    compare_numbers: [
        ("equal", "{number 31 person - people:31 people} died", "{number 31 person - people:31 people} died", "same", ()),
        ("at least meets more", "{number 20 person at_least people:at least 20} died", "{number 24 person - people:24} died", "detail", ()),
        ("at least against fewer", "{number 20 person at_least people:at least 20} died", "{number 18 person - people:18} died", "excludes", ()),
        ("a range holds", "between {number 10..15 person - people:10 and 15} are trapped", "{number 12 person - people:12} are trapped", "detail", ()),
        ("a range does not", "between {number 10..15 person - people:10 and 15} are trapped", "{number 20 person - people:20} are trapped", "excludes", ()),
        ("written round", "{number 12000 person - people:12,000} marched", "{number 12340 person - people:12,340} marched", "detail", ()),
        ("counted exactly", "{number 31 person - people:31} died", "{number 47 person - people:47} died", "excludes", ()),
        ("miles and kilometres", "it is {number 2.5 mile - bridge:2.5 miles} long", "it is {number 4 kilometre - bridge:4 kilometres} long", "detail", ()),
        ("a length and a sum", "it is {number 4 kilometre:4 km} long", "it cost {number 7 USD:7 dollars}", "", ()),
        ("one meets, the other is settled with it", "{number 20 person - people:20} died, {number 45 person - people:45} were hurt", "{number 45 person - people:45} were hurt, {number 20 person - people:20} died", "same", ()),
        ("a toll rose", "{number 31 person - people dead:31} died", "{number 47 person - people dead:47} died", "later", ("2020-01-01", "2020-01-03")),
        ("a toll fell", "{number 47 person - people dead:47} died", "{number 31 person - people dead:31} died", "excludes", ("2020-01-01", "2020-01-03")),
        ("the missing were found", "{number 47 person - people missing:47} are missing", "{number 31 person - people missing:31} are missing", "later", ("2020-01-01", "2020-01-03")),
        ("a toll of one day", "{number 31 person - people dead:31} died", "{number 47 person - people dead:47} died", "excludes", ("2020-01-01", "2020-01-01")),
        ("hundreds may be more than 700", "{number 200 person at_least people:hundreds} came", "{number 700 person at_least people:more than 700} came", "detail", ()),
        ("hundreds are no 7,000", "{number 200 person at_least people:hundreds} came", "{number 7000 person at_least people:more than 7,000} came", "differs", ()),
        ("two counts add up to the other's", "{number 140 - - politician:140} are named", "{number 12 - - politician:12} and {number 128 - - politician:128 other} are named", "", ()),
        ("two counts do not", "{number 140 - - politician:140} are named", "{number 12 - - politician:12} and {number 120 - - politician:120 other} are named", "excludes excludes", ()),
        ("more in hospital", "{number 12 person - people hospitalised:12} were in hospital", "{number 20 person - people hospitalised:20} were", "later", ("2020-01-01", "2020-01-03")),
        ("fewer in hospital", "{number 20 person - people hospitalised:20} were in hospital", "{number 12 person - people hospitalised:12} were", "later", ("2020-01-01", "2020-01-03")),
        ("in hospital on one day", "{number 12 person - people hospitalised:12} were in hospital", "{number 20 person - people hospitalised:20} were", "excludes", ("2020-01-01", "2020-01-01")),
        ("people and things", "{number 12 person - person injured:12} were {does injure:injured}", "{number 12 - - house damaged:12} were {does damage:damaged}", "differs", ()),
        ("dead and injured", "{number 12 person - person dead:12} were {does kill:killed}", "{number 12 person - person injured:12} were {does injure:injured}", "differs", ()),
        ("exchanged", "{number 12 person - person dead:12} died, {number 30 - - house destroyed:30} burned", "{number 30 person - person dead:30} died, {number 12 - - house destroyed:12} burned", "excludes excludes", ()),
        ("no number on one side", "{number 31 person - people:31} died", "many died", "", ()),
        ("equal, but of what nobody knows", "{number 31 -:31} came", "{number 31 -:31} went", "", ()),
    ],
    compare_dates: [
        ("the same day", "it opened on {date 2020-05-03:3 May}", "it opened on {date 2020-05-03:May 3}", "same", ()),
        ("a month holds a day", "it opened in {date 2020-05:May}", "it opened on {date 2020-05-03:3 May}", "detail", ()),
        ("a year holds a month", "it opened in {date 2020:2020}", "it opened in {date 2020-05:May 2020}", "detail", ()),
        ("a range holds a day", "from {date 2020-05-03..2020-05-06:3 to 6 May}", "on {date 2020-05-05:5 May}", "detail", ()),
        ("another day", "it opened on {date 2020-05-03:3 May}", "it opened on {date 2020-05-04:4 May}", "excludes", ()),
        ("another year", "it closed in {date 2018:2018}", "it closed in {date 2019:2019}", "excludes", ()),
        ("early and late of one year", "in {date 2019:early 2019}", "in {date 2019:late 2019}", "excludes", ()),
        ("midnight is of both days", "at {date 2020-05-03:midnight on Sunday}", "on {date 2020-05-04:Monday}", "detail", ()),
        ("two times of day", "at {date 2020-05-03T18h07:6.07 p.m.}", "at {date 2020-05-03T18h40:6.40 p.m.}", "excludes", ()),
        ("one date of two is shared", "{date 2014:2014} and {date 2018:2018}", "in {date 2014:2014}", "same", ()),
        ("one weekday, filled in from two days of publication", "it fell on {date 2020-05-03:Sunday}", "it fell on {date 2020-05-17:Sunday}", "", ()),
        ("one weekday and hour", "at {date 2020-05-05T11h36:11:36 a.m. on Tuesday}", "at {date 2020-05-12T11h36:11:36 am Tuesday}", "", ()),
        ("two weekdays", "it fell on {date 2020-05-03:Sunday}", "it fell on {date 2020-05-04:Monday}", "excludes", ()),
        ("one weekday, both dated", "on {date 2020-05-03:Sunday, May 3}", "on {date 2020-05-10:Sunday, May 10}", "excludes", ()),
        ("one weekday settles that date alone", "on {date 2020-05-03:Sunday} or {date 2020-05-06:May 6}", "on {date 2020-05-17:Sunday} or {date 2020-05-08:May 8}", "excludes", ()),
        ("so many years ago is about then", "it closed {date 2018:two years ago}", "it closed in {date 2017:2017}", "", ()),
        ("and not long before", "it closed {date 2018:two years ago}", "it closed in {date 2012:2012}", "excludes", ()),
        ("weeks ago", "it closed {date 2020-W20:two weeks ago}", "it closed on {date 2020-05-05:5 May}", "", ()),
        ("no date on one side", "it opened on {date 2020-05-03:3 May}", "it opened", "", ()),
    ],
    compare_acts: [
        ("one act", "Arvan {does terminate:ended} the pact", "Arvan {does terminate:scrapped} the pact", "same", ()),
        ("done and not done", "Arvan {does apologise:apologised}", "Arvan never {does apologise not:apologised}", "excludes", ()),
        ("two opposite acts", "Arvan {does terminate:ended} the pact", "Arvan {does extend:renewed} the pact", "excludes", ()),
        ("not doing the one is doing the other", "Arvan did not {does terminate not:end} the pact", "Arvan {does extend:renewed} the pact", "same", ()),
        ("an open opposite only differs", "Arvan may {does terminate possible:end} the pact", "Arvan {does extend:renewed} the pact", "differs", ()),
        ("planned and done", "Arvan will {does terminate future:end} the pact", "Arvan {does terminate:ended} the pact", "differs", ()),
        ("planned, then done", "Arvan will {does terminate future:end} the pact", "Arvan {does terminate:ended} the pact", "later", ("2020-01-01", "2020-01-05")),
        ("ended, then renewed", "Arvan {does terminate:ended} the pact", "Arvan {does extend:renewed} the pact", "later", ("2020-01-01", "2020-03-01")),
        ("one goes further", "Arvan {does suspend:suspended} the case", "Arvan {does drop_case:dropped} the case", "differs", ()),
        ("a denial turns what it reports", "{says jon-aske denies:Jon Aske denied} that Arvan had {does apologise:apologised}", "Arvan {does apologise:apologised}", "excludes", ()),
        ("a denial of what was not done", "{says jon-aske denies:Jon Aske denied} that Arvan had {does apologise:apologised}", "Arvan never {does apologise not:apologised}", "same", ()),
        ("acts that have nothing to do with each other", "Arvan {does terminate:ended} the pact", "Arvan {does sell:sold} the ship", "", ()),
    ],
    compare_stances: [
        ("stated and denied", "{says ana-lind:Ana Lind said} the bridge was unsafe", "{says builders denies:The builders denied} that the bridge was unsafe", "excludes", ()),
        ("stated by nobody and denied", "the bridge was unsafe", "{says builders denies:The builders denied} that the bridge was unsafe", "excludes", ()),
        ("denied twice", "{says ana-lind denies:Ana Lind denied} the bridge was unsafe", "{says builders denies:The builders denied} that the bridge was unsafe", "", ()),
        ("another matter is denied", "a mill burnt", "{says builders denies:The builders denied} that wages fell", "", ()),
        ("nothing is denied", "{says ana-lind:Ana Lind said} the bridge was unsafe", "the bridge was unsafe", "", ()),
    ],
    compare_parties: [
        ("another does it", "{state arvan:Arvan} {does attack arvan>-:shelled} the town", "{state oresk:Oresk} {does attack oresk>-:shelled} the town", "excludes", ()),
        ("the same does it", "{state arvan:Arvan} {does attack arvan>-:shelled} the town", "{state arvan:Arvan} {does attack arvan>-:shelled} the town", "", ()),
        ("done to another", "{state arvan:Arvan} {does attack arvan>talvia:attacked} {state talvia:Talvia}", "{state arvan:Arvan} {does attack arvan>oresk:attacked} {state oresk:Oresk}", "excludes", ()),
        ("who did it to whom, exchanged", "{state arvan:Arvan} {does attack arvan>oresk:attacked} {state oresk:Oresk}", "{state oresk:Oresk} {does attack oresk>arvan:attacked} {state arvan:Arvan}", "excludes", ()),
        ("both are named on one side", "{state arvan:Arvan} and {state oresk:Oresk} {does attack arvan>-:shelled} the town", "{state oresk:Oresk} {does attack oresk>-:shelled} the town", "", ()),
        ("nobody is named on one side", "the town was {does attack:shelled}", "{state oresk:Oresk} {does attack oresk>-:shelled} the town", "", ()),
        ("another act", "{state arvan:Arvan} {does attack arvan>-:shelled} the town", "{state oresk:Oresk} {does help oresk>-:helped} the town", "", ()),
        ("not done by the other", "{state arvan:Arvan} {does attack arvan>-:shelled} the town", "{state oresk:Oresk} never {does attack not oresk>-:shelled} the town", "", ()),
    ],
    compare_speakers: [
        ("one wording, two speakers", "{quotes ana-lind:Ana Lind said} we will not pay one cent", "{quotes jon-aske:Jon Aske said} we will not pay one cent", "differs", ()),
        ("one speaker", "{quotes ana-lind:Ana Lind said} we will not pay one cent", "{says ana-lind:Ana Lind said} nothing would be paid", "same", ()),
        ("two speakers, two matters", "{quotes ana-lind:Ana Lind said} we will not pay one cent", "{quotes jon-aske:Jon Aske said} the bridge is safe now", "", ()),
        ("nobody says the one", "we will not pay one cent", "{quotes jon-aske:Jon Aske said} we will not pay one cent", "", ()),
    ],
    compare_wording: [
        ("one word for another", "The bank warned of a recession", "The bank predicted a recession", "differs", ()),
        ("a name for another", "The bank moved to Lund", "The bank moved to Oslo", "excludes", ()),
        ("turned", "The bank moved to Lund", "The bank never moved to Lund", "excludes", ()),
        ("weakened", "The bank will move to Lund", "The bank will possibly move to Lund", "differs", ()),
        ("the same", "The bank moved to Lund", "The bank moved to Lund", "", ()),
        ("more says the one", "The bank moved", "The bank moved to Lund after a vote of its board in the spring of that year", "", ()),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("guard", "a", "b", "outcomes", "days"),
    [
        pytest.param(guard, *case[1:], id=f"{guard.__name__.removeprefix('compare_')}: {case[0]}")
        for guard, cases in CASES.items()
        for case in cases
    ],
)
def test_what_a_guard_finds(pair, guard, a, b, outcomes, days):
    sides = pair(a, b, *days)
    found = guard(sides)
    assert [e.outcome.value for e in found] == outcomes.split()
    assert sorted(e.outcome.value for e in guard(sides.turned)) == sorted(outcomes.split())


def test_evidence_gives_its_words_and_says_them(pair):
    sides = pair("Arvan {does terminate:ended} the pact", "Arvan never {does terminate not:ended} the pact")
    (found,) = compare_acts(sides)
    reason = found.reason(sides)
    assert (reason.a, reason.b) == ("ended", "never ended")
    assert reason.say == "Courier: “ended”; Herald: not “ended”."
    assert sides.b_report.article.text[slice(*reason.b_span)] == "never ended"
