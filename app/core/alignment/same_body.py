"""Which of a story's names are one organisation's: acronyms, legal forms, what one outlet leaves out, a letter misspelt."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import combinations

from app.core.alignment.cast_list import CastList, NamedKey
from app.core.claims.actors.fullnames import spelt_alike
from app.core.claims.actors.names import is_given
from app.core.lexicon.load import word_set
from app.core.lexicon.spelling import canonical_spelling
from app.core.records import ActorKind
from app.core.text import fold

__all__ = ["BodyLikeness", "body_likeness", "join_bodies", "stands_for", "words_of_body"]


class BodyLikeness(IntEnum):
    """How two names are alike, the surest last. Below `SAME` a name must have one fitting partner in the story."""

    NONE = 0
    SPELT = 1  # but for a letter
    SHORTER = 2  # the one leaves words out
    SAME = 3  # but for a legal form, order, spelling


_SMALL = frozenset("the of for and de la le in on at to a an".split())
_AS_ONE = (("united states", "us"), ("united kingdom", "uk"), ("united nations", "un"), ("european union", "eu"))


@lru_cache(maxsize=16384)
def words_of_body(name: str) -> tuple[str, ...]:
    """The telling words of a name, in one spelling, without a legal form behind."""
    plain = re.sub(r"[.’']", "", fold(name))
    for long, short in _AS_ONE:
        plain = re.sub(rf"\b{long}\b", short, plain)
    words: list[str] = []
    for word in re.findall(r"[^\W_]+", plain):
        if words and words[-1] in word_set("bodies", "place_first"):
            words[-1] += word  # "new york" is one word, and "west virginia" no virginia
        elif word not in _SMALL:
            words.append(canonical_spelling(word))
    while len(words) > 1 and words[-1] in word_set("bodies", "legal"):
        words.pop()
    return tuple(words)


def _is_common(words: tuple[str, ...]) -> bool:
    """A head that many bodies share and no name alone: "the ministry"."""
    return len(words) == 1 and words[0] in word_set("bodies", "common")


@lru_cache(maxsize=65536)
def body_likeness(a: tuple[str, ...], b: tuple[str, ...]) -> BodyLikeness:
    """The same whichever comes first; of the words of two names."""
    if not a or not b or _is_common(a) or _is_common(b):
        return BodyLikeness.NONE
    if a == b or "".join(a) == "".join(b) or (len(a) > 1 and sorted(a) == sorted(b)):
        return BodyLikeness.SAME
    if len(a) == len(b):
        apart = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
        near = len(apart) == 1 and not _is_telling(apart[0][0]) and not _is_telling(apart[0][1])
        least = 4 if len(a) > 1 else 7
        return BodyLikeness.SPELT if near and spelt_alike(*apart[0], least) else BodyLikeness.NONE
    short, long = (a, b) if len(a) < len(b) else (b, a)
    left_out = _left_out(short, long)
    if left_out is None or any(_is_telling(w) for w in left_out):
        return BodyLikeness.NONE
    return BodyLikeness.SHORTER


def _is_telling(word: str) -> bool:
    return word in word_set("bodies", "telling") or word.isdigit()


def _left_out(short: tuple[str, ...], long: tuple[str, ...]) -> tuple[str, ...] | None:
    """What the shorter name leaves out, where that can be the same body: in front, between, or a tail of the usual kind."""
    extra = len(long) - len(short)
    if long[extra:] == short:
        return None if word_set("bodies", "common") & set(long[:extra]) else long[:extra]
    if long[: len(short)] == short:
        tail = long[len(short) :]
        return tail if all(w in word_set("bodies", "tail") for w in tail) else None
    if len(short) > 1 and long[0] == short[0] and long[-1] == short[-1] and set(short) <= set(long):
        return long[1 : 1 + extra]
    return None


def stands_for(acronym: str, name: str) -> bool:
    """Whether the letters of an acronym are the initials of a name's words: ANA, All Nippon Airways."""
    letters = re.sub(r"[^A-Z]", "", acronym)
    if len(letters) < 2 or len(re.sub(r"[.\s]", "", acronym)) != len(letters):
        return False
    parts = re.findall(r"[^\W\d_]+", name)
    told = "".join(p[0] for p in parts if p.lower() not in _SMALL).upper()
    return len(parts) > 1 and letters in (told, "".join(p[0] for p in parts).upper())


# --- in a story -----------------------------------------------------------------------------------------------------


def join_bodies(cast: CastList) -> None:
    """Join names that are one body's: what its articles call it, its acronym, then by likeness, the surest and longest first."""
    bodies = [n for n in cast.all if n.kind is not ActorKind.PERSON or _may_be_a_body(n)]
    _join_by_form(cast, bodies)
    _join_acronyms(cast, bodies)
    pairs = sorted(_pairs(bodies), key=lambda p: (-p[0], -len(words_of_body(p[1].name)), p[1].place, p[2].place))
    longer: dict[tuple[str, int], list[NamedKey]] = defaultdict(list)
    for _, short, long in pairs:
        longer[short.place].append(long)
    for level, short, long in pairs:
        if level is not BodyLikeness.SAME and set(words_of_body(short.name)) <= cast.small and not short.name.isupper():
            continue
        partners = cast.groups(n for n in longer[short.place] if n.place not in {m.place for m in cast.group(short)})
        if _may_be_one(cast.group(short), cast.group(long)) and (level is BodyLikeness.SAME or len(partners) == 1):
            cast.join(short, long)


def _may_be_a_body(person: NamedKey) -> bool:
    """A name of several words that was read as a person's without a given name or a role that would say so."""
    full = person.full
    return full is not None and not (person.role or full.family_first or is_given(person.name.split()[0]))


def _join_by_form(cast: CastList, bodies: Sequence[NamedKey]) -> None:
    """A name that another article gives to a longer named body as a short form of it."""
    called: dict[str, list[NamedKey]] = defaultdict(list)
    for body in bodies:
        for form in body.forms:
            called[form].append(body)
    for body in bodies:
        bearers = cast.groups(
            b for b in called.get(fold(body.name), ()) if b is not body and len(b.name) > len(body.name)
        )
        if len(bearers) == 1 and _may_be_one(cast.group(body), bearers[0]):
            cast.join(body, bearers[0][0])


def _join_acronyms(cast: CastList, bodies: Sequence[NamedKey]) -> None:
    long = [n for n in bodies if " " in n.name]
    for short in bodies:
        if " " in short.name or not short.name.isupper():
            continue
        meant = cast.groups(n for n in long if stands_for(short.name, n.name))
        if len(meant) == 1 and _may_be_one(cast.group(short), meant[0]):
            cast.join(short, meant[0][0])


def _pairs(bodies: Sequence[NamedKey]) -> Iterable[tuple[BodyLikeness, NamedKey, NamedKey]]:
    """(how alike, the shorter, the longer), found by a word that both have or the letters that one begins with."""
    blocks: dict[str, list[NamedKey]] = defaultdict(list)
    for body in bodies:
        words = words_of_body(body.name)
        for block in {*words, "".join(words), *(w[:4] for w in words if len(w) > 4)}:
            blocks[block].append(body)
    seen = set()
    for block in sorted(blocks):
        for a, b in combinations(blocks[block], 2):
            if (a.place, b.place) in seen:
                continue
            seen.add((a.place, b.place))
            level = body_likeness(words_of_body(a.name), words_of_body(b.name))
            if level and not (a.kind is b.kind is ActorKind.PERSON):
                short, long = sorted((a, b), key=lambda n: (len(words_of_body(n.name)), n.place))
                yield level, short, long


def _may_be_one(one: Sequence[NamedKey], other: Sequence[NamedKey]) -> bool:
    """Of two bodies that the registry names, none is the other."""
    known = {n.key for n in (*one, *other) if n.known}
    return len(known) < 2
