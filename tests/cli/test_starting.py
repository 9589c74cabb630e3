"""Commands that only look into the database load neither what reads articles nor what compares them: they answer at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("spacy", "numpy", "trafilatura", "onnxruntime", "alembic", "fastapi", "app.pipeline", "app.core.alignment", "app.core.relation", "app.core.claims")  # fmt: skip
FOR_WRITING = ("sqlmodel", "sqlalchemy.orm", "app.store.tables", "app.store.store", "app.store.write_rows", "app.store.checks", "app.store.methods.review", "argon2", "structlog")  # fmt: skip
CODE = f"""
import sys
from app.cli import main
try:
    main()
finally:
    print("loaded:", *sorted(set(sys.modules) & { {*HEAVY, *FOR_WRITING} }), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["stories"], id="stories"),
        pytest.param(["stories", "--json"], id="stories as lines"),
        pytest.param(["search", "pact"], id="search"),
        pytest.param(["search", "--actor", "Motegi", "--json"], id="search as lines"),
        pytest.param(["conflicts"], id="conflicts"),
        pytest.param(["audit"], id="audit"),
    ],
)
def test_what_it_does_not_need_is_not_loaded(example_database: Path, words: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", CODE, *words],
        env={**os.environ, "PARALLAX_DATABASE": str(example_database)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout
    loaded = set(ran.stderr.splitlines()[-1].removeprefix("loaded:").split())
    assert loaded & set(HEAVY) == set()
    if words[0] in ("stories", "search"):
        assert loaded == set(), "what lists and searches needs no tables, nor what writes them"
