"""The one register of outlets and agencies, as data: a table an outlet in the TOML files beside this module.

    [korea-times]                              the key: stable, in URLs
    name = "The Korea Times"                   as shown
    country = "KR"                             ISO 3166 alpha-2
    domains = ["koreatimes.co.kr"]             hosts under them are the outlet's
    names = ["Korea Times"]                    further forms, in site names, datelines, copyright lines, manifests, texts
    weak = ["The Times"]                       forms that mean something else as often: running text is not searched for them
    agency = true                              others carry its reports under its own line
    pictures = true                            it sells pictures: a credit, not a writer of reports
    state = "South Korea"                      the state it speaks for

To add an outlet, add a table; `parallax lexicon check` (run by the tests) says what does not fit.

load_outlets()     the register with its look-ups: by domain, by name, by dateline
"""

from __future__ import annotations

from importlib.resources import files

from app.core.lexicon.load import load, remembered
from app.core.lexicon.outlets.lookup import Outlets, bare_host
from app.core.records import Outlet

__all__ = ["Outlets", "bare_host", "declared", "load_outlets", "tables"]


@remembered(1)
def load_outlets() -> Outlets:
    """All declared outlets, in the order of their keys."""
    return Outlets(sorted((outlet for table in tables() for outlet in declared(table)), key=lambda o: o.key))


@remembered(1)
def tables() -> tuple[str, ...]:
    """The register's files by the names that `load` knows them under."""
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(f"outlets/{name.removesuffix('.toml')}" for name in names if name.endswith(".toml")))


def declared(table: str) -> tuple[Outlet, ...]:
    """One file's outlets as they stand."""
    return tuple(
        Outlet(
            key=key,
            name=value["name"],
            country=value.get("country"),
            domains=tuple(value.get("domains", ())),
            names=tuple(value.get("names", ())),
            weak=tuple(value.get("weak", ())),
            agency=value.get("agency", False),
            pictures=value.get("pictures", False),
            state=value.get("state"),
        )
        for key, value in load(table).items()
    )
