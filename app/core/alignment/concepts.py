"""What a word stands for: an actor whatever it is called, a kind of act, a thing under one of its names, or itself.

"Seoul scrapped the accord" and "South Korea will end the pact" share every concept and not one word.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from importlib.resources import files

from app.core.lexicon.actions import action_lookup
from app.core.records import Claim, Word
from app.core.text import stem

__all__ = ["ACT", "ACTOR", "DATE", "MARKS", "THING", "concepts", "things"]

ACTOR, ACT, THING, DATE = "@", "!", "#", "%"
"""First letter of a concept that is not a plain stem."""
MARKS = frozenset({ACTOR, ACT, THING, DATE})


@lru_cache(maxsize=1)
def things() -> dict[str, str]:
    """Stem -> name of the set of things.toml that it stands in."""
    data = tomllib.loads(files(__package__).joinpath("things.toml").read_text("utf-8"))
    out: dict[str, str] = {}
    for row in data["sets"]:
        words = row.split()
        for word in words:
            out.setdefault(stem(word), words[0])
    return out


@lru_cache(maxsize=1)
def _acts() -> tuple[dict[str, str], dict[str, str]]:
    """Stem -> action class, for verbs and for nouns."""
    lookup = action_lookup()
    verbs: dict[str, str] = {}
    nouns: dict[str, str] = {}
    for form, name in lookup.verbs.items():
        verbs.setdefault(stem(form), name)
    for form, name in lookup.nouns.items():
        nouns.setdefault(stem(form), name)
    return verbs, nouns


def concepts(claims: Sequence[Claim], published: date | None = None) -> tuple[str, ...]:
    """The concepts of these claims, each place in the text once, in no telling order.

    The year and month of publication say nothing of what is reported and are left out.
    """
    out: dict[tuple[int, int], list[str]] = {}
    for claim in claims:
        taken = [(m.start, m.end) for m in claim.actors]
        for actor in claim.actors:
            out[actor.start, actor.end] = [ACTOR + actor.key]
        spans = [*taken, *((d.start, d.end) for d in claim.dates)]
        for mention in claim.dates:
            out[mention.start, mention.end] = _date(mention.value, published)
        acted = [(a.start, a.end, a.cls) for a in claim.actions]
        for start, end, cls in acted:
            out[start, end] = [ACT + cls]
            spans.append((start, end))
        context = frozenset(w.lemma for w in claim.words)
        for word in claim.words:
            if not any(s <= word.start and word.end <= e for s, e in spans):
                out[word.start, word.end] = [concept(word, context)]
    return tuple(sorted(c for found in out.values() for c in found if c))  # a lone sign has no stem


def concept(word: Word, context: Iterable[str] = ()) -> str:
    """What one word stands for; `context` are the lemmas around it, which tell "leave the pact" from "leave the house"."""
    lookup = action_lookup()
    near = frozenset(context)
    for heads, name in (*lookup.frames.get(word.lemma, ()), *lookup.noun_of.get(word.lemma, ())):
        if heads & near:
            return ACT + name
    root = stem(word.lemma)
    verbs, nouns = _acts()
    if root in things():
        return THING + things()[root]
    first, second = (verbs, nouns) if word.kind in {"verb", "name"} else (nouns, verbs)
    if root in first:
        return ACT + first[root]
    if root in second:
        return ACT + second[root]
    return root


def _date(value: str, published: date | None) -> list[str]:
    """A date and what it lies in: 2016-11-23 is also 2016-11 and 2016."""
    day = value.partition("T")[0]
    parts = day.split("-")
    wider = ["-".join(parts[: k + 1]) for k in range(len(parts))]
    now = {published.isoformat()[:4], published.isoformat()[:7]} if published else set()
    return [DATE + w for w in wider if w == day or w not in now]
