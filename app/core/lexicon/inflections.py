"""Words in all their forms, without a model: a verb's endings, a noun's singular."""

from __future__ import annotations

from app.core.lexicon.load import load, remembered
from app.core.lexicon.spelling import canonical_spelling

__all__ = ["is_plural", "singular", "verb_forms"]


@remembered(4096)
def verb_forms(verb: str) -> frozenset[str]:
    """A verb in its regular and irregular forms; regular ones that do not exist match nothing.

    >>> sorted(verb_forms("carry")), "dropped" in verb_forms("drop"), "shot" in verb_forms("shoot")
    (['carried', 'carries', 'carry', 'carrying'], True, True)
    """
    if verb.endswith("e"):
        forms = {verb, verb + "s", verb + "d", verb[:-1] + "ing"}
    elif verb.endswith("y") and verb[-2:-1] not in "aeiou":
        forms = {verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    else:
        forms = {verb, verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s"), verb + "ed", verb + "ing"}
        if verb[-1:] in "bdglmnprt" and verb[-2:-1] in "aeiou":
            forms |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    return frozenset(forms | _irregular().get(verb, set()))


@remembered(1)
def _irregular() -> dict[str, set[str]]:
    return {first: set(rest) for first, *rest in (row.split() for row in load("inflections")["verbs"])}


@remembered(16384)
def is_plural(word: str) -> bool:
    low = word.lower()
    if low in load("inflections")["plurals"]:
        return True
    return low.endswith("s") and not low.endswith(("ss", "us", "'s")) and len(low) > 3


@remembered(16384)
def singular(word: str) -> str:
    """The lemma of a noun, in one spelling.

    >>> [singular(w) for w in ("missiles", "families", "Matches", "people", "bus", "Somalis")]
    ['missile', 'family', 'match', 'person', 'bus', 'somali']
    """
    low = word.lower()
    if low in load("inflections")["plurals"]:
        return canonical_spelling(load("inflections")["plurals"][low])
    if low.endswith("ies") and len(low) > 4:
        return canonical_spelling(low[:-3] + "y")
    if low.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return canonical_spelling(low[:-2])
    if (
        low.endswith("s")
        and len(low) > 3
        and not low.endswith(("ss", "us"))
        and (not low.endswith("is") or word[0].isupper())
    ):
        return canonical_spelling(low[:-1])
    return canonical_spelling(low)
