"""Words of the lexicon in all their forms, and rows of words found among a line's tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from app.core.language import Token
from app.core.lexicon.load import load
from app.core.lexicon.spelling import canonical_spelling

__all__ = ["Rows", "is_person", "is_plural", "may_be_person", "row_at", "rows_of", "singular", "verb_forms"]

Rows = dict[str, tuple[tuple[tuple[str, ...], str], ...]]
"""For each first word the rows that begin with it, the longest first, each with its name."""


@lru_cache(maxsize=4096)
def verb_forms(verb: str) -> frozenset[str]:
    """A verb with its regular endings; those that do not exist match nothing.

    >>> sorted(verb_forms("carry")), "dropped" in verb_forms("drop")
    (['carried', 'carries', 'carry', 'carrying'], True)
    """
    if verb.endswith("e"):
        return frozenset({verb, verb + "s", verb + "d", verb[:-1] + "ing"} | _IRREGULAR.get(verb, set()))
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return frozenset({verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"} | _IRREGULAR.get(verb, set()))
    if verb.endswith(("s", "x", "z", "ch", "sh")):
        forms = {verb, verb + "es", verb + "ed", verb + "ing"}
    else:
        forms = {verb, verb + "s", verb + "ed", verb + "ing"}
    if verb[-1:] in "bdglmnprt" and verb[-2:-1] in "aeiou":
        forms |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    return frozenset(forms | _IRREGULAR.get(verb, set()))


_IRREGULAR: dict[str, set[str]] = {
    first: set(rest)
    for first, *rest in (
        row.split()
        for row in """
slay slew slain
shoot shot
steal stole stolen
take took taken taking
sell sold
build built
fall fell fallen
rise rose risen
grow grew grown
lose lost
leave left
hold held
send sent
find found
drive drove driven driving
burn burnt
beat beaten
freeze froze frozen
let letting
die dying
buy bought
bid bidding
pay paid
spend spent
lend lent
give gave given
run ran running
fly flew flown
stand stood
hit hitting
cut cutting
shut shutting
sink sank sunk
slide slid
shrink shrank shrunk
shed shedding
go went gone
bring brought
come came
leap leapt
""".strip().splitlines()
    )
}


def rows_of(words: Iterable[tuple[str, str]], *, verbs: bool = False, nouns: bool = False) -> Rows:
    """Rows of words, each with its name; of verbs the first word in all its forms, of nouns the last with a plural."""
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for text, name in words:
        first, *rest = text.split()
        if verbs:
            for form in verb_forms(first):
                out.setdefault(form, []).append(((form, *rest), name))
            continue
        out.setdefault(first, []).append(((first, *rest), name))
        if not nouns:
            continue
        last = (first, *rest)[-1]
        plural = (*(first, *rest)[:-1], last[:-1] + "ies" if last.endswith("y") else last + "s")
        out.setdefault(plural[0], []).append((plural, name))
    return {w: tuple(sorted(rows, key=lambda r: (-len(r[0]), r[0], r[1]))) for w, rows in out.items()}


def row_at(rows: Rows, tokens: Sequence[Token], i: int) -> tuple[tuple[str, ...], int] | None:
    """The names of the longest row that stands at a token, and how many tokens it has."""
    longest: tuple[tuple[str, ...], int] | None = None
    for row, name in rows.get(tokens[i].text.lower(), ()):
        if longest and len(row) < longest[1]:
            break
        if len(row) == 1 or tuple(t.text.lower() for t in tokens[i : i + len(row)]) == row:
            longest = ((*(longest[0] if longest else ()), name), len(row))
    return longest


@lru_cache(maxsize=1)
def _many() -> dict[str, str]:
    return dict(load("counted")["people"]["many"])


@lru_cache(maxsize=1)
def _persons() -> frozenset[str]:
    return frozenset(canonical_spelling(w) for w in load("counted")["people"]["persons"])


def is_person(noun: str | None) -> bool:
    """Whether what is counted is people: soldiers, passengers, others."""
    return noun in _persons()


@lru_cache(maxsize=4096)
def may_be_person(noun: str) -> bool:
    """Whether it may be people where something is told of it that befalls people: "two backpackers", "ten Somalis"."""
    return is_person(noun) or noun.endswith(tuple(load("counted")["people"]["endings"]))


@lru_cache(maxsize=16384)
def is_plural(word: str) -> bool:
    low = word.lower()
    return low in _many() or (low.endswith("s") and not low.endswith(("ss", "us", "'s")) and len(low) > 3)


@lru_cache(maxsize=16384)
def singular(word: str) -> str:
    """The lemma of a noun: missiles -> missile, families -> family, in one spelling.

    >>> [singular(w) for w in ("missiles", "families", "Matches", "people", "bus", "Somalis")]
    ['missile', 'family', 'match', 'person', 'bus', 'somali']
    """
    low = word.lower()
    if low in _many():
        return canonical_spelling(_many()[low])
    if low.endswith("ies") and len(low) > 4:
        return canonical_spelling(low[:-3] + "y")
    if low.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return canonical_spelling(low[:-2])
    if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 3:
        return canonical_spelling(low[:-1])
    if low.endswith("is") and word[0].isupper():
        return canonical_spelling(low[:-1])
    return canonical_spelling(low)
