"""Rows of words of the lexicon found among a line's tokens, and which nouns are people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from app.core.language import Token
from app.core.lexicon.inflections import verb_forms
from app.core.lexicon.load import load
from app.core.lexicon.spelling import canonical_spelling

__all__ = ["Rows", "is_person", "may_be_person", "row_at", "word_rows"]

Rows = dict[str, tuple[tuple[tuple[str, ...], str], ...]]
"""For each first word the rows that begin with it, the longest first, each with its name."""


def word_rows(words: Iterable[tuple[str, str]], *, verbs: bool = False, nouns: bool = False) -> Rows:
    """Rows of words, each with its name; of verbs the first word in all its forms, of nouns the last with a plural."""
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for text, name in words:
        first, *rest = text.split()
        forms = [(form, *rest) for form in verb_forms(first)] if verbs else [(first, *rest)]
        if nouns:
            *head, last = first, *rest
            forms.append((*head, last[:-1] + "ies" if last.endswith("y") else last + "s"))
        for form in forms:
            out.setdefault(form[0], []).append((form, name))
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
def _persons() -> frozenset[str]:
    return frozenset(canonical_spelling(w) for w in load("counted")["people"]["persons"])


def is_person(noun: str | None) -> bool:
    """Whether what is counted is people: soldiers, passengers, others."""
    return noun in _persons()


@lru_cache(maxsize=4096)
def may_be_person(noun: str) -> bool:
    """Whether it may be people where something is told of it that befalls people: "two backpackers", "ten Somalis"."""
    return is_person(noun) or noun.endswith(tuple(load("counted")["people"]["endings"]))
