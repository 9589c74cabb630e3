"""A command as it is run from a shell, without a process of its own: words, standard input and environment in; exit code and both streams out.

The models stay loaded from one command to the next. `test_processes.py` runs each command once as a process.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import main
from app.settings import get_settings


@dataclass(frozen=True)
class Ran:
    returncode: int
    stdout: str
    stderr: str


def parallax(*words: str, stdin: str | None = None, database: Path | None = None) -> Ran:
    code: object = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["parallax", *words])
        if database:
            patch.setenv("PARALLAX_DATABASE", str(database))
        get_settings.cache_clear()
        with CliRunner().isolation(input=stdin, env=dict(os.environ)) as (out, err, *_):
            try:
                main()
            except SystemExit as ended:
                code = ended.code
            sys.stdout.flush()
            sys.stderr.flush()
            told = (out.getvalue().decode(), err.getvalue().decode())
    get_settings.cache_clear()
    assert code is None or isinstance(code, int)
    return Ran(code or 0, *told)
