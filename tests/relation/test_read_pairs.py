"""Pairs of sentences as the product reads them, one dimension apart: what guards make of them, from either end.

The guards' own tables (`test_guards.py`) give them what a reader should have found; here the reader is the real one.
"""

from __future__ import annotations

from datetime import date

import pytest

from app.core.claims import read_statements
from app.core.language import load_reader

# dimension, one report, the other, relation, days of publication (the same day without)
PAIRS = [
    # dates
    ("dates", "The summit opened on 3 May 2020 in Lund.", "The summit opened on 4 May 2020 in Lund.", "conflict", ()),
    ("dates", "The summit opened in May 2020 in Lund.", "The summit opened on 4 May 2020 in Lund.", "agree", ()),
    ("dates", "The tour was to begin on 14 October 2022.", "The tour was to begin in mid-October 2022.", "agree", ()),
    ("dates", "The plant closed in early 2019.", "The plant closed in late 2019.", "diverge", ()),
    ("dates", "The plant closed in 2018.", "The plant closed in late 2019.", "conflict", ()),
    ("dates", "The treaty was signed on 8 May 2009.", "Arvan and Sundria signed the treaty in 2009.", "agree", ()),
    ("dates", "The festival runs from 3 to 6 June 2021.", "The festival runs from 4 to 7 June 2021.", "diverge", ()),
    ("dates", "The trial starts on Monday.", "The trial starts on Tuesday.", "conflict", ()),
    ("dates", "The quake struck at 6:07 p.m.", "The quake struck at 6:40 p.m.", "conflict", ()),
    ("dates", "The quake struck at 6:07 p.m.", "The quake struck shortly after 6 p.m.", "agree", ()),
    # numbers
    ("numbers", "The flood killed at least 20 people.", "The flood killed 24 people.", "agree", ()),
    ("numbers", "The flood killed more than 20 people.", "The flood killed 18 people.", "conflict", ()),
    ("numbers", "The flood killed dozens of people.", "The flood killed 45 people.", "agree", ()),
    ("numbers", "The flood killed dozens of people.", "The flood killed 3 people.", "conflict", ()),
    ("numbers", "The flood killed hundreds of people.", "The flood killed 12 people.", "conflict", ()),
    ("numbers", "About 200 people marched.", "Some 210 people marched.", "agree", ()),
    ("numbers", "About 200 people marched.", "About 900 people marched.", "conflict", ()),
    ("numbers", "The bridge is 2.5 miles long.", "The bridge is about 4 kilometres long.", "agree", ()),
    ("numbers", "The bridge is 2.5 miles long.", "The bridge is 9 kilometres long.", "conflict", ()),
    ("numbers", "The flood killed 20 people and injured 45.", "The flood injured 45 people and killed 20.", "agree", ()),
    ("numbers", "The flood killed 20 people.", "The flood injured 45 people.", "none", ()),
    ("numbers", "The firm will cut 300 jobs.", "The firm will cut 300 jobs at two plants.", "agree", ()),
    ("numbers", "Prices rose 5 percent.", "Prices rose 7 percent.", "conflict", ()),
    ("numbers", "Prices rose between 5 and 7 percent.", "Prices rose 6 percent.", "agree", ()),
    ("numbers", "Scores fell ill after the wedding.", "Sixty guests fell ill after the wedding.", "agree", ()),
    ("numbers", "Between 10 and 15 miners are trapped.", "Twenty miners are trapped.", "conflict", ()),
    ("numbers", "The winner gets 550,000 euros.", "The winner gets 1 million euros.", "conflict", ()),
    ("numbers", "No one was killed in the blast.", "Three people were killed in the blast.", "conflict", ()),
    ("numbers", "Fewer than ten people attended.", "Seven people attended.", "agree", ()),
    ("numbers", "Nearly 100 houses burned down.", "97 houses burned down.", "agree", ()),
    ("numbers", "Nearly 100 houses burned down.", "140 houses burned down.", "conflict", ()),
    ("numbers", "Half of the crew survived.", "50 percent of the crew survived.", "agree", ()),
    # polarity
    ("polarity", "The minister apologised for the remark.", "The minister refused to apologise for the remark.", "conflict", ()),
    ("polarity", "The minister apologised for the remark.", "The minister did not apologise for the remark.", "conflict", ()),
    ("polarity", "The minister denied taking bribes.", "The minister took bribes.", "conflict", ()),
    ("polarity", "The minister denied taking bribes.", "The minister admitted taking bribes.", "conflict", ()),
    ("polarity", "The firm stopped selling the toy.", "The firm still sells the toy.", "conflict", ()),
    ("polarity", "The firm would stop selling the toy if asked.", "The firm will keep selling the toy.", "diverge", ()),
    ("polarity", "The board may approve the merger.", "The board will reject the merger.", "diverge", ()),
    ("polarity", "The minister did not deny meeting the envoy.", "The minister met the envoy.", "agree", ()),
    ("polarity", "It is not true that the envoy met the minister.", "The envoy met the minister.", "conflict", ()),
    ("polarity", "The jury cleared the banker of fraud.", "The jury convicted the banker of fraud.", "conflict", ()),
    ("polarity", "The dam withstood the quake.", "The dam did not withstand the quake.", "conflict", ()),
    ("polarity", "Lawmakers backed the deal.", "Lawmakers rejected the deal.", "conflict", ()),
    ("polarity", "The ceasefire is holding.", "The ceasefire has collapsed.", "conflict", ()),
    ("polarity", "The bank failed to stop the payments.", "The bank stopped the payments.", "conflict", ()),
    ("polarity", "The pilot never lost control.", "The pilot lost control.", "conflict", ()),
    ("polarity", "Nobody disputes that the vote was fair.", "The vote was fair.", "agree", ()),
    ("polarity", "The court refused to block the law.", "The court blocked the law.", "conflict", ()),
    ("polarity", "The court refused to block the law.", "The court allowed the law.", "agree", ()),
    ("polarity", "The opera house is closed.", "The opera house has reopened.", "updated", ("2021-03-04", "2021-06-01")),
    ("polarity", "Teachers are on strike.", "Teachers have returned to work.", "updated", ("2021-03-04", "2021-03-10")),
    # role
    ("role", "Ana Lind, the finance minister, resigned.", "Ana Lind, the foreign minister, resigned.", "diverge", ()),
    ("role", "Ana Lind, the deputy mayor, resigned.", "Mayor Ana Lind resigned.", "diverge", ()),
    ("role", "Former President Ana Lind spoke.", "President Ana Lind spoke.", "diverge", ()),
    ("role", "Piet Marno, secretary-general of the Sea Council, announced the decision.", "Piet Marno, deputy head of the Sea Council, announced the decision.", "diverge", ()),
    ("role", "Joost Baan, leader of the dockers' union, spoke of a last offer.", "Joost Baan, the port's personnel director, spoke of a last offer.", "diverge", ()),
    ("role", "Prime Minister Ana Lind spoke.", "Ana Lind, the premier, spoke.", "agree", ()),
    # speaker
    ("speaker", '"We will not pay a cent of this fine," Ana Lind said.', '"We will not pay a cent of this fine," Jon Aske said.', "diverge", ()),
    ("speaker", '"We will not pay a cent of this fine," a spokesman said.', '"We will not pay a cent of this fine," Jon Aske said.', "agree", ()),
    # place
    ("place", "The bus crashed near Lund.", "The bus crashed near Malmo.", "conflict", ()),
    ("place", "The bus crashed in the north of Korda.", "The bus crashed in the south of Korda.", "conflict", ()),
    ("place", "The bus crashed in Lund.", "The bus crashed in Lund, Sweden.", "agree", ()),
    ("place", "The crash happened near Bayreuth in the south of Germany.", "The coach crashed in southern Germany, near Bayreuth.", "agree", ()),
    # wording
    ("wording", "The study suggests that Zelin helps.", "The study proved that Zelin helps.", "diverge", ()),
    ("wording", "Doctors reported mild side effects of the vaccine.", "Doctors reported severe side effects of the vaccine.", "diverge", ()),
    ("wording", "The minister was angry at the ruling.", "The minister was furious at the ruling.", "diverge", ()),
    ("wording", "Residents were advised to boil their water.", "Residents were forced to boil their water.", "diverge", ()),
    ("wording", "The minister said the line would be built.", "The minister said the line would be built if the regions paid half.", "diverge", ()),
    ("wording", "The court found errors in the books.", "The court found fraud in the books.", "diverge", ()),
    ("wording", "The envoy voiced concern over the decision.", "The envoy condemned the decision.", "diverge", ()),
    # frame
    ("frame", "Ana Lind said the bridge was unsafe.", "The builders denied that the bridge was unsafe.", "conflict", ()),
    ("frame", "Ana Lind said the bridge was unsafe.", "The bridge was unsafe, Ana Lind said.", "agree", ()),
    ("frame", "Ana Lind denied that the bridge was unsafe.", "The builders denied that the bridge was unsafe.", "agree", ()),
    ("frame", "Ana Lind said the bridge was unsafe.", "Ana Lind never said the bridge was unsafe.", "conflict", ()),
    ("frame", "Ana Lind said the bridge was unsafe.", "Ana Lind declined to say whether the bridge was unsafe.", "diverge", ()),
]  # fmt: skip


@pytest.fixture(scope="module")
def read():
    texts = [text for _, a, b, _, _ in PAIRS for text in (a, b)]
    days = [date.fromisoformat(d) for *_, given in PAIRS for d in (given or ("2021-03-04", "2021-03-04"))]
    readings = read_statements(texts, load_reader("auto"), published=days, outlets=["Courier", "Herald"] * len(PAIRS))
    return [(readings[2 * i], readings[2 * i + 1]) for i in range(len(PAIRS))]


@pytest.mark.parametrize("number", [pytest.param(i, id=f"{p[0]}: {p[1][:40]}") for i, p in enumerate(PAIRS)])
def test_what_guards_make_of_it(read, judged, number):
    first, second = read[number]
    kind, reasons = judged(first, second)
    assert kind == PAIRS[number][3], [(r.dimension.value, r.outcome.value, r.say) for r in reasons]
    back, same = judged(second, first)
    assert back == kind
    assert sorted((r.dimension, r.outcome, r.a, r.b) for r in reasons) == sorted(
        (r.dimension, r.outcome, r.b, r.a) for r in same
    )
