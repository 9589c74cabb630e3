"""A story whose import was cut short, on the command line: it is named as such, and `reread` makes up for it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from app import pipeline
from app.cli import app
from app.core.records import Hints
from app.rereading import current_version
from app.store import Store

run = CliRunner()
SAID = "The ferry sank off Harbour City on Sunday. {} people died, the coast guard said on Monday."


@pytest.fixture
def cut_short(store: Store) -> Store:
    for outlet, dead in (("Reuters", "Twelve"), ("Daily Harbour", "Fifteen")):
        page = pipeline.paste(SAID.format(dead), Hints(outlet=outlet, headline=f"{outlet} on the ferry", story="ferry"))
        for reading in pipeline.read_pages([page]):
            store.articles.keep_article(reading)
    return store


@pytest.mark.parametrize(
    "command",
    [["export", "ferry"], ["export", "ferry", "-f", "md"], ["conflicts"], ["conflicts", "--json"]],
    ids=" ".join,
)
def test_it_is_said_beside_the_result(cut_short: Store, command: list[str]) -> None:
    done = run.invoke(app, command)
    assert done.exit_code == 0
    assert "not compared yet" in done.stderr


def test_it_is_said_in_the_list_of_stories_and_of_claims(cut_short: Store) -> None:
    assert "not compared yet" in run.invoke(app, ["stories"]).stdout
    assert json.loads(run.invoke(app, ["stories", "--json"]).stdout)["waiting"] is True
    found = [json.loads(line) for line in run.invoke(app, ["search", "ferry", "--json"]).stdout.splitlines()]
    assert {(c["status"], c["waiting"]) for c in found} == {(None, True)}


def test_reread_compares_it_though_every_article_was_read_by_this_version(cut_short: Store) -> None:
    for article_id, reading in cut_short.articles.readings_of("ferry"):
        cut_short.articles.reread(article_id, reading, reader_version=current_version())
    assert json.loads(run.invoke(app, ["reread", "--json"]).stdout) == {
        "articles": 0,
        "changed": 0,
        "stories": ["ferry"],
    }
    assert json.loads(run.invoke(app, ["stories", "--json"]).stdout)["waiting"] is False
    assert "ferry" not in run.invoke(app, ["reread"]).stderr


def test_an_import_that_is_stopped_says_what_is_left(cut_short: Store, monkeypatch) -> None:
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "keep", stopped)
    done = run.invoke(app, ["import", "nothing.txt"])
    assert done.exit_code != 0
    assert "Not compared yet: ferry" in done.stderr
