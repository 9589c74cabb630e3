"""What a test is of, by the folder it stands in; and `--quick`, under which none waits for a model or another program.

Every test has one mark: unit, store, web, browser or quality (`pytest -m store`). Which tests read with the language model or the
encoder is not listed anywhere: under `--quick` their libraries cannot be imported and no program can be started, and a test
that tries is skipped there and then, with the reason. Whatever is skipped so runs in `make test`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent
ROOMS = {
    "store": "store",
    "watching": "store",
    "web": "web",
    "robustness": "web",
    "browser": "browser",
    "quality": "quality",
}
"""Folder -> mark; other folders hold units, and what stands in none goes across rooms, over a store."""
SLOW = {"store", "web", "browser", "quality"}
LONG = {HERE / "claims" / "test_growth.py"}
"""Units that take the processor's time at two sizes; not for `--quick`."""
HEAVY = {"spacy": "the language model", "onnxruntime": "the encoder or a model of one's own"}


def room_of(path: Path) -> str:
    top = path.relative_to(HERE).parts[0]
    return "store" if top.startswith("test_") else ROOMS.get(top, "unit")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="units alone, without models and other programs")


def pytest_configure(config: pytest.Config) -> None:
    for room in sorted({"unit", *ROOMS.values()}):
        config.addinivalue_line("markers", f"{room}: set by the folder of the test, see tests/rooms.py")
    if config.getoption("--quick"):
        sys.meta_path.insert(0, _Doorkeeper())


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Under `--quick` what is slow is not even read."""
    inside = config.getoption("--quick") and HERE in collection_path.parents
    return (inside and (room_of(collection_path) in SLOW or collection_path in LONG)) or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.add_marker(room_of(item.path))


class _Refused(Loader):
    def __init__(self, what: str) -> None:
        self._what = what

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        pytest.skip(f"--quick: asks for {self._what}", allow_module_level=True)

    def exec_module(self, module: ModuleType) -> None: ...


class _Doorkeeper(MetaPathFinder):
    """Says that a heavy library is there, and skips the test that imports it."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname) if fullname in HEAVY else None
        if spec:
            spec.loader = _Refused(HEAVY[fullname])
        return spec


@pytest.fixture(scope="session", autouse=True)
def light(request: pytest.FixtureRequest) -> Iterator[None]:
    """Under `--quick`: no program is started, for it would load what it likes."""
    with pytest.MonkeyPatch.context() as patch:
        if request.config.getoption("--quick"):
            patch.setattr(subprocess, "Popen", lambda *_, **__: pytest.skip("--quick: starts a program"))
        yield
