"""Which Parallax this is: what pages, exports and snapshots say of themselves, and what a program elsewhere must be to do its work."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

__all__ = ["code_digest", "software_version"]


@lru_cache(maxsize=1)
def software_version() -> str:
    try:
        return version("parallax")
    except PackageNotFoundError:
        return "unknown"


@lru_cache(maxsize=1)
def code_digest() -> str:
    """16 hexadecimal digits for every module, word and weight of this program, as its files are now; line ends as on one system."""
    here, found = Path(__file__).parent, hashlib.sha256()
    for path in sorted(p for p in here.rglob("*") if p.suffix in (".py", ".toml", ".json")):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        found.update(f"{path.relative_to(here).as_posix()}\n{len(content)}\n".encode())
        found.update(content)
    return found.hexdigest()[:16]
