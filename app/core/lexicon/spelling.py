"""One spelling for matching: labour and labor, apologise and apologize are the same word."""

from __future__ import annotations

import re

from app.core.lexicon.load import load, remembered

__all__ = ["canonical_spelling"]

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=[a-z]{3})is(e|ed|es|ing|er|ers|ation|ations)$"), r"iz\1"),
    (re.compile(r"(?<=[a-z]{2}[^q])our(s|ed|ing|able|ful|ite|ites|er|ers|hood|less)?$"), r"or\1"),
    (re.compile(r"(?<=[a-z]{2}[bt])re(s)?$"), r"er\1"),
    (re.compile(r"(?<=[a-z]{2}[bt])red$"), "ered"),
    (re.compile(r"(?<=[a-z]{2}[aeiou])ll(ed|ing|er|ers)$"), r"l\1"),
)
_ENDINGS = ("", "s", "d", "ed", "ing")


@remembered(65536)
def canonical_spelling(word: str) -> str:
    """The spelling that stands for all variants of a lower-case word; other words come back as they are.

    >>> canonical_spelling("labour"), canonical_spelling("apologised"), canonical_spelling("analysing"), canonical_spelling("promise")
    ('labor', 'apologized', 'analyzing', 'promise')
    """
    variants: dict[str, str] = load("spelling")["variants"]
    keep = _kept()
    for end in _ENDINGS:
        for base in _bases(word, end):
            if base in variants:
                return _with_ending(variants[base], end)
            if base in keep:
                return word
    for pattern, to in _RULES:
        new, hits = pattern.subn(to, word)
        if hits:
            return new
    return word


def _with_ending(word: str, end: str) -> str:
    return word + end if end in {"", "s"} else word.removesuffix("e") + ("ing" if end == "ing" else "ed")


def _bases(word: str, end: str) -> tuple[str, ...]:
    """What the word may be a form of, if it has this ending: "analysing" is of analyse, "storming" of storm."""
    if not word.endswith(end):
        return ()
    base = word.removesuffix(end)
    return (base, f"{base}e") if end in {"ed", "ing"} else (base,)


@remembered(1)
def _kept() -> frozenset[str]:
    return frozenset(load("spelling")["keep"]["words"].split())
