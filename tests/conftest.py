"""Fixtures every room shares: the reports of the tests, a fresh store, the bundled example kept in one."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app import pipeline
from app.settings import Settings, get_settings
from app.store import Store, open_store, upgrade


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A path the settings point to; nothing there yet."""
    path = tmp_path / "parallax.sqlite3"
    monkeypatch.setenv("PARALLAX_DATABASE", str(path))
    get_settings.cache_clear()
    yield path
    get_settings.cache_clear()


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    """An empty store of this version."""
    upgrade(database)
    with open_store(database) as opened:
        yield opened


@pytest.fixture(scope="session")
def older() -> Callable[[sqlite3.Connection], None]:
    """`older(connection)`: a database of this version becomes one of the fourth revision, as that version wrote it."""
    rank = "CASE shown_status WHEN 'agree' THEN 3 WHEN 'single-source' THEN 4 ELSE substr(sort_matter, 1, 1) END"

    def make(connection: sqlite3.Connection) -> None:
        connection.execute(
            f"""
            UPDATE alignments SET sort_matter = {rank} || substr(sort_matter, 2, 3) || substr(sort_matter, 8),
                sort_event = substr(sort_event, 1, 10) || {rank} || substr(sort_event, 12) WHERE sort_matter <> ''
            """
        )
        connection.execute("UPDATE alignments SET queue_sort = substr(queue_sort, 1, 2) || substr(queue_sort, 6)")
        for table, column in (
            ("alignments", "machine_probability"),
            ("alignments", "probability"),
            ("relations", "probability"),
            ("stories", "basis"),
            ("stories", "compared_with"),
            ("stories", "compared_by"),
            ("alignment_members", "clause_start"),
            ("alignment_members", "clause_end"),
        ):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.execute("UPDATE alembic_version SET version_num = '0004'")

    return make


@pytest.fixture(scope="session")
def example_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled example, kept once a test run. Copy it before writing to it (fixture `example_store` does)."""
    path = tmp_path_factory.mktemp("example") / "example.sqlite3"
    upgrade(path)
    with open_store(path) as opened:
        pipeline.load_example(opened)
    return path


@pytest.fixture
def example_store(example_database: Path, database: Path) -> Iterator[Store]:
    """A store of one's own that holds the bundled example."""
    for suffix in ("", "-wal", "-shm"):
        source = example_database.with_name(example_database.name + suffix)
        if source.exists():
            shutil.copy(source, database.with_name(database.name + suffix))
    with open_store(database) as opened:
        yield opened


@pytest.fixture
def settings(database: Path) -> Settings:
    return Settings(database=database)
