"""`audit`: the log as a table, as files, and whether it still holds what was its end once."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.errors import BadInput
from app.store import Store

run = CliRunner()


@pytest.fixture
def said(example_store: Store) -> Store:
    row = next(example_store.rows.every(example_store.library.stories().items[0].story.slug))
    example_store.review.flag(row.id, by="Ida", note="hm")
    example_store.review.decide(row.id, "confirm", by="Jo")
    return example_store


def test_the_latest_first_for_people(said: Store) -> None:
    shown = run.invoke(app, ["audit"]).stdout
    assert shown.index("Jo") < shown.index("Ida")
    assert "Ida" not in run.invoke(app, ["audit", "--by", "Jo"]).stdout


def test_the_oldest_first_for_scripts(said: Store, tmp_path: Path) -> None:
    lines = [json.loads(line) for line in run.invoke(app, ["audit", "--json"]).stdout.splitlines()]
    assert [line["by"] for line in lines] == ["Ida", "Jo"]
    target = tmp_path / "audit.csv"
    assert run.invoke(app, ["audit", "--csv", "--kind", "flag", "-o", str(target)]).exit_code == 0
    (only,) = csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig")))
    assert only["hash"] == lines[0]["hash"]


def test_its_end_is_known_again(said: Store) -> None:
    head = run.invoke(app, ["audit", "--head"]).stdout.strip()
    assert head.startswith("2:")
    assert run.invoke(app, ["audit", "--holds", head]).exit_code == 0
    assert isinstance(run.invoke(app, ["audit", "--holds", f"3:{head[2:]}"]).exception, BadInput)
    for nonsense in ("x", "2", "2:abc", ":" + head[2:]):
        assert isinstance(run.invoke(app, ["audit", "--holds", nonsense]).exception, BadInput)


def test_check_says_where_the_chain_breaks(said: Store) -> None:
    assert "audit: sound" in run.invoke(app, ["check"]).stdout
    with closing(sqlite3.connect(said.path)) as connection, connection:
        connection.execute("DROP TRIGGER audit_refuse_update")
        connection.execute("UPDATE audit SET \"by\" = 'Kim' WHERE id = 1")
    found = run.invoke(app, ["check", "--json"])
    told = {r["question"]: r["faults"] for r in map(json.loads, found.stdout.splitlines())}
    assert found.exit_code == 1
    assert "line 1 of the audit log" in told["audit"][0]


def test_a_restore_leaves_a_line_and_goes_on_from_the_backup(said: Store, tmp_path: Path) -> None:
    saved = tmp_path / "saved.sqlite3"
    assert run.invoke(app, ["backup", str(saved)]).exit_code == 0
    row = next(said.rows.every(said.library.stories().items[0].story.slug))
    said.review.decide(row.id, "relabel", by="Ida", value="Gone soon")
    ended = said.audit.head()
    assert run.invoke(app, ["restore", str(saved)]).exit_code == 0
    last = said.audit.page().items[0]
    assert (last.what, last.kind, last.by) == ("restored", "database", "reader")
    assert (last.before["line"], last.before["hash"]) == (ended.line, ended.hash)
    assert said.checks.answer("audit").faults == ()


def test_the_queue_of_one_person(said: Store) -> None:
    row = said.rows.conflicts().items[0].row.id
    said.review.set_work(row, by="Ida", assigned="reader", state="in work")
    (mine,) = map(json.loads, run.invoke(app, ["conflicts", "--mine", "--json"]).stdout.splitlines())
    assert (mine["alignment"], mine["assigned"], mine["work"]) == (row, "reader", "in work")
    assert run.invoke(app, ["conflicts", "--assigned", "Jo", "--json"]).stdout == ""
    assert run.invoke(app, ["conflicts", "--assigned", "Jo", "--mine"]).exit_code == 2
    assert "reader" in run.invoke(app, ["conflicts"]).stdout


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--outlet", "kbs"],
        ["--dimension", "polarity"],
        ["--likely", "0.8"],
        ["--order", "unlikely"],
        ["--state", "open"],
        ["--work", "in work"],
        ["--outlet", "kbs", "--dimension", "polarity", "--likely", "0.5"],
    ],
    ids=" ".join,
)
def test_the_queue_is_narrowed_as_its_page_is(said: Store, words: list[str]) -> None:
    given = dict(zip((w[2:] for w in words[::2]), words[1::2], strict=True))
    given = {k: float(v) if k == "likely" else v for k, v in given.items()}
    asked = run.invoke(app, ["conflicts", *words, "--json"])
    shown = [json.loads(line)["alignment"] for line in asked.stdout.splitlines()]
    assert shown == [c.row.id for c in said.rows.conflicts(**given).items]
    assert bool(shown) is ("--work" not in words)


def test_the_queue_knows_what_it_cannot_be_narrowed_by(said: Store) -> None:
    for words in (["--dimension", "colour"], ["--likely", "2"], ["--order", "size"]):
        assert run.invoke(app, ["conflicts", *words]).exit_code == 2
