"""Row labels: the shortest clear wording, whole, distinct, and no side of a conflict told as fact."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.alignment import align
from app.core.alignment.label import distinct_labels, row_label, row_labels
from app.core.claims import read_many, read_statements
from app.core.language import load_reader
from app.core.records import Article, Dimension, Outcome, Reason, Status
from app.core.relation import judge
from app.core.relation.question import question
from app.core.thresholds import LABEL_LETTERS

CASES = [
    pytest.param(
        ("The minister said that Norvia would leave the treaty.", "Norvia will leave the treaty, the minister announced on Friday."),
        "Norvia will leave the treaty", id="what is reported, without the frame",
    ),
    pytest.param(
        ("It was signed in May 2011.", "The treaty was signed in May 2011 by both governments."),
        "The treaty was signed in May 2011 by both governments", id="no pronoun where another names the subject",
    ),
    pytest.param(
        ("HALDEN -- But the company cut six hundred jobs.",),
        "The company cut six hundred jobs", id="no dateline, no joining word",
    ),
    pytest.param(
        ("In a stunning move that surprised its allies, Norvia ended the fishing treaty with Estmark on Friday.",),
        "Norvia ended the fishing treaty with Estmark on Friday", id="no adverbial in front",
    ),
    pytest.param(
        ("Norvia ended the fishing treaty with Estmark, sparking protest from both Brussels and the coastal towns of the north.",),
        "Norvia ended the fishing treaty with Estmark", id="nothing that trails",
    ),
    pytest.param(
        ("Brandt, who has led the country since 2015, called the treaty a burden for the coastal towns of the north.",),
        "Brandt called the treaty a burden for the coastal towns of the north", id="no aside",
    ),
    pytest.param(
        ("According to Halden Wire, a news agency of the region, Norvia and Estmark may sign the treaty in May.",),
        "Norvia and Estmark may sign the treaty in May", id="not what the source is called besides",
    ),
    pytest.param(
        ("The government of Norvia formally apologised to the fishermen of Estmark for the statement that its ministry had published in March.",),
        "The government of Norvia formally apologised to the fishermen of Estmark", id="shortened where a phrase begins",
    ),
]  # fmt: skip


def claims_of(texts):
    return [max(r.claims, key=lambda c: c.end - c.start) for r in read_statements(texts, load_reader())]


@pytest.mark.parametrize(("texts", "label"), CASES)
def test_the_label_is_the_shortest_clear_wording(texts, label):
    claims = claims_of(texts)
    assert row_label(claims) == label
    assert row_label(claims[::-1]) == label


def test_what_hardly_fits_the_row_does_not_name_it():
    claims = claims_of(("Norvia left the pact.", "Estmark's coast guard seized three trawlers from Norvia."))
    assert row_label(claims, [0.9, 0.9]).startswith("Norvia left")
    assert row_label(claims, [0.2, 0.9]).startswith("Estmark's coast guard")


@pytest.mark.parametrize(
    "text",
    [
        'She said the plan was "a grave mistake that will cost the northern towns and their fleets every single job they have got".',
        "He called it “a complete misjudgement of the situation, and it is extremely regrettable for every one of our towns”.",
    ],
)
def test_no_quotation_is_cut_in_half(text):
    for label in row_labels(claims_of((text,))):
        assert label.count('"') % 2 == 0
        assert label.count("“") == label.count("”")
        assert len(label) <= LABEL_LETTERS + 2


def test_no_label_is_shared():
    assert distinct_labels([["A", "B"], ["a", "C"], ["A"], ["A"]]) == ["B", "C", "A", "A (2)"]


ONE = Article(
    "Norvia announced on March 1 that it would leave the fishing treaty with Estmark. Estmark offered an apology for the"
    " seizure of the trawlers in January.",
    outlet="Gazette", headline="Fishing treaty in doubt", published=date(2021, 3, 9),
)  # fmt: skip
TWO = Article(
    "Norvia announced on March 2 that it would leave the fishing treaty with Estmark. Estmark's foreign minister Jon Reuter"
    " said Estmark never apologised for the seizure of the trawlers in January.",
    outlet="Herald", headline="Estmark and its neighbour", published=date(2021, 3, 10),
)  # fmt: skip


def test_a_conflict_is_called_by_its_question():
    readings = list(read_many((ONE, TWO), load_reader()))
    found = {row.label for row in judge(align(readings), readings) if row.status is Status.CONFLICT}
    assert any(label.startswith("Whether Estmark offered an apology") for label in found)


SAYS = "Norvia said on Friday that it would close 14 ports in the north in 2022."
ASKS = "Norvia will close 20 ports in the south in 2023."


@pytest.mark.parametrize(
    ("dimension", "a", "b", "label"),
    [
        pytest.param(Dimension.DATE, "in 2022", "in 2023", "When Norvia will close 20 ports in the south", id="when"),
        pytest.param(Dimension.NUMBER, "14", "20", "How many: Norvia will close … ports in the south in 2023", id="how many"),
        pytest.param(Dimension.PLACE, "in the north", "in the south", "Where Norvia will close 20 ports in 2023", id="where"),
        pytest.param(Dimension.POLARITY, "close", "close", "Whether Norvia will close 20 ports in the south in 2023", id="whether"),
        pytest.param(Dimension.WORDING, "close", "close", "At odds: Norvia will close 20 ports in the south in 2023", id="at odds"),
        pytest.param(Dimension.ROLE, "Norvia", "Norvia", "Who or what: … will close 20 ports in the south in 2023", id="who"),
    ],
)  # fmt: skip
def test_the_question_leaves_out_what_is_asked_for(dimension, a, b, label):
    one, two = claims_of((SAYS, ASKS))
    assert question(one, two, Reason(dimension, Outcome.EXCLUDES, a, b, "say.")) == label
    assert question(two, one, Reason(dimension, Outcome.EXCLUDES, b, a, "say.")) == label


WHOLE = [
    pytest.param(
        "Lena Holm, a former judge of the high court of the province who served a prison term for fraud in Lund, died on Monday.",
        "Lena Holm, a former judge of the high court of the province who served a prison term",
        id="a verb of a clause about somebody is not the sentence's",
    ),
    pytest.param(
        "The two brothers from Lund boarded a flight bound for the northern capital of Norvia on the last day of the year.",
        "The two brothers from Lund boarded a flight bound",
        id="a second verb leaves it open",
    ),
    pytest.param(
        "Inspector Dag Holm said the two accidents on consecutive days in the mountains above Lund had shaken the guides.",
        "Inspector Dag Holm said the two accidents on consecutive days",
        id="what is said has its verb",
    ),
]


@pytest.mark.parametrize(("text", "cut"), WHOLE)
def test_no_label_is_cut_before_its_statement_is_made(text, cut):
    assert row_label(claims_of((text,))) != cut


def test_who_is_named_goes_before_who_is_only_meant():
    claims = claims_of(("The company will close its mill.", "Halden Paper will close its mill in May."))
    assert row_label(claims) == "Halden Paper will close its mill in May"
