"""Reading an article gives claims that point into it, whatever the text."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.claims import read_claims, read_statement, read_statements
from app.core.language import load_reader
from app.core.records import Article
from app.core.text import is_headline

PIECES = st.sampled_from(
    [
        "The minister said ", "“", "”", '"', "‘", "’", "''", "We will not go,", " he added. ", "according to ", "two aides", ". ", "… ",
        "\n", "\n\n", "– Why now? –", "문재인 대통령", "安倍首相は", "said it", "S. Korea", " U.S. ", "South Korea‘s ", ": ", "• one", "that ", "she denied ",
        "they left ", ", ", "! ", "?” ", " and ", "Anna Berg ", "asked whether ", "()", "— ", "\u200b", "\u00a0",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=24).map("".join)


@pytest.fixture(scope="session", params=["auto", "rules"])
def reader(request):
    return load_reader(request.param)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, headline=st.one_of(st.none(), TEXTS))
def test_offsets_point_into_the_source(reader, text, headline):
    article = Article(text=text, headline=headline)
    reading = read_claims(article, reader)
    ids = [c.id for c in reading.claims]
    assert ids == [f"c{i}" for i in range(1, len(ids) + 1)]
    known = set(ids)
    for claim in reading.claims:
        source = article.text if claim.where == "body" else (article.headline or "")
        assert claim.text == source[claim.start : claim.end]
        assert claim.text.strip()
        assert claim.within is None or (claim.within in known and claim.within != claim.id)
        assert claim.utterance is None or (claim.utterance in known and claim.utterance != claim.id)
        for attribution in claim.attributions:
            for start, end in attribution.content:
                assert 0 <= start < end <= len(source)
            if attribution.cue:
                assert attribution.cue.text == source[attribution.cue.start : attribution.cue.end]
            if attribution.speaker and attribution.speaker.end:
                speaker = attribution.speaker
                assert speaker.text == source[speaker.start : speaker.end]
    body = [(c.start, -c.end) for c in reading.claims if c.where == "body"]
    assert body == sorted(body)


def test_statements_read_alone_or_together_are_the_same(reader):
    texts = ["The mayor said the bridge would reopen.", "", "It never rained."]
    together = read_statements(texts, reader)
    assert together == [read_statement(t, reader) for t in texts]


HEADED = [
    pytest.param(
        "Envoy denies sale of harbour, 3 held",
        "Envoy Anna Berg denied on Monday that she had sold the harbour. “I sold nothing,” she said.\n\nThe next day three "
        "men were held, police said.",
        id="who and when",
    ),
    pytest.param(
        "BRIDGE OPENS AGAIN",
        "LUND, March 3 (Northern News) - The bridge reopened, the mayor said. It had been shut for two years.",
        id="a short one, a dateline below",
    ),
    pytest.param(
        "Cafés ‘shut for good’: minister",
        "Cafés will stay shut, Finance Minister Erik Dahl said. He spoke on Friday.",
        id="quotation marks",
    ),
    pytest.param("Rosa Lind wins", "Lind won by 12 points. She thanked voters.", id="a name in full"),
]


def _told(claim):
    """A claim without its place: what stands in it and who says so."""
    return (
        claim.id, claim.text, claim.within, claim.utterance,
        [(a.speaker and (a.speaker.key, a.speaker.text), a.cue and a.cue.text, a.quoted) for a in claim.attributions],
        [(m.key, m.text) for m in claim.actors], [(d.text, d.value) for d in claim.dates],
        [(n.text, n.value, n.unit) for n in claim.numbers], [(a.cls, a.agent, a.target) for a in claim.actions],
        [w.lemma for w in claim.words],
    )  # fmt: skip


@pytest.mark.parametrize(("headline", "body"), HEADED)
@pytest.mark.parametrize("apart", ["\n\n", "\n"])
def test_a_headline_that_opens_the_text_is_read_there_and_once(reader, headline, body, apart):
    day = date(2024, 3, 5)
    above = read_claims(Article(text=body, headline=headline, published=day), reader)
    article = Article(text=f"{headline}{apart}{body}", headline=headline, published=day)
    inside = read_claims(article, reader)
    assert [_told(c) for c in inside.claims] == [_told(c) for c in above.claims]
    assert inside.actors == above.actors
    assert {c.where for c in inside.claims} == {"body"}
    assert inside.claims[0].text == headline
    for claim in inside.claims:
        assert claim.text == article.text[claim.start : claim.end]
        for mention in (*claim.actors, *claim.dates, *claim.numbers):
            assert mention.text == article.text[mention.start : mention.end]
    assert [is_headline(c, article) for c in inside.claims] == [c.where == "headline" for c in above.claims]


def test_a_text_that_does_not_open_with_its_headline_has_a_claim_of_both(reader):
    reading = read_claims(Article(text="The bridge in Lund opened on Monday.", headline="Bridge in Lund opens"), reader)
    assert [c.where for c in reading.claims] == ["headline", "body"]
