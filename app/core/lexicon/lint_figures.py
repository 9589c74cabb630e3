"""What is wrong with the data by which numbers and dates are read: units, fates, measures, named days, zones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.core.lexicon.load import load

__all__ = ["lint_counts", "lint_days", "lint_units"]


def lint_units() -> Iterator[str]:
    table: dict[str, Any] = load("units")
    seen: dict[str, str] = {}
    units: set[str] = set()
    for group, rows in table.items():
        if group in {"before", "convert", "hedges", "hedges_after"}:
            continue
        for unit, forms in rows.items():
            units.add(unit)
            for form in forms:
                if seen.get(form, unit) != unit:
                    yield f"units.toml [{unit}]: {form!r} belongs to {seen[form]} already"
                seen[form] = unit
    for unit, row in table["convert"].items():
        if unit not in units or row["to"] not in units | {"kmh"}:
            yield f"units.toml [convert]: {unit!r} to {row['to']!r} names an unknown unit"
        if row["to"] in table["convert"]:
            yield f"units.toml [convert]: {unit!r} goes to {row['to']!r}, which is converted itself"


def lint_counts() -> Iterator[str]:
    """Measures name kinds of unit that there are; a word tells one fate of people and one of things at most in one way."""
    kinds = set(load("units")) | {"count", "share", "magnitude"}
    for name, row in load("measured")["measure"].items():
        yield from (
            f"measured.toml [{name}]: unknown kind of unit {kind!r}" for kind in row["units"] if kind not in kinds
        )
    for field in ("done", "suffered", "nouns", "toll"):
        seen: dict[tuple[str, bool], str] = {}
        for name, row in load("counted")["fate"].items():
            for word in row[field]:
                other = seen.setdefault((word, row["people"]), name)
                if other != name:
                    yield f"counted.toml [{name}]: {word!r} belongs to {other} already"


def lint_days() -> Iterator[str]:
    """Named days that there are, and a zone for each form."""
    for row in load("dates")["named"]:
        try:
            date(row["year"], row["month"], row["day"])
        except ValueError:
            yield f"dates.toml [named]: there is no day {row['year']}-{row['month']}-{row['day']}"
    seen: dict[str, str] = {}
    for zone, row in load("dates")["zone"].items():
        for form in row["forms"]:
            if seen.setdefault(form, zone) != zone:
                yield f"dates.toml [{zone}]: {form!r} belongs to {seen[form]} already"
