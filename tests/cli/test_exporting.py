"""`export` in every format and `snapshot`, in process: whole, of the same words as the pages give, and refused when unclear."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.errors import NotFound
from app.store import Store

run = CliRunner()
STORY = "the story"


@pytest.fixture
def story(example_store: Store) -> str:
    return example_store.library.stories().items[0].story.slug


def test_every_format_to_standard_output(story: str) -> None:
    graph = json.loads(run.invoke(app, ["export", story, "-f", "jsonld"]).stdout)["@graph"]
    rows = json.loads(run.invoke(app, ["export", story, "-f", "json"]).stdout)["rows"]
    assert sum(n["@type"] == "Claim" for n in graph) == len(rows) > 0
    assert graph[0]["@id"] == f"urn:parallax:stories:{story}"
    archive = zipfile.ZipFile(io.BytesIO(run.invoke(app, ["export", story, "-f", "zip"]).stdout_bytes))
    assert archive.testzip() is None
    assert len(archive.namelist()) == 6


@pytest.mark.parametrize(
    ("options", "query"),
    [
        pytest.param(["--status", "conflict"], {"status": "conflict"}, id="status"),
        pytest.param(["--outlet", "kbs"], {"outlet": "kbs"}, id="outlet"),
        pytest.param(["--actor", "toshimitsu-motegi"], {"actor": "toshimitsu-motegi"}, id="actor"),
        pytest.param(["--from", "2019-11-23", "--to", "2019-11-28"], {"from": "2019-11-23", "to": "2019-11-28"}, id="days"),
        pytest.param(["--only-differences", "--sort", "event"], {"only": "1", "sort": "event"}, id="differences by date"),
        pytest.param(["--outlets", "kbs", "--outlets", "npr", "--strictness", "0.9"], {"strictness": "0.9", "outlets": "kbs,npr"}, id="two outlets, strict"),
    ],
)  # fmt: skip
def test_filters_choose_rows_and_the_file_says_so(story: str, options: list[str], query: dict[str, str]) -> None:
    every = json.loads(run.invoke(app, ["export", story, "-f", "json"]).stdout)
    found = json.loads(run.invoke(app, ["export", story, "-f", "json", *options]).stdout)
    assert "chosen" not in every
    assert found["chosen"] == query
    assert len(found["rows"]) > 0
    assert [r["id"] for r in found["rows"]] != [r["id"] for r in every["rows"]]


def test_a_file_is_written_whole(story: str, tmp_path: Path) -> None:
    target = tmp_path / "story.zip"
    assert run.invoke(app, ["export", story, "-f", "zip", "-o", str(target)]).exit_code == 0
    assert zipfile.ZipFile(target).testzip() is None
    assert [p.name for p in tmp_path.glob("story*")] == ["story.zip"]


def test_a_snapshot_is_made_once_listed_and_exported(story: str, example_store: Store) -> None:
    made = run.invoke(app, ["snapshot", story, "--note", "for the essay", "--json"])
    card = json.loads(made.stdout)
    assert (card["story"], card["note"]) == (story, "for the essay")
    assert re.fullmatch(r"[0-9a-f]{64}", card["digest"])
    assert f"SHA-256 {card['digest']}" in made.stderr
    assert run.invoke(app, ["snapshot", story]).stdout.strip() == card["id"]
    assert run.invoke(app, ["snapshot", story, "--list"]).stdout.split() == [card["id"]]
    before = run.invoke(app, ["export", "--snapshot", card["id"], "-f", "csv"]).stdout
    row = next(example_store.rows.every(story))
    example_store.review.decide(row.id, "relabel", by="Ida", value="Another wording")
    assert run.invoke(app, ["export", "--snapshot", card["id"], "-f", "csv"]).stdout == before
    assert "Another wording" in run.invoke(app, ["export", story]).stdout


def test_labelled_pairs_are_what_reviewers_said(story: str, example_store: Store) -> None:
    assert run.invoke(app, ["export", "--labelled"]).stdout == ""
    row = next(r for r in example_store.rows.every(story) if r.status.value == "conflict")
    example_store.review.decide(row.id, "confirm", by="Ida")
    lines = [json.loads(line) for line in run.invoke(app, ["export", "--labelled"]).stdout.splitlines()]
    assert lines
    assert all(line["same"] and line["by"] == "Ida" for line in lines)
    of_story = run.invoke(app, ["export", "--labelled", "--story", story]).stdout
    assert len(of_story.splitlines()) == len(lines)


@pytest.mark.parametrize(
    "arguments",
    [
        ["export"],
        ["export", "a", "--snapshot", "b"],
        ["export", "--labelled", "--snapshot", "b"],
        ["export", "a", "--story", "b"],
        ["export", "--snapshot", "b", "--status", "conflict"],
        ["export", "--labelled", "--actor", "b"],
    ],
    ids=" ".join,
)
def test_what_is_unclear_is_a_usage_error(story: str, arguments: list[str]) -> None:
    ran = run.invoke(app, arguments)
    assert ran.exit_code == 2
    assert "STORY" in ran.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "none"],
        ["export", "none", "-f", "zip"],
        ["export", STORY, "--outlet", "none"],
        ["export", STORY, "--actor", "nobody at all"],
        ["snapshot", "none"],
        ["snapshot", "none", "--list"],
        ["export", "--snapshot", "none"],
        ["export", "--labelled", "--story", "none"],
    ],
    ids=" ".join,
)
def test_what_is_not_there_is_an_error(story: str, arguments: list[str]) -> None:
    asked = [story if part == STORY else part for part in arguments]
    assert isinstance(run.invoke(app, asked).exception, NotFound)
