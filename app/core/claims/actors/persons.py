"""Whose name a person's name is: full names of one person under one key, short names to their bearers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from app.core.claims.actors.beings import Being
from app.core.claims.actors.names import in_title_case, is_family_first, is_given, short_names
from app.core.claims.actors.people import FoundName
from app.core.claims.actors.roles import honour, role_before, sex_of
from app.core.lexicon.load import word_set
from app.core.text import slug

__all__ = ["FullNames", "enters_as_kin", "in_a_longer_name", "person_meant", "short_bearers"]


class FullNames:
    """Full names settled: a form with a middle initial, a longer and a shorter form of one person get one key.

    The longest form names the actor.
    """

    def __init__(self, full: Sequence[FoundName], known: Iterable[str]) -> None:
        self._canonical: dict[str, str] = {}
        self._same: dict[str, str] = {}
        texts = sorted({f.text for f in full}, key=lambda t: (-len(t.split()), t))
        ends: dict[tuple[str, str], list[str]] = {}
        for other in (*texts, *known):
            parts = other.split()
            ends.setdefault((parts[0], parts[-1]), []).append(other)
        for text in texts:
            parts = text.split()
            same = [o for o in ends[parts[0], parts[-1]] if o != text and len(o.split()) > len(parts)]
            same = [] if is_family_first(text) else same
            self._same[text] = slug(same[0] if len(same) == 1 else text)
            self._canonical.setdefault(self._same[text], same[0] if len(same) == 1 else text)

    def key(self, text: str) -> str:
        return self._same.get(text, slug(text))

    def name(self, text: str) -> str:
        """The name of the actor that a full name means."""
        return self._canonical.get(self.key(text), text)


def short_bearers(people: Iterable[Being], *, given: bool = False) -> dict[str, list[str]]:
    """Short name -> keys of those who bear it, in order of key; with `given`, first names too."""
    out: dict[str, list[str]] = {}
    for being in sorted({b.key: b for b in people}.values(), key=lambda b: b.key):
        forms = (*short_names(being.name), being.name.split()[0]) if given else short_names(being.name)
        for short in dict.fromkeys(forms):
            out.setdefault(short, []).append(being.key)
    return out


def person_meant(
    flat: str,
    keys: Sequence[str],
    at: int,
    short: str,
    beings: Mapping[str, Being],
    first_at: Mapping[str, int],
    established: str | None = None,
) -> str:
    """The one of `keys` meant by a short name at `at`; the short name's own key when it stays open.

    First those named in full before (`first_at`: where; a being without place is known from the body), then by form of
    address, then by title; then whom the short name meant before (`established`): relatives who enter later are told
    apart by their given names.
    """
    if len(keys) == 1:
        return keys[0]
    before = [k for k in keys if first_at.get(k, len(flat)) < at]
    keys = before or list(keys)
    if len(keys) > 1:
        address = honour(flat, at)
        sex = sex_of("X", address) if address else None
        keys = [k for k in keys if sex is None or beings[k].sex in {None, sex}] or keys
    if len(keys) > 1:
        span = role_before(flat, at)
        said = _terms(flat[span[0] : span[1]]) if span else set()
        keys = [k for k in keys if said & _terms(beings[k].role or "")] or keys
    if len(keys) > 1 and established in keys and not is_family_first(beings[established].name):
        return established
    return keys[0] if len(keys) == 1 else slug(short)


_KIN = re.compile(
    r"(?:\b(?:her|his|their)|['’]s?) (?:[a-z-]+ ){0,2}(?:father|mother|dad|mum|mom|parents?|wife|husband|widow|widower|son|daughter|child"
    r"|brother|sister|twin|uncle|aunt|cousin|nephew|niece|grandfather|grandmother|grandson|granddaughter|fiancée?|ex-(?:wife|husband)),? $"
)


def enters_as_kin(flat: str, start: int) -> bool:
    """Whether a full name at `start` is introduced as somebody's relative: "her father, Robert Berg"."""
    return _KIN.search(flat[max(0, start - 60) : start]) is not None


_COMMON = frozenset("the and for deputy head chief director senior official".split())


@lru_cache(maxsize=1024)
def _terms(role: str) -> frozenset[str]:
    return frozenset(w.lower() for w in re.findall(r"[^\W\d_]{3,}", role)) - _COMMON


_NEXT_WORD = re.compile(r" ([^\W\d_][\w'-]*)")


def in_a_longer_name(flat: str, start: int, end: int) -> bool:
    """A short name inside a longer run of capitals is no short name ("Trump Tower", "Kim Jong Un"), unless a title precedes."""
    after = _NEXT_WORD.match(flat, end, end + 30)
    if after and after.group(1)[0].isupper():
        if after.group(1) in (word_set("shapes", "organisation_last") | word_set("shapes", "place")):
            return True
        if after.group(1) not in word_set("shapes", "never") and not in_title_case(flat, start):
            return True
    before = re.search(r"([^\W\d_][\w'-]*) $", flat[max(0, start - 30) : start])
    return bool(before and is_given(before.group(1)) and before.group(1)[0].isupper())
