"""Reading an article gives claims that point into it, whatever the text."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.claims import read_claims, read_statement, read_statements
from app.core.language import load_reader
from app.core.records import Article

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
