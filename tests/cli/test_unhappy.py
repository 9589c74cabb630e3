"""What goes wrong on the command line: one line on stderr that says what, where and how to mend it, and exit 1."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.cli import main as command
from app.errors import BadInput
from app.settings import get_settings
from app.store import Store, engine

run = CliRunner()


def ran(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Exit code and stderr of a command, in this process."""
    monkeypatch.setattr(sys, "argv", ["parallax", *words])
    get_settings.cache_clear()
    with pytest.raises(SystemExit) as ended:
        command()
    return ended.value.code or 0, capsys.readouterr().err  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        pytest.param("PARALLAX_LOG_LEVEL", "loud", "'loud' cannot be used", id="log level"),
        pytest.param("PARALLAX_MAX_BODY_BYTES", "big", "unable to parse", id="bytes"),
        pytest.param("PARALLAX_WRITABLE", "perhaps", "unable to interpret", id="writable"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(monkeypatch, capsys, name: str, value: str, told: str) -> None:
    monkeypatch.setenv(name, value)
    code, err = ran(monkeypatch, capsys, "reviewer", "list")
    assert code == 1
    assert f"{name}: " in err
    assert told in err
    assert "Traceback" not in err


def test_a_cluster_that_is_none_is_named_before_anything_is_made(database: Path, monkeypatch, capsys, tmp_path) -> None:
    (tmp_path / "a.txt").write_text("Twelve people died when a ferry sank on Sunday.")
    code, err = ran(monkeypatch, capsys, "import", str(tmp_path / "a.txt"), "--dask", "nowhere at all")
    assert code == 1
    assert err.startswith("error nowhere at all: this is no address of a Dask scheduler.")
    assert not database.exists()


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("pairs", "--articles"), id="pairs"),
        pytest.param(("fit", "--pairs"), id="fit"),
    ],
)
@pytest.mark.parametrize(
    ("kind", "told"),
    [("missing", "There is no such file"), ("folder", "Is a directory"), ("no text", "encoding cannot be told")],
)
def test_a_file_of_lines_that_cannot_be_read_is_named(monkeypatch, capsys, tmp_path, words, kind: str, told) -> None:
    path = tmp_path / "lines.jsonl"
    if kind == "folder":
        path.mkdir()
    elif kind == "no text":
        path.write_bytes(b"\xff\xfe\x00")
    code, err = ran(monkeypatch, capsys, *words, str(path))
    assert code == 1
    assert str(path) in err
    assert told in err


@pytest.mark.parametrize(
    "words",
    [
        ["export", "gsomia-korea-japan"],
        ["export", "--labelled", "--story", "gsomia-korea-japan"],
        ["snapshot", "gsomia-korea-japan"],
        ["search", "pact", "--story", "gsomia-korea-japan"],
        ["conflicts", "--story", "gsomia-korea-japan"],
        ["reread", "--story", "gsomia-korea-japan"],
    ],
    ids=" ".join,
)
def test_a_story_nearly_named_is_suggested(example_store: Store, words: list[str]) -> None:
    slug = example_store.library.stories().items[0].story.slug
    error = run.invoke(app, words).exception
    assert str(error) == f"there is no story 'gsomia-korea-japan'. Did you mean {slug}?"


def test_a_story_that_is_like_none_says_how_to_list_them(example_store: Store) -> None:
    assert "parallax stories" in str(run.invoke(app, ["export", "zzz"]).exception)


def test_stories_lists_what_other_commands_take(example_store: Store) -> None:
    card = json.loads(run.invoke(app, ["stories", "--json"]).stdout)
    assert card["story"] == example_store.library.stories().items[0].story.slug
    assert (card["articles"], len(card["outlets"])) == (6, 5)
    assert card["rows"]["conflict"] == example_store.library.stories().items[0].counts["conflict"]
    assert "GSOMIA" in run.invoke(app, ["stories"]).stdout


def test_a_port_that_is_taken_is_said_before_anything_starts() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        error = run.invoke(app, ["serve", "--port", str(taken.getsockname()[1])]).exception
    assert isinstance(error, BadInput)
    assert "--port" in str(error)


def test_an_export_that_cannot_be_written_is_one_line(example_store: Store, monkeypatch, capsys, tmp_path) -> None:
    slug = example_store.library.stories().items[0].story.slug
    code, err = ran(monkeypatch, capsys, "export", slug, "-o", str(tmp_path / "none" / "x.csv"))
    assert code == 1
    assert err.count("\n") == 1
    assert "No such file" in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_one_line(database: Path, example_store: Store) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "app", "stories", "--json"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
            env=dict(os.environ) | {"PARALLAX_DATABASE": str(database)},
        )  # fmt: skip
    assert done.returncode == 1
    assert "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_error_message(database: Path, example_store: Store) -> None:
    slug = example_store.library.stories().items[0].story.slug
    with subprocess.Popen(
        [sys.executable, "-m", "app", "export", slug, "-f", "json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=dict(os.environ) | {"PARALLAX_DATABASE": str(database)},
    ) as process:  # fmt: skip
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 1


def test_stopping_by_hand_leaves_no_traceback() -> None:
    # who runs the tests in the background may ignore SIGINT, and their children would too
    heeding = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); from app.cli import main; "
        "print('ready', file=sys.stderr, flush=True); main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", heeding, "group"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None
            process.stderr.readline()  # however busy the machine is
            time.sleep(2)  # it waits for standard input by then
            process.send_signal(signal.SIGINT)
            _, told = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode in {1, 130}
    assert "Traceback" not in told


def test_the_command_line_starts_without_heavy_libraries() -> None:
    heavy = "('sqlalchemy', 'spacy', 'fastapi', 'numpy', 'trafilatura')"
    found = subprocess.run(
        [sys.executable, "-c", f"import sys, app.cli; print([m for m in {heavy} if m in sys.modules])"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert found.stdout.strip() == "[]"


def test_a_disk_that_is_full_is_one_line_and_what_was_kept_stays(
    example_store: Store, monkeypatch, capsys, tmp_path: Path
) -> None:
    begin = engine.event.listens_for

    def small(made, name):
        def and_small(hook):
            if name != "begin":
                return begin(made, name)(hook)
            return begin(made, name)(lambda c: (hook(c), c.exec_driver_sql("PRAGMA max_page_count = 1")))

        return and_small

    monkeypatch.setattr(engine.event, "listens_for", small)
    report = tmp_path / "long.txt"
    report.write_text("\n\n".join(f"The council met on day {n} and approved bridge number {n}." for n in range(300)))
    code, err = ran(monkeypatch, capsys, "import", str(report))
    assert code == 1
    assert "the disk is full. Free some space" in err
    assert "Traceback" not in err
    assert example_store.library.articles().total == 6


def test_a_lock_that_stays_is_one_line(example_store: Store, monkeypatch, capsys, tmp_path: Path) -> None:
    monkeypatch.setattr("app.cli.keeping.PATIENCE_SECONDS", 0.1)
    with closing(sqlite3.connect(example_store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        code, err = ran(monkeypatch, capsys, "snapshot", "gsomia-south-korea-and-japan")
    assert code == 1
    assert "others are writing" in err
    assert "locked" not in err
