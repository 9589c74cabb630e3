"""One spelling for matching: labour and labor, apologise and apologize are the same word."""

from __future__ import annotations

import re
from functools import lru_cache

from app.core.lexicon.load import load

__all__ = ["canonical_spelling"]

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=[a-z]{3})is(e|ed|es|ing|er|ers|ation|ations)$"), r"iz\1"),
    (re.compile(r"(?<=[a-z]{2}[^q])our(s|ed|ing|able|ful|ite|ites|er|ers|hood|less)?$"), r"or\1"),
    (re.compile(r"(?<=[a-z]{2}[bt])re(s|d)?$"), r"er\1"),
    (re.compile(r"(?<=[a-z]{2}[aeiou])ll(ed|ing|er|ers)$"), r"l\1"),
)


@lru_cache(maxsize=65536)
def canonical_spelling(word: str) -> str:
    """The spelling that stands for all variants of a lower-case word; other words come back as they are.

    >>> canonical_spelling("labour"), canonical_spelling("apologised"), canonical_spelling("promise")
    ('labor', 'apologized', 'promise')
    """
    variants: dict[str, str] = load("spelling")["variants"]
    if word in variants:
        return variants[word]
    keep = _kept()
    if word in keep or any(word.removesuffix(end) in keep for end in ("s", "d", "ed", "ing") if word.endswith(end)):
        return word
    for pattern, to in _RULES:
        new, hits = pattern.subn(to, word)
        if hits:
            return new
    return word


@lru_cache(maxsize=1)
def _kept() -> frozenset[str]:
    return frozenset(load("spelling")["keep"]["words"].split())
