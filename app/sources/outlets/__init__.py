"""The outlets we know, as data: declarations in the TOML files beside this module, one table an outlet.

    [korea-times]                              the key: stable, in URLs
    name = "The Korea Times"                   as shown
    country = "KR"                             ISO 3166 alpha-2
    domains = ["koreatimes.co.kr"]             hosts under them are the outlet's
    names = ["Korea Times"]                    further forms, in site names, datelines, copyright lines, manifests

To add an outlet, add a table; `lint` (run by the tests) says what does not fit.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files

from app.core.article import Outlets
from app.core.records import Outlet

__all__ = ["declared", "lint", "load_outlets"]


@lru_cache(maxsize=1)
def load_outlets() -> Outlets:
    """All declared outlets, in the order of their keys."""
    return Outlets(sorted(declared(), key=lambda o: o.key))


def declared() -> Iterator[Outlet]:
    """The declarations, file by file, as they stand; a key said in two files comes twice."""
    for entry in sorted(files(__name__).iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            for key, value in tomllib.loads(entry.read_text(encoding="utf-8")).items():
                yield Outlet(
                    key=key,
                    name=value["name"],
                    country=value.get("country"),
                    domains=tuple(value.get("domains", ())),
                    names=tuple(value.get("names", ())),
                )


def lint(outlets: Iterable[Outlet]) -> list[str]:
    """What is wrong with these declarations, one sentence each; empty when nothing is."""
    wrong: list[str] = []
    keys: set[str] = set()
    domains: dict[str, str] = {}
    names: dict[str, str] = {}
    for outlet in outlets:
        if outlet.key in keys:
            wrong.append(f"{outlet.key}: declared twice.")
        keys.add(outlet.key)
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", outlet.key):
            wrong.append(f"{outlet.key}: a key is lower-case words joined by hyphens.")
        if not outlet.country or not re.fullmatch(r"[A-Z]{2}", outlet.country):
            wrong.append(f"{outlet.key}: country is not two capitals.")
        if not outlet.domains:
            wrong.append(f"{outlet.key}: has no domain.")
        for domain in outlet.domains:
            if not re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", domain) or domain.startswith("www."):
                wrong.append(f"{outlet.key}: {domain} is not a bare domain.")
            if (other := domains.setdefault(domain, outlet.key)) != outlet.key:
                wrong.append(f"{outlet.key}: {domain} is also {other}'s.")
        for name in (outlet.name, *outlet.names):
            if not name.strip():
                wrong.append(f"{outlet.key}: an empty name.")
            if (other := names.setdefault(name.casefold().removeprefix("the "), outlet.key)) != outlet.key:
                wrong.append(f"{outlet.key}: {name} is also {other}'s.")
    return wrong
