"""The command line's promises about words, exits and streams; what needs articles read is in test_commands.py."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.cli.output import console
from app.measured import load_shortfalls

run = CliRunner()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(["extract"], "--jsonl", id="extract-nothing"),
        pytest.param(["extract", "--jsonl", "file.txt"], "--jsonl", id="extract-both"),
        pytest.param(["extract", "--as-is", "-"], "--jsonl", id="as-is-alone"),
        pytest.param(["extract", "-", "--published", "yesterday"], "2019-11-22", id="date-that-is-none"),
        pytest.param(["import"], "targets", id="import-nothing"),
        pytest.param(["serve", "--port", "0"], "port", id="port-zero"),
        pytest.param(["nonsense"], "nonsense", id="unknown-command"),
    ],
)
def test_usage_errors_exit_2_and_say_what_is_wanted(words: list[str], told: str) -> None:
    result = run.invoke(app, words)
    assert result.exit_code == 2
    assert told in result.output


def test_every_command_of_the_contract_exists() -> None:
    listing = run.invoke(app, ["--help"]).output
    for command in "serve import extract compare pairs group stories search conflicts export snapshot evaluate backup reviewer example db".split():
        assert f" {command} " in listing


def test_module_and_command_are_the_same() -> None:
    ran = subprocess.run([sys.executable, "-m", "app", "--version"], capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("parallax ")


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        pytest.param([], {"question", "measure", "ours", "wanted", "held_out", "command"}, id="figures"),
        pytest.param(["--calibration"], {"question", "bins", "error", "pairs"}, id="calibration"),
        pytest.param(["--errors"], {"question", "data", "id", "cause", "say"}, id="errors"),
    ],
)
def test_evaluate_as_json_gives_one_list_of_like_objects(words: list[str], keys: set[str]) -> None:
    found = json.loads(run.invoke(app, ["evaluate", *words, "--json"]).stdout)
    assert found
    assert all(keys <= set(row) for row in found)


def test_evaluate_prints_the_errors_read_by_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "_width", 400)
    shown = run.invoke(app, ["evaluate", "--errors"]).stdout
    found = load_shortfalls()
    assert len(found) >= 20
    for one in found:
        assert one.cause in shown
        assert one.say in shown
    first = [shown.index(cause) for cause in dict.fromkeys(s.cause for s in found if s.question == found[0].question)]
    assert first == sorted(first)
