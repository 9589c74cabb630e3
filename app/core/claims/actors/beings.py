"""Actors while they are put together, and the book that comes of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.core.claims.actors.book import ActorBook, Sex
from app.core.claims.actors.names import short_names
from app.core.claims.actors.spans import Cover
from app.core.records import Actor, ActorKind, ActorMention
from app.core.text import fold

__all__ = ["Being", "BeingMark", "book_of", "settled"]


@dataclass(slots=True)
class Being:
    """An actor while it is put together."""

    key: str
    name: str
    kind: ActorKind
    side: str | None = None
    role: str | None = None
    sex: Sex | None = None
    ambiguous: bool = False
    first: int | None = None
    forms: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BeingMark:
    start: int
    end: int
    key: str
    rank: int  # of two that overlap, the longer stays; of equals the lower rank


# "Republicans", "Houthis": spoken of as they
_PLURAL = re.compile(r"[A-Z][a-z]{3,}(?:[^s]s|ies|Tories)|Taliban")


def settled(marks: Sequence[BeingMark], length: int) -> list[BeingMark]:
    """Overlaps settled, the longer name stays; in order."""
    kept: list[BeingMark] = []
    taken = Cover(length)
    for mark in sorted(marks, key=lambda m: (-(m.end - m.start), m.rank, m.start, m.key)):
        if not taken.touches(mark.start, mark.end):
            kept.append(mark)
            taken.add(mark.start, mark.end)
    return sorted(kept, key=lambda m: m.start)


def book_of(
    source: str, marks: Sequence[BeingMark], beings: Mapping[str, Being], known_forms: Mapping[str, str]
) -> ActorBook:
    """Actors in order of first mention, their mentions and every form that leads to them."""
    mentions = []
    for mark in settled(marks, len(source)):
        being = beings[mark.key]
        text = source[mark.start : mark.end]
        being.forms.setdefault(text)
        being.first = mark.start if being.first is None else min(being.first, mark.start)
        mentions.append(ActorMention(being.key, being.name, being.kind, text, mark.start, mark.end))
    seen = [b for b in beings.values() if b.forms]
    actors = tuple(
        Actor(b.key, b.name, b.kind, b.role, tuple(f for f in b.forms if f != b.name), b.ambiguous, side=b.side)
        for b in sorted(seen, key=lambda b: (b.first if b.first is not None else 0, b.key))
    )
    sexes = {b.key: b.sex for b in seen if b.sex}
    plural = frozenset(
        b.key for b in seen if b.kind is ActorKind.ORGANISATION and any(_PLURAL.fullmatch(f) for f in b.forms)
    )
    return ActorBook(actors, tuple(mentions), _forms(seen, known_forms), sexes, plural)


def _forms(seen: Sequence[Being], known_forms: Mapping[str, str]) -> dict[str, str]:
    """Folded form -> key; a short name only when one person bears it."""
    forms: dict[str, str] = dict(known_forms)
    for being in seen:
        for form in (being.name, *being.forms):
            forms.setdefault(fold(form), being.key)
    bearers: dict[str, set[str]] = {}
    for being in seen:
        if being.kind is ActorKind.PERSON and not being.ambiguous:
            for short in short_names(being.name):
                bearers.setdefault(fold(short), set()).add(being.key)
    for short, keys in bearers.items():
        if len(keys) == 1:
            forms.setdefault(short, next(iter(keys)))
    return forms
