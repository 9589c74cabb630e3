"""Offices that every state has: "Japan's foreign ministry", "the South Korean presidential office", "the Korean top court"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.core.lexicon.registry import NamedForm, institutions, named_forms, states
from app.core.records import ActorKind
from app.core.text import slug

__all__ = ["Office", "find_offices"]


@dataclass(frozen=True, slots=True)
class Office:
    """One office found; `named` is None while its state is open. `start` includes a demonym, not a possessor."""

    start: int
    end: int
    office: str
    named: NamedForm | None
    capital: bool


@lru_cache(maxsize=1)
def _forms() -> re.Pattern[str]:
    forms = sorted(institutions().forms, key=lambda f: (-len(f), f))
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(f) for f in forms) + r")(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=512)
def office_of(state: str, office: str) -> NamedForm:
    """The organisation that an office of a state is: by its own name, else demonym and office."""
    own = institutions().own_name.get((state, office))
    if own is not None:
        return named_forms()[own]
    holder = next(s for s in states() if s.key == state)
    name = f"{holder.prefix} {office}"
    return NamedForm(slug(name), name, ActorKind.ORGANISATION, "name", state)


# "the army said", not "army barracks": a bare lower-case noun after it makes the form an adjective.
_ADJECTIVE = re.compile(
    r" (?!(?:said|says|has|had|have|is|was|are|were|will|would|did|does|can|could|may|might|must|and|or|but|to|in|on|for|of|that|which|who|by|at|from|with|as|when|after|before|while|since|over|against|under)\b)"
    r"(?![a-z]+(?:ed|s)\b)[a-z]"
)
_BOTH_WAYS = frozenset(
    {"military", "army", "navy", "air force", "coast guard", "coastguard", "parliament", "embassy", "armed forces"}
)
_BETWEEN = re.compile(r"^(?:'s?)? (?:(?:own|presidential|national|highest|the|new|ruling) )*$")


def find_offices(flat: str, registry: Sequence[tuple[int, int, NamedForm]]) -> list[Office]:
    """Offices in order. One without a state stays open when capitalised or already known; the caller decides."""
    ends = {end: (start, named) for start, end, named in registry if named.kind is ActorKind.STATE}
    in_order = sorted(ends)
    out: list[Office] = []
    for m in _forms().finditer(flat):
        office = institutions().forms[m.group().lower()]
        if m.group() in _BOTH_WAYS and _ADJECTIVE.match(flat, m.end()):
            continue
        capital = m.group()[0].isupper()
        start, named = m.start(), None
        last = bisect_right(in_order, m.start()) - 1
        end = in_order[last] if last >= 0 else -1
        between = flat[end : m.start()] if 0 <= m.start() - end <= 34 and end >= 0 else None
        if between is not None and _BETWEEN.match(between):
            state_start, state = ends[end]
            named = office_of(state.key, office)
            if not between.startswith("'") and state.sort in {"demonym", "name"}:
                start = state_start
        out.append(Office(start, m.end(), office, named, capital))
    return out
