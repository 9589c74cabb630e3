"""Links and groups: claims stand in rows by their clauses, with the encoder and by words alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import permutations
from math import exp

import pytest

from app.core.alignment import align
from app.core.alignment.entries import entries_of
from app.core.alignment.features import FEATURES, LEXICAL
from app.core.alignment.groups import groups_of
from app.core.alignment.links import Links
from app.core.alignment.row_model import load_row_model
from app.core.claims import read_many
from app.core.language import load_reader
from app.core.records import Article
from app.core.thresholds import ROW_SCORE, ROW_SCORE_LOOSE

BOTH = Article(
    "The bridge at Lindow was closed to lorries after a fire had destroyed the mill in Halden. The weather was mild.",
    outlet="Both", headline="A bad night in the valley", published=date(2021, 3, 2),
)  # fmt: skip
CLOSED = Article(
    "Lorries may no longer cross the bridge at Lindow, which was closed to them. A treaty of 2011 stays in force.",
    outlet="Closed", headline="No way round for hauliers", published=date(2021, 3, 2),
)  # fmt: skip
BURNT = Article(
    "A fire has destroyed the old mill in Halden. Tourists may still travel.",
    outlet="Burnt", headline="Flames by the river", published=date(2021, 3, 2),
)  # fmt: skip


@pytest.fixture(scope="module")
def told():
    return list(read_many((BOTH, CLOSED, BURNT), load_reader()))


def rows_of(readings, encoder, model=None):
    claims = {(i, c.id): c for i, r in enumerate(readings) for c in r.claims}
    return [
        {
            readings[ref.article].article.outlet: readings[ref.article].article.text[slice(*span)]
            for ref, span in zip(row.claims, row.clauses, strict=True)
            if claims[ref.article, ref.claim].where == "body"
        }
        for row in align(readings, ROW_SCORE_LOOSE, encoder, model)
    ]


TOO_SURE = "three short reports are so surely of one thing that a clause of another fact hardly counts against it"


@pytest.mark.parametrize("by", ["meaning", "words"])
@pytest.mark.parametrize("doubt", [pytest.param(0.0, marks=pytest.mark.xfail(reason=TOO_SURE)), 4.5])
def test_a_claim_of_two_facts_stands_in_two_rows_by_its_clauses(told, encoder, by, doubt):
    """`doubt` is taken from every pair's log-odds."""
    shipped = load_row_model()
    with_encoder, by_words = (replace(s, bias=s.bias - doubt) for s in (shipped.with_encoder, shipped.by_words))
    model = replace(shipped, with_encoder=with_encoder, by_words=by_words)
    rows = rows_of(told, encoder if by == "meaning" else None, model)
    closing = next(r for r in rows if "Closed" in r and "Both" in r)
    fire = next(r for r in rows if "Burnt" in r and "Both" in r)
    assert closing["Both"] == "The bridge at Lindow was closed to lorries"
    assert fire["Both"] == "after a fire had destroyed the mill in Halden"
    assert not any("Closed" in r and "Burnt" in r for r in rows)


COPIES = [
    Article("They said that the ferry sank and that the mole had held, the harbour master wrote.", outlet=name, headline=head, published=date(2021, 3, 2))
    for name, head in (("One", "Storm at Lindow"), ("Two", "A rough night"), ("Three", "Wind and water"))
]  # fmt: skip


@pytest.mark.parametrize("by", ["meaning", "words"])
def test_copies_of_a_sentence_stand_by_the_same_part_of_it(encoder, by):
    readings = list(read_many(COPIES, load_reader()))
    rows = rows_of(readings, encoder if by == "meaning" else None)
    assert rows
    for found in rows:
        assert len(set(found.values())) <= 1


@pytest.mark.parametrize("by", ["meaning", "words"])
def test_the_nearest_clauses_carry_what_their_claims_have_in_common(told, encoder, by):
    links = Links(entries_of(told), encoder if by == "meaning" else None)
    texts = [links.entries[i].statement.text[slice(*links.entries[i].statement.clauses[n])] for i, n in links.facts]
    found = {
        frozenset((texts[x], texts[y])): p for (x, y), p in zip(*(z.tolist() for z in links.fact_pairs), strict=True)
    }
    fire, closed, burnt = "after a fire had destroyed the mill in Halden", "The bridge at Lindow was closed to lorries", "A fire has destroyed the old mill in Halden."  # fmt: skip
    i, j = (next(k for k, e in enumerate(links.entries) if t in e.statement.text) for t in (fire, burnt))
    assert found[frozenset((fire, burnt))] == pytest.approx(links.probability(i, j))
    assert found[frozenset((fire, burnt))] > found[frozenset((closed, burnt))]


def test_clauses_lie_within_their_claims_and_no_two_rows_hold_the_same(readings, encoder):
    for story in readings.values():
        claims = {(i, c.id): c for i, r in enumerate(story) for c in r.claims}
        rows = align(story, ROW_SCORE_LOOSE, encoder)
        assert len({row.claims for row in rows}) == len(rows)
        for row in rows:
            for ref, (start, end) in zip(row.claims, row.clauses, strict=True):
                claim = claims[ref.article, ref.claim]
                assert claim.start <= start < end <= claim.end


@pytest.mark.parametrize("by", ["meaning", "words"])
def test_a_statement_stands_in_one_group_of_two_articles_or_more(readings, encoder, by):
    links = Links(entries_of(readings["ferry"]), encoder if by == "meaning" else None)
    groups = groups_of(links, ROW_SCORE)
    placed = [fact for group in groups for fact in group.items()]
    assert len(placed) == len(set(placed))
    assert all(len({links.entries[i].article for i in group}) > 1 for group in groups)
    left = set(groups[0])
    assert all(left.isdisjoint(group) for group in groups_of(links, ROW_SCORE, leave=left))


def test_rows_are_made_by_words_alone_without_the_encoder(readings, encoder):
    by_words = Links(entries_of(readings["ferry"]))
    by_meaning = Links(entries_of(readings["ferry"]), encoder)
    assert by_words.columns.shape[1] == len(LEXICAL)
    assert by_meaning.columns.shape[1] == len(FEATURES)
    assert by_words.stage.digest() != by_meaning.stage.digest()
    assert not any(part.name.startswith("meaning") for part in by_words.score(*by_words.ij[0].tolist()).parts)
    assert align(readings["ferry"])


@pytest.mark.parametrize("by", ["meaning", "words"])
def test_a_score_is_the_sum_of_its_parts(readings, encoder, by):
    links = Links(entries_of(readings["strike"]), encoder if by == "meaning" else None)
    for i, j in links.ij[:40].tolist():
        score = links.score(j, i)
        assert 1 / (1 + exp(-sum(part.weight for part in score.parts))) == pytest.approx(score.score, abs=1e-6)
        assert score.score == links.probability(i, j) == links.probability(j, i)
    assert links.score(0, 0).score == 0.0


def test_the_same_in_any_order_again_and_in_threads(told, encoder):
    expected = sorted(map(sorted, (row.items() for row in rows_of(told, encoder))))
    for order in permutations(told):
        assert sorted(map(sorted, (row.items() for row in rows_of(list(order), encoder)))) == expected
    with ThreadPoolExecutor(3) as threads:
        found = list(threads.map(lambda _: align(told, ROW_SCORE_LOOSE, encoder), range(6)))
    assert all(rows == found[0] for rows in found)
