"""A reader's own look at a story: strictness, and which outlets stand side by side."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from clock import Clock
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import reading, relate, the_alignments, the_readings

from app.core.records import Alignment, ClaimRef, Dimension, Outcome, RelationKind, Status
from app.core.thresholds import ROW_SCORE_SHOWN
from app.errors import BadInput, Conflicting
from app.store import Store
from app.store.load import load_scene
from app.store.views import Silence, StoryView

IDS = [1, 2, 3]
OUTLETS = ["alpha-wire", "beta-times", "gamma-news"]
CLAIMS = {"alpha-wire": 2, "beta-times": 3, "gamma-news": 4}
WEAK = ROW_SCORE_SHOWN - 0.1


def scored() -> list[Alignment]:
    """The made-up rows with scores, the second of three outlets, and one row that is not strict enough to be shown."""
    readings = the_readings()
    one, two, three = the_alignments(readings)
    a, b, c = ClaimRef(0, "c1"), ClaimRef(1, "c1"), ClaimRef(2, "c2")
    differs = relate(
        readings, b, c, RelationKind.DIVERGE, dimension=Dimension.NUMBER, words=("2016", "3"), outcome=Outcome.DIFFERS
    )
    weak = ClaimRef(2, "c3")
    return [
        replace(one, score=0.9),
        replace(two, claims=(a, b, c), relations=(*two.relations, differs), status=Status.DIVERGE, score=0.6),
        replace(three, score=1.0),
        Alignment("r4", "Loose", Status.AGREE, (weak, ClaimRef(1, "c2")), (), (), WEAK),
    ]


@pytest.fixture(scope="module")
def looked(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The made-up story with a row below the usual strictness. Only read."""
    path = tmp_path_factory.mktemp("looked") / "looked.sqlite3"
    path.write_bytes(example.read_bytes())
    with Store(path, now=Clock()) as store:
        keep(store)
        yield store


@pytest.fixture
def own(filled: Store) -> Store:
    """The same, to write to."""
    keep(filled)
    return filled


def keep(store: Store) -> None:
    two = the_readings()[1]
    more = "A hearing about the pact was told."
    text = two.article.text + "\n\n" + more
    claim = replace(
        two.claims[0], id="c2", start=len(text) - len(more), end=len(text), text=more, dates=(), numbers=(), actors=()
    )
    sentence = (claim.start, claim.end)
    claim = replace(claim, sentence=sentence)
    store.articles.keep_article(replace(two, article=replace(two.article, text=text), claims=(*two.claims, claim)))
    store.articles.keep_alignments("pact", scored(), IDS)


def rows(view: StoryView) -> dict[str, tuple[Status, int]]:
    return {r.label: (r.status, r.outlets) for r in view.rows.items}


def test_a_row_below_the_usual_strictness_is_there_for_who_asks(looked: Store) -> None:
    usual = looked.rows.story("pact")
    assert "Loose" not in rows(usual)
    assert rows(usual)["A hearing about the pact was told."] == (Status.SINGLE, 1)
    loose = looked.rows.story("pact", strictness=usual.strictness_least)
    assert rows(loose)["Loose"] == (Status.AGREE, 2)
    assert "A hearing about the pact was told." not in rows(loose)
    assert loose.rows.total == usual.rows.total - 1


def test_what_is_seen_at_a_stricter_setting_is_there_at_a_looser_one(looked: Store) -> None:
    seen: set[str] = set()
    for strictness in (1.0, 0.9, 0.6, ROW_SCORE_SHOWN, 0.0):
        view = looked.rows.story("pact", strictness=strictness)
        together = {r.label for r in view.rows.items if r.status is not Status.SINGLE}
        assert seen <= together
        seen = together
        assert all(r.score >= strictness for r in view.rows.items if r.status is not Status.SINGLE)


def test_the_usual_strictness_asked_for_is_the_usual_look(looked: Store) -> None:
    assert looked.rows.story("pact", strictness=ROW_SCORE_SHOWN) == looked.rows.story("pact")
    by_hand = looked.rows.story("pact", strictness=ROW_SCORE_SHOWN, outlets=OUTLETS)
    usual = looked.rows.story("pact")
    assert [replace(r, sides=()) for r in by_hand.rows.items] == list(usual.rows.items)
    assert (by_hand.counts, by_hand.matrix, by_hand.timeline) == (usual.counts, usual.matrix, usual.timeline)
    assert by_hand.actors == usual.actors


def test_rows_that_vanish_leave_their_claims_alone(looked: Store) -> None:
    strict = looked.rows.story("pact", strictness=0.95)
    assert strict.counts[Status.SINGLE] == 7
    assert {c.id for r in strict.rows.items for cell in r.cells for c in cell.claims} == {
        c.id for r in looked.rows.story("pact").rows.items for cell in r.cells for c in cell.claims
    }
    alone = next(r for r in strict.rows.items if r.label.startswith("South Korea announced"))
    claim = alone.cells[0].claims[0]
    assert (claim.alignment_id, claim.status, claim.marks) == (alone.id, Status.SINGLE, ())
    page = looked.rows.alignment(alone.id)
    assert (page.row.status, page.stands_in) == (Status.SINGLE, 1), "its address answers, and says where it stands"


def test_two_outlets_side_by_side(looked: Store) -> None:
    view = looked.rows.story("pact", outlets=["beta-times", "gamma-news"])
    assert [o.key for o in view.chosen] == ["beta-times", "gamma-news"]
    assert [c.outlet.key for c in view.columns] == ["beta-times", "gamma-news"]
    assert len(view.outlets) == 3, "those to choose from"
    found = rows(view)
    assert found["When the pact was signed"] == (Status.DIVERGE, 2)
    assert found["When the end was announced"] == (Status.SINGLE, 1)
    assert found["Whether Japan apologised"] == (Status.CONFLICT, 1), "two actors of one outlet are at odds still"
    row = next(r for r in view.rows.items if r.label == "When the end was announced")
    assert (row.reasons, row.summary, row.dimensions) == ((), "", ())
    assert [(s.outlet.key, len(s.claims)) for s in row.sides] == [("beta-times", 1), ("gamma-news", 0)]
    assert row.sides[1].silence is Silence.NOT_MENTIONED
    (pair,) = view.matrix
    assert (pair.a.key, pair.b.key, pair.shared) == ("beta-times", "gamma-news", 1)


def test_what_two_outlets_agree_on_agrees_when_only_they_stand_side_by_side(looked: Store) -> None:
    assert rows(looked.rows.story("pact"))["When the pact was signed"] == (Status.DIVERGE, 3)
    assert rows(looked.rows.story("pact", outlets=["alpha-wire", "beta-times"]))["When the pact was signed"] == (
        Status.AGREE,
        2,
    )


def test_an_outlet_without_an_article_in_the_story_says_so(own: Store) -> None:
    readings = the_readings()
    other = replace(
        readings[0].article, outlet="Delta Post", headline="Else", url="https://delta.example/1", text="Else."
    )
    own.articles.keep_article(replace(readings[0], article=other, claims=()), story_slug="elsewhere")
    view = own.rows.story("pact", outlets=["delta-post", "alpha-wire"])
    assert {r.sides[0].silence for r in view.rows.items} == {Silence.NO_ARTICLE}


def test_a_decided_row_shows_whatever_the_strictness(own: Store) -> None:
    weak = next(r.id for r in own.rows.story("pact", strictness=0).rows.items if r.label == "Loose")
    assert own.rows.alignment(weak).below
    before = own.rows.story("pact")
    decision = own.review.decide(weak, "confirm", by="ann")
    for strictness in (None, 0.99, 0.0):
        row = next(r for r in own.rows.story("pact", strictness=strictness).rows.items if r.id == weak)
        assert row.decided
    assert own.rows.story("pact").rows.total == before.rows.total - 1
    own.articles.keep_alignments("pact", scored(), IDS)
    assert "Loose" in rows(own.rows.story("pact")), "and outlives realigning"
    own.review.undo_decision(decision.id, by="ann")
    assert own.rows.story("pact") == before


def test_a_person_s_flag_lifts_a_row_and_its_dismissal_lets_it_down(own: Store) -> None:
    weak = next(r.id for r in own.rows.story("pact", strictness=0).rows.items if r.label == "Loose")
    flag = own.review.flag(weak, by="ann")
    assert "Loose" in rows(own.rows.story("pact"))
    own.review.decide_flag(flag.id, "dismissed", by="bob")
    assert "Loose" not in rows(own.rows.story("pact"))


def test_a_claim_s_own_row_that_waits_cannot_be_spoken_of(own: Store) -> None:
    lone = next(
        r.id for r in own.rows.story("pact", strictness=1.0).rows.items if r.label.startswith("South Korea ann")
    )
    with pytest.raises(Conflicting):
        own.review.flag(lone, by="ann")


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"strictness": -0.1}, id="below 0"),
        pytest.param({"strictness": 1.5}, id="above 1"),
        pytest.param({"strictness": float("nan")}, id="no number"),
        pytest.param({"outlets": ["nobody"]}, id="an outlet nobody knows"),
        pytest.param({"outlets": ["alpha-wire"], "status": "odd"}, id="a status that is none"),
        pytest.param({"strictness": 0.9, "sort": "odd"}, id="a sort that is none"),
        pytest.param({"strictness": 0.9, "cursor": "odd"}, id="a cursor that is none"),
    ],
)
def test_a_look_that_is_none_is_bad_input(looked: Store, wrong: dict) -> None:
    with pytest.raises(BadInput):
        looked.rows.story("pact", **wrong)


looks = st.fixed_dictionaries(
    {
        "strictness": st.none() | st.floats(0, 1),
        "outlets": st.lists(st.sampled_from(OUTLETS), unique=True),
        "actor": st.sampled_from([None, "japan", "Motegi"]),
        "outlet": st.sampled_from([None, *OUTLETS]),
        "only_differences": st.booleans(),
        "sort": st.sampled_from(["matter", "event", "reading"]),
    }
)


@settings(max_examples=25, deadline=None)
@given(look=looks)
def test_counts_add_up_however_a_story_is_looked_at(looked: Store, look: dict) -> None:
    view = looked.rows.story("pact", **look)
    assert sum(view.counts.values()) == view.rows.total == len(view.rows.items)
    claims = [c.id for r in view.rows.items for cell in r.cells for c in cell.claims]
    assert len(claims) == len(set(claims)), "no claim is counted twice"
    for status in Status:
        only = looked.rows.story("pact", **look, status=status)
        assert (only.rows.total, only.counts) == (view.counts[status], view.counts)
        assert all(r.status is status for r in only.rows.items)
    pages, cursor = [], None
    while True:
        page = looked.rows.story("pact", **look, cursor=cursor, limit=2)
        pages += page.rows.items
        cursor = page.rows.next
        if cursor is None:
            break
    assert tuple(pages) == view.rows.items
    if not (look["actor"] or look["outlet"] or look["only_differences"]):
        kept = {c.outlet.key for c in view.columns}
        assert kept == set(look["outlets"] or OUTLETS)
        assert len(claims) == sum(CLAIMS[key] for key in kept), "and every claim is counted"


# --- what is remembered of a story, and asked for by several threads ------------------------------------------------------


def test_a_scene_that_two_threads_look_at_first_is_whole_for_both(looked: Store) -> None:
    with looked.read() as session:
        scene = load_scene(session.connection(), 1)
    wanted = {i: [t.id for t in scene.ties if t.row == i and not t.by_hand] for i in scene.rows}
    half, seen = threading.Event(), threading.Event()

    class Slow(list):
        def __iter__(self):
            for n, tie in enumerate(list.__iter__(self)):
                if n == 1 and not half.is_set():
                    half.set()
                    seen.wait(5)
                yield tie

    scene.ties = Slow(scene.ties)
    found: list[dict[int, list[int]]] = []
    look = lambda: found.append({i: [t.id for t in scene.ties_of(i)] for i in scene.rows})  # noqa: E731
    first = threading.Thread(target=look)
    first.start()
    assert half.wait(60)
    look()
    seen.set()
    first.join()
    assert found == [wanted, wanted]


def test_a_story_that_has_the_place_of_another_is_not_taken_for_it(filled: Store, clock: Clock) -> None:
    """The last story of a file goes, the next one has its number: what was remembered of the one is not shown of the other."""

    def story(text: str) -> None:
        clock.tick()
        kept = filled.articles.keep_article(
            reading("Delta", "2020-01-02", text, [(f"{text} today.", {})]), story_slug="short"
        )
        filled.articles.keep_alignments("short", [], [kept.article_id])
        assert {r.label for r in filled.rows.story("short", strictness=0.9).rows.items} == {f"{text} today."}
        filled.articles.assign_story(kept.article_id, "pact")

    story("It rains")
    story("It snows")
