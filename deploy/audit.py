"""Are there known holes in what the lock file names? `python deploy/audit.py requirements.txt [--advisories FOLDER]`

Asked of a folder of advisories (OSV records as JSON, as the advisory database for Python packages has them) where there is one,
so without any network; otherwise of `pip-audit`, where that is installed and gets an answer. Where neither can be had it says that
nothing was looked at, which is not the same as nothing found. Exit 1 only when something was found.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

sys.path.insert(0, str(Path(__file__).parent))

from bill import locked

__all__ = ["holes", "touches"]


def touches(advisory: dict[str, Any], name: str, version: str) -> bool:
    """Whether this version of the package is one that the advisory is about."""
    if advisory.get("withdrawn"):
        return False
    for affected in advisory.get("affected", ()):
        package = affected.get("package", {})
        if package.get("ecosystem") != "PyPI" or canonicalize_name(package.get("name", "")) != canonicalize_name(name):
            continue
        if version in affected.get("versions", ()):
            return True
        for span in affected.get("ranges", ()):
            if span.get("type") == "ECOSYSTEM" and _within(span.get("events", ()), Version(version)):
                return True
    return False


def _within(events: list[dict[str, str]], version: Version) -> bool:
    """Events in the order of versions: introduced opens, fixed closes before, last_affected after."""
    inside = False
    for event in events:
        (kind, given), *_ = event.items()
        try:
            at = Version("0" if given == "0" else given)
        except InvalidVersion:
            continue
        if kind == "introduced" and version >= at:
            inside = True
        elif (kind == "fixed" and version >= at) or (kind == "last_affected" and version > at):
            inside = False
    return inside


def holes(lock: str, folder: Path) -> Iterator[str]:
    """One line a hole: which package, which advisory, what it says."""
    packages = locked(lock)
    for file in sorted(folder.rglob("*.json")):
        advisory = json.loads(file.read_text("utf-8"))
        for one in packages:
            if touches(advisory, one["name"], one["version"]):
                said = (advisory.get("summary") or advisory.get("details", "")).partition("\n")[0]
                yield f"{one['name']} {one['version']}: {advisory.get('id', file.stem)} {said}".rstrip()


def _by_pip_audit(lock: Path) -> tuple[list[str] | None, str]:
    """What it found, or None and why it could not be asked."""
    command = [sys.executable, "-m", "pip_audit", "-r", str(lock), "--disable-pip", "--require-hashes", "-f", "json"]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)  # noqa: S603
    except subprocess.TimeoutExpired:
        return None, "pip-audit did not get an answer"
    try:
        told = json.loads(ran.stdout)["dependencies"]
    except (ValueError, KeyError):
        last = (ran.stderr.strip().splitlines() or ["it said nothing"])[-1]
        return None, f"pip-audit could not be asked: {last}"
    return [f"{d['name']} {d['version']}: {v['id']}" for d in told for v in d.get("vulns", ())], ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lock", type=Path)
    parser.add_argument("--advisories", type=Path, help="A folder of OSV records.")
    asked = parser.parse_args()
    if asked.advisories:
        if not any(asked.advisories.rglob("*.json")):
            print(f"audit SKIPPED: there are no advisories in {asked.advisories}")
            return 0
        found: list[str] | None = list(holes(asked.lock.read_text("utf-8"), asked.advisories))
        why = ""
    else:
        found, why = _by_pip_audit(asked.lock)
    if found is None:
        print(
            f"audit SKIPPED, nothing was looked at: {why}. A folder of advisories can be given: make audit ADVISORIES=path"
        )
        return 0
    print("\n".join(found) or f"no known hole in {len(locked(asked.lock.read_text('utf-8')))} packages")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
