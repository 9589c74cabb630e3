"""Commands about people: a token is printed once and alone, what is ended is out, names are known in any spelling."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.errors import ParallaxError
from app.store import open_store

TOKEN = re.compile(r"plx_[a-z0-9]{10}_[A-Za-z0-9_-]{43}")
run = CliRunner()


@pytest.fixture
def path(database: Path, blank: Path) -> Path:
    return shutil.copy(blank, database)


def ok(*words: str) -> str:
    ran = run.invoke(app, ["reviewer", *words], catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return ran.stdout


def refused(*words: str) -> str:
    ran = run.invoke(app, ["reviewer", *words])
    assert ran.exit_code
    return str(ran.exception) if isinstance(ran.exception, ParallaxError) else ran.output


def admitted(path: Path, token: str):
    with open_store(path) as store:
        return store.people.admitted_by_token(token.strip())


def test_a_token_is_printed_once_and_alone(path: Path) -> None:
    token = ok("add", "Ann Lee", "--role", "admin")
    assert TOKEN.fullmatch(token.strip())
    found = admitted(path, token)
    assert (found.name, found.role) == ("Ann Lee", "admin")
    for listing in (ok("list"), ok("list", "--json"), ok("token", "list"), ok("token", "list", "--json")):
        assert not TOKEN.search(listing)
        assert "argon2" not in listing
    with open_store(path) as store:
        assert [p.by for p in store.people.everybody()] == ["reader"], "in the name of PARALLAX_REVIEWER"


def test_a_database_is_made_for_the_first_reviewer(database: Path) -> None:
    assert admitted(database, ok("add", "Ann", "--role", "reviewer"))


def test_what_scripts_get(path: Path) -> None:
    made = json.loads(ok("add", "Ann", "--role", "editor", "--json"))
    assert set(made) == {"name", "role", "token"}
    more = json.loads(ok("token", "add", "ANN", "--name", "laptop", "--scope", "add", "--json"))
    assert (more["reviewer"], more["name"], more["scope"]) == ("Ann", "laptop", "add")
    assert admitted(path, more["token"]).scope == "add"
    (person,) = [json.loads(line) for line in ok("list", "--json").splitlines()]
    assert [t["name"] for t in person["tokens"]] == ["first", "laptop"]
    assert person["ended_at"] is None


def test_rotating_and_revoking(path: Path) -> None:
    ok("add", "Ann", "--role", "editor")
    old = ok("token", "add", "Ann", "--name", "laptop")
    new = ok("token", "rotate", "Ann", "--name", "laptop")
    assert admitted(path, old) is None
    assert admitted(path, new).name == "Ann"
    ok("token", "revoke", "Ann", "--name", "laptop")
    assert admitted(path, new) is None
    assert "no token" in refused("token", "revoke", "Ann", "--name", "laptop")


def test_of_two_tokens_of_one_name_the_prefix_says_which(path: Path) -> None:
    ok("add", "Ann", "--role", "editor")
    one, two = (ok("token", "add", "Ann", "--name", "laptop") for _ in range(2))
    assert "several" in refused("token", "revoke", "Ann", "--name", "laptop")
    ok("token", "revoke", "Ann", "--name", one[4:14])
    assert admitted(path, one) is None
    assert admitted(path, two)


def test_roles_and_ends(path: Path) -> None:
    token = ok("add", "Ann", "--role", "admin")
    ok("role", "Ann", "reader")
    assert admitted(path, token).role == "reader"
    ok("end", "ann")
    assert admitted(path, token) is None
    assert "no such reviewer" in refused("role", "Ann", "admin")
    assert "is, or was" in refused("add", "ANN", "--role", "admin")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", "Ann"), "--role"),
        (("add", "Ann", "--role", "king"), "king"),
        (("add", "Parallax", "--role", "admin"), "machine"),
        (("end", "Nobody"), "no reviewer"),
        (("token", "add", "Nobody", "--name", "x"), "no reviewer"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, tuple) else v,
)
def test_what_is_refused(path: Path, words: tuple[str, ...], told: str) -> None:
    assert told in refused(*words)
