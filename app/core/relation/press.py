"""Agencies and outlets that others cite: known by name, found in a sentence's cue, a dateline, a byline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.core.article.datelines import dateline_of
from app.core.lexicon.outlets import load_outlets

__all__ = ["Press", "agency_line", "cited_in", "press_name"]

_HEAD_CHARS = 200
_TAIL_CHARS = 120


@dataclass(frozen=True, slots=True)
class Press:
    """`agency`: its reports are carried by others under its own line."""

    key: str
    name: str
    agency: bool = False


@lru_cache(maxsize=1)
def _known() -> dict[str, Press]:
    """Every form of every outlet's name; case counts, a leading "the" does not."""
    return {
        _plain(form): Press(outlet.key, outlet.name, outlet.agency)
        for outlet in load_outlets()
        for form in outlet.forms
    }


def _plain(name: str) -> str:
    return " ".join(name.replace("’", "'").split()).removeprefix("the ").removeprefix("The ")


@lru_cache(maxsize=4096)
def press_name(name: str) -> Press | None:
    """The agency or outlet of that very name ("Yonhap News Agency", "the AFP"); None for anybody else."""
    return _known().get(_plain(name.strip(" ,.;:\"'“”‘’")))


@lru_cache(maxsize=1)
def _cited() -> re.Pattern[str]:
    sure = {_plain(form) for outlet in load_outlets() if not outlet.pictures for form in outlet.sure_forms}
    names = "|".join(re.escape(n) for n in sorted(sure, key=lambda n: (-len(n), n)))
    kinds = r"(?:(?:'s|’s)? (?:news agency|newspaper|daily|news|television|TV|wire service|broadcaster|report))?"
    verbs = r"(?:said|says|reports?|reported|quot(?:ed|es)|cit(?:ed|es)|wrote|writes|told|learned)"
    before = r"(?:according to|citing|cited by|quoted by|reported by|quoting|told|interview with|report(?:s)? (?:by|from|in))"
    middle = r"(?:[Tt]he |(?:\w+[ -]){0,3}?(?:agency|newspaper|daily|broadcaster|network|television|service),? )?"
    return re.compile(
        rf"\b(?i:{before}) {middle}(?P<a>{names})(?!\w)|(?<!\w)(?P<b>{names}){kinds},? (?:has |have |had )?{verbs}\b"
    )


@lru_cache(maxsize=4096)
def cited_in(text: str) -> Press | None:
    """The agency or outlet that a sentence says it has this from: "Yonhap reported", "according to KBS", "told Reuters".

    >>> cited_in("The pact ends, Yonhap news agency reported.").key, cited_in("He watched KBS.")
    ('yonhap', None)
    """
    found = _cited().search(text)
    return _known()[found["a"] or found["b"]] if found else None


def agency_line(text: str, bylines: tuple[str, ...] = ()) -> Press | None:
    """The agency whose line an article bears: in its dateline, among its bylines, or in brackets at its very end."""
    for line in text[:_HEAD_CHARS].split("\n")[:3]:
        found = dateline_of(line)
        if found and found.agency and (press := press_name(found.agency)) and press.agency:
            return press
    for name in bylines:
        words = name.split()
        for end in range(len(words), 0, -1):
            press = press_name(" ".join(words[:end])) or press_name(" ".join(words[-end:]))
            if press and press.agency:
                return press
    closing = re.search(r"(?:[(（]|©|Copyright)\s*([\w .&'’-]{2,40})[)）]?\s*$", text[-_TAIL_CHARS:])
    press = press_name(closing[1]) if closing else None
    return press if press and press.agency else None
