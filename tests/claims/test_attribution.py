"""Who says what: construction by construction, in sentences of our own."""

import pytest

from app.core.claims import joined_utterances, read_claims
from app.core.language import load_reader
from app.core.records import Article


def said(text, reader="auto"):
    """(speaker's words, cue, contents, stance) of each claim's innermost attribution."""
    reading = joined_utterances(read_claims(Article(text=text), load_reader(reader)))
    out = []
    for claim in reading.claims:
        if not claim.attributions:
            continue
        a = claim.attributions[-1]
        speaker, cue = a.speaker.text if a.speaker else None, a.cue.text if a.cue else None
        out.append((speaker, cue, [text[s:e] for s, e in a.content], a.cue.stance if a.cue else None))
    return out


CASES = {
    "adjective-that": (
        "Officials are confident that the dam is safe.",
        [("Officials", "are confident", ["that the dam is safe"], "asserts")],
    ),
    "adjective-of": (
        "The mayor was critical of the new bridge.",
        [("The mayor", "was critical", ["the new bridge"], "asserts")],
    ),
    "brought-up": (
        "The governor cited a report by three engineers.",
        [("The governor", "cited", ["a report by three engineers"], "asserts")],
    ),
    "ruled": (
        "The court ruled that the vote was void.",
        [("The court", "ruled", ["that the vote was void"], "asserts")],
    ),
    "place-first": (
        "In a letter to the council, the mayor said the bridge was safe.",
        [("the mayor", "said", ["the bridge was safe"], "asserts")],
    ),
    "transcript": (
        "BERG: The dam is safe. It was checked in May. We will check it again.",
        [("BERG", ":", ["The dam is safe", "It was checked in May.", "We will check it again."], "asserts")],
    ),
    "signed": (
        "“The dam frightens me. I sleep badly.”\n— Anna Berg",
        [("Anna Berg", "—", ["“The dam frightens me.", "I sleep badly.”"], "asserts")],
    ),
    "storm": ("The storm claimed at least 30 victims.", []),
    "lives": ("The river has claimed two lives.", []),
    "victory": ("The team claimed victory in the final.", []),
    "claimed responsibility": (
        "The group claimed responsibility for the attack.",
        [("The group", "claimed", ["responsibility for the attack"], "asserts")],
    ),
    "found guilty": ("Thief Lund found guilty", []),
    "found someone guilty": (
        "The court found him guilty of theft.",
        [("The court", "found", ["him guilty of theft"], "asserts")],
    ),
    "accused in a headline": ("Mayor Lund accused of theft", []),
    "criticised in a headline": (
        "Coach Lund criticised for his remarks",
        [(None, "criticised", ["his remarks"], "asserts")],
    ),
    "accusing": (
        "Prosecutors accused the mayor of theft.",
        [("Prosecutors", "accused", ["the mayor of theft"], "asserts")],
    ),
    "collective": (
        "Witnesses said the wall fell within seconds.",
        [("Witnesses", "said", ["the wall fell within seconds"], "asserts")],
    ),
    "indirect": (
        "The mayor said on Tuesday that the bridge would reopen.",
        [("The mayor", "said", ["that the bridge would reopen"], "asserts")],
    ),
    "bare-clause": (
        "Officials say the dam is safe.",
        [("Officials", "say", ["the dam is safe"], "asserts")],
    ),
    "quote-first": (
        "“The dam is safe,” said Anna Berg, an engineer at the water board.",
        [("Anna Berg, an engineer at the water board", "said", ["“The dam is safe,”"], "asserts")],
    ),
    "quote-after": (
        "Berg said: “The dam is safe and will stay safe.”",
        [("Berg", "said", ["“The dam is safe and will stay safe.”"], "asserts")],
    ),
    "around": (
        "“The dam,” she said, “is perfectly safe.”",
        [("she", "said", ["“The dam,”", "“is perfectly safe.”"], "asserts")],
    ),
    "inverted": (
        "The valley may flood again in spring, added the analyst.",
        [("the analyst", "added", ["The valley may flood again in spring"], "asserts")],
    ),
    "according": (
        "Ten houses were lost, according to the fire service.",
        [("the fire service", "according to", ["Ten houses were lost"], "asserts")],
    ),
    "according-first": (
        "According to two aides, the minister had already left.",
        [("two aides", "According to", ["the minister had already left"], "asserts")],
    ),
    "participle": (
        "“We are ready,” the captain said, adding that the crew had trained for months.",
        [
            ("the captain", "said", ["“We are ready,”"], "asserts"),
            ("the captain", "adding", ["that the crew had trained for months"], "asserts"),
        ],
    ),
    "denied": (
        "The company denied that it had known of the leak.",
        [("The company", "denied", ["that it had known of the leak"], "denies")],
    ),
    "asked": (
        "The union urged the board to reopen the talks.",
        [("The union", "urged", ["the board to reopen the talks"], "asks")],
    ),
    "noun": (
        "Laughter met the minister’s claim that the vote was rigged.",
        [("the minister", "claim", ["that the vote was rigged"], "asserts")],
    ),
    "two-sentences": (
        "“We waited for hours. Nobody came,” she said.",
        [("she", "said", ["“We waited for hours.", "Nobody came,”"], "asserts")],
    ),
    "goes-on": (
        "“We waited for hours,” she said. “Nobody came.”",
        [("she", "said", ["“We waited for hours,”", "“Nobody came.”"], "asserts")],
    ),
    "paragraphs": (
        "“We waited for hours,” she said.\n\n“Nobody came. Nobody called.”",
        [("she", "said", ["“We waited for hours,”"], "asserts"), (None, None, ["“Nobody came."], None)],
    ),
    "colon-paragraph": (
        "The governor added:\n\n“The road is closed until further notice.”",
        [("The governor", "added", ["“The road is closed until further notice.”"], "asserts")],
    ),
    "made-clear": (
        "The ministry made clear that the curbs would stay.",
        [("The ministry", "made", ["that the curbs would stay"], "asserts")],
    ),
    "as-said": (
        "As the minister said before, the curbs will stay.",
        [("the minister", "said", ["the curbs will stay"], "asserts")],
    ),
    "wrong-quotes": (
        "”The dam is safe,” Anna Berg said.",
        [("Anna Berg", "said", ["”The dam is safe,”"], "asserts")],
    ),
    "wrongly reported": (
        "The Herald wrongly reported that Lowe was convicted.",
        [("The Herald", "wrongly reported", ["that Lowe was convicted"], "retracts")],
    ),
    "withdrew its claim": (
        "The ministry withdrew its claim that the bridge had collapsed.",
        [("its", "claim", ["that the bridge had collapsed"], "retracts")],
    ),
    "told otherwise behind it": (
        "The Herald had reported that Lowe was convicted of fraud, but he was cleared.",
        [("The Herald", "had reported", ["that Lowe was convicted of fraud"], "retracts")],
    ),
    "a report that was right": (
        "The Herald had reported that Lowe was convicted, and he was.",
        [("The Herald", "had reported", ["that Lowe was convicted"], "asserts")],
    ),
    "passive denial": (
        "The accusation was rejected by Anna Berg as absurd.",
        [("Anna Berg", "was rejected", ["The accusation"], "denies")],
    ),
    "passive denial, negated": (
        "The claim has not been denied by Lowe.",
        [("Lowe", "has not been denied", ["The claim"], "hedges")],
    ),
    "denied in a phrase": (
        "Lowe took bribes, a claim denied by his lawyer.",
        [("his lawyer", "denied", ["a claim"], "denies")],
    ),
}


@pytest.mark.parametrize(
    ("text", "wanted"), [c for n, c in CASES.items() if n != "paragraphs"], ids=[n for n in CASES if n != "paragraphs"]
)
def test_constructions(text, wanted):
    assert said(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The bridge reopened on Tuesday after six months.",
        "The president signed the pact in Lund.",
        "Storms closed the harbour and two airports.",
        "One side may leave unless it tells the other in time.",
        "He was denied bail by the court.",
        "The storm added ten inches of snow.",
        "The fire claimed that the roof was gone.",
        "The blast threatened to bring down the wall.",
        "Hurricane Ada threatened to flood the town.",
        "Snow continues: schools are closed.",
    ],
)
def test_the_outlets_own_voice(text):
    (claim,) = read_claims(Article(text=text), load_reader()).claims
    assert claim.attributions == ()
    assert claim.text == text


def test_siblings_are_two_claims():
    found = said("The mayor said the bridge was safe, but engineers warned that it could fall.")
    assert [(s, c) for s, c, *_ in found] == [("The mayor", "said"), ("engineers", "warned")]


def test_chain_runs_from_the_outermost_speaker_inwards():
    text = "The Lund Daily reports that an aide said the minister would resign."
    claims = read_claims(Article(text=text), load_reader()).claims
    outer = next(c for c in claims if len(c.attributions) == 1)
    inner = next(c for c in claims if len(c.attributions) == 2)
    assert inner.within == outer.id
    assert [a.speaker.text for a in inner.attributions] == ["The Lund Daily", "an aide"]
    assert inner.attributions[0] == outer.attributions[0]


def test_every_sentence_of_a_quotation_keeps_its_speaker():
    text = "“We waited for hours. Nobody came. We left,” said Anna Berg."
    claims = read_claims(Article(text=text), load_reader()).claims
    assert [c.text for c in claims] == ["“We waited for hours.", "Nobody came.", "We left,” said Anna Berg."]
    assert {c.speaker.key for c in claims} == {"anna-berg"}
    assert [bool(c.speaker.end) for c in claims] == [False, False, True]
    assert [c.utterance for c in claims] == [claims[2].id, claims[2].id, None]
    assert all(c.attributions[0].quoted for c in claims)


def test_a_quotation_left_open_keeps_its_speaker_in_the_next_paragraph():
    text = "“We waited for hours,” said Anna Berg. “Nobody came.\n\n“We left at noon.”"
    claims = read_claims(Article(text=text), load_reader()).claims
    assert {c.speaker.key for c in claims} == {"anna-berg"}


def test_a_headline_is_one_claim():
    article = Article(text="The bridge reopened on Tuesday.", headline="Mayor: Bridge is safe. Engineers doubt it")
    claims = [c for c in read_claims(article, load_reader()).claims if c.where == "headline"]
    assert claims
    assert all(c.sentence == (0, len(article.headline)) for c in claims)


def test_independent_main_clauses_are_claims_of_their_own():
    text = "The council closed the old bridge in March, and the ferry company added two boats to its fleet."
    assert [c.text for c in read_claims(Article(text=text), load_reader()).claims] == [
        "The council closed the old bridge in March",
        "the ferry company added two boats to its fleet.",
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The mayor said that the bridge would reopen.", "The mayor"),
        ("“The dam is safe,” said Anna Berg.", "Anna Berg"),
        ("“The dam is safe,” Anna Berg said.", "Anna Berg"),
        ("Berg said: “The dam is safe and will stay safe.”", "Berg"),
    ],
)
def test_without_a_language_model(text, speaker):
    assert speaker in [s for s, *_ in said(text, "rules")]
