"""Whom a pronoun or a description means."""

import pytest

from app.core.claims import read_claims
from app.core.language import load_reader
from app.core.records import ActorKind, Article

CASES = {
    "he": ("Peter Lind, a farmer, said the wells were dry. He added that rain was late.", ["peter-lind", "peter-lind"]),
    "she-not-he": (
        "Peter Lind, a farmer, said the wells were dry. Mayor Anna Berg said she would send water. She added that it was free.",
        ["peter-lind", "anna-berg", "anna-berg"],
    ),
    "last-name": ("Peter Lind said the wells were dry. Lind added that rain was late.", ["peter-lind", "peter-lind"]),
    "aide": (
        "“We tried twice,” a palace aide said. “Nobody answered,” the aide said.",
        ["a-palace-aide", "a-palace-aide"],
    ),
    "analyst": (
        "The talks may fail, said Peter Lind, an analyst at the Harbour Institute. They will drag on, added the analyst.",
        ["peter-lind", "peter-lind"],
    ),
    "state": ("Seoul said it would stay. Tokyo said it was glad.", ["south-korea", "japan"]),
    "the-court-is-no-person": (
        "The Court of Arbitration for Sport said on Monday that it had opened a case. Ana Berg said she would appeal to the Court of Arbitration for Sport. A hearing will be held in May, the court said.",
        ["court-of-arbitration-for-sport", "ana-berg", "court-of-arbitration-for-sport"],
    ),
    "whose-decision-it-is": (
        "Seoul said it was ready. Its decision to leave the pact with Oslo on Friday surprised many.",
        ["south-korea", "south-korea"],
    ),
    "nobody-known-is-somebody-of-his-own": (
        "He said the wells were dry.",
        ["he-0"],
    ),
    "another-ministry": (
        "Nobody is missing, the emergency ministry said. The work will cost 450 million, the finance ministry said.",
        ["emergency-ministry", "finance-ministry"],
    ),
    "the-governor-is-who-was-called-so": (
        "Governor Han Do-yoon said rates would rise. Han Seo-jin, the finance minister, said nobody had asked her ministry. The governor said that he had called her.",
        ["han-do-yoon", "han-seo-jin", "han-do-yoon"],
    ),
    "title-with-its-body-then-the-name": (
        "Peter Lind said nothing was wrong. The president of the Russian Biathlon Union, Sergei Lapin, said the ruling was fair.",
        ["peter-lind", "sergei-lapin"],
    ),
    "full-names-of-two-who-share-a-surname": (
        "“The wall is sound and will stand for another fifty years,” Nurlan Isakov, the chief engineer of Chui Hydro, said on Monday. The regional governor, Talant Isakov, said he had asked for less water.",
        ["nurlan-isakov", "talant-isakov"],
    ),
    "joined-with-its-own-verb": (
        "The turn follows progress, with Norway agreeing to resume talks about export controls and Spain pledging to drop an action.",
        ["norway", "spain"],
    ),
    "behind-a-place": ("Speaking in Lund, Berg, 38, told reporters: “It was not me.”", ["berg"]),
    "a-verb-taken-for-an-adjective": ("“It is a shambles,” moaned teacher Una Falk.", ["una-falk"]),
    "known-to-others-as": ("“It shook,” said a farmer known to neighbours as “Red.”", ["a-farmer"]),
    "a-name-that-holds-a-capital": ("Minister Sofia da Costa Lima said the bill was dead.", ["sofia-da-costa-lima"]),
    "sources": ("The deal is dead, sources with knowledge of the talks said.", ["sources-with-knowledge-of-the-talks"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), CASES.values(), ids=CASES)
def test_resolved(text, wanted):
    claims = read_claims(Article(text=text), load_reader()).claims
    assert [c.speaker.key for c in claims if c.attributions] == wanted


def test_unnamed_sources_stay_as_worded():
    (claim,) = read_claims(Article(text="The deal is dead, an unnamed official said."), load_reader()).claims
    assert claim.speaker.kind is ActorKind.UNNAMED
    assert claim.speaker.name == "an unnamed official"


def test_the_paper_is_the_newspaper_quoted_before():
    text = "Trust has gone, the newspaper Lund Daily said. “It will take years,” the paper said."
    first, second = (c.speaker for c in read_claims(Article(text=text), load_reader()).claims if c.attributions)
    assert first.key == second.key
    assert second.text == "the paper"
