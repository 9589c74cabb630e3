"""What follows from the rows: positions over time, who has it from whom, changes in order, what reviewers taught."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from clock import Clock
from hypothesis import given
from hypothesis import strategies as st
from made_up import ACTORS, reading, the_alignments, the_readings

from app.core.records import VERDICTS, Attribution, Cue, Polarity, RelationKind, Speaker
from app.errors import BadInput, NotFound
from app.store import Store
from app.store.read.reviewed import wilson

IDS = [1, 2, 3]


# --- positions -------------------------------------------------------------------------------------------------------


@pytest.fixture
def stances(store: Store) -> Store:
    """Motegi denies twice, then affirms; once another outlet leaves it open; one report is undated."""
    act = {"speaker": "Motegi", "action": ("apologise", Polarity.POSITIVE)}
    told = [
        ("Alpha", "2019-11-25", "denied", "denies"),
        ("Beta", "2019-11-26", "denied", "denies"),
        ("Gamma", "2019-11-27", "said", "hedges"),
        ("Beta", "2019-12-01", "said", "asserts"),
        ("Alpha", "2019-12-01", "declined", "declines"),
        ("Delta", None, "denied", "denies"),
    ]
    for outlet, day, cue, stance in told:
        sentence = f"Motegi {cue} that there was an apology, {outlet} told in its {day} edition."
        store.articles.keep_article(
            reading(outlet, day, f"{outlet} {day}", [(sentence, {**act, "stance": stance})]), story_slug="sorry"
        )
    store.articles.keep_alignments("sorry", [], [article_id for article_id, _ in store.articles.readings_of("sorry")])
    return store


def test_positions_in_time_with_changes_marked(stances: Store) -> None:
    found = stances.library.positions("toshimitsu-motegi")
    assert [(p.outlet.name, p.stance, p.changed, p.before) for p in found] == [
        ("Alpha", "denies", False, None),
        ("Beta", "denies", False, None),
        ("Gamma", "unclear", False, None),
        ("Beta", "affirms", True, "denies"),
        ("Alpha", "declines", True, "denies"),
        ("Delta", "denies", False, None),
    ]
    assert {p.matter for p in found} == {"apologise"}
    assert {(p.day, p.day_from) for p in found[-1:]} == {(None, None)}
    assert all(p.alignment_id and p.claim.alignment_id == p.alignment_id for p in found)
    assert len({p.label for p in found}) == 1


def test_claims_of_one_row_are_one_matter(filled: Store) -> None:
    (p,) = filled.library.positions("toshimitsu-motegi")
    assert (p.matter, p.label, p.stance, p.action) == ("row 3", "Whether Japan apologised", "denies", "apologise")
    assert (p.day, p.day_from) == (date(2019, 11, 28), "published")
    assert filled.library.positions("japan") == (), "spoken of, not speaking"
    with pytest.raises(NotFound):
        filled.library.positions("nobody")


# --- who has it from whom --------------------------------------------------------------------------------------------


def test_a_chain_leads_from_the_outlet_inwards(store: Store) -> None:
    sentence = "Yonhap reported that Motegi denied an apology."
    one = reading("Alpha", "2019-11-25", "A", [(sentence, {"speaker": "Motegi", "stance": "denies"})])
    claim = one.claims[0]
    agency = replace(ACTORS["Japan"], key="yonhap", name="Yonhap")
    outer = Attribution(
        Speaker("yonhap", "Yonhap", agency.kind, 0, 6, None, "Yonhap"), Cue("reported", 7, 15), ((16, 46),)
    )
    nested = replace(claim, attributions=(outer, *claim.attributions))
    store.articles.keep_article(replace(one, claims=(nested,), actors=(*one.actors, agency)), story_slug="chain")
    store.articles.keep_alignments("chain", [], [1])
    found = store.rows.chain(1)
    assert [(n.kind, n.name) for n in found.nodes] == [
        ("outlet", "Alpha"),
        ("agency", "Yonhap"),
        ("person", "Toshimitsu Motegi"),
    ]
    assert [(e.reporter, e.source, e.cue, e.claim_id) for e in found.edges] == [
        ("outlet:alpha", "outlet:yonhap", "reported", 1),
        ("outlet:yonhap", "actor:toshimitsu-motegi", "denied", 1),
    ]
    assert store.rows.alignment(1).chain == found


def test_a_row_s_chain_joins_those_of_its_claims(filled: Store) -> None:
    chain = filled.rows.alignment(3).chain
    assert {n.key for n in chain.nodes} == {"outlet:gamma-news", "actor:chung-eui-yong", "actor:toshimitsu-motegi"}
    keys = {n.key for n in chain.nodes}
    assert all({e.reporter, e.source} <= keys for e in chain.edges)
    assert filled.rows.chain(7).edges == (), "the outlet's own voice leans on nobody"
    with pytest.raises(NotFound):
        filled.rows.chain(99)


# --- changes ---------------------------------------------------------------------------------------------------------


def test_conflicts_in_the_order_they_were_first_seen(filled: Store, clock: Clock) -> None:
    first = clock.at
    assert [(c.row.id, c.seen) for c in filled.rows.changes()] == [(3, first), (1, first)]
    clock.tick()
    flag = filled.review.flag(2, by="ann")
    filled.review.decide_flag(flag.id, "confirmed", by="ann")
    assert [(c.row.id, c.seen) for c in filled.rows.changes("pact")] == [(2, clock.at), (3, first), (1, first)]
    assert len(filled.rows.changes(limit=1)) == 1
    newest = filled.rows.changes()[0]
    assert [c.id for c in newest.claims] == [2, 4]
    assert filled.rows.changes()[2].reasons[0].a == "22 August"


def test_when_a_conflict_was_first_seen_survives_realigning(filled: Store, clock: Clock) -> None:
    before = filled.rows.changes()
    clock.tick()
    filled.articles.keep_alignments("pact", [], IDS)
    assert filled.rows.changes() == ()
    filled.articles.keep_alignments("pact", the_alignments(the_readings()), IDS)
    clock.tick()
    filled.articles.keep_alignments("pact", the_alignments(the_readings()), IDS)
    assert len(filled.rows.changes()) == len(before)
    seen = filled.rows.changes()
    clock.tick()
    filled.articles.keep_alignments("pact", the_alignments(the_readings())[::-1], IDS)
    assert filled.rows.changes() == seen


def test_a_conflict_dismissed_is_no_news_and_opened_again_it_is_the_old_one(filled: Store, clock: Clock) -> None:
    before = filled.rows.changes()
    flag = filled.rows.conflicts().items[0].flag
    assert flag is not None
    clock.tick()
    filled.review.decide_flag(flag.id, "dismissed", by="ann")
    assert len(filled.rows.changes()) == len(before) - 1
    clock.tick()
    filled.review.decide_flag(flag.id, "open", by="ann")
    assert [(c.row.id, c.seen) for c in filled.rows.changes()] == [(c.row.id, c.seen) for c in before]


def test_changes_of_an_actor(filled: Store) -> None:
    assert [c.row.id for c in filled.rows.changes(actor="toshimitsu-motegi")] == [3]
    assert [c.row.id for c in filled.rows.changes(actor="south-korea")] == [1]
    assert filled.rows.changes("pact", "chung-eui-yong")[0].row.id == 3


@pytest.mark.parametrize(
    ("call", "error"),
    [
        pytest.param(lambda s: s.rows.changes("none"), NotFound, id="no such story"),
        pytest.param(lambda s: s.rows.changes(actor="none"), NotFound, id="no such actor"),
        pytest.param(lambda s: s.rows.changes(limit=0), BadInput, id="none at all"),
        pytest.param(lambda s: s.rows.changes(limit=10_000), BadInput, id="too many"),
    ],
)
def test_changes_of_nothing(filled: Store, call: Callable[[Store], object], error: type) -> None:
    with pytest.raises(error):
        call(filled)


# --- what reviewers taught -------------------------------------------------------------------------------------------


def test_where_nobody_looked_nothing_is_said(filled: Store) -> None:
    view = filled.review.reviewed()
    assert (view.rows, view.reviewers) == (0, 0)
    assert [k.kind.value for k in view.kinds] == list(VERDICTS), "of what it is not sure of it said nothing"
    assert all((k.confirmed, k.rejected, k.share, k.low, k.high) == (0, 0, None, None, None) for k in view.kinds)
    assert list(filled.review.labelled_pairs()) == []


def test_precision_as_reviewed_counts_each_row_once_by_the_last_word(filled: Store, clock: Clock) -> None:
    filled.review.decide(1, "confirm", by="ann")
    clock.tick()
    flag = next(c.flag for c in filled.rows.conflicts().items if c.row.id == 3)
    assert flag is not None
    filled.review.decide_flag(flag.id, "dismissed", by="bob")
    filled.review.decide(2, "confirm", by="bob")
    clock.tick()
    by_kind = {k.kind: k for k in filled.review.reviewed().kinds}
    assert (by_kind[RelationKind.CONFLICT].confirmed, by_kind[RelationKind.CONFLICT].rejected) == (1, 1)
    assert by_kind[RelationKind.CONFLICT].share == 0.5
    assert (by_kind[RelationKind.AGREE].confirmed, by_kind[RelationKind.AGREE].rejected) == (1, 0)
    assert (filled.review.reviewed().rows, filled.review.reviewed().reviewers) == (3, 2)
    filled.review.decide(1, "relabel", by="ann", value="diverge")
    conflict = filled.review.reviewed().kinds[0]
    assert (conflict.kind, conflict.confirmed, conflict.rejected) == (RelationKind.CONFLICT, 0, 2)


@pytest.mark.parametrize(
    ("say", "wanted"),
    [
        pytest.param(lambda s: s.review.decide(1, "confirm", by="ann"), [(1, 3, True, "conflict", None)], id="confirm"),
        pytest.param(lambda s: s.review.decide(1, "reject", by="ann"), [(1, 3, False, None, None)], id="reject"),
        pytest.param(
            lambda s: s.review.decide(1, "split", by="ann", claims=[3]), [(1, 3, False, None, None)], id="split"
        ),
        pytest.param(
            lambda s: s.review.decide(1, "relabel", by="ann", value="diverge"),
            [(1, 3, True, "diverge", None)],
            id="verdict",
        ),
        pytest.param(
            lambda s: s.review.decide(1, "relabel", by="ann", value="Days"), [], id="a label says nothing of pairs"
        ),
        pytest.param(
            lambda s: s.review.decide_flag(s.review.flag(1, by="ann").id, "confirmed", by="bob"),
            [(1, 3, True, "conflict", None)],
            id="flag confirmed",
        ),
        pytest.param(
            lambda s: s.review.decide_flag(s.review.flag(1, by="ann").id, "dismissed", by="bob"),
            [(1, 3, True, None, "conflict")],
            id="flag dismissed",
        ),
        pytest.param(
            lambda s: s.review.decide_flag(s.review.flag(2, by="ann").id, "confirmed", by="bob"),
            [(2, 4, True, "conflict", None)],
            id="a flag on what the machine calls agreement",
        ),
        pytest.param(lambda s: s.review.flag(1, by="ann"), [], id="an open flag"),
        pytest.param(
            lambda s: s.review.undo_decision(s.review.decide(1, "confirm", by="ann").id, by="ann"), [], id="undone"
        ),
        pytest.param(
            lambda s: s.review.decide(4, "merge", by="ann", value="2"),
            [(7, 2, True, None, None), (7, 4, True, None, None)],
            id="merge",
        ),
    ],
)
def test_pairs_with_labels(filled: Store, say: Callable[[Store], object], wanted: list[tuple]) -> None:
    texts = {c.id: c.text for r in filled.rows.every("pact") for cell in r.cells for c in cell.claims}
    say(filled)
    # the machine's own flag of a row is settled with a person's
    found = {(p.a, p.b): p for p in filled.review.labelled_pairs()}
    assert [(p.a, p.b, p.same, p.relation, p.not_relation) for p in found.values()] == [
        (texts[a], texts[b], same, relation, but) for a, b, same, relation, but in wanted
    ]
    for p in found.values():
        assert p.a_article != p.b_article
        assert p.story == "pact"
        assert p.by in ("ann", "bob")


def test_every_line_has_an_id_of_its_own(filled: Store) -> None:
    filled.review.decide(4, "merge", by="ann", value="2")
    filled.review.decide(2, "confirm", by="bob")
    filled.review.decide(1, "reject", by="ann")
    ids = [p.id for p in filled.review.labelled_pairs()]
    assert len(ids) == len(set(ids)) == 6


@given(st.integers(0, 500), st.integers(1, 500))
def test_an_interval_holds_the_share(yes: int, n: int) -> None:
    yes = min(yes, n)
    low, high = wilson(yes, n)
    assert 0 <= low <= yes / n + 1e-9
    assert yes / n - 1e-9 <= high <= 1
