"""Kinds of pairs that share their words and are two facts: they never agree; and the pairs beside them that do.

Each is judged as two statements that somebody asks about and as two claims of a row, from either end.
"""

from __future__ import annotations

from datetime import date

import pytest

from app.core.claims import read_statements
from app.core.encoder import load_encoder
from app.core.language import load_reader
from app.core.records import PairScore, RelationKind
from app.core.relation.found import Slots
from app.core.relation.sides import Sides
from app.core.relation.verdict import verdict
from app.core.relation.worth import load_worth

TAKEN_BACK = [
    ("The court convicted him.", "The paper had reported that he was convicted; he was cleared."),
    ("The court convicted Lowe of fraud.", "The Herald had reported that Lowe was convicted of fraud, but he was cleared."),
    ("The court convicted Lowe of fraud.", "The Herald wrongly reported that Lowe was convicted of fraud."),
    ("The court convicted Lowe.", "The Herald reported incorrectly that Lowe was convicted."),
    ("The court convicted Lowe.", "The paper's report that Lowe was convicted was wrong."),
    ("The driver died.", "Police retracted a statement that the driver had died."),
    ("The bridge collapsed.", "The mayor's office withdrew its claim that the bridge had collapsed."),
    ("The firm will close the plant.", "The agency corrected an earlier report that said the firm would close the plant."),
    ("The driver died.", "Police had said that the driver died, but he did not die."),
    ("The minister resigned.", "Lowe was falsely reported to have resigned."),
    ("The singer died in a crash.", "Earlier reports that the singer died in a crash were false."),
    ("The singer died in a crash.", "Reports that the singer had died in a crash turned out to be wrong."),
    ("The singer died in a crash.", "Reports that the singer died in a crash were not true."),
]  # fmt: skip

TAKEN_BACK += [
    ("Orme died.", "Local media said Orme died. She is alive."),
    ("The bank is bankrupt.", "A newspaper reported that the bank was bankrupt. It is not."),
    ("The bridge is safe.", "The mayor said the bridge was safe. That is false."),
    ("The singer was ill.", "The Herald reported that the singer was ill. This was not true."),
    ("The court convicted him of theft.", "It had reported that Orme was convicted of theft; the court had cleared him of that charge."),
]  # fmt: skip

CONDITIONAL = [
    ("He was sentenced to ten years.", "If convicted he faces up to ten years."),
    ("Lowe was sentenced to ten years in prison.", "Lowe could be sentenced to ten years in prison."),
    ("Lowe was fined 5,000 euros.", "Lowe would be fined 5,000 euros if found guilty."),
    ("Lowe was jailed for ten years.", "Lowe faces up to ten years in jail if convicted."),
    ("The bank will cut rates.", "The bank would cut rates if prices fell."),
    ("The union will strike on Monday.", "Should the talks fail, the union will strike on Monday."),
    ("The union will strike on Monday.", "The union will strike on Monday unless a deal is reached."),
    ("The firm closed the plant.", "The firm would close the plant if orders fell."),
    ("The firm will close the plant.", "The firm will close the plant provided that the council agrees."),
    ("The minister said the line would be built.", "The minister said the line would be built if the regions paid half."),
]  # fmt: skip

TWO_THINGS = [
    ("12 people were injured.", "12 houses were damaged."),
    ("The storm injured 12 people.", "The storm damaged 12 houses."),
    ("Thirty soldiers were killed.", "Thirty tanks were destroyed."),
    ("The flood killed 20 people.", "The flood injured 20 people."),
    ("Two hundred homes lost power.", "Two hundred people fled."),
    ("Five firefighters were hurt.", "Five fire engines were sent."),
    ("12 people died and 30 houses burned down.", "30 people died and 12 houses burned down."),
    ("The quake killed 40 people and injured 200.", "The quake killed 200 people and injured 40."),
]

BOUNDS = [
    ("The bridge will open by the end of March.", "The bridge will not open before March."),
    ("The bridge will open in June at the earliest.", "The bridge will open by June."),
    ("The firm will pay by Friday.", "The firm will not pay before Friday."),
    ("The bridge will open by 15 March.", "The bridge will open on 20 March."),
    ("The bridge will not open before April.", "The bridge will open in March."),
    ("The bridge will open by the end of March.", "The bridge will open by the end of April."),
]

TWO_EVENTS = [
    ("A quake struck Karra at 9:12 a.m. and broke windows.", "A quake struck Karra at 5:40 p.m. and broke windows."),
    ("Gunmen attacked a convoy in Karra on 3 March 2021.", "Gunmen attacked a convoy in Karra on 1 March 2021."),
    ("Voters approved the bond in 2009.", "Voters approved the bond in 2010."),
]

AGREEING = [
    ("A quake struck Karra at 9:12 a.m. and broke windows.", "A quake struck Karra at about 9 a.m. and broke windows."),
    ("Gunmen attacked a convoy in Karra on 3 March 2021.", "Gunmen attacked a convoy in Karra in March 2021."),
    ("Orme is alive.", "Local media said Orme died. She is alive."),
    ("Orme died.", "Local media said Orme died. She was 80."),
    ("Orme was arrested.", "Local media said Orme was arrested. She was released on Friday."),
    ("The driver died.", "Local media said the driver died. The passenger is alive."),
    ("The bridge is safe.", "The mayor said the bridge was safe. It is not far from the port."),
    ("The singer died in a crash.", "Reports that the singer died in a crash were true."),
    ("The court convicted Lowe.", "The Herald had reported that Lowe was convicted."),
    ("Lowe was convicted of making false claims.", "The court convicted Lowe of making false claims about the vaccine."),
    ("The Herald wrongly reported that Lowe was convicted.", "The Herald falsely reported that Lowe had been convicted."),
    ("The minister resigned.", "The Herald first reported that the minister resigned."),
    ("If convicted, Lowe faces ten years in prison.", "Lowe faces ten years in prison if found guilty."),
    ("The union will strike if talks fail.", "Pilots will strike on Monday if the talks fail, the union said."),
    ("The firm closed the plant and will sell the land if it can.", "The firm closed the plant."),
    ("Rebels freed ten hostages in exchange for food.", "Rebels freed ten hostages."),
    ("“Do you back the plan to bridge the Elbe at Arnholt?” the student asked.", "The student asked the mayor if she backed the plan to bridge the Elbe at Arnholt."),
    ("He staggered as if drunk before he collapsed.", "He staggered and collapsed."),
    ("The flood killed 20 people and injured 45.", "The flood injured 45 people and killed 20."),
    ("The flood injured 45 people.", "The flood killed 20 people and injured 45."),
    ("Rebels freed 12 hostages.", "Twelve hostages were released."),
    ("Police arrested 12 suspects.", "Twelve suspected gunmen were arrested."),
    ("The bridge will open by 20 March.", "The bridge will open on 15 March."),
    ("The bridge will open by the end of March.", "The bridge will open in March."),
    ("The bridge will not open until April.", "The bridge will open in April."),
    ("Troops must leave no later than 1 May.", "Troops must leave by 1 May."),
]  # fmt: skip

KINDS = {
    "taken back": TAKEN_BACK,
    "conditional": CONDITIONAL,
    "two things": TWO_THINGS,
    "bounds": BOUNDS,
    "two events": TWO_EVENTS,
    "agreeing": AGREEING,
}
PAIRS = [(kind, *pair) for kind, pairs in KINDS.items() for pair in pairs]
ROW = 0.85


@pytest.fixture(scope="module")
def judged(asked):
    """Of each pair what is answered when it is asked about, and what a row makes of it, there and back."""
    texts = [text for _, *pair in PAIRS for text in pair]
    day = [date(2021, 3, 4)] * len(texts)
    found = read_statements(texts, load_reader("auto"), published=day, outlets=["Courier", "Herald"] * len(PAIRS))
    pairs = [(found[2 * i], found[2 * i + 1]) for i in range(len(PAIRS))]
    slots = Slots(load_encoder())
    out = []
    for (kind, *_), (a, b) in zip(asked(pairs), pairs, strict=True):
        main = [max(r.claims, key=lambda c: (c.within is None, c.end - c.start, -c.start)) for r in (a, b)]
        sides = Sides.of(*main, a.article, b.article, PairScore(0.8, aligned=True))
        rows = [verdict(s, load_worth(), slots=slots, row=ROW).kind for s in (sides, sides.turned)]
        out.append((kind, *rows))
    return out


@pytest.mark.parametrize("number", range(len(PAIRS)), ids=[f"{p[0]}: {p[1][:40]} / {p[2][:40]}" for p in PAIRS])
def test_what_agrees_and_what_never_does(judged, number):
    asked, row, back = judged[number]
    assert row is back
    if PAIRS[number][0] == "agreeing":
        assert (asked, row) == (RelationKind.AGREE, RelationKind.AGREE)
    else:
        assert RelationKind.AGREE not in (asked, row)
