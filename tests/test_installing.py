"""A plain install, as the container makes it: the wheel holds all that is read at run time, and works on its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

HERE = Path(__file__).parents[1]
NEEDED = (
    "app", "migrations", "static", "templates", "LICENSE", "MANIFEST.in", "README.md", "pyproject.toml", "setup.py",
)  # fmt: skip
BUILD = "import sys; from setuptools import build_meta; getattr(build_meta, sys.argv[1])(sys.argv[2])"


def files_in(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def python(*words: str, where: Path, **environment: str) -> str:
    own = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, *words], cwd=where, env=own | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but what the wheel holds that was built from the source distribution."""
    source, packed, site = (tmp_path_factory.mktemp(name) for name in ("source", "packed", "site"))
    for name in NEEDED:
        if (HERE / name).is_dir():
            shutil.copytree(HERE / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(HERE / name, source)
    python("-c", BUILD, "build_sdist", str(packed), where=source)
    (archive,) = packed.iterdir()
    shutil.unpack_archive(archive, packed, filter="data")
    (unpacked,) = (path for path in packed.iterdir() if path.is_dir())
    python("-c", BUILD, "build_wheel", str(site), where=unpacked)
    (wheel,) = site.glob("*.whl")
    shutil.unpack_archive(wheel, site, "zip")
    return site


@pytest.mark.parametrize("folder", ["migrations", "static", "templates"])
def test_a_wheel_holds_the_folders_beside_the_code(installed: Path, folder: str) -> None:
    assert files_in(installed / "app" / "files" / folder) == files_in(HERE / folder)


def test_a_wheel_holds_the_code_and_its_data(installed: Path) -> None:
    assert files_in(HERE / "app") <= files_in(installed / "app")


def test_what_was_installed_makes_a_database_and_shows_it(installed: Path, tmp_path: Path) -> None:
    own = {"PYTHONPATH": str(installed), "PARALLAX_DATABASE": str(tmp_path / "own.sqlite3")}
    own |= {
        "PARALLAX_LANGUAGE_MODEL": "rules",
        "PARALLAX_ENCODER": "off",
    }  # packages of their own, and not what is asked here
    python("-m", "app", "example", "--if-empty", where=tmp_path, **own)
    assert "GSOMIA" in python("-m", "app", "stories", "--json", where=tmp_path, **own)
    shown = """if True:
        import app
        from fastapi.testclient import TestClient
        from app.settings import get_settings
        from app.store import open_store
        from app.web.app import create_app
        with open_store(get_settings().database) as store, TestClient(create_app(get_settings(), store)) as client:
            print(app.__file__, client.get("/", headers={"host": "localhost"}).status_code)
        """
    assert python("-c", shown, where=tmp_path, **own).split() == [str(installed / "app" / "__init__.py"), "200"]


def test_the_container_is_built_from_all_that_the_wheel_needs() -> None:
    text = (HERE / "Dockerfile").read_text("utf-8")
    for name, value in re.findall(r"^ARG (\w+)=(\S+)$", text, re.MULTILINE):
        text = text.replace(f"${{{name}}}", value)
    lines = text.splitlines()
    copied = {
        word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]
    }
    assert set(NEEDED) <= copied
    let_in = [line[1:] for line in (HERE / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")]
    assert [name for name in copied if not any(fnmatch(name, way) for way in let_in)] == []
