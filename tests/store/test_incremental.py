"""A word on one row writes what a recomputation of the whole story would, and nothing is left for that one to change."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from pathlib import Path

import made_many
import pytest
from clock import Clock

from app.core.thresholds import ROW_SCORE_SHOWN
from app.errors import ParallaxError
from app.store import Store
from app.store.derive import derive
from app.store.load import linked_rows
from app.store.sql import writes_of

STEPS = 10


@pytest.fixture(scope="module")
def story(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows above and below the usual strictness; some claims stand in a surer row and in a looser one."""
    path = tmp_path_factory.mktemp("words") / "many.sqlite3"
    shutil.copy(blank, path)
    readings = made_many.story(5, 6, 8)
    rows = made_many.rows(readings, 5, width=3)
    scored = [replace(r, score=(0.95, ROW_SCORE_SHOWN / 2, 0.8)[i % 3]) for i, r in enumerate(rows)]
    looser = [replace(r, id=f"loose-{r.id}", label=f"Loosely {r.label}", score=0.2) for r in rows[::4]]
    with Store(path, now=Clock()) as store:
        made_many.keep(store, "words", readings, [*scored, *looser])
    return path


def say(store: Store, rng: random.Random) -> None:
    """One thing that a reader may do to a row, whichever it is; some of it cannot be done, and changes nothing."""
    rows = store.rows.story("words", strictness=rng.choice((0.0, ROW_SCORE_SHOWN)), limit=200).rows.items
    row, other = rng.choice(rows), rng.choice(rows)
    claims = [c.id for cell in row.cells for c in cell.claims]
    flags, decisions = row.flags, row.decisions
    words = [
        lambda: store.review.flag(row.id, by="ann"),
        lambda: store.review.decide(row.id, "merge", by="ann", value=str(other.id)),
        lambda: store.review.decide(row.id, "split", by="ann", claims=claims[: len(claims) // 2]),
        lambda: store.review.decide(row.id, "reject", by="bob"),
        lambda: store.review.decide(row.id, "relabel", by="bob", value=rng.choice(("conflict", "agree", "Said anew"))),
        lambda: store.review.decide(row.id, "confirm", by="bob"),
        lambda: (
            flags and store.review.decide_flag(flags[0].id, rng.choice(("confirmed", "dismissed", "open")), by="eve")
        ),
        lambda: flags and store.review.withdraw_flag(flags[0].id, by="eve"),
        lambda: decisions and store.review.undo_decision(rng.choice(decisions).id, by="eve"),
    ]
    try:
        rng.choice(words)()
    except ParallaxError:
        return


@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_left_to_change_after_words_on_rows(seed: int, story: Path, tmp_path: Path) -> None:
    path = tmp_path / "said.sqlite3"
    shutil.copy(story, path)
    rng = random.Random(seed)
    with Store(path, now=Clock()) as store:
        for _ in range(STEPS):
            say(store, rng)
            with store.write() as session:
                before = writes_of(session.connection())
                derive(session, 1, store.now())
                assert writes_of(session.connection()) == before


def test_two_rows_reach_few_others(story: Path) -> None:
    with Store(story) as store, store.read() as session:
        rows = [r.id for r in store.rows.story("words", limit=200).rows.items if r.outlets > 1][:2]
        reached = linked_rows(session.connection(), rows)
        every = session.connection().exec_driver_sql("SELECT count(*) FROM alignments").scalar() or 0
        assert set(rows) <= reached
        assert len(reached) < every / 4
