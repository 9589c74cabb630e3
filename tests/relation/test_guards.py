"""One table a guard: two claims -> what it finds, or that it keeps silent."""

from __future__ import annotations

import pytest

from app.core.records import Outcome
from app.core.relation.date import compare_dates
from app.core.relation.number import compare_numbers
from app.core.relation.parts import compare_parts
from app.core.relation.place import compare_places
from app.core.relation.polarity import compare_polarity
from app.core.relation.role import compare_roles, compare_titles
from app.core.relation.speaker import compare_speakers
from app.core.relation.wording import compare_wording

SAME, DETAIL, DIFFERS, EXCLUDES, LATER = Outcome.SAME, Outcome.DETAIL, Outcome.DIFFERS, Outcome.EXCLUDES, Outcome.LATER


def check(guard, made, expected):
    a, b, context = made
    found = guard(a, b, context)
    assert (found.outcome if found else None) is expected, found
    if found is None:
        return
    assert found.say.endswith(".")
    for span, words, claim in ((found.a_span, found.a, a), (found.b_span, found.b, b)):
        if span:
            assert claim.start <= span[0] < span[1] <= claim.end
            assert claim.text[span[0] - claim.start : span[1] - claim.start] == words
        else:
            assert words == ""


def rows(*cases):
    return [pytest.param(*case[1:], id=case[0]) for case in cases]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    rows(
        ("same day", "The dam exploded on {date 2020-03-04:March 4}", "On {date 2020-03-04:Wednesday} the dam exploded", SAME),
        ("other day", "They signed it on {date 2020-03-04:March 4}", "It was signed on {date 2020-03-05:March 5} by both; they signed", EXCLUDES),
        ("day in month", "The treaty was signed {date 2016-11-23:Nov. 23, 2016}, both agreed", "The treaty was signed in {date 2016-11:November 2016}, both agreed", DETAIL),
        ("day in year", "The treaty was signed {date 2016-11-23:Nov. 23, 2016}, both agreed", "The treaty was signed in {date 2016:2016}, both agreed", DETAIL),
        ("day in week", "The summit starts {date 2019-11-13:on Wednesday} in Oslo, hosts agreed", "The summit starts {date 2019-W46:this week} in Oslo, hosts agreed", DETAIL),
        ("other year", "The treaty starts {date 2016:2016} in both states", "The treaty starts {date 2017:2017} in both states", EXCLUDES),
        ("midnight belongs to both days", "The truce starts at midnight {date 2019-11-22:Friday} in the valley", "The truce starts at midnight on {date 2019-11-23:November 23rd} in the valley", DETAIL),
        ("range holds day", "The fair starts {date 2020-05-01..2020-05-03:from May 1 to 3} in Oslo, hosts agreed", "The fair starts {date 2020-05-02:May 2} in Oslo, hosts agreed", DETAIL),
        ("about", "The siege starts {about 2020-05:about May} at the port of Oslo", "The siege starts {date 2020-07:July} at the port of Oslo", DIFFERS),
        ("announcement apart", "Arvan said {date 2019-08-23:Aug. 23} that it would terminate the pact", "Arvan announced on {date 2019-08-22:August 22nd} its decision to end the pact", EXCLUDES),
        ("announcement and taking effect are two things", "Arvan said {date 2019-08-22:Aug. 22} that it would end the pact", "The pact will end on {date 2019-11-23:Nov. 23}, ministers know", None),
        ("announcements of opposite things", "Arvan said {date 2019-08-22:Aug. 22} that it would end the pact", "Arvan announced on {date 2019-11-22:Friday} that it would extend the pact", None),
        ("one is silent", "The dam exploded on {date 2020-03-04:March 4}", "The dam exploded", None),
        ("parts of a year", "The plant exploded in {date 2019:early 2019} by night", "The plant exploded in {date 2019:late 2019} by night", DIFFERS),
        ("late is inside its year", "The plant exploded in {date 2018:2018} by night", "The plant exploded in {about 2019:late 2019} by night", EXCLUDES),
        ("ranges that overlap", "The dam exploded from {date 2020-03-03..2020-03-06:3 to 6 March} by parts", "The dam exploded from {date 2020-03-04..2020-03-07:4 to 7 March} by parts", DIFFERS),
    ),
)  # fmt: skip
def test_dates(pair, a, b, expected):
    check(compare_dates, pair(a, b), expected)


@pytest.mark.parametrize(
    ("a", "b", "days", "expected"),
    rows(
        ("same", "The blast killed {number 31 person:31 people}", "{number 31 person:Thirty-one} were killed", (), SAME),
        ("other toll", "The blast killed {number 31 person:31 people}", "The blast killed {number 47 person:47 people}", (), EXCLUDES),
        ("toll grows with time", "The blast killed {number 31 person:31 people}", "The blast killed {number 47 person:47 people}", ("2020-01-01", "2020-01-03"), LATER),
        ("toll shrinks with time", "The blast killed {number 47 person:47 people}", "The blast killed {number 31 person:31 people}", ("2020-01-01", "2020-01-03"), EXCLUDES),
        ("floor holds", "The blast killed {number 30 person at_least:at least 30 people}", "The blast killed {number 31 person:31 people}", (), DETAIL),
        ("floor broken", "The blast killed {number 30 person at_least:at least 30 people}", "The blast killed {number 12 person:12 people}", (), EXCLUDES),
        ("two floors apart", "The blast killed {number 12 person at_least:at least 12 people}", "The blast killed {number 58 person at_least:at least 58 people}", (), DIFFERS),
        ("ceiling", "The blast killed {number 30 person at_most:up to 30 people}", "The blast killed {number 31 person:31 people}", (), EXCLUDES),
        ("about", "The blast injured {number 120 person about:about 120}", "The blast injured {number 118 person:118}", (), DETAIL),
        ("dozens", "Police arrested {number 24..99 person about:dozens}", "Police arrested {number 36 person:36 people}", (), DETAIL),
        ("rounded", "{number 12000 person:12,000 people} were displaced", "{number 12340 person:12,340 people} were displaced", (), DETAIL),
        ("range", "The blast killed {number 20..30 person:20 to 30 people}", "The blast killed {number 25 person:25 people}", (), DETAIL),
        ("dead and injured are two counts", "The blast killed {number 31 person:31 people}", "The blast injured {number 120 person:120 people}", (), None),
        ("soldiers and civilians are two counts", "Shelling killed {number 14 person - soldier:14 soldiers}", "Shelling killed {number 29 person - civilian:29 civilians}", (), None),
        ("units apart", "The line is {number 10 mile:10 miles} long and a distance of hills", "The line is {number 16 kilometre:16 kilometres} long and a distance of hills", (), DETAIL),
        ("basis and percentage points", "The bank raised its rate by {number 25 basis_point:25 basis points}", "The bank raised its rate by {number 0.25 percentage_point:0.25 percentage points}", (), SAME),
        ("other points", "The bank raised its rate by {number 25 basis_point:25 basis points}", "The bank raised its rate by {number 0.5 percentage_point:half a point}", (), EXCLUDES),
        ("hours and minutes", "The wait lasted {number 2 hour:two hours}", "The wait lasted {number 120 minute:120 minutes}", (), SAME),
        ("percent is no count", "Turnout was {number 61 percent:61 percent}", "{number 61 person:61 people} voted", (), None),
        ("a million is not half of it", "The winner gets {number 550000 euro:550,000 euros} as prize money", "The winner gets {number 1000000 euro:1 million euros} as prize money", (), EXCLUDES),
        ("nearly a hundred", "Fire burned {number 100 - about house:nearly 100 houses} down in the valley", "Fire burned {number 140 - - house:140 houses} down in the valley", (), EXCLUDES),
        ("dozens, hundreds", "Police arrested {number 24..99 person about:dozens}", "Police arrested {number 200..999 person about:hundreds}", (), DIFFERS),
        ("the missing are found", "{number 5 person:Five people} are missing", "{number 2 person:Two people} are missing", ("2020-01-01", "2020-01-03"), LATER),
        ("more are missing", "{number 2 person:Two people} are missing", "{number 5 person:Five people} are missing", ("2020-01-01", "2020-01-03"), EXCLUDES),
        ("both floors and a second number that agrees", "It killed {number 3 person:three} and injured {number 9 person:nine}", "It injured {number 9 person:nine} and killed {number 3 person:three}", (), SAME),
    ),
)  # fmt: skip
def test_numbers(pair, a, b, days, expected):
    check(compare_numbers, pair(a, b, *days), expected)


@pytest.mark.parametrize(
    ("a", "b", "days", "expected"),
    rows(
        ("apology against denial", "Arvan offered an apology for the statement", "{says jon-aske:Jon Aske said} that Arvan had never apologised for the statement", (), EXCLUDES),
        ("apology, later too", "Arvan offered an apology for the statement", "Arvan never apologised for the statement", ("2020-01-01", "2020-02-01"), EXCLUDES),
        ("terminate, extend", "Arvan terminated the pact", "Arvan extended the pact", (), EXCLUDES),
        ("not renewed is terminated", "Arvan will not renew the pact", "Arvan will terminate the pact", (), SAME),
        ("reversed with time", "Arvan will terminate the pact", "Arvan reversed its decision to end the pact", ("2019-08-22", "2019-11-22"), LATER),
        ("kept with time", "Arvan will terminate the pact", "Arvan has extended the pact", ("2019-08-22", "2019-11-22"), LATER),
        ("urged is not done", "Sundria urged Arvan to keep the pact", "Arvan terminated the pact", (), None),
        ("may", "Arvan may end the pact", "Arvan will keep the pact", (), DIFFERS),
        ("opposite verbs of different things", "Arvan will resume talks about fish quotas", "Arvan will stop the court case against Sundria", (), None),
        ("double negation", "The firm did not deny that it had extended the pact", "The firm extended the pact", (), SAME),
        ("verb negated", "Police recovered the stolen paintings", "Police have not recovered the stolen paintings", (), EXCLUDES),
        ("not yet, then", "Police have not recovered the stolen paintings", "Police have recovered the stolen paintings", ("2020-01-01", "2020-02-01"), LATER),
        ("denial of the whole", "{says the-museum denies:The museum} denied that its guards had been asleep", "A detective says the museum's guards had been asleep", (), EXCLUDES),
        ("adjective negated", "Doctors say the vaccine is safe for children", "Doctors say the vaccine is not safe for children", (), EXCLUDES),
        ("refused", "The board approved the merger", "The board refused the merger", (), EXCLUDES),
        ("not only is no negation", "The board not only approved the merger", "The board approved the merger", (), SAME),
        ("guilty", "The jury found the banker guilty of fraud", "The jury found the banker not guilty of fraud", (), EXCLUDES),
        ("first ever", "It is the first time a probe has drilled into the comet", "No probe had ever drilled into the comet before", (), None),
        ("other subjects", "{organisation novalux:Novalux} shares rose on Monday", "{organisation ferro:Ferro} shares fell on Monday", (), None),
        ("nothing in common", "The bridge opened in May", "A window was shut", (), None),
        ("as a rule", "Arvan will not renew the pact", "The pact with Arvan is renewed automatically every year", ("2019-08-22", "2019-11-22"), None),
        ("thought about is not done", "Arvan will not extend the pact", "Arvan thought seriously about extending the pact", (), None),
        ("rejected deal", "Lawmakers backed the deal", "Lawmakers rejected the deal", (), EXCLUDES),
        ("withstood", "The dam withstood the quake", "The dam did not withstand the quake", (), EXCLUDES),
        ("nobody disputes", "Nobody disputes that the vote was fair", "The vote was fair", (), None),
        ("over with time", "Seventeen people are still missing in the town", "Nobody is missing in the town any more", ("2020-01-08", "2020-01-09"), LATER),
        ("over on the same day", "Seventeen people are still missing in the town", "Nobody is missing in the town any more", ("2020-01-08", "2020-01-08"), EXCLUDES),
        ("owned up later", "{says museum:The museum said} the painting was genuine", "{says museum:The museum said} it now concedes the painting is a fake", ("2020-01-01", "2020-02-01"), LATER),
    ),
)  # fmt: skip
def test_polarity(pair, a, b, days, expected):
    check(compare_polarity, pair(a, b, *days), expected)


def test_a_statement_disputed_inside_one_article(pair):
    told = "{says ministry:The ministry said} that Arvan had admitted problems"
    made = pair(told, "The {organisation palace:palace} lodged a complaint about these distorted facts", inside=True)
    check(compare_polarity, made, EXCLUDES)
    assert "disputes" in compare_polarity(*made).say


@pytest.mark.parametrize(
    ("disputing", "expected"),
    rows(
        ("names it", "{says osk:Osk} denied a report that the search had ended", EXCLUDES),
        ("names another thing", "{says osk:Osk} denied a report that he would step down", None),
        ("about another thing", "{says osk:Osk} rejected claims about his salary", None),
        ("names nothing", "{says osk:Osk} denied the report", EXCLUDES),
    ),
)
def test_what_is_called_wrong_is_what_it_names(pair, disputing, expected):
    made = pair("{says ministry:The ministry said} that the search had ended on Friday", disputing, inside=True)
    found = compare_polarity(*made)
    assert (found and found.outcome) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    rows(
        ("other office", "{person ana-lind:Ana Lind}, secretary-general of the Sea Council, spoke", "{person ana-lind:Ana Lind}, deputy director of the Sea Office, spoke", DIFFERS),
        ("fuller title", "Prosecutor {person ana-lind:Ana Lind} spoke", "{person ana-lind:Ana Lind}, prosecutor for the southern district, spoke", DETAIL),
        ("same title", "Finance Minister {person ana-lind:Ana Lind} spoke", "{person ana-lind:Ana Lind}, the finance minister, spoke", SAME),
        ("former", "{person ana-lind:Ana Lind}, the former mayor, spoke", "{person ana-lind:Ana Lind}, the mayor, spoke", DIFFERS),
        ("other people", "Finance Minister {person ana-lind:Ana Lind} spoke", "Foreign Minister {person jon-aske:Jon Aske} spoke", None),
        ("no title on one side", "Finance Minister {person ana-lind:Ana Lind} spoke", "{person ana-lind:Ana Lind} spoke", None),
    ),
)  # fmt: skip
def test_roles(pair, a, b, expected):
    check(compare_roles, pair(a, b), expected)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    rows(
        ("case", "foreign minister", "Foreign Minister", SAME),
        ("synonym", "prime minister", "premier", SAME),
        ("gender", "spokesman for the navy", "spokeswoman for the navy", SAME),
        ("order", "central bank governor", "governor of the central bank", SAME),
        ("loose", "an official at the ministry", "deputy minister", DETAIL),
        ("acting", "acting director", "director", DIFFERS),
        ("other ministry", "finance minister", "foreign minister", DIFFERS),
        ("head of a part", "director", "head of security", DIFFERS),
        ("deputy head", "deputy head of the agency", "deputy director of the agency", DIFFERS),
        ("leader of a union", "leader of the dockers' union", "personnel director", DIFFERS),
        ("any leader", "a leader", "prime minister", DETAIL),
        ("agency deputy head", "agency deputy head", "deputy director of the agency", DETAIL),
    ),
)
def test_titles(first, second, expected):
    assert compare_titles(first, second) is expected
    assert compare_titles(second, first) is expected


WORDS = "trust between our peoples has been badly damaged by this step"


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    rows(
        ("two persons", "{quotes ana-lind:Ana Lind said} " + WORDS, "{quotes jon-aske:Jon Aske said} " + WORDS, DIFFERS),
        ("one person", "{quotes ana-lind:Ana Lind said} " + WORDS, "{quotes ana-lind:Ana Lind said} our peoples trust each other less", SAME),
        ("other words", "{quotes ana-lind:Ana Lind said} " + WORDS, "{quotes jon-aske:Jon Aske said} taxes will rise in spring for all", None),
        ("person and the body she may speak for", "{quotes ana-lind:Ana Lind said} " + WORDS, "{quotes ministry:The ministry said} " + WORDS, None),
        ("outlet's own voice", WORDS, "{quotes ana-lind:Ana Lind said} " + WORDS, None),
    ),
)  # fmt: skip
def test_speakers(pair, a, b, expected):
    check(compare_speakers, pair(a, b), expected)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    rows(
        ("other town", "The coach crashed near Bayreuth on the motorway", "The coach crashed near Erfurt on the motorway", EXCLUDES),
        ("same town", "The coach crashed near Bayreuth", "A coach burned near Bayreuth", SAME),
        ("north, south", "The quake hit in northern Korda at dawn", "The quake hit in southern Korda at dawn", EXCLUDES),
        ("two places on one side", "The coach crashed near Bayreuth in Germany", "The coach crashed near Erfurt", None),
        ("other scene", "A coach crashed near Bayreuth", "The minister spoke in Erfurt", None),
        ("one silent", "The coach crashed near Bayreuth", "The coach crashed", None),
        ("south and southern", "The coach crashed in the south of Korda", "The coach crashed in southern Korda", SAME),
    ),
)  # fmt: skip
def test_places(pair, a, b, expected):
    check(compare_places, pair(a, b), expected)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    rows(
        ("drop, suspend", "Arvan will drop its complaint at the court", "Arvan will suspend its complaint at the court", DIFFERS),
        ("condition", "Arvan will stop the complaint at the court", "Arvan will stop the complaint at the court as long as talks continue", DIFFERS),
        ("unless tells more", "The pact is renewed yearly", "The pact is renewed yearly unless one side objects", None),
        ("concern, protest", "Sundria voiced concern over the decision", "Sundria strongly protested against the decision", DIFFERS),
        ("may", "Scientists say the samples may contain ice", "Scientists say the samples contain ice", DIFFERS),
        ("died, killed is one wording", "Nine people died in the crash", "The crash killed nine people", None),
        ("killed, murdered", "Nine villagers died in the raid", "Nine villagers were murdered in the raid", DIFFERS),
        ("alike", "Arvan will drop its complaint", "Arvan drops its complaint", None),
        ("suggests, proved", "The study suggests that Zelin helps", "The study proved that Zelin helps", DIFFERS),
        ("errors, fraud", "The court found errors in the books", "The court found fraud in the books", DIFFERS),
        ("angry, furious", "The minister was angry at the ruling", "The minister was furious at the ruling", DIFFERS),
        ("a condition on any act", "The northern line would be built by the state", "The northern line would be built by the state if the regions paid", DIFFERS),
        ("May the month", "The treaty was signed on 8 May by both", "The treaty was signed by both", None),
        ("declines to say", "{says ana-lind:Ana Lind said} the bridge was unsafe", "{says ana-lind declines:Ana Lind said} the bridge was unsafe", DIFFERS),
    ),
)  # fmt: skip
def test_wording(pair, a, b, expected):
    check(compare_wording, pair(a, b), expected)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    rows(
        ("swapped", "{organisation arden:Arden} beat {organisation colvale:Colvale} in the final", "{organisation colvale:Colvale} beat {organisation arden:Arden} in the final", EXCLUDES),
        ("passive is the same", "{organisation arden:Arden} beat {organisation colvale:Colvale} in the final", "{organisation colvale:Colvale} was beaten by {organisation arden:Arden} in the final", None),
        ("other winner", "{person ilse-brandt:Ilse Brandt} won the election in Lenta", "{person tomas-reyn:Tomas Reyn} won the election in Lenta", EXCLUDES),
        ("led by another", "The study was led by Ada Quist", "The study was led by Omar Haddad", EXCLUDES),
        ("other prize", "{person ilse-brandt:Ilse Brandt} won a medal", "{person tomas-reyn:Tomas Reyn} won the election", None),
    ),
)  # fmt: skip
def test_parts(pair, a, b, expected):
    check(compare_parts, pair(a, b), expected)
