"""Rows: what belongs side by side, what does not, and the laws of the partition."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.alignment import align
from app.core.claims import read_many
from app.core.language import load_reader
from app.core.records import Article

GAZETTE = Article(
    "Norvia said on Tuesday it would leave the fishing treaty with Estmark. The treaty was signed in May 2011 by both"
    " governments. It has been renewed every year since. Estmark's coast guard seized three Norvian trawlers in January."
    " Prime Minister Ada Brandt said the treaty no longer served the national interest.",
    outlet="Gazette", headline="Norvia to leave fishing treaty with Estmark", published=date(2021, 3, 2),
)  # fmt: skip
HERALD = Article(
    "Norvia has decided to withdraw from its fishing accord with Estmark, Prime Minister Ada Brandt announced. The accord"
    " was signed on May 14, 2011. Three trawlers from Norvia were seized in January by the coast guard of Estmark. Cod"
    " prices in the port of Halden rose by a fifth.",
    outlet="Herald", headline="Brandt pulls Norvia out of fishing accord", published=date(2021, 3, 3),
)  # fmt: skip
TRIBUNE = Article(
    "The fishing treaty between Norvia and Estmark is renewed automatically each year. Estmark offered an apology for the"
    " seizure of the trawlers, Norvia's government said. But Estmark's foreign minister Jon Reuter said that Estmark had"
    " never apologised.",
    outlet="Tribune", headline="Talks on fishing treaty go on", published=date(2021, 3, 9),
)  # fmt: skip
BAKERY = Article(
    "A bakery in the suburb of Lindow has won the regional prize for rye bread. Baker Tom Ilves credits a sourdough that"
    " his grandmother began in 1962.",
    outlet="Local", headline="Rye bread prize goes to Lindow", published=date(2021, 3, 3),
)  # fmt: skip
STORY = (GAZETTE, HERALD, TRIBUNE)


@pytest.fixture(scope="module")
def read():
    articles = (*STORY, BAKERY)
    found = dict(zip([a.outlet for a in articles], read_many(articles, load_reader()), strict=True))
    return lambda *outlets: [found[o] for o in outlets]


def texts(readings, rows):
    """Rows as sets of (outlet, claim text): what does not depend on the order of articles."""
    claim = {(i, c.id): c.text for i, r in enumerate(readings) for c in r.claims}
    return {
        frozenset((readings[c.article].article.outlet, claim[c.article, c.claim]) for c in row.claims) for row in rows
    }


def together(read, encoder, one, two):
    readings = read("Gazette", "Herald", "Tribune")
    return any(
        any(one in text for _, text in row) and any(two in text for _, text in row)
        for row in texts(readings, align(readings, encoder=encoder))
    )


@pytest.mark.parametrize(
    ("one", "two"),
    [
        pytest.param("signed in May 2011", "signed on May 14, 2011", id="signing, month and day"),
        pytest.param("seized three", "seized in January by", id="seizure"),
        pytest.param("renewed every year", "renewed automatically", id="renewal"),
    ],
)
def test_one_proposition_is_one_row(read, encoder, one, two):
    assert together(read, encoder, one, two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        pytest.param("signed in May 2011", "renewed automatically", id="the same treaty, another fact"),
        pytest.param("Cod prices", "national interest", id="nothing in common"),
        pytest.param("seized three", "signed on May 14", id="the same states, another act"),
    ],
)
def test_sharing_the_topic_is_not_enough(read, encoder, one, two):
    assert not together(read, encoder, one, two)
    assert not together(read, None, one, two)


@settings(max_examples=6, deadline=None)
@given(st.permutations(["Gazette", "Herald", "Tribune"]))
def test_rows_do_not_depend_on_the_order_of_articles(read, order):
    readings = read(*order)
    expected = read("Gazette", "Herald", "Tribune")
    assert texts(readings, align(readings)) == texts(expected, align(expected))


def test_an_unrelated_article_changes_nothing(read):
    readings, more = read("Gazette", "Herald", "Tribune"), read("Gazette", "Herald", "Tribune", "Local")
    before, after = align(readings), align(more)
    assert texts(readings, before) == texts(more, after)
    assert [p.score for row in before for p in row.pairs] == [p.score for row in after for p in row.pairs]


def test_aligning_again_gives_the_same(read):
    readings = read("Gazette", "Herald", "Tribune")
    assert align(readings) == align(readings)


def test_more_strictness_gives_no_weaker_row(read):
    readings = read("Gazette", "Herald", "Tribune")
    assert len(align(readings, 0.99)) <= len(align(readings, 0.2))
    strict = [row for row in align(readings, 0.9) if len({c.article for c in row.claims}) > 1]
    assert all(max(p.score.score for p in row.pairs) >= 0.9 for row in strict)


def test_pairs_and_labels_are_sound(read):
    readings = read("Gazette", "Herald", "Tribune")
    rows = align(readings)
    assert [row.id for row in rows] == [f"r{n}" for n in range(1, len(rows) + 1)]
    for row in rows:
        refs = set(row.claims)
        assert len(refs) == len(row.claims) >= 2
        assert row.pairs
        assert {p.a for p in row.pairs} | {p.b for p in row.pairs} <= refs
        assert row.label
        assert len(row.label) <= 92
        for a, b in combinations(row.claims, 2):
            if a.article == b.article:
                x, y = (next(c for c in readings[r.article].claims if c.id == r.claim) for r in (a, b))
                assert x.where != y.where or x.end <= y.start or y.end <= x.start


def test_no_articles_and_one_without_counterpart_give_no_rows(read):
    assert align([]) == ()
    assert align(read("Local")) == ()
