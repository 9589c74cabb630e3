"""Hard pairs of sentences as the product reads them: what looks opposed and is not, what looks alike and is not.

The sentences were written before the guards were tried on them. False conflicts are worse than missed ones, so where a
careful reader would hesitate the pair is not a conflict.
"""

from __future__ import annotations

from datetime import date

import pytest

from app.core.claims import read_statements
from app.core.language import load_reader

# dimension, one report, the other, relations a careful reader could give, days of publication
PAIRS = [
    # numbers: hedges, units, what is counted
    ("numbers", "Up to 500 workers will lose their jobs.", "The closure costs 480 workers their jobs.", "agree", ()),
    ("numbers", "Up to 500 workers will lose their jobs.", "Some 900 workers will lose their jobs.", "conflict", ()),
    ("numbers", "The fire destroyed roughly a dozen houses.", "The fire destroyed 13 houses.", "agree", ()),
    ("numbers", "The fire destroyed 40 hectares of forest.", "The fire destroyed 100 acres of forest.", "agree", ()),
    ("numbers", "The fire destroyed 40 hectares of forest.", "The fire destroyed 400 hectares of forest.", "conflict", ()),
    ("numbers", "The loan is worth 1.2 billion crowns.", "The loan is worth 1,200 million crowns.", "agree", ()),
    ("numbers", "Unemployment rose to 6 percent.", "Unemployment rose by 6 percent.", "none diverge agree", ()),
    ("numbers", "Sales fell 12 percent in March.", "Sales fell 12 percent in April.", "none conflict diverge", ()),
    ("numbers", "Two of the five suspects were released.", "Two suspects were released.", "agree", ()),
    ("numbers", "Two of the five suspects were released.", "Three suspects remain in custody.", "none agree", ()),
    ("numbers", "The vote passed 52 to 48.", "The vote passed by four votes, 52-48.", "agree", ()),
    ("numbers", "The vote passed 52 to 48.", "The vote passed 61 to 39.", "conflict", ()),
    ("numbers", "The boy, 14, was rescued after nine hours.", "The 14-year-old boy was rescued after about nine hours.", "agree", ()),
    ("numbers", "A boy of 14 was rescued.", "A boy of 12 was rescued.", "conflict none", ()),
    ("numbers", "More than half of the voters backed the plan.", "The plan was backed by 54 percent of voters.", "agree", ()),
    ("numbers", "The death toll rose to 31.", "At least 28 people have died.", "agree updated", ()),
    ("numbers", "Police counted 2,000 marchers; organisers spoke of 8,000.", "About 8,000 people marched, organisers said.", "agree", ()),
    ("numbers", "The temperature fell to 23 degrees Fahrenheit.", "The temperature fell to minus 5 degrees Celsius.", "agree", ()),
    # dates and their grains
    ("dates", "The rule takes effect on Saturday.", "The rule will take effect this weekend.", "agree", ()),
    ("dates", "The rule takes effect on Saturday.", "The rule took effect on Saturday.", "agree updated none", ("2021-03-04", "2021-03-08")),
    ("dates", "The rule takes effect on 1 July 2021.", "The rule takes effect in the second half of 2021.", "agree", ()),
    ("dates", "The verdict is expected next week.", "The verdict is expected on Tuesday.", "agree", ("2021-03-05", "2021-03-05")),
    ("dates", "The quake struck just before midnight on Monday.", "The quake struck early on Tuesday.", "agree diverge", ()),
    ("dates", "The museum opened in the spring of 2018.", "The museum opened in April 2018.", "agree", ()),
    ("dates", "The museum opened in the spring of 2018.", "The museum opened in November 2018.", "conflict diverge", ()),
    ("dates", "He was arrested on Sunday and charged on Monday.", "He was charged on Monday.", "agree", ()),
    ("dates", "Lind was elected in 2014 and re-elected in 2018.", "Lind was first elected in 2014.", "agree", ()),
    # polarity: negation, refusal, cessation, condition, modality, double negation
    ("polarity", "The club did not rule out signing the striker.", "The club may sign the striker.", "agree", ()),
    ("polarity", "The club ruled out signing the striker.", "The club will sign the striker.", "conflict", ()),
    ("polarity", "The club ruled out signing the striker.", "The club will not sign the striker.", "agree", ()),
    ("polarity", "The senate failed to pass the bill.", "The senate did not pass the bill.", "agree", ()),
    ("polarity", "The senate failed to pass the bill.", "The senate passed the bill.", "conflict", ()),
    ("polarity", "The envoy is not unlikely to attend.", "The envoy is likely to attend.", "agree", ()),
    ("polarity", "Hardly anyone turned up at the rally.", "Few people turned up at the rally.", "agree", ()),
    ("polarity", "The minister avoided a vote of no confidence.", "The minister did not face a vote of no confidence.", "agree", ()),
    ("polarity", "The company no longer employs the driver.", "The company dismissed the driver.", "agree", ()),
    ("polarity", "The company no longer employs the driver.", "The driver still works for the company.", "conflict", ()),
    ("polarity", "Unless rain comes, the harvest will fail.", "The harvest failed.", "diverge updated agree none", ()),
    ("polarity", "If the talks fail, pilots will strike.", "Pilots will strike.", "diverge", ()),
    ("polarity", "The minister urged banks to cut rates.", "Banks did not cut rates.", "agree none diverge", ()),
    ("polarity", "Not only did the crew survive, the ship was saved too.", "The crew survived.", "agree", ()),
    ("polarity", "The court lifted the ban on the drug.", "The drug is no longer banned.", "agree", ()),
    ("polarity", "The court upheld the ban on the drug.", "The court lifted the ban on the drug.", "conflict", ()),
    ("polarity", "The firm withdrew its threat to leave the country.", "The firm threatened to leave the country.", "updated diverge agree none", ()),
    ("polarity", "Protesters gathered peacefully in the square.", "Protesters rioted in the square.", "diverge", ()),
    ("polarity", "The ship was not lost but ran aground.", "The ship ran aground.", "agree", ()),
    ("polarity", "The mayor stopped short of calling for a boycott.", "The mayor did not call for a boycott.", "agree", ()),
    ("polarity", "The mayor stopped short of calling for a boycott.", "The mayor called for a boycott.", "conflict", ()),
    # role and title, speaker, place, strength
    ("role", "Ana Lind, who chairs the central bank, warned of inflation.", "Central bank chair Ana Lind warned of inflation.", "agree", ()),
    ("role", "Ana Lind, then finance minister, signed the deal.", "Former finance minister Ana Lind signed the deal.", "agree", ()),
    ("role", "Ana Lind, the acting director, resigned.", "Director Ana Lind resigned.", "diverge agree", ()),
    ("speaker", '"This is a disgrace," the mayor told reporters.', '"This is a disgrace," her spokesman told reporters.', "diverge agree", ()),
    ("speaker", '"This is a disgrace," Mayor Ana Lind told reporters.', '"This is a disgrace," Lind told reporters.', "agree", ()),
    ("place", "The plane landed safely in Lund after leaving Oslo.", "The plane from Oslo landed safely in Lund.", "agree", ()),
    ("place", "The plane came down 20 miles west of Lund.", "The plane came down in a field outside Lund.", "agree diverge", ()),
    ("place", "The plane was flying from Oslo to Lund.", "The plane was flying from Lund to Oslo.", "conflict diverge", ()),
    ("wording", "The report criticises the ministry.", "The report slams the ministry.", "diverge agree", ()),
    ("wording", "Lind hinted that she might resign.", "Lind announced that she would resign.", "diverge", ()),
    ("wording", "Troops entered the town.", "Troops stormed the town.", "diverge", ()),
    ("wording", "The bank warned of a possible recession.", "The bank predicted a recession.", "diverge agree", ()),
]  # fmt: skip

MISSED = {
    "Three suspects remain in custody.": "the rest of a group, told apart by its number, is read as the same people",
    "The vote passed by four votes, 52-48.": "a margin is read as a count of votes",
    "The temperature fell to minus 5 degrees Celsius.": "minus is not read, nor is one scale turned into the other",
    "The club may sign the striker.": "not to rule out is read as not to do",
    "The envoy is likely to attend.": "not unlikely is read as not",
    "The driver still works for the company.": "to employ and to work for are two words for one thing",
    "The court lifted the ban on the drug.": "upheld and lifted speak of a ban, which both name",
    "Protesters rioted in the square.": "no list says that a riot is stronger than a gathering",
    "Former finance minister Ana Lind signed the deal.": "then minister and former minister are one title at two times",
    "The plane was flying from Lund to Oslo.": "from and to are not compared",
    "Troops stormed the town.": "no list says that to storm is stronger than to enter",
}
"""What guards get wrong today, by the second sentence: false conflicts first."""


def cases():
    for i, (dimension, a, b, *_) in enumerate(PAIRS):
        wrong = b in MISSED
        yield pytest.param(i, id=f"{dimension}: {a[:40]}", marks=[pytest.mark.xfail(reason=MISSED[b])] if wrong else [])


@pytest.fixture(scope="module")
def read():
    texts = [text for _, a, b, _, _ in PAIRS for text in (a, b)]
    days = [date.fromisoformat(d) for *_, given in PAIRS for d in (given or ("2021-03-04", "2021-03-04"))]
    readings = read_statements(texts, load_reader("auto"), published=days, outlets=["Courier", "Herald"] * len(PAIRS))
    return [(readings[2 * i], readings[2 * i + 1]) for i in range(len(PAIRS))]


@pytest.mark.parametrize("number", list(cases()))
def test_what_guards_make_of_it(read, judged, number):
    first, second = read[number]
    kind, reasons = judged(first, second)
    assert kind in PAIRS[number][3].split(), [(r.dimension.value, r.outcome.value, r.say) for r in reasons]
    assert judged(second, first)[0] == kind
