"""What numbers count, what became of it, what amounts measure, and which role a number has; which may be compared."""

from __future__ import annotations

import math
from datetime import date

import pytest

from app.core.claims import read_statement
from app.core.claims.numbers import find_numbers
from app.core.claims.numbers.alike import change, number_bounds, numbers_alike
from app.core.language import load_reader
from app.core.records import NumberMention

DAY = date(2024, 3, 5)


def numbers(text: str, reader: str = "auto") -> tuple[NumberMention, ...]:
    found = {(n.start, n.end): n for c in read_statement(text, load_reader(reader), DAY).claims for n in c.numbers}
    return tuple(found[k] for k in sorted(found))


# id, text, [(value, counts, fate)]; those read the same by rules and with a language model
FATES = [
    ("passive", "Twelve people were killed when the bridge fell.", [(12, "person", "dead")]),
    ("active", "The blast killed 12 soldiers.", [(12, "soldier", "dead")]),
    ("gerunds", "A tram overturned, killing seven and injuring at least 50.", [(7, "person", "dead"), (50, "person", "injured")]),
    ("headline", "Bridge fall kills 12, injures 30", [(12, "person", "dead"), (30, "person", "injured")]),
    ("headline in capitals", "12 Killed, 30 Injured in Bridge Fall", [(12, "person", "dead"), (30, "person", "injured")]),
    ("dead and hurt", "Two dead, 30 hurt after storm", [(2, "person", "dead"), (30, "person", "injured")]),
    ("leaves", "The crash left two dead and five injured.", [(2, "person", "dead"), (5, "person", "injured")]),
    ("toll", "The death toll rose to 45.", [(45, "person", "dead")]),
    ("toll by and to", "The toll rose by 12 to 45.", [(12, "person", "dead"), (45, "person", "dead")]),
    ("toll of", "A toll of 84 is feared.", [(84, "person", "dead")]),
    ("number of", "The number of people killed climbed to 51.", [(51, "person", "dead")]),
    ("deaths", "There were 20 deaths and 40 injuries.", [(20, "death", "dead"), (40, "injury", "injured")]),
    ("deaths of", "He mourned the deaths of three miners.", [(3, "miner", "dead")]),
    ("lives", "The flood claimed 45 lives.", [(45, "life", "dead")]),
    ("lives saved", "Medics saved 12 lives.", [(12, "life", "rescued")]),
    ("of them", "It injured 50 people, 10 of them seriously.", [(50, "person", "injured"), (10, "person", "injured")]),
    ("including", "It killed 20 people, including three children.", [(20, "person", "dead"), (3, "child", "dead")]),
    ("and", "It killed two women and one man.", [(2, "woman", "dead"), (1, "man", "dead")]),
    ("of the", "Five of the 12 passengers died.", [(5, "passenger", "dead"), (12, "passenger", None)]),
    ("arrested", "Police arrested 26 people and charged three.", [(26, "person", "arrested"), (3, "person", "charged")]),
    ("treated on the spot", "Four people were treated at the scene.", [(4, "person", "treated")]),
    ("treated in hospital", "Four people were treated in hospital.", [(4, "person", "hospitalised")]),
    ("hospital admissions", "Hospitalisations rose to 1,200.", [(1200, "person", "hospitalised")]),
    ("hospital", "More than 50 were taken to hospital.", [(50, "person", "hospitalised")]),
    ("missing", "Some 30 people are still missing.", [(30, "person", "missing")]),
    ("fled", "Two million people fled.", [(2e6, "person", "displaced")]),
    ("aboard", "The boat had 12 sailors on board.", [(12, "sailor", "aboard")]),
    ("workers fired", "The mill fired 200 workers.", [(200, "worker", "dismissed")]),
    ("missiles fired", "The army fired four missiles.", [(4, "missile", "launched")]),
    ("homes", "The storm destroyed 20 homes; 300 houses were damaged.", [(20, "home", "destroyed"), (300, "house", "damaged")]),
    ("who does it", "Two gunmen killed three guards.", [(2, "gunman", None), (3, "guard", "dead")]),
    ("nothing told", "Three men met.", [(3, "man", None)]),
    ("things do not die", "It scored 23 points and killed the game.", [(23, None, None)]),
    ("crowd", "A crowd of 3,000 came.", [(3000, "person", None)]),
    ("mother of", "She is a mother of four.", [(4, "child", None)]),
]  # fmt: skip

# which need the sentence's grammar
PARSED = [
    ("passed over", "At least 84 people, including 10 children, have died.", [(84, "person", "dead"), (10, "child", "dead")]),
    ("adjectives", "Three large undersea cables were cut.", [(3, "cable", "cut")]),
    ("nouns before", "12 police officers were hurt.", [(12, "officer", "injured")]),
    ("peoples", "They held 12 Somalis and 11 Yemenis.", [(12, "somali", None), (11, "yemeni", None)]),
    ("relative clause", "The 40 climbers who died were roped.", [(40, "climber", "dead")]),
]  # fmt: skip


@pytest.mark.parametrize("reader", ["auto", "rules"])
@pytest.mark.parametrize(("text", "wanted"), [c[1:] for c in FATES], ids=[c[0] for c in FATES])
def test_what_became_of_the_counted(text, wanted, reader):
    assert [(n.value, n.counts, n.fate) for n in numbers(text, reader)] == wanted


@pytest.mark.parametrize(("text", "wanted"), [c[1:] for c in PARSED], ids=[c[0] for c in PARSED])
def test_what_became_of_the_counted_by_grammar(text, wanted):
    assert [(n.value, n.counts, n.fate) for n in numbers(text)] == wanted


# id, text, [(value, unit, measure, of, per)]
MEASURES = [
    ("fine", "a fine of $5m", [(5e6, "usd", "fine", None, None)]),
    ("fined", "The firm was fined $5m.", [(5e6, "usd", "fine", None, None)]),
    ("fine behind", "It faces a $5 million fine.", [(5e6, "usd", "fine", None, None)]),
    ("sentence", "He was sentenced to 12 years in prison.", [(12, "year", "sentence", None, None)]),
    ("sentence behind", "a five-year suspended sentence", [(5, "year", "sentence", None, None)]),
    ("two of one offer", "a seven-year, $161 million contract", [(7, "year", "deal", None, None), (1.61e8, "usd", "deal", None, None)]),
    ("share price", "The offer of $82 a share was refused.", [(82, "usd", "offer", None, "share")]),
    ("a year", "It costs $50,000 a year.", [(50_000, "usd", "price", None, "year")]),
    ("not a year ago", "It was 4 percent a year ago.", [(4, "percent", None, None, None)]),
    ("percent of", "Some 62 percent of voters agreed.", [(62, "percent", None, "voter", None)]),
    ("half of", "Half of the homes burned.", [(0.5, "share", None, "home", None)]),
    ("rate", "Unemployment fell to 5 percent.", [(5, "percent", "unemployment", None, None)]),
    ("depth", "The well is 40 metres deep.", [(40, "metre", "depth", None, None)]),
    ("distance", "It lies 5 miles from the coast.", [(5, "mile", "distance", None, None)]),
    ("wind", "winds of 100 mph", [(100, "mph", "speed", None, None)]),
    ("magnitude", "a 6.1-magnitude quake", [(6.1, "magnitude", "magnitude", None, None)]),
    ("screen", "a phone with a 5.8-inch screen", [(5.8, "inch", "screen", None, None)]),
    ("population", "a city of 350,000", [(350_000, "person", "population", None, None)]),
    ("in taxes", "It owes $5bn in unpaid taxes.", [(5e9, "usd", "tax", None, None)]),
    ("its own noun", "a 13-play, 73-yard drive", [(13, None, None, None, None), (73, "yard", "drive", None, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), [c[1:] for c in MEASURES], ids=[c[0] for c in MEASURES])
def test_what_is_measured(text, wanted):
    assert [(pytest.approx(n.value), n.unit, n.measure, n.of, n.per) for n in numbers(text)] == wanted


# id, text, [(value, role)]
ROLES = [
    ("by and to", "The price rose by 12 dollars to 45 dollars.", [(12, "rise"), (45, "amount")]),
    ("from and to", "The tax rises from 5 percent to 7.5 percent.", [(5, "former"), (7.5, "amount")]),
    ("to and from", "Sales fell to $4bn from $5bn.", [(4e9, "amount"), (5e9, "former")]),
    ("percent", "Exports fell 6 percent.", [(6, "fall")]),
    ("range", "Prices rose 5-6 percent.", [(5, "rise")]),
    ("between", "Shares fell by between 3 and 5 percent.", [(3, "fall")]),
    ("noun", "a 3 percent rise and a drop of 2 percent", [(3, "rise"), (2, "fall")]),
    ("more than before", "It grew 12 percent more than last year.", [(12, "rise")]),
    ("up", "Profit was up 4 percent.", [(4, "rise")]),
    ("made up", "They make up 12 percent of voters.", [(12, "amount")]),
    ("compared", "It was 5 percent, compared with 4 percent in May.", [(5, "amount"), (4, "former")]),
    ("further", "Divers found 12 more bodies.", [(12, "added")]),
    ("more of another fate", "Seven people died and dozens more were injured.", [(7, "amount"), (24, "amount")]),
    ("doubled", "Prices have doubled and wages nearly halved.", [(2, "multiple"), (0.5, "multiple")]),
    ("times", "It is three times as large and twice the size of the old one.", [(3, "multiple"), (2, "multiple")]),
    ("how often", "She won three times.", [(3, "amount")]),
    ("doubled down", "He doubled down on it.", []),
    ("range of people", "From 10 to 12 people came.", [(10, "amount")]),
    ("scores", "They won 3-1 after a 10-7 vote.", [(3, "score"), (10, "score")]),
    ("not by whom", "She was dragged by the 400-pound bear as it stood up.", [(400, "amount")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), [c[1:] for c in ROLES], ids=[c[0] for c in ROLES])
def test_roles(text, wanted):
    assert [(n.value, n.role) for n in numbers(text)] == wanted


# id, text, ages
AGES = [
    ("year-old", "a 33-year-old driver and two 5-year-olds", [33, 5]),
    ("beside a name", "Ann Field, 33, of Ardby and Jo Brook (41) met.", [33, 41]),
    ("both", "The pair, both 51, left.", [51]),
    ("aged", "a boy aged 12 and girls aged 6 and 7", [12, 6, 7]),
    ("limits", "children under five and women over 50", [5, 50]),
    ("is", "He is 95. She was 40 when it fell.", [95, 40]),
    ("died at", "The actress died at 91.", [91]),
    ("none beside a place", "In Ardby, 12 people met.", []),
    ("none of a list", "They sent Ardby, 20 miles off, a letter.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), [c[1:] for c in AGES], ids=[c[0] for c in AGES])
def test_ages(text, wanted):
    assert [n.value for n in numbers(text) if n.role == "age"] == wanted


# id, a, b, alike: the last numbers of two sentences
PAIRS = [
    ("same thing", "12 soldiers died", "at least 10 soldiers died", True),
    ("people and victims", "12 people were killed", "10 victims were killed", True),
    ("some of them", "12 people were killed", "10 soldiers were killed", False),
    ("fates apart", "12 people were killed", "50 people were injured", False),
    ("a fate or none", "12 people were killed", "12 people came", False),
    ("things apart", "They sent 12 ships", "They sent 12 planes", False),
    ("units of a kind", "It took 90 minutes", "It took two hours", True),
    ("units apart", "It weighs 5 kg", "It is 5 km", False),
    ("measures apart", "a fine of $5m", "a profit of $4m", False),
    ("per", "an offer of $70 a share", "an offer of $120 billion", False),
    ("a change and a total", "The toll rose by 12", "The toll rose to 45", False),
    ("rise and fall", "Sales rose 3 percent", "Sales fell 3 percent", True),
    ("before and after", "It fell from 12 percent", "It fell to 12 percent", False),
    ("ages", "the 33-year-old", "33 years in prison", False),
    ("one person's age", "Ann Field, 33, left", "Ann Field, 34, left", True),
    ("ages of two", "Ann Field, 33, left", "Jo Brook, 34, left", False),
    ("an age of nobody", "He is 33", "He is 34", False),
    ("money for something", "It paid $5m", "It paid $6m", False),
    ("people of whom nothing is told", "He met five people", "He met 12 people", False),
    ("results", "They won 3-1", "They won 3-2", False),
    ("shares of two things", "40 percent of voters", "40 percent of farmers", False),
    ("percent and half", "50 percent of voters", "half of the voters", True),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "wanted"), [c[1:] for c in PAIRS], ids=[c[0] for c in PAIRS])
def test_which_may_be_compared(a, b, wanted):
    m, n = numbers(f"{a}.")[-1], numbers(f"{b}.")[-1]
    assert numbers_alike(m, n) is numbers_alike(n, m) is wanted


def test_people_of_any_name_may_be_the_same():
    (a,), (b,) = numbers("12 people were killed."), numbers("12 soldiers were killed.")
    assert numbers_alike(a, b, loosely=True)
    assert not numbers_alike(a, b)


def test_bounds_and_changes():
    told = [
        number_bounds(numbers(f"{t}.")[0])
        for t in ("20-30 people", "at least 20 people", "up to 20 people", "two hours")
    ]
    assert told == [(20, 30), (20, math.inf), (0, 20), (120, 120)]
    factors = [change(numbers(f"Prices {t}.")[0]) for t in ("halved", "fell by a third", "rose 50 percent", "are $5")]
    assert factors == [0.5, pytest.approx(2 / 3), 1.5, None]


def test_sentences_are_read_apart():
    text = "Police came in 2015. 300 workers left. It cost $5."
    found = find_numbers(text)
    assert [n.text for n in found] == ["300", "$5"]
