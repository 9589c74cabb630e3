"""What a number counts when it is no unit: "three missiles", "two envoys"."""

from __future__ import annotations

import re

from app.core.lexicon.spelling import canonical_spelling

__all__ = ["counted"]


_LIKELY_NOT_COUNTED = frozenset(
    "of in on at by for from to with and or the a an is was were are has have had will said who that which percent more less fewer other others".split()
)


def counted(text: str, end: int) -> str | None:
    """The singular of the noun that a number counts: "two long-range missiles" -> missile."""
    m = re.match(r"(?: of(?: the| its| their)?)?((?: [A-Za-z][\w'-]*){1,4})", text[end : end + 70])
    if m is None:
        return None
    words = m.group(1).split()
    for _i, word in enumerate(words):
        low = word.lower()
        if low in {"people", "persons"}:
            return "person"
        if low in _LIKELY_NOT_COUNTED and low not in {"more", "other", "others"}:
            return None
        plural = low.endswith("s") and not low.endswith(("ss", "us", "is", "'s")) and len(low) > 3
        if plural or low in {
            "men",
            "women",
            "children",
            "police",
            "troops",
            "personnel",
            "dead",
            "injured",
            "wounded",
            "missing",
        }:
            return _singular(low)
    return None


_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "people": "person",
    "troops": "troop",
    "wounded": "injured",
    "lives": "life",
    "wives": "wife",
    "knives": "knife",
    "policemen": "policeman",
}


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return canonical_spelling(word[:-3] + "y")
    if word.endswith(("ches", "shes", "sses", "xes")):
        return canonical_spelling(word[:-2])
    return canonical_spelling(word[:-1] if word.endswith("s") and not word.endswith("ss") else word)
