"""Whatever a program is about when it is killed: what is kept is sound, what was acknowledged is kept, and it can be done again.

A few points of each act; `killed.py` beside this tries sixty and more.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from acts import ACTS
from killing import Warm, ground, killed, points_of, warm

POINTS = 3


@pytest.fixture(scope="module")
def process() -> Iterator[Warm]:
    with warm() as made:
        yield made


@pytest.fixture(scope="module")
def base(process: Warm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database that has something in it."""
    place = tmp_path_factory.mktemp("base")
    assert process.order("prepare", place / "kept.sqlite3")["code"] == 0
    return place


@pytest.mark.parametrize("act", ACTS)
def test_killed_in_the_middle(process: Warm, base: Path, tmp_path: Path, act: str) -> None:
    on = ground(process, act, base, tmp_path)
    assert on.points >= POINTS
    trials = [killed(process, on, tmp_path / f"point {p}", point=p) for p in points_of(on, POINTS)]
    trials.append(killed(process, on, tmp_path / "in time", seconds=on.seconds * 0.6))
    assert [f"{t.at}: {wrong}" for t in trials for wrong in t.wrong] == []
    assert all(t.died for t in trials[: POINTS - 1]), "the last point may lie behind the end"
