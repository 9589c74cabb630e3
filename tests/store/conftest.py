"""Stores to test with, on SQLite and on PostgreSQL: an empty one and one that holds the made-up story, copied from what is made once."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from clock import Clock
from made_up import fill
from postgres import Server

from app.places import Address, Place
from app.store import Store, upgrade

ENGINES = ("sqlite", "postgres")


@pytest.fixture(params=ENGINES)
def copied(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str, str], Place]]:
    """`copied("blank", "kept")`: a database like that one, of one's own; the test runs once on each engine."""
    with ExitStack() as lent:

        def copy(of: str, name: str) -> Place:
            if request.param == "sqlite":
                return Path(shutil.copy(request.getfixturevalue(of), tmp_path / f"{name}.sqlite3"))
            server: Server = request.getfixturevalue("server")
            return lent.enter_context(server.lent(request.getfixturevalue(f"{of}_address").name))

        yield copy


@pytest.fixture
def store(copied: Callable[[str, str], Place], clock: Clock) -> Iterator[Store]:
    with Store(copied("blank", "kept"), now=clock) as made:
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


@pytest.fixture(scope="session")
def example_address(server: Server, blank_address: Address) -> Address:
    address = server.made(blank_address.name)
    with Store(address, now=Clock()) as store:
        fill(store)
    return address


@pytest.fixture
def filled(copied: Callable[[str, str], Place], clock: Clock) -> Iterator[Store]:
    with Store(copied("example", "filled"), now=clock) as made:
        yield made


@pytest.fixture
def address(server: Server, blank_address: Address) -> Iterator[Address]:
    with server.lent(blank_address.name) as made:
        yield made


@pytest.fixture
def kept(address: Address) -> Iterator[Store]:
    """An empty store on the server."""
    with Store(address, now=Clock()) as store:
        yield store


CASES = 1
"""Of a test's cases so many are tried on PostgreSQL as well: there is one SQL."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is about the file that SQLite keeps is not asked of a server."""
    tried = Counter[str]()

    def wanted(item: pytest.Item) -> bool:
        if getattr(item, "callspec", None) is None or item.callspec.params.get("copied") != "postgres":
            return True
        tried[f"{item.path}:{item.originalname}"] += 1
        return not item.get_closest_marker("sqlite_file") and tried[f"{item.path}:{item.originalname}"] <= CASES

    items[:] = [item for item in items if wanted(item)]
