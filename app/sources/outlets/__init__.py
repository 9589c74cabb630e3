"""The outlets we know, as data: one declaration each in the TOML files beside this module."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from app.core.article import Outlets
from app.core.records import Outlet

__all__ = ["load_outlets"]


@lru_cache(maxsize=1)
def load_outlets() -> Outlets:
    """All declared outlets, in the order of their keys."""
    declared: list[Outlet] = []
    for entry in sorted(files(__name__).iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            for key, value in tomllib.loads(entry.read_text(encoding="utf-8")).items():
                declared.append(
                    Outlet(
                        key=key,
                        name=value["name"],
                        country=value.get("country"),
                        domains=tuple(value.get("domains", ())),
                        names=tuple(value.get("names", ())),
                    )
                )
    return Outlets(sorted(declared, key=lambda o: o.key))
