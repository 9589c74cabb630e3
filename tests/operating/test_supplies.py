"""What the product is made of is listed whole, and known holes in it are found without a network."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from app.settings import PROJECT

sys.path.insert(0, str(PROJECT / "deploy"))

from audit import holes, touches
from bill import bill_of, locked

LOCK = """\
alpha-beta==1.10.0 \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
Gamma.Delta==2!3.0rc1 ; sys_platform == 'win32' and python_full_version < '3.12' \\
    --hash=sha256:{c}
""".format(a="a" * 64, b="b" * 64, c="c" * 64)


def test_a_lock_file_is_read_whole() -> None:
    first, second = locked(LOCK)
    assert (first["name"], first["version"], first["where"]) == ("alpha-beta", "1.10.0", None)
    assert first["digests"] == ["a" * 64, "b" * 64]
    assert second["version"] == "2!3.0rc1"
    assert second["where"] == "sys_platform == 'win32' and python_full_version < '3.12'"


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_no_library_of_the_project_is_left_out(name: str) -> None:
    lock = (PROJECT / name).read_text("utf-8")
    found = locked(lock)
    assert len(found) == sum(
        "==" in line.split(";")[0] for line in lock.splitlines() if not line.startswith((" ", "#"))
    )
    assert all(one["digests"] for one in found)
    assert sum(len(one["digests"]) for one in found) == lock.count("--hash=sha256:")


def test_the_bill_has_the_form_and_is_the_same_every_time() -> None:
    project = {"name": "parallax", "version": "1.0", "license": "MIT"}
    bill = bill_of(LOCK, project)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert UUID(bill["serialNumber"].removeprefix("urn:uuid:"))
    refs = [c["bom-ref"] for c in bill["components"]]
    assert refs == ["pkg:pypi/alpha-beta@1.10.0", "pkg:pypi/gamma-delta@2!3.0rc1"]
    assert len(set(refs)) == len(refs)
    assert bill == bill_of(LOCK, project)
    assert bill["serialNumber"] != bill_of(LOCK.replace("1.10.0", "1.10.1"), project)["serialNumber"]


def test_the_command_prints_it() -> None:
    command = [sys.executable, "deploy/bill.py", "requirements.txt"]
    one, other = (subprocess.run(command, capture_output=True, cwd=PROJECT, check=True).stdout for _ in range(2))
    assert one == other
    assert json.loads(one)["metadata"]["component"]["name"] == "parallax"


def about(name: str = "alpha-beta", ecosystem: str = "PyPI", **said) -> dict:
    return {
        "id": "X-1",
        "summary": "It is open.",
        "affected": [{"package": {"name": name, "ecosystem": ecosystem}, **said}],
    }


def span(*events: tuple[str, str], kind: str = "ECOSYSTEM") -> dict:
    return {"ranges": [{"type": kind, "events": [{k: v} for k, v in events]}]}


@pytest.mark.parametrize(
    ("advisory", "touched"),
    [
        (about(versions=["1.10.0"]), True),
        (about(versions=["1.1", "1.9.0"]), False),
        (about(**span(("introduced", "0"))), True),
        (about(**span(("introduced", "0"), ("fixed", "1.9"))), False),
        (about(**span(("introduced", "0"), ("fixed", "1.10.1"))), True),
        (about(**span(("introduced", "0"), ("fixed", "1.10.0"))), False),
        (about(**span(("introduced", "0"), ("last_affected", "1.10.0"))), True),
        (about(**span(("introduced", "0"), ("last_affected", "1.9.9"))), False),
        (about(**span(("introduced", "0"), ("fixed", "1.2"), ("introduced", "1.9"), ("fixed", "2"))), True),
        (about(**span(("introduced", "1.11"))), False),
        (about("Alpha_Beta", **span(("introduced", "0"))), True),
        (about("alpha", **span(("introduced", "0"))), False),
        (about(ecosystem="npm", **span(("introduced", "0"))), False),
        (about(**span(("introduced", "0"), kind="GIT")), False),
        ({**about(versions=["1.10.0"]), "withdrawn": "2024-01-01T00:00:00Z"}, False),
    ],
    ids=["named", "others named", "all", "mended before", "mended after", "mended in it", "last one", "last before it",
         "twice", "later", "another spelling", "another name", "another world", "by commit", "withdrawn"],
)  # fmt: skip
def test_an_advisory_is_about_some_versions(advisory: dict, touched: bool) -> None:
    assert touches(advisory, "alpha-beta", "1.10.0") is touched


def asked(*words: str) -> tuple[int, str]:
    ran = subprocess.run(
        [sys.executable, "deploy/audit.py", *words], capture_output=True, text=True, cwd=PROJECT, check=False
    )
    return ran.returncode, ran.stdout + ran.stderr


def test_holes_are_found_in_a_folder_of_advisories(tmp_path: Path) -> None:
    lock, folder = tmp_path / "lock.txt", tmp_path / "advisories"
    folder.mkdir()
    lock.write_text(LOCK)
    code, said = asked(str(lock), "--advisories", str(folder))
    assert (code, "SKIPPED" in said) == (0, True), "an empty folder finds nothing because nothing was looked at"
    (folder / "X-1.json").write_text(json.dumps(about("other", versions=["1.10.0"])))
    assert asked(str(lock), "--advisories", str(folder)) == (0, "no known hole in 2 packages\n")
    (folder / "X-2.json").write_text(json.dumps(about(versions=["1.10.0"])))
    assert asked(str(lock), "--advisories", str(folder)) == (1, "alpha-beta 1.10.0: X-1 It is open.\n")
    assert list(holes(LOCK, folder)) == ["alpha-beta 1.10.0: X-1 It is open."]


@pytest.mark.skipif(shutil.which("pip-audit") is not None, reason="it may be asked here")
def test_where_nothing_can_be_asked_it_is_said_that_nothing_was_looked_at() -> None:
    code, said = asked("requirements.txt")
    assert code == 0
    assert said.startswith("audit SKIPPED, nothing was looked at")
