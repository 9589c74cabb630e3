"""What is wrong with the data of the lexicon, each fault in one sentence that names the file and the word."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from app.core.lexicon.actions import ActionClass, action_classes
from app.core.lexicon.lint_figures import lint_counts, lint_days, lint_units
from app.core.lexicon.load import load, word_set
from app.core.lexicon.outlets import declared, tables
from app.core.lexicon.outlets.lookup import plain_name
from app.core.lexicon.registry import states
from app.core.lexicon.spelling import canonical_spelling
from app.core.records import Outlet, Stance

__all__ = ["lint_lexicon"]

_DOMAINS = frozenset(
    "agreement speech law politics force disaster business measure health sport life movement general".split()
)


_STANCES = frozenset(Stance) - {Stance.RETRACTS}


def lint_lexicon() -> list[str]:
    """All faults, sorted; an empty list when the data are sound."""
    checks = (
        _actions,
        _operators,
        _organisations,
        _outlets,
        _regions,
        _institutions,
        lint_units,
        lint_counts,
        lint_days,
        _spelling,
        _roles,
        _names,
        _speakers,
        _cues,
    )
    return sorted(fault for check in checks for fault in check())


def _actions() -> Iterator[str]:
    classes = action_classes()
    scales: dict[str, list[str]] = defaultdict(list)
    for name, row in classes.items():
        where = f"actions.toml [{name}]"
        if row.domain not in _DOMAINS:
            yield f"{where}: unknown domain {row.domain!r}"
        if not (row.verbs or row.nouns or row.frames or row.noun_of):
            yield f"{where}: no word at all"
        if row.strength not in {1, 2, 3}:
            yield f"{where}: strength {row.strength} is not 1, 2 or 3"
        if row.scale:
            scales[row.scale].append(name)
        yield from _opposites(where, row, classes)
        for other in sorted(row.near):
            if other not in classes:
                yield f"{where}: near names the unknown class {other!r}"
            elif name not in classes[other].near:
                yield f"{where}: near names {other!r}, which does not name it back"
        for word, others in (*row.frames, *row.noun_of):
            if not others or not word:
                yield f"{where}: the frame of {word!r} has no object; write 'verb + object object'"
    for scale, members in sorted(scales.items()):
        if len(members) < 2:
            yield f"actions.toml [{members[0]}]: alone on the scale {scale!r}"
    yield from _doubles(classes)


def _opposites(where: str, row: ActionClass, classes: dict[str, ActionClass]) -> Iterator[str]:
    if row.opposite is None:
        return
    other = classes.get(row.opposite)
    if other is None:
        yield f"{where}: opposite is the unknown class {row.opposite!r}"
        return
    back = classes.get(other.opposite or "")
    if back is None or (back is not row and (row.scale is None or back.scale != row.scale)):
        yield f"{where}: opposite is {row.opposite!r}, whose opposite is {other.opposite!r}"


def _doubles(classes: dict[str, ActionClass]) -> Iterator[str]:
    for kind in ("verbs", "nouns"):
        seen: dict[str, set[str]] = defaultdict(set)
        for name, row in classes.items():
            for form in getattr(row, kind):
                if form != form.lower():
                    yield f"actions.toml [{name}]: {form!r} is not lower case"
                seen[canonical_spelling(form)].add(name)
        for form, names in sorted(seen.items()):
            if len(names) > 1:
                yield f"actions.toml: {kind[:-1]} {form!r} stands in {', '.join(sorted(names))}"
    framed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, row in classes.items():
        for word, others in (*row.frames, *row.noun_of):
            for other in others:
                framed[word, other].add(name)
    for (word, other), names in sorted(framed.items()):
        if len(names) > 1:
            yield f"actions.toml: frame {word!r} + {other!r} stands in {', '.join(sorted(names))}"


def _operators() -> Iterator[str]:
    table = load("operators")
    for kind in ("verbs", "adjectives", "nouns"):
        seen: dict[str, str] = {}
        for name, row in table["modality"].items():
            for word in row.get(kind, "").split():
                if word in seen:
                    yield f"operators.toml: {kind} {word!r} is both {seen[word]} and {name}"
                seen[word] = name


def _organisations() -> Iterator[str]:
    known = {s.name for s in states()}
    seen: dict[str, str] = {}
    for table, field in (("organisations", "organisation"), ("treaties", "treaty")):
        for entry in load(table)[field]:
            where = f"{table}.toml [{entry['name']}]"
            for name in [n for n in (entry.get("state"), *entry.get("beside", ())) if n is not None]:
                if name not in known:
                    yield f"{where}: unknown state {name!r}"
            for form in (entry["name"], *entry.get("names", ())):
                if form in seen:
                    yield f"{where}: the form {form!r} belongs to {seen[form]} already"
                seen[form] = entry["name"]
            for form in entry.get("weak", ()):
                if form not in (entry["name"], *entry.get("names", ())):
                    yield f"{where}: weak names {form!r}, which is no form of it"

    for form in load("organisations")["plain"]:
        if form in seen:
            yield f"organisations.toml plain: the form {form!r} belongs to {seen[form]} already"
        seen[form] = form


def _outlets() -> Iterator[str]:
    listed = [(table, outlet) for table in tables() for outlet in declared(table)]
    keys = Counter(outlet.key for _, outlet in listed)
    bearers: dict[str, set[str]] = defaultdict(set)
    for _, outlet in listed:
        for mark in _marks(outlet):
            bearers[mark].add(outlet.key)
    for table, outlet in listed:
        where = f"{table}.toml [{outlet.key}]"
        if keys[outlet.key] > 1:
            yield f"{where}: the key {outlet.key!r} stands twice"
        for mark in sorted(_marks(outlet)):
            if others := bearers[mark] - {outlet.key}:
                yield f"{where}: {mark!r} belongs to {min(others)} too"
        yield from _outlet(where, outlet)


def _marks(outlet: Outlet) -> set[str]:
    """By what an outlet is found; no two may share one."""
    return {*outlet.domains, *(plain_name(form) for form in outlet.forms)}


def _outlet(where: str, outlet: Outlet) -> Iterator[str]:
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", outlet.key):
        yield f"{where}: a key is words in lower case joined by hyphens"
    if not outlet.country or not re.fullmatch(r"[A-Z]{2}", outlet.country):
        yield f"{where}: the country {outlet.country!r} is not two capitals"
    if not outlet.domains:
        yield f"{where}: 'domains' is missing"
    for domain in outlet.domains:
        if not re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", domain) or domain.startswith("www."):
            yield f"{where}: {domain!r} is not a bare domain"
    for form in outlet.weak:
        if form not in outlet.forms:
            yield f"{where}: weak names {form!r}, which is no form of it"
    if outlet.state and outlet.state not in {s.name for s in states()}:
        yield f"{where}: unknown state {outlet.state!r}"


def _regions() -> Iterator[str]:
    known = {s.name for s in states()}
    for row in load("regions")["bare"]:
        for name in (row["means"], *row["beside"]):
            if name not in known:
                yield f"regions.toml [{row['form']}]: unknown state {name!r}"


def _institutions() -> Iterator[str]:
    table = load("institutions")
    seen: dict[str, str] = {}
    for row in table["institution"]:
        for form in row["forms"]:
            if form != form.lower():
                yield f"institutions.toml [{row['name']}]: {form!r} is not lower case"
            if form in seen:
                yield f"institutions.toml [{row['name']}]: {form!r} belongs to {seen[form]} already"
            seen[form] = row["name"]
    known = {s.name for s in states()}
    organisations = {e["name"] for e in load("organisations")["organisation"]}
    for state, offices in table["own_name"].items():
        if state not in known:
            yield f"institutions.toml [own_name]: unknown state {state!r}"
        for office, name in offices.items():
            if office not in seen.values():
                yield f"institutions.toml [own_name]: unknown office {office!r}"
            if name not in organisations:
                yield f"institutions.toml [own_name]: {name!r} stands in no organisations.toml"


def _spelling() -> Iterator[str]:
    for variant in load("spelling")["variants"]:
        once = canonical_spelling(variant)
        if canonical_spelling(once) != once:
            yield f"spelling.toml: {variant!r} goes to {once!r}, which goes on to {canonical_spelling(once)!r}"
        if variant in load("spelling")["keep"]["words"].split():
            yield f"spelling.toml: {variant!r} is both changed and kept"


def _roles() -> Iterator[str]:
    table = load("roles")
    both = set(table["honours"]["m"]) & set(table["honours"]["f"])
    yield from (f"roles.toml [honours]: {word!r} is both m and f" for word in sorted(both))


def _speakers() -> Iterator[str]:
    table = load("speakers")
    fields = ("organisations", "documents", "persons", "groups")
    for field in fields:
        words = table[field].split()
        yield from (f"speakers.toml [{field}]: {w!r} is not lower case" for w in words if w != w.lower())
        yield from (
            f"speakers.toml [{field}]: {w!r} stands twice" for w in sorted({w for w in words if words.count(w) > 1})
        )
    for one, other in (("persons", "organisations"), ("persons", "documents"), ("persons", "groups")):
        both = word_set("speakers", one) & word_set("speakers", other)
        yield from (f"speakers.toml [{one}]: {word!r} stands in {other} too" for word in sorted(both))
    for noun, same in table["same"].items():
        if noun in same.split():
            yield f"speakers.toml [same]: {noun!r} stands for itself"
    sexes = set(table["sex"]["f"].split()) & set(table["sex"]["m"].split())
    yield from (f"speakers.toml [sex]: {word!r} is both f and m" for word in sorted(sexes))


def _cues() -> Iterator[str]:
    table = load("cues")
    for kind in ("verb", "noun"):
        seen: dict[str, str] = {}
        for family, row in table[kind].items():
            stance = row.get("stance", family)
            if stance not in _STANCES:
                yield f"cues.toml [{kind}.{family}]: unknown stance {stance!r}"
            for lemma in row["lemmas"].split():
                if lemma in seen:
                    yield f"cues.toml [{kind}.{family}]: {lemma!r} belongs to {seen[lemma]} already"
                seen[lemma] = family


def _names() -> Iterator[str]:
    given = word_set("names", "given")
    for field in ("women", "either"):
        missing = word_set("names", field) - given - (word_set("names", "family_first") if field == "either" else set())
        yield from (f"names.toml [{field}]: {word!r} is not among the given names" for word in sorted(missing))
