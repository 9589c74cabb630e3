"""A software bill of materials (CycloneDX 1.6, JSON) of what the lock file names: `python deploy/bill.py requirements.txt`.

The same lock file gives the same bytes: there is no clock in it, and its serial number is made from what it lists.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

__all__ = ["bill_of", "locked"]

_LOCKED = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)\s*(?:;\s*(?P<where>[^\\\n]+?))?\s*\\?$", re.MULTILINE
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def locked(lock: str) -> list[dict[str, Any]]:
    """Each library of a lock file: name, version, where it is wanted (None: everywhere), the digests of its files."""
    found = list(_LOCKED.finditer(lock))
    ends = [*(m.start() for m in found[1:]), len(lock)]
    return [
        {**m.groupdict(), "digests": _HASH.findall(lock[m.end() : end])} for m, end in zip(found, ends, strict=True)
    ]


def bill_of(lock: str, project: dict[str, Any]) -> dict[str, Any]:
    components = [_component(one) for one in sorted(locked(lock), key=lambda o: (o["name"].lower(), o["version"]))]
    name, version = project["name"], project["version"]
    body: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": f"{name}@{version}",
                "name": name,
                "version": version,
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": components,
    }
    serial = uuid5(NAMESPACE_URL, json.dumps(body, sort_keys=True))
    return {**body, "serialNumber": f"urn:uuid:{serial}"}


def _component(one: dict[str, Any]) -> dict[str, Any]:
    """Every file of a version has its own digest, so each is a reference of its own."""
    purl = f"pkg:pypi/{re.sub(r'[-_.]+', '-', one['name']).lower()}@{one['version']}"
    files = [
        {"type": "distribution", "url": purl, "hashes": [{"alg": "SHA-256", "content": d}]} for d in one["digests"]
    ]
    made = {
        "type": "library",
        "bom-ref": purl,
        "name": one["name"],
        "version": one["version"],
        "purl": purl,
        "externalReferences": files,
    }
    if one["where"]:
        made["properties"] = [{"name": "parallax:marker", "value": one["where"]}]
    return made


def main() -> int:
    lock = Path(sys.argv[1])
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    print(json.dumps(bill_of(lock.read_text("utf-8"), project), indent=1, sort_keys=True))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
