"""Which Parallax this is: what pages, exports and snapshots say of themselves."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

__all__ = ["software_version"]


def software_version() -> str:
    try:
        return version("parallax")
    except PackageNotFoundError:
        return "unknown"
