"""Two statements that somebody asks about: of two matters, of a state that may have changed, of one thing called by two names."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.claims import read_statements
from app.core.language import load_reader

CASES = {
    "two matters": (
        "none",
        [
            ("The minister visited Talvia on Monday.", "The minister's book sold 3,000 copies."),
            ("A fire destroyed a mill in Karra.", "A fire destroyed a school in Oresund."),
            ("The court sentenced Lowe to ten years.", "The court sentenced Marsh to two years."),
            ("Rain flooded the market.", "The council approved the budget."),
            ("The king visited a school in Halden on Monday.", "The king visited a hospital in Orsa on Friday."),
        ],
    ),
    "one matter": (
        "agree conflict diverge",
        [
            ("The court sentenced Lowe to ten years.", "The court sentenced Lowe to two years."),
            ("A fire destroyed a mill in Karra.", "A blaze in Karra burned down a mill."),
            ("The coach crashed near Lund.", "The coach crashed near Malmo."),
            ("The jury cleared the banker of fraud.", "The court convicted the banker of fraud."),
            ("“We will not sell the port,” Ana Lind said.", "“We will not sell the port,” Jon Aske said."),
        ],
    ),
    "a state that may have changed": (
        "unsure",
        [
            ("The minister is in hospital.", "The minister is at home."),
            ("The ship was in port.", "The ship was at sea."),
            ("The patient is awake.", "The patient is in a coma."),
            ("The hostage is free.", "The hostage is in captivity."),
        ],
    ),
    "a state and its opposite": (
        "conflict",
        [
            ("The bridge is open.", "The bridge is closed."),
            ("The singer is alive.", "The singer is dead."),
            ("The team was in Oslo on Friday.", "The team was in Bergen on Friday."),
        ],
    ),
    "how somebody went": (
        "diverge",
        [
            ("The president fired Oduya on Friday.", "Oduya stepped down on Friday."),
            ("The club sacked Petrov in May for insulting the referee.", "Petrov resigned in May, saying he had insulted the referee."),
        ],
    ),
    "another deed": (
        "diverge",
        [
            ("The guard pushed the reporter's microphone away.", "The guard smashed the reporter's microphone."),
            ("The driver touched the cyclist's bike.", "The driver kicked the cyclist's bike to the ground."),
        ],
    ),
    "two exchanged": (
        "conflict",
        [
            ("Talvia recognised Norvia.", "Norvia recognised Talvia."),
            ("The plane flew from Talvia to Norvia.", "The plane flew from Norvia to Talvia."),
        ],
    ),
    "the same deed": (
        "agree",
        [
            ("Norvia was recognised by Talvia.", "Talvia recognised Norvia."),
            ("Talvia and Norvia signed the pact.", "Norvia and Talvia signed the pact."),
            ("The union called off the strike.", "The union cancelled the strike."),
            ("The firm closed a plant in Halden.", "The firm shut down a plant in Halden."),
            ("The club sacked the coach.", "The coach was dismissed by the club."),
            ("Critics quickly denounced Hale's speech.", "Critics condemned Hale's speech on Monday."),
            ("The bridge is open.", "The bridge is now open to traffic."),
            ("The minister is in hospital.", "The minister is in a hospital in Oslo."),
        ],
    ),
    "denied": (
        "conflict",
        [
            ("The chairwoman denied halting the audit.", "The clerk said the chairwoman had halted the audit."),
            ("The chairwoman denied having ordered the clerk to halt the audit.", "The clerk said the chairwoman had ordered him to halt the audit."),
            ("The captain rejected claims that he left the ship.", "The captain left the ship."),
            ("The minister denied refusing the visa.", "The minister refused the visa."),
            ("Rossi got no ban, the coach said.", "The coach said only Rossi got a ban."),
        ],
    ),
    "denied by both, done by another alone": (
        "agree",
        [
            ("Lowe denied killing the clerk.", "Lowe did not kill the clerk, he said."),
            ("The firm denied dumping waste in the lake.", "The firm denied that it had dumped waste in the lake."),
            ("The coach said Rossi got no ban after he struck a fan.", "The coach said Rossi and Bianchi both struck a fan but only Bianchi got a ban."),
        ],
    ),
    "called by another name": (
        "conflict",
        [
            ("The song was released by an artist named Kestrel.", "The song was released by an artist called Osprey."),
            ("The photo was shared by an account called MarshWarbler.", "The photo was shared under an account titled OldHeron."),
        ],
    ),
}  # fmt: skip
PAIRS = [(kind, wanted, a, b) for kind, (wanted, pairs) in CASES.items() for a, b in pairs]


@pytest.fixture(scope="module")
def judged(asked):
    texts = [text for *_, a, b in PAIRS for text in (a, b)]
    days = [date(2021, 3, 4)] * len(texts)
    found = read_statements(texts, load_reader("auto"), published=days, outlets=["Courier", "Herald"] * len(PAIRS))
    pairs = [(found[2 * i], found[2 * i + 1]) for i in range(len(PAIRS))]
    return asked(pairs), asked([(b, a) for a, b in pairs])


@pytest.mark.parametrize("number", range(len(PAIRS)), ids=[f"{p[0]}: {p[2][:40]} / {p[3][:40]}" for p in PAIRS])
def test_what_holds_between_two_statements(judged, number):
    there, back = ((answers[number][0] or "none") for answers in judged)
    assert there in PAIRS[number][1].split()
    assert there == back
