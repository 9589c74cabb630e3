"""The work on rows of the queue: who looks into one, until when, how far it is; comments, which are never deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from clock import Clock

from app.errors import BadInput, NotFound
from app.store import Store
from app.store.views import WorkView

IDS = [1, 2, 3]
DUE = date(2026, 1, 5)


def queue(store: Store, **asked: object) -> list[int]:
    return [i.row.id for i in store.rows.conflicts(**asked).items]  # type: ignore[arg-type]


def test_nobody_has_taken_it_up_yet(filled: Store) -> None:
    assert filled.rows.alignment(1).work == WorkView()
    assert {i.work for i in filled.rows.conflicts().items} == {WorkView()}


def test_a_row_is_assigned_and_found_by_it(filled: Store, clock: Clock) -> None:
    work = filled.review.set_work(1, by="ann", assigned="  bob ", due=DUE, state="in work")
    assert (work.assigned, work.due, work.state, work.by, work.at) == ("bob", DUE, "in work", "ann", clock.at)
    assert filled.rows.alignment(1).work == work
    assert queue(filled, assigned="bob") == [1]
    assert queue(filled, assigned="ann") == []
    assert queue(filled, work="in work") == [1]
    assert queue(filled, work="open") == [3]
    assert queue(filled, assigned="bob", work="done") == []
    filled.review.set_work(1, by="bob")
    assert (filled.rows.alignment(1).work.assigned, filled.rows.alignment(1).work.state) == (None, "open")
    assert filled.audit.page(kind="work").items[0].before == {
        "assigned": "bob",
        "due": "2026-01-05",
        "state": "in work",
    }


@pytest.mark.parametrize(
    ("due", "state", "over"),
    [
        pytest.param(date(2026, 1, 1), "open", True, id="yesterday"),
        pytest.param(date(2026, 1, 2), "open", False, id="today"),
        pytest.param(date(2026, 1, 1), "done", False, id="done"),
        pytest.param(None, "open", False, id="no day"),
    ],
)
def test_when_it_is_overdue(due: date | None, state: str, over: bool) -> None:
    assert WorkView("bob", due, state).overdue(date(2026, 1, 2)) is over


def test_comments_stay_in_order_and_outlive_everything(filled: Store, clock: Clock) -> None:
    first = filled.review.comment(1, by="ann", text=" two\nlines ")
    clock.tick()
    filled.review.comment(1, by="bob", text="yes")
    assert filled.review.comment(1, by="bob", text="yes").id == first.id + 1, "sent twice it is one"
    assert [(c.by, c.text) for c in filled.rows.alignment(1).comments] == [("ann", "two\nlines"), ("bob", "yes")]
    filled.articles.keep_alignments("pact", [], IDS)
    assert [c.by for c in filled.rows.alignment(1).comments] == ["ann", "bob"], (
        "the row is kept for what was said of it"
    )


def test_what_was_said_of_a_row_follows_it_where_it_is_merged(filled: Store) -> None:
    filled.review.comment(1, by="ann", text="hm")
    filled.review.decide(1, "merge", by="ann", value="3")
    assert [c.text for c in filled.rows.alignment(3).comments] == ["hm"]
    assert filled.rows.conflicts().items[0].comments[0].text == "hm"


@pytest.mark.parametrize(
    ("call", "error"),
    [
        pytest.param(lambda s: s.review.set_work(99, by="ann"), NotFound, id="no such row"),
        pytest.param(lambda s: s.review.set_work(1, by="ann", state="soon"), BadInput, id="no such state"),
        pytest.param(lambda s: s.review.set_work(1, by="ann", assigned="x" * 101), BadInput, id="a long name"),
        pytest.param(lambda s: s.review.set_work(1, by="ann", assigned="Parallax"), BadInput, id="the machine"),
        pytest.param(lambda s: s.review.set_work(1, by=" "), BadInput, id="by nobody"),
        pytest.param(lambda s: s.review.comment(99, by="ann", text="x"), NotFound, id="a comment on no row"),
        pytest.param(lambda s: s.review.comment(1, by="ann", text="  "), BadInput, id="a comment without words"),
        pytest.param(lambda s: s.review.comment(1, by="ann", text="x" * 4001), BadInput, id="a long comment"),
        pytest.param(lambda s: s.rows.conflicts(work="soon"), BadInput, id="an odd queue"),
    ],
)
def test_what_is_no_work_and_no_comment(filled: Store, call: Callable[[Store], object], error: type) -> None:
    with pytest.raises(error):
        call(filled)
    assert filled.audit.page().total == 0
