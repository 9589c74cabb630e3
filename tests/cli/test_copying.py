"""`parallax copy`: what it says of each table, for people and for scripts."""

from __future__ import annotations

import json
from pathlib import Path

from running import parallax


def test_it_says_what_was_copied_and_writes_nothing_over(example_database: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite3"
    done = parallax("copy", str(example_database), str(target), "--json")
    assert done.returncode == 0, done.stderr
    tables = {t["name"]: t for t in map(json.loads, done.stdout.splitlines())}
    assert tables["articles"]["rows"] == 6
    assert len(tables["claims"]["digest"]) == 64
    assert "and read again: the same" in done.stderr
    again = parallax("copy", str(example_database), str(target))
    assert (again.returncode, again.stdout) == (1, "")
    assert "not empty" in again.stderr
    for_people = parallax("copy", str(target), str(tmp_path / "third.sqlite3"))
    assert f"articles: 6 rows, {tables['articles']['digest'][:16]}" in for_people.stdout
