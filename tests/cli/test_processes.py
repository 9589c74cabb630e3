"""Each command once as a process of its own, end to end: what it prints, that it ends, and with which code.

Read by rules, so that no process loads a model; what the models find is tested in process. They are forked from a process that has
imported everything (`programs.py`); which imports a command does by itself is tested in `test_starting.py`.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from programs import Programs

from app.cli import app

REPORT = "Twelve people died when a ferry sank off Harbour City on Sunday, the coast guard said."
OTHER = "Fifteen people died when a ferry sank off Harbour City on Sunday, police said."
PAIR = json.dumps({"id": 1, "a": REPORT, "b": OTHER}) + "\n"

HELLO = (
    json.dumps(
        {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "initialize",
            "params": {
                "protocolVersion": "2025-06-18",
                "capabilities": {},
                "clientInfo": {"name": "test", "version": "1"},
            },
        }
    )
    + "\n"
)

# command -> words, standard input, what stands in what it prints
COMMANDS = {
    "extract": (["extract", "a.txt"], None, '"claims"'),
    "compare": (["compare", "--json", "a.txt", "b.txt"], None, '"rows"'),
    "pairs": (["pairs"], PAIR, '"relation"'),
    "group": (["group"], json.dumps({"id": "a", "text": REPORT}) + "\n", '"story"'),
    "import": (["import", "a.txt", "--json"], None, '"same": 1'),
    "example": (["example", "--if-empty"], None, ""),
    "stories": (["stories", "--json"], None, '"story": "ferry"'),
    "mcp": (["mcp"], HELLO, '"serverInfo"'),
    "search": (["search", "ferry", "--json"], None, "Harbour City"),
    "searches": (["searches", "list", "--json"], None, ""),
    "webhooks": (["webhooks", "send"], None, ""),
    "conflicts": (["conflicts", "--json"], None, ""),
    "export": (["export", "ferry", "-f", "json"], None, "Harbour City"),
    "cite": (["cite", "ferry"], None, "Parallax"),
    "snapshot": (["snapshot", "ferry", "--json"], None, '"digest"'),
    "reviewer": (["reviewer", "list"], None, ""),
    "correct": (["correct", "story", "ferry", "--title", "The ferry"], None, "changed the title"),
    "decide": (["decide", "1", "--right"], None, "confirm by"),
    "reread": (["reread", "--json"], None, '"articles"'),
    "audit": (["audit", "--json"], None, ""),
    "watch": (["watch", "list", "--json"], None, ""),
    "check": (["check"], None, ""),
    "backup": (["backup", "copy.sqlite3"], None, ""),
    "restore": (["restore", "kept.sqlite3"], None, ""),
    "copy": (["copy", "kept.sqlite3", "copied.sqlite3"], None, "claims: "),
    "prune": (["prune", "--yes"], None, "versions: 0"),
    "vacuum": (["vacuum", "--json"], None, '"after"'),
    "db": (["db", "upgrade"], None, ""),
    "lexicon": (["lexicon", "check"], None, ""),
    "evaluate": (["evaluate", "--json"], None, '"measure"'),
    "fit": (["fit", "--help"], None, "--pairs"),
    "serve": (["serve", "--help"], None, "--port"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, programs: Programs) -> Path:
    """Two reports, a database that holds them, and a copy of it, as processes made them."""
    made = tmp_path_factory.mktemp("shell")
    (made / "a.txt").write_text(REPORT, encoding="utf-8")
    (made / "b.txt").write_text(OTHER, encoding="utf-8")
    for words in (["import", "a.txt", "b.txt", "--story", "ferry"], ["backup", "kept.sqlite3"]):
        assert programs.run(made, *words).returncode == 0
    return made


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_as_a_process(folder: Path, programs: Programs, name: str) -> None:
    words, stdin, told = COMMANDS[name]
    done = programs.run(folder, *words, stdin=stdin)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert told in done.stdout


def test_no_command_is_left_out() -> None:
    named = {c.name or c.callback.__name__ for c in app.registered_commands if c.callback}
    groups = {g.name or g.typer_instance.info.name for g in app.registered_groups if g.typer_instance}
    assert named | groups == COMMANDS.keys()
