"""Stores to test with: an empty one and one that holds the made-up story, copied from files made once a session."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from clock import Clock
from made_up import fill

from app.store import Store, upgrade


@pytest.fixture
def store(tmp_path: Path, blank: Path, clock: Clock) -> Iterator[Store]:
    path = tmp_path / "kept.sqlite3"
    path.write_bytes(blank.read_bytes())
    with Store(path, now=clock) as made:
        yield made


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory, blank: Path) -> Path:
    """The made-up story, kept once and copied."""
    path = tmp_path_factory.mktemp("example") / "example.sqlite3"
    path.write_bytes(blank.read_bytes())
    with Store(path, now=Clock()) as store:
        fill(store)
    upgrade(path)  # nothing to do; folds the log into the file
    return path


@pytest.fixture
def filled(tmp_path: Path, example: Path, clock: Clock) -> Iterator[Store]:
    path = tmp_path / "filled.sqlite3"
    path.write_bytes(example.read_bytes())
    with Store(path, now=clock) as made:
        yield made
