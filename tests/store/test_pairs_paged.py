"""The pairs of a row come a page at a time: what differs or is least sure first, each once, at one price a page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import made_many
import pytest
from clock import Clock
from counted import steps_of
from sqlalchemy import text

from app.core.records import RelationKind
from app.errors import BadInput
from app.store import Store
from app.store.views import RelationView

REPORTS = 9
PAIRS = REPORTS * (REPORTS - 1) // 2
ORDER = list(RelationKind)


@pytest.fixture(scope="module")
def store(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One row of many pairs, of every kind and likelihood."""
    path = tmp_path_factory.mktemp("pairs") / "pairs.sqlite3"
    shutil.copy(blank, path)
    with Store(path, now=Clock()) as store:
        readings = made_many.story(0, REPORTS, 2)
        made_many.keep(store, "s0", readings, made_many.rows(readings, 0, REPORTS))
        with store.write() as session:
            change = "UPDATE relations SET kind = :kind, probability = :likely WHERE id % 5 = :n AND id % 2 = :half"
            for n, kind in enumerate(ORDER):
                for half in (0, 1):
                    values = {"kind": kind.value, "likely": 0.9 if half else 0.6, "n": n, "half": half}
                    session.connection().execute(text(change), values)
        yield store


def walked(store: Store, limit: int) -> list[RelationView]:
    found, cursor = [], None
    while True:
        view = store.rows.alignment(1, cursor=cursor, limit=limit)
        found += view.relations
        cursor = view.relations_next
        if cursor is None:
            return found


@pytest.mark.parametrize("limit", [1, 7, PAIRS, 200])
def test_every_pair_is_on_one_page(store: Store, limit: int) -> None:
    pairs = [frozenset((r.a.id, r.b.id)) for r in walked(store, limit)]
    assert len(pairs) == len(set(pairs)) == PAIRS == sum(store.rows.alignment(1).relation_counts.values())


def test_what_differs_comes_first_and_of_what_agrees_the_least_sure(store: Store) -> None:
    told = [
        (ORDER.index(r.kind), r.probability if r.kind is RelationKind.AGREE else -r.probability)
        for r in walked(store, 7)
    ]
    assert all(a <= b for a, b in pairwise(told))
    assert {kind for kind, _ in told} == set(range(5))


def test_back_is_the_page_one_came_from(store: Store) -> None:
    first = store.rows.alignment(1, limit=7)
    second = store.rows.alignment(1, cursor=first.relations_next, limit=7)
    assert store.rows.alignment(1, cursor=second.relations_previous, limit=7).relations == first.relations
    assert first.relations_previous is None


@pytest.mark.parametrize("cursor", ["nonsense", "WyJuZXh0IiwxXQ"])
def test_what_is_no_cursor_of_pairs_is_refused(store: Store, cursor: str) -> None:
    with pytest.raises(BadInput):
        store.rows.alignment(1, cursor=cursor)


def test_later_pages_cost_no_more(store: Store) -> None:
    at = store.rows.alignment(1, limit=7).relations_next
    first, second = (steps_of(store, lambda c=c: store.rows.alignment(1, cursor=c, limit=7)) for c in (None, at))
    assert second < 1.2 * first + 10
