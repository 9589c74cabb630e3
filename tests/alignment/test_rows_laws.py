"""Laws of rows under Hypothesis: readings are made once, what is drawn is which of them are compared, and how."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.alignment import align, row_of
from app.core.alignment.candidates import candidate_pairs
from app.core.alignment.entries import entries_of
from app.core.alignment.features import FEATURES, columns
from app.core.alignment.links import Links
from app.core.alignment.pairs import Pairs
from app.core.alignment.partition import partition
from app.core.alignment.pool import Pool
from app.core.alignment.statement import Statement
from app.core.relation import judge
from app.core.thresholds import CANDIDATE_TERM_CLAIMS, ROW_SCORE_LOOSE, ROW_SCORE_SHOWN

NAMES = ("ceasefire", "ferry", "strike", "verdict")
LAWS = settings(max_examples=8, deadline=None)


@st.composite
def drawn(draw):
    """A story's name and some of its articles, in any order."""
    return draw(st.sampled_from(NAMES)), draw(st.lists(st.integers(0, 3), min_size=2, max_size=4, unique=True))


def told(readings, rows):
    """Rows by what they hold, whatever the articles' places: texts, scores, label, relations."""
    claims = {(i, c.id): (r.article.outlet, c.where, c.start, c.end) for i, r in enumerate(readings) for c in r.claims}
    return sorted(
        (
            sorted(claims[c.article, c.claim] for c in row.claims),
            round(row.score, 9),
            row.label,
            row.status,
            sorted(
                (sorted((claims[r.a.article, r.a.claim], claims[r.b.article, r.b.claim])), r.kind)
                for r in row.relations
            ),
        )
        for row in rows
    )


@LAWS
@given(drawn())
def test_the_order_of_articles_plays_no_part(readings, some):
    name, order = some
    given_, sorted_ = [readings[name][i] for i in order], [readings[name][i] for i in sorted(order)]
    one, two = (judge(align(r, ROW_SCORE_LOOSE), r) for r in (given_, sorted_))
    assert told(given_, one) == told(sorted_, two)


@LAWS
@given(drawn())
def test_aligning_and_judging_again_changes_nothing(readings, some):
    chosen = [readings[some[0]][i] for i in some[1]]
    rows = align(chosen)
    assert rows == align(chosen)
    judged = judge(rows, chosen)
    assert told(chosen, judge(judged, chosen)) == told(chosen, judged)


@LAWS
@given(drawn(), st.sampled_from(NAMES), st.integers(0, 3), st.integers(0, 4))
def test_an_unrelated_article_changes_no_row(readings, some, other, which, at):
    """Proved rather than hoped: articles that share no telling words are aligned apart (`related.py`)."""
    if other == some[0]:
        return
    chosen = [readings[some[0]][i] for i in some[1]]
    more = [*chosen[:at], readings[other][which], *chosen[at:]]
    assert told(chosen, align(chosen, ROW_SCORE_LOOSE)) == told(more, align(more, ROW_SCORE_LOOSE))


@LAWS
@given(drawn(), st.floats(0, 1), st.floats(0, 1))
def test_stricter_rows_are_among_looser_ones(readings, some, one, two):
    chosen = [readings[some[0]][i] for i in some[1]]
    strict, loose = align(chosen, max(one, two)), align(chosen, min(one, two))
    assert set(strict) <= set(loose)
    assert {row.id for row in strict} <= {row.id for row in loose}
    assert all(max(one, two) <= row.score <= 1 for row in strict)


@LAWS
@given(drawn())
def test_looser_rows_hold_only_what_no_shown_row_has(readings, some):
    chosen = [readings[some[0]][i] for i in some[1]]
    rows = judge(align(chosen, ROW_SCORE_LOOSE), chosen)
    shown = {c for row in rows if row.score >= ROW_SCORE_SHOWN for c in row.claims}
    assert all(shown.isdisjoint(row.claims) for row in rows if row.score < ROW_SCORE_SHOWN)
    assert told(chosen, [r for r in rows if r.score >= ROW_SCORE_SHOWN]) == told(chosen, judge(align(chosen), chosen))


@LAWS
@given(drawn())
def test_pairs_are_symmetric(readings, encoder, some):
    links = Links(entries_of([readings[some[0]][i] for i in some[1]]), encoder)
    a, b = links.ij[:, 0], links.ij[:, 1]
    assert columns(Pairs(links.pool, b, a), FEATURES) == pytest.approx(links.columns, abs=1e-4)
    assert all(links.probability(i, j) == links.probability(j, i) for i, j in links.ij[:50].tolist())


@LAWS
@given(drawn(), st.data())
def test_a_row_of_given_claims_holds_them_all_and_is_judged(readings, some, data):
    chosen = [readings[some[0]][i] for i in some[1]]
    refs = sorted({e.ref for e in entries_of(chosen)})
    picked = data.draw(st.lists(st.sampled_from(refs), min_size=2, max_size=5, unique=True))
    row = row_of(picked, chosen)
    assert row.claims == tuple(sorted(picked))
    assert row == row_of(picked[::-1], chosen)
    across = {(a, b) for a in picked for b in picked if a < b and a.article != b.article}
    assert {(p.a, p.b) for p in row.pairs} == across
    assert row.score == 1.0
    assert all(p.score.aligned for p in row.pairs)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 14), st.data())
def test_no_weak_link_chains_two_groups(n, data):
    """The mean of every two groups that were joined was at least the cut, so a group's own mean is too."""
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n)]
    p = np.array(
        data.draw(st.lists(st.sampled_from([0.0, 0.1, 0.4, 0.8, 1.0]), min_size=len(pairs), max_size=len(pairs)))
    )
    labels = partition(n, np.array(pairs, np.intp), p, 0.5)
    for name in set(labels):
        inside = [x for (i, j), x in zip(pairs, p, strict=True) if labels[i] == labels[j] == name]
        assert not inside or np.mean(inside) >= 0.5 - 1e-9
    assert all(labels[i] <= i for i in range(n))


def _other(term, k):
    """Another word for every copy, alike for equal words of one copy."""
    return sha256(f"{term} {k}".encode()).hexdigest()[:10]


def test_scored_pairs_grow_with_the_claims(readings):
    """Stories of other keys, side by side: twice the claims, about twice the pairs; what all say looks nothing up."""
    base = [e.statement for e in entries_of(readings["ferry"])]
    articles = [e.article for e in entries_of(readings["ferry"])]

    def crowd(copies, also=()):
        told = [
            replace(
                s,
                words=(*(_other(w, k) for w in s.words), *also),
                actors=frozenset(_other(a, k) for a in s.actors),
                acts=frozenset(_other(a, k) for a in s.acts),
                dates=frozenset(),
                values=frozenset(),
            )
            for k in range(copies)
            for s in base
        ]
        return Pool(told, [5 * k + a for k in range(copies) for a in articles])

    few, many = (len(candidate_pairs(crowd(n))[0]) - _openings(crowd(n)) for n in (10, 20))
    assert many <= 2.2 * few
    flood = crowd(20, ("all", "say"))
    assert len(flood) > CANDIDATE_TERM_CLAIMS
    assert 0.9 * many <= len(candidate_pairs(flood)[0]) - _openings(flood) <= many


def test_candidates_are_near_each_other_or_open_their_articles():
    """One word in common is not enough, a few are; what opens two articles is always scored."""
    rest = [f"filler{k} word{k} thing{k} place{k}" for k in range(40)]
    one = "harbour crane fell storm night crew unhurt port closed dusk ferry late cargo lost sea wall broke again"
    two = "harbour mayor spoke hall budget vote taxes rise schools roads bridge plan debt council split long meeting ended"
    three = "harbour gantry toppled gale crew unhurt"
    told = [_bare(t) for t in (one, two, three, *rest)]
    near = set(zip(*candidate_pairs(Pool(told, range(len(told)))), strict=True))
    assert (0, 2) in near
    assert (0, 1) not in near
    opened = [replace(s, opening=n in {0, 1}) for n, s in enumerate(told)]
    assert (0, 1) in set(zip(*candidate_pairs(Pool(opened, range(len(told)))), strict=True))


def _bare(text):
    nothing = frozenset()
    return Statement(text, tuple(text.split()), (), (), nothing, nothing, nothing, nothing, None, ((0, len(text)),))


def _openings(pool):
    """Pairs of what opens two articles: the square of the articles, which are few."""
    opening = pool.article[np.flatnonzero(pool.opening)]
    return int((opening[:, None] < opening[None, :]).sum())
