"""Pairs of statements as the product reads them: what it makes of two that are known to be of one thing, from either end.

The first table is one dimension apart; the sentences of the second were written before any guard was tried on them: what looks
opposed and is not, what looks alike and is not. False conflicts are worse than missed ones, so where a careful reader would
hesitate the pair is no conflict. What is judged otherwise today stands in `MISSED`.
"""

from __future__ import annotations

from datetime import date

import pytest

from app.core.claims import read_statements
from app.core.language import load_reader

# dimension, one report, the other, relations a careful reader could give, days of publication (the same day without)
PAIRS = [
    # dates
    ("dates", "The crew left the island by 6 p.m.", "The crew left the island at 4 p.m.", "agree unsure diverge", ()),
    ("dates", "The bar closed before 9 p.m.", "The bar closed at 7 p.m.", "agree unsure diverge", ()),
    ("dates", "The gunman fled after 9 p.m.", "The gunman fled at 11 p.m.", "agree unsure diverge", ()),
    ("dates", "The crash happened at 6 p.m.", "The crash happened at 9 p.m.", "conflict", ()),
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
    # hard ones
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
    ("numbers", "Jon Aske, 24, was arrested after the shooting.", "A boy was arrested after the shooting of Ana Holt, 34.", "agree unsure", ()),
    ("numbers", "Jon Aske, 24, was arrested after the shooting.", "Jon Aske, 27, was arrested after the shooting.", "conflict", ()),
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
    ("numbers", "The quake killed more than 26,000 people.", "The quake killed more than 31,000 people.", "diverge", ()),
    ("numbers", "The ferry sank with at least 20 people.", "The ferry sank with more than 25 people.", "agree", ()),
    ("numbers", "The missile flew 3,700 kilometers (2,300 miles).", "The missile flew 2,300 miles.", "agree", ()),
    ("numbers", "A magnitude-6.1 quake struck the coast.", "A quake of magnitude 5.9 struck the coast.", "conflict", ()),
    # polarity: negation, refusal, cessation, condition, modality, double negation
    ("polarity", "The club did not rule out signing the striker.", "The club may sign the striker.", "agree", ()),
    ("polarity", "The road is safe.", "The road is not safe.", "conflict", ()),
    ("polarity", "The road is safe.", "The road is unsafe.", "conflict", ()),
    ("polarity", "The captain was guilty.", "The captain was innocent.", "conflict", ()),
    ("polarity", "The committee is not a court.", "The committee is a court.", "conflict", ()),
    ("polarity", "Lind was not the only victim.", "Lind was a victim.", "agree", ()),
    ("polarity", "The club ruled out signing the striker.", "The club will sign the striker.", "conflict", ()),
    ("polarity", "The club ruled out signing the striker.", "The club will not sign the striker.", "agree", ()),
    ("polarity", "The senate failed to pass the bill.", "The senate did not pass the bill.", "agree", ()),
    ("polarity", "The senate failed to pass the bill.", "The senate passed the bill.", "conflict", ()),
    ("polarity", "The envoy is not unlikely to attend.", "The envoy is likely to attend.", "agree", ()),
    ("polarity", "Hardly anyone turned up at the rally.", "Few people turned up at the rally.", "agree", ()),
    ("polarity", "The minister avoided a vote of no confidence.", "The minister did not face a vote of no confidence.", "agree", ()),
    ("polarity", "The company no longer employs the driver.", "The company dismissed the driver.", "agree", ()),
    ("polarity", "The company no longer employs the driver.", "The driver still works for the company.", "conflict", ()),
    ("polarity", "Unless rain comes, the harvest will fail.", "The harvest failed.", "diverge updated agree unsure none", ()),
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

MISSED = (
    ("Sales fell 12 percent in March.", "Sales fell 12 percent in April.", "two months of sales are two things, or a date told apart: told as unsure"),
    ("Two of the five suspects were released.", "Three suspects remain in custody.", "the rest of a group is read as the same people"),
    ("The vote passed 52 to 48.", "The vote passed by four votes, 52-48.", "a margin is read as a count of votes"),
    ("The company no longer employs the driver.", "The company dismissed the driver.", "to dismiss somebody is read as to dismiss what is said"),
    ("The company no longer employs the driver.", "The driver still works for the company.", "to employ and to work for are two words for one thing"),
    ("The court upheld the ban on the drug.", "The court lifted the ban on the drug.", "upheld and lifted are not known to undo each other"),
    ("The ship was not lost but ran aground.", "The ship ran aground.", "not ... but turns what the other does not speak of"),
    ("The plant closed in early 2019.", "The plant closed in late 2019.", "told as a conflict"),
    ("The festival runs from 3 to 6 June 2021.", "The festival runs from 4 to 7 June 2021.", "two ranges that overlap are taken as detail"),
    ("The quake struck at 6:07 p.m.", "The quake struck shortly after 6 p.m.", "at and shortly after are told as two wordings"),
    ("The flood killed 20 people.", "The flood injured 45 people.", "two facts of one event are told as two wordings"),
    ("The minister did not deny meeting the envoy.", "The minister met the envoy.", "not to deny is taken as not"),
    ("The ceasefire is holding.", "The ceasefire has collapsed.", "to hold and to collapse are not known to undo each other"),
    ("Nobody disputes that the vote was fair.", "The vote was fair.", "a doubly negated frame is taken as not"),
    ("The court refused to block the law.", "The court allowed the law.", "refusing to block is not known to allow"),
    ("The opera house is closed.", "The opera house has reopened.", "one wording for another hides that time has passed"),
    ("Teachers are on strike.", "Teachers have returned to work.", "returning to work is not read as the end of a strike"),
    ("Ana Lind, the deputy mayor, resigned.", "Mayor Ana Lind resigned.", "titles are not compared"),
    ("Former President Ana Lind spoke.", "President Ana Lind spoke.", "titles are not compared"),
    ("Joost Baan, leader of the dockers' union, spoke of a last offer.", "Joost Baan, the port's personnel director, spoke of a last offer.", "titles are not compared"),
    ('"We will not pay a cent of this fine," Ana Lind said.', '"We will not pay a cent of this fine," Jon Aske said.', "the words of two speakers"),
    ("The study suggests that Zelin helps.", "The study proved that Zelin helps.", "how sure a cue is plays no part"),
    ("The minister said the line would be built.", "The minister said the line would be built if the regions paid half.", "a condition that one side adds"),
    ("Ana Lind denied that the bridge was unsafe.", "The builders denied that the bridge was unsafe.", "two who deny the same are told as two wordings"),
)  # fmt: skip
"""What is not judged as wanted, with what is wrong."""


def cases():
    why = {(a, b): reason for a, b, reason in MISSED}
    assert why.keys() <= {(a, b) for _, a, b, *_ in PAIRS}
    for i, (dimension, a, b, *_) in enumerate(PAIRS):
        marks = [pytest.mark.xfail(reason=why[a, b])] if (a, b) in why else []
        yield pytest.param(i, id=f"{dimension}: {a[:40]} / {b[:40]}", marks=marks)


@pytest.fixture(scope="module")
def judged(asked):
    """What is answered to every pair, and to every pair the other way round."""
    texts = [text for _, a, b, _, _ in PAIRS for text in (a, b)]
    days = [date.fromisoformat(d) for *_, given in PAIRS for d in (given or ("2021-03-04", "2021-03-04"))]
    found = read_statements(texts, load_reader("auto"), published=days, outlets=["Courier", "Herald"] * len(PAIRS))
    pairs = [(found[2 * i], found[2 * i + 1]) for i in range(len(PAIRS))]
    return asked(pairs), asked([(b, a) for a, b in pairs])


@pytest.mark.parametrize("number", list(cases()))
def test_what_holds_between_two_statements(judged, number):
    kind, _, reasons = judged[0][number]
    assert kind.value in PAIRS[number][3].split(), [(r.dimension.value, r.outcome.value, r.say) for r in reasons]


@pytest.mark.parametrize("number", range(len(PAIRS)), ids=[f"{p[1][:40]} / {p[2][:40]}" for p in PAIRS])
def test_the_answer_is_the_same_from_both_ends(judged, number):
    there, back = (answers[number] for answers in judged)
    assert there[:2] == back[:2]
    assert sorted((r.dimension, r.outcome, r.a, r.b) for r in there[2]) == sorted(
        (r.dimension, r.outcome, r.b, r.a) for r in back[2]
    )
