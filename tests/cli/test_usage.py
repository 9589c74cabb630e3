"""The command line's promises about words, exits and streams; what needs articles read is in test_commands.py."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from app.cli import app

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
    for command in "serve import extract compare pairs group search conflicts export snapshot evaluate backup reviewer example db".split():
        assert f" {command} " in listing


def test_module_and_command_are_the_same() -> None:
    ran = subprocess.run([sys.executable, "-m", "app", "--version"], capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("parallax ")


def test_evaluate_prints_json() -> None:
    assert isinstance(json.loads(run.invoke(app, ["evaluate", "--json"]).output), list)
