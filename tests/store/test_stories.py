"""The story page's read model: rows, counts, filters, silences, pictures."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.records import Status
from app.errors import BadInput, NotFound
from app.store import Store
from app.store.views import Silence


def labels(view) -> list[str]:
    return [r.label for r in view.rows.items]


def test_rows_stand_with_what_matters_first_and_counts_add_up(filled: Store) -> None:
    view = filled.rows.story("pact")
    assert [r.status for r in view.rows.items] == ["conflict", "conflict", "agree", "single-source", "single-source"]
    assert view.counts[Status.CONFLICT] == 2
    assert sum(view.counts.values()) == view.rows.total == 5


def test_the_summary_says_what_differs_and_the_marks_where(filled: Store) -> None:
    row = next(r for r in filled.rows.story("pact").rows.items if r.label == "When the end was announced")
    assert row.summary == "22 Aug (Alpha Wire) / 23 Aug (Beta Times)"
    for cell, words in zip(row.cells[:2], ("22 August", "23 August"), strict=True):
        (mark,) = cell.claims[0].marks
        assert cell.claims[0].text[mark.start : mark.end] == words


def test_an_empty_cell_says_why(filled: Store) -> None:
    rows = {r.label: r for r in filled.rows.story("pact").rows.items}
    assert rows["When the end was announced"].cells[2].silence is Silence.NOT_MENTIONED
    hearing = rows["A hearing on 26 November 2019 came to nothing."]
    assert [c.silence for c in hearing.cells] == [Silence.PUBLISHED_BEFORE, Silence.PUBLISHED_BEFORE, None]


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        pytest.param({"status": "agree"}, 1, id="status"),
        pytest.param({"outlet": "beta-times"}, 2, id="outlet"),
        pytest.param({"actor": "toshimitsu-motegi"}, 1, id="actor by key"),
        pytest.param({"actor": "Motegi"}, 1, id="actor by last name"),
        pytest.param({"actor": "nobody"}, 0, id="unknown actor"),
        pytest.param({"since": date(2019, 11, 26), "until": date(2019, 11, 26)}, 1, id="day of the event"),
        pytest.param({"since": date(2016, 11, 5), "until": date(2016, 11, 5)}, 1, id="day inside a month told"),
        pytest.param({"since": date(2019, 11, 1), "date_of": "published"}, 3, id="published since"),
        pytest.param({"only_differences": True}, 2, id="only differences"),
    ],
)
def test_filters(filled: Store, filters: dict, wanted: int) -> None:
    view = filled.rows.story("pact", **filters)
    assert len(view.rows.items) == view.rows.total == wanted


def test_counts_are_those_under_the_other_filters(filled: Store) -> None:
    assert filled.rows.story("pact", status="agree").counts == filled.rows.story("pact").counts


@pytest.mark.parametrize("sort", ["matter", "event", "reading"])
def test_pages_of_every_order_hold_every_row_once_there_and_back(filled: Store, sort: str) -> None:
    whole = labels(filled.rows.story("pact", sort=sort))
    seen, cursor, back = [], None, None
    while True:
        view = filled.rows.story("pact", sort=sort, cursor=cursor, limit=2)
        seen += labels(view)
        back, cursor = view.rows.previous, view.rows.next
        if cursor is None:
            break
    assert seen == whole
    assert labels(filled.rows.story("pact", sort=sort, cursor=back, limit=2)) == whole[2:4]


@pytest.mark.parametrize("cursor", ["x", "====", "WzFd", "IltdIg", "WyJuZXh0IiwgMV0", "é"])
def test_a_bad_cursor_is_bad_input(filled: Store, cursor: str) -> None:
    with pytest.raises(BadInput):
        filled.rows.story("pact", cursor=cursor)


@pytest.mark.parametrize(
    "wrong",
    [{"status": "maybe"}, {"sort": "x"}, {"limit": 0}, {"limit": 10_000}, {"since": date(2019, 1, 1), "date_of": "x"}],
)
def test_wrong_filters_are_bad_input(filled: Store, wrong: dict) -> None:
    with pytest.raises(BadInput):
        filled.rows.story("pact", **wrong)


def test_a_story_nobody_made_is_not_found(filled: Store) -> None:
    with pytest.raises(NotFound):
        filled.rows.story("no-such")


def test_matrix_and_time_line(filled: Store) -> None:
    view = filled.rows.story("pact")
    (pair,) = view.matrix
    assert (pair.a.name, pair.b.name, pair.shared, pair.agree, pair.conflict) == ("Alpha Wire", "Beta Times", 2, 1, 1)
    assert [(p.value, p.conflict) for p in view.timeline] == [
        ("2016-11", False),
        ("2019-08-22", True),
        ("2019-08-23", True),
        ("2019-11-26", False),
    ]


def test_an_export_holds_every_row(filled: Store) -> None:
    assert [r.id for r in filled.rows.every("pact")] == [r.id for r in filled.rows.story("pact").rows.items]


def test_the_front_page_and_story_cards(filled: Store) -> None:
    front = filled.library.front()
    (card,) = front.stories.items
    assert (front.articles, front.claims, card.articles, len(card.outlets)) == (3, 8, 3, 3)
    assert [c.label for c in card.conflicts] == ["Whether Japan apologised", "When the end was announced"]
    assert (card.first, card.last) == (date(2019, 8, 22), date(2019, 11, 28))


def test_an_empty_database_has_a_front_page(store: Store) -> None:
    front = store.library.front()
    assert front.stories.items == ()
    assert front.articles == 0
