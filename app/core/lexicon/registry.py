"""Names known beforehand: states with capitals and demonyms, seats of government, organisations, treaties.

`named_forms()` leads a printed form to what it names. Forms keep their case: "US" is a state and "us" is not. States come from
the country package, corrected by `states.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from app.core.lexicon.load import load, remembered
from app.core.lexicon.outlets import load_outlets
from app.core.records import ActorKind
from app.core.text import slug

__all__ = [
    "BareForm",
    "Institutions",
    "NamedForm",
    "Sort",
    "bare_forms",
    "institutions",
    "named_forms",
    "side_of",
    "state_actor",
    "states",
]

Sort = Literal["name", "demonym", "people", "capital", "weak"]
"""How a form names: `demonym` by belonging, `people` a nation's people, `capital` and `weak` only when the bearer acts."""


@dataclass(frozen=True, slots=True)
class NamedForm:
    """What one form names. `side` is the key of the state it speaks for, when it is no state itself."""

    key: str
    name: str
    kind: ActorKind
    sort: Sort
    side: str | None = None
    beside: frozenset[str] = frozenset()  # keys of states that the article must name too


@dataclass(frozen=True, slots=True)
class State:
    """One state with the forms that name it."""

    code: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    prefix: str

    @property
    def key(self) -> str:
        return slug(self.name)


@dataclass(frozen=True, slots=True)
class BareForm:
    """A form that means a state only in the company of others; see `regions.toml`."""

    form: str
    named: NamedForm
    beside: frozenset[str]  # keys
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Institutions:
    """Offices every state has: lower-case form -> name after the demonym; and the words that mean the state itself."""

    forms: dict[str, str]
    state_itself: frozenset[str]
    own_name: dict[tuple[str, str], str]  # (state key, office) -> name of the organisation


@remembered(1)
def states() -> tuple[State, ...]:
    """All states and nations, sorted by name."""
    from countryinfo import CountryInfo

    listed: dict[str, dict[str, Any]] = {}
    package: dict[str, Any] = dict(CountryInfo.all())
    for info in package.values():
        code = info.get("ISO", {}).get("alpha2")
        if code and not str(info["name"]).startswith(("Virgin Islands", "Palestine, ", "Wales")):
            listed.setdefault(code, dict(info))
    corrections = load("states")
    out = []
    for code in sorted({*listed, *corrections}):
        known, fix = listed.get(code, {}), corrections.get(code, {})
        if fix.get("skip"):
            continue
        name = fix.get("name") or known["name"]
        capital = known.get("capital")
        capitals = fix.get("capitals", [capital] if isinstance(capital, str) and capital and code != "CL" else [])
        demonym = known.get("demonym") or ""
        demonyms = fix.get("demonyms", [d.strip() for d in demonym.split(",") if d.strip()])
        out.append(
            State(
                code=code,
                name=name,
                names=tuple(dict.fromkeys((name, *fix.get("names", ())))),
                demonyms=() if name in demonyms else tuple(demonyms),
                people=tuple(fix.get("people", ())),
                prefix=fix.get("prefix") or (demonyms[0] if demonyms else name),
                capitals=() if fix.get("territory") else tuple(c for c in capitals if c != name),
            )
        )
    return tuple(sorted(out, key=lambda s: s.name))


@remembered(512)
def state_actor(key: str) -> State | None:
    """The state of a key, or None."""
    return next((s for s in states() if s.key == key), None)


def _plurals(demonym: str) -> tuple[str, ...]:
    """The people of a demonym: Korean -> Koreans; none for Japanese, French, Swiss."""
    if demonym.endswith(("ese", "ish", "ch", "sh", "ss", "ic")):
        return ()
    return (demonym[:-3] + "men" if demonym.endswith("man") and demonym not in {"German", "Oman"} else demonym + "s",)


@remembered(1)
def named_forms() -> dict[str, NamedForm]:
    """Printed form -> what it names. The first to claim a form keeps it: names before capitals before demonyms."""
    out: dict[str, NamedForm] = {}

    def add(form: str, named: NamedForm) -> None:
        out.setdefault(form, named)
        if form != form.upper() and form.upper() not in out and len(form) > 3 and named.sort in {"name", "demonym"}:
            out[form.upper()] = named  # headlines and datelines in capitals

    for sort in ("name", "capital", "demonym", "people"):
        for state in states():
            if sort == "demonym":
                forms = state.demonyms
            elif sort == "people":
                forms = (*state.people, *(p for d in state.demonyms for p in _plurals(d)))
            else:
                forms = state.names if sort == "name" else state.capitals
            for form in forms:
                add(form, NamedForm(state.key, state.name, ActorKind.STATE, sort))
    for table, kind in (("treaties", ActorKind.TREATY), ("organisations", ActorKind.ORGANISATION)):
        for entry in load(table)["treaty" if kind is ActorKind.TREATY else "organisation"]:
            side = slug(entry["state"]) if "state" in entry else None
            weak = entry.get("weak", ())
            for form in (entry["name"], *entry.get("names", ())):
                named = NamedForm(
                    slug(entry["name"]),
                    entry["name"],
                    kind,
                    "weak" if form in weak else "name",
                    side,
                    frozenset(map(slug, entry.get("beside", ()))),
                )
                if form not in weak:
                    out.pop(form, None)
                add(form, named)
    for outlet in load_outlets():
        side = slug(outlet.state) if outlet.state else None
        for form in outlet.sure_forms:
            add(form, NamedForm(outlet.key, outlet.name, ActorKind.ORGANISATION, "name", side))
    for form in load("organisations")["plain"]:
        add(form, NamedForm(slug(form), form, ActorKind.ORGANISATION, "name"))
    return out


@remembered(1)
def _sides() -> dict[str, str | None]:
    return {named.key: named.side for named in named_forms().values()}


def side_of(key: str) -> str | None:
    """The key of the state that an organisation of the registry speaks for."""
    return _sides().get(key)


@remembered(1)
def bare_forms() -> tuple[BareForm, ...]:
    """The forms of `regions.toml`, longest first."""
    name_of = {state.key: state.name for state in states()}

    def named(form: str, key: str) -> NamedForm:
        return NamedForm(key, name_of[key], ActorKind.STATE, "demonym" if form.endswith("n") else "name")

    rules = (
        BareForm(
            form=row["form"],
            named=named(row["form"], slug(row["means"])),
            beside=frozenset(slug(b) for b in row["beside"]),
            not_before=tuple(row.get("not_before", ())),
            not_after=tuple(row.get("not_after", ())),
        )
        for row in load("regions")["bare"]
    )
    return tuple(sorted(rules, key=lambda r: (-len(r.form), r.form)))


@remembered(1)
def institutions() -> Institutions:
    """The table of `institutions.toml`."""
    table = load("institutions")
    forms = {form: row["name"] for row in table["institution"] for form in row["forms"]}
    own = {(slug(state), office): name for state, row in table["own_name"].items() for office, name in row.items()}
    return Institutions(forms, frozenset(table["state_itself"]["words"]), own)
