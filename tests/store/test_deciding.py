"""Laws of deciding: what people put together is judged anew, undoing restores exactly, every address goes on answering."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from clock import Clock
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from made_up import the_alignments, the_readings
from sqlalchemy import text

from app.core.records import RelationKind, Status
from app.core.relation.opinion import Opinion
from app.store import Store

IDS = [1, 2, 3]


def seen(store: Store) -> list[object]:
    """All that a reader sees of rows, pictures and the queue, but for the history of what was said."""
    view = store.rows.story("pact", limit=500)
    rows = [(r.id, r.label, r.status, r.summary, r.score, r.cells, r.reasons, r.origins) for r in view.rows.items]
    relations = [store.rows.alignment(r.id).relations for r in view.rows.items]
    queue = [(c.row.id, c.row.status) for c in store.rows.conflicts(limit=200).items]
    return [rows, relations, view.counts, view.matrix, view.timeline, queue]


def judged(store: Store) -> list[tuple]:
    with store.read() as session:
        found = session.connection().execute(text("SELECT a_claim_id, b_claim_id FROM relations WHERE by_hand = 1"))
        return [tuple(r) for r in found]


# --- judged anew -----------------------------------------------------------------------------------------------------


def test_a_merged_row_has_relations_for_every_pair_that_can_be_judged(filled: Store) -> None:
    filled.review.decide(2, "merge", by="ann", value="1", note="one matter")
    view = filled.rows.alignment(1)
    pairs = {frozenset((r.a.id, r.b.id)) for r in view.relations}
    assert pairs >= {frozenset((1, 3)), frozenset((2, 4))}, "those the machine had judged stay"
    assert len(judged(filled)) == len(pairs) - 2
    assert view.row.status == min((r.kind for r in view.relations), key=list(RelationKind).index).value
    assert view.row.label not in {"", *(a.label for a in the_alignments(the_readings()))}, "its label is its own"
    assert all(r.parts[-1].say == "A person put these claims into one row." for r in view.relations if r.score == 0.9)
    assert view.row.decided


def test_merging_lone_claims_judges_them(filled: Store) -> None:
    """A claim of one outlet about the day of a hearing, put beside one that names another day."""
    lone = next(r.id for r in filled.rows.every("pact") if r.label.startswith("A hearing"))
    filled.review.decide(lone, "merge", by="ann", value="1")
    view = filled.rows.alignment(1)
    assert {c.id for cell in view.row.cells for c in cell.claims} == {1, 3, 8}
    assert all(r.reasons for r in view.relations if r.kind is RelationKind.CONFLICT)


def test_a_row_judged_once_is_not_judged_again(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    filled.review.decide(2, "merge", by="ann", value="1")
    before = seen(filled)
    monkeypatch.setattr("app.core.alignment.row_of", lambda *_: 1 / 0)
    filled.review.decide(3, "confirm", by="ann")
    filled.review.flag(3, by="bob")
    filled.articles.keep_alignments("pact", the_alignments(the_readings()), IDS)
    assert seen(filled)[1] == before[1]


def test_what_is_split_again_is_forgotten(filled: Store) -> None:
    filled.review.decide(2, "merge", by="ann", value="1")
    assert judged(filled)
    filled.review.decide(1, "split", by="ann", claims=[2, 4])
    assert judged(filled) == []
    rows = {frozenset(c.id for cell in r.cells for c in cell.claims): r.status for r in filled.rows.every("pact")}
    assert rows[frozenset((1, 3))] is Status.CONFLICT
    assert rows[frozenset((2, 4))] is Status.AGREE


def test_people_s_rows_are_judged_anew_when_the_machine_s_change(filled: Store) -> None:
    filled.review.decide(2, "merge", by="ann", value="1")
    together = filled.rows.alignment(1)
    filled.articles.keep_alignments("pact", the_alignments(the_readings())[1:], IDS)
    filled.articles.keep_alignments("pact", the_alignments(the_readings()), IDS)
    assert filled.rows.alignment(1).row == together.row
    assert {(r.a.id, r.b.id, r.kind) for r in filled.rows.alignment(1).relations} == {
        (r.a.id, r.b.id, r.kind) for r in together.relations
    }


def test_a_revision_of_an_article_leaves_people_s_rows_standing(filled: Store) -> None:
    from dataclasses import replace

    filled.review.decide(2, "merge", by="ann", value="1")
    one = the_readings()[0]
    filled.articles.keep_article(replace(one, article=replace(one.article, text=one.article.text + "\n\nMore.")))
    filled.articles.keep_alignments("pact", the_alignments(the_readings()), IDS)
    row = filled.rows.alignment(1).row
    assert [len(cell.claims) for cell in row.cells] == [2, 2, 0]
    assert all(c.alignment_id == 1 for cell in row.cells for c in cell.claims)
    assert len(filled.rows.alignment(1).relations) == 4


class Contrary:
    """A model of the reader's own that is sure of a contradiction, whatever it is asked."""

    name = "contrary"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def opinions(self, pairs: Sequence[tuple[str, str]]) -> list[Opinion]:
        self.asked += pairs
        return [Opinion(0.0, 0.0, 1.0)] * len(pairs)


def test_a_model_of_the_reader_s_own_is_asked_too(filled: Store, clock: Clock) -> None:
    model = Contrary()
    with Store(filled.place, now=clock, model=lambda: model) as store:
        store.review.decide(5, "merge", by="ann", value="2")
        view = store.rows.alignment(2)
    assert model.asked
    assert view.row.status is Status.CONFLICT
    assert any("contrary" in r.say for relation in view.relations for r in relation.reasons)


# --- laws ------------------------------------------------------------------------------------------------------------

draws = st.lists(
    st.tuples(
        st.sampled_from(["confirm", "reject", "relabel", "merge", "split"]),
        st.integers(0, 30),
        st.integers(0, 30),
        st.sampled_from(["diverge", "agree", "By hand"]),
    ),
    min_size=1,
    max_size=4,
)


def decide(store: Store, kind: str, which: int, other: int, value: str) -> int | None:
    """The decision's id; None where it does not fit the row."""
    rows = {r.id: [c.id for cell in r.cells for c in cell.claims] for r in store.rows.every("pact")}
    ids = sorted(rows)
    row, target = ids[which % len(ids)], ids[other % len(ids)]
    if (kind == "merge" and row == target) or (kind in ("split", "reject") and len(rows[row]) < 2):
        return None
    given_value = {"relabel": value, "merge": str(target), "split": str(rows[row][other % len(rows[row])])}.get(kind)
    return store.review.decide(row, kind, by="ann", value=given_value).id  # type: ignore[arg-type]


@settings(max_examples=4, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))  # each takes a database
@given(steps=draws, order=st.randoms(use_true_random=False), again=st.booleans())
def test_undoing_everything_in_any_order_restores_exactly(
    example: Path, steps: list[tuple[str, int, int, str]], order: object, again: bool
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "copy.sqlite3"
        path.write_bytes(example.read_bytes())
        clock = Clock()
        with Store(path, now=clock) as store:
            before = seen(store)
            addresses = {r.id for r in store.rows.every("pact")}
            made = []
            for step in steps:
                clock.tick()
                made.append(decide(store, *step))
                addresses |= {r.id for r in store.rows.every("pact")}
                claims = sorted(c.id for r in store.rows.every("pact") for cell in r.cells for c in cell.claims)
                assert claims == list(range(1, 9)), "every claim stands in one row"
            if again:
                decided = seen(store)
                store.articles.keep_alignments("pact", the_alignments(the_readings()), IDS)
                assert seen(store) == decided, "decisions outlive realigning"
            for address in addresses:
                assert store.rows.alignment(address).row.cells, "what a merge swallowed still resolves"
            todo = [m for m in made if m is not None]
            order.shuffle(todo)  # type: ignore[attr-defined]
            for decision in todo:
                clock.tick()
                store.review.undo_decision(decision, by="bob", whose="ann")
            assert seen(store) == before
            assert judged(store) == []
            assert all(store.rows.alignment(address).row.cells for address in addresses)
            assert list(store.review.labelled_pairs()) == []
