"""Closed words that patterns go by, and the base form of a reporting verb."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.claims.cues import Cues
from app.core.language import Token
from app.core.lexicon.load import word_set

__all__ = [
    "AUXILIARIES",
    "DETERMINERS",
    "NOBODY",
    "NOT_CONTENT",
    "PHRASE_STOPS",
    "PRONOUNS",
    "STOPS",
    "SUBJECTS",
    "SUBORDINATORS",
    "TIMES",
    "base_verb",
    "is_finite",
    "is_passive",
]


NOBODY = frozenset("neither nobody none no nothing".split())
PRONOUNS = frozenset("he she they it i we you one".split())
TIMES = word_set("closed", "words_times")
DETERMINERS = word_set("closed", "words_determiners")
AUXILIARIES = word_set("closed", "words_auxiliaries")
_IRREGULAR = {
    "said": "say", "says": "say", "told": "tell", "tells": "tell", "wrote": "write", "written": "write", "thought": "think", "felt": "feel", "found": "find",
    "knew": "know", "known": "know", "meant": "mean", "went": "go", "put": "put", "read": "read", "spoke": "speak", "spoken": "speak", "swore": "swear",
    "heard": "hear", "understood": "understand", "saw": "see", "held": "hold", "forecast": "forecast", "shown": "show", "sang": "sing", "chose": "choose",
}  # fmt: skip
SUBJECTS = frozenset("he she they it we i you there".split())
STOPS = frozenset({",", ";", ":", "—", "-", ".", "?", "!", '"', "(", ")", "--"})
_ENDS = frozenset({".", "?", "!", ";"})
PHRASE_STOPS = word_set("closed", "words_phrase_stops")
SUBORDINATORS = word_set("closed", "words_subordinators")
NOT_CONTENT = word_set("closed", "words_not_content")


def base_verb(token: Token, cues: Cues, *, sure: bool = False) -> str | None:
    """The lemma under which the lexicon knows a word form as a reporting verb; `sure` that it is one, whatever it is tagged."""
    low = token.text.lower()
    if low in _IRREGULAR:
        return _IRREGULAR[low] if _IRREGULAR[low] in cues.verbs else None
    if token.tag and not token.tag.startswith("VB") and not (sure and low.endswith("ed")):
        return None
    if token.lemma in cues.verbs and token.tag:
        return token.lemma
    for ending, back in (
        ("ies", "y"),
        ("ied", "y"),
        ("ying", "y"),
        ("es", ""),
        ("es", "e"),
        ("s", ""),
        ("ed", ""),
        ("ed", "e"),
        ("ing", ""),
        ("ing", "e"),
    ):
        if low.endswith(ending):
            stem = low[: -len(ending)] + back
            if stem in cues.verbs:
                return stem
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in cues.verbs:
                return stem[:-1]
    return None


def is_passive(tokens: Sequence[Token], v: int) -> bool:
    """A participle behind a form of "be": "has been informed"."""
    if tokens[v].tag != "VBN":
        return False
    i = v - 1
    while i > 0 and tokens[i].pos == "ADV":
        i -= 1
    return i >= 0 and tokens[i].text.lower() in ("be", "been", "being", "is", "are", "was", "were")


def is_finite(token: Token) -> bool:
    """A participle ("adding that") has no subject of its own: the parse or the clause before gives it."""
    return (
        token.tag in ("VBD", "VBZ", "VBP", "VBN", "NNS", "NN", "NNP")
        if token.tag
        else not token.text.lower().endswith("ing")
    )
