"""Fixtures every room shares: the reports of the tests, a fresh store, the bundled example kept in one."""

from __future__ import annotations

import gc
import multiprocessing
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from multiprocessing.context import BaseContext
from pathlib import Path

import pytest
from argon2 import PasswordHasher

sys.path.insert(0, str(Path(__file__).parent))
# Two workers share two cores: a matrix that waits for a second thread, which waits for a core, takes six times the work.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
# Where the environment forbids bytecode (images do), each worker would compile all tests anew, and each program it starts all of `app`.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
    sys.dont_write_bytecode = False

from clock import Clock
from older import to_the_fourth_revision
from programs import Programs, warm_programs

from app import pipeline
from app.settings import Settings, get_settings
from app.store import Store, engine, open_store, tokens, upgrade

pytest_plugins = ["rooms", "postgres"]

gc.disable()  # while everything is imported and collected: nothing of it is let go


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """What is there now stays to the end: nobody need look through it again for what to free, nor copy it to fork."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def true_hasher() -> Iterator[PasswordHasher]:
    """Tokens are hashed in no time where they are only used; this is how they are hashed in truth."""
    with pytest.MonkeyPatch.context() as patch:
        kept = tokens._HASHER
        patch.setattr(tokens, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield kept


@pytest.fixture(scope="session", autouse=True)
def patient_connection() -> Iterator[Callable[..., sqlite3.Connection]]:
    """What tests keep outlives no loss of power: SQLite does not wait for the disk. This is how it connects in truth."""
    with pytest.MonkeyPatch.context() as patch:
        kept = engine._connect

        def impatient(path: Path, *, writing: bool) -> sqlite3.Connection:
            connection = kept(path, writing=writing)
            connection.execute("PRAGMA synchronous = OFF").close()
            return connection

        patch.setattr(engine, "_connect", impatient)
        yield kept


@pytest.fixture(scope="session")
def programs() -> Iterator[Programs]:
    """`programs.run(folder, "search", "ferry")`, `.begin(...)`: commands as programs of their own, which read by rules."""
    with warm_programs() as made:
        yield made


@pytest.fixture(scope="session")
def others() -> BaseContext:
    """`others.Process(target=..., args=...)`: processes of their own, forked from one that has read the modules and opened nothing."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pytest", "app.store.store", "app.store.postgres.engine", "app.watching"])
    return context


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A path the settings point to; nothing there yet."""
    path = tmp_path / "parallax.sqlite3"
    monkeypatch.setenv("PARALLAX_DATABASE", str(path))
    get_settings.cache_clear()
    yield path
    get_settings.cache_clear()


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of this version, made once by all its revisions. Copy it before writing to it."""
    path = tmp_path_factory.mktemp("blank") / "blank.sqlite3"
    upgrade(path)
    upgrade(path)  # nothing to do; folds the log into the file
    return path


@pytest.fixture
def store(database: Path, blank: Path) -> Iterator[Store]:
    """An empty store of this version; what another fixture kept there before stays."""
    if not database.exists():
        shutil.copy(blank, database)
    with open_store(database) as opened:
        yield opened


@pytest.fixture(scope="session")
def older() -> Callable[[sqlite3.Connection], None]:
    """`older(connection)`: a database of this version becomes one of the fourth revision, as that version wrote it."""
    return to_the_fourth_revision


@pytest.fixture(scope="session")
def example_database(tmp_path_factory: pytest.TempPathFactory, blank: Path) -> Path:
    """The bundled example, kept once a test run. Copy it before writing to it (fixture `example_store` does)."""
    path = shutil.copy(blank, tmp_path_factory.mktemp("example") / "example.sqlite3")
    with open_store(path) as opened:
        pipeline.load_bundled(opened)
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
