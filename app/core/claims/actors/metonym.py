"""Does a capital stand for its government here, or is it a place? "Tokyo protested" against "protests in Tokyo".

Decision: a capital is its state when it acts, owns, or is dealt with (subject, possessor, agent, partner, target); it is
a place after a preposition of place, as the goal of a journey, as a plain modifier ("Tokyo stocks") and in a dateline.
"""

from __future__ import annotations

import re

from app.core.language import Parsed
from app.core.lexicon.load import word_set

__all__ = ["acts"]

_PLACE = word_set("closed", "metonym_place")
_BODY = word_set("closed", "metonym_body")
_SENDERS = word_set("closed", "metonym_senders")
_STRIKES = word_set("closed", "metonym_strikes")
_SIGHTS = word_set("closed", "metonym_sights")
_MOTION = word_set("closed", "metonym_motion")
_OF_PLACE = word_set("closed", "metonym_of_place")
_DATELINE = re.compile(
    r"^ ?(?:/[A-Z]+ ?)?(?:\([A-Z][A-Za-z ]{1,20}\)|,? ?(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}))? ?(?:-|--|—|–)\s"
)

_OF_BODY = word_set("closed", "metonym_of_body")
_DONE_BY_BODY = word_set("closed", "metonym_done_by_body")


def acts(flat: str, start: int, end: int, parsed: Parsed | None, offset: int) -> bool:
    """Whether the name at `flat[start:end]` stands for those who govern there."""
    after, before = flat[end : end + 60], flat[max(0, start - 40) : start]
    owns = after.startswith(("'s ", "' "))
    if owns and (parsed is None or not parsed.has_dependencies):
        return not before.endswith((" in ", " at "))
    if re.match(r", (?:[A-Z]|D\.C)", after) and not re.match(r", [A-Z]\w+(?:,| and )", after):
        return False
    opens_line = not before or before.endswith(("\n", "/"))
    if opens_line and (_DATELINE.match(after) or after.startswith("/")):
        return False
    if parsed is not None and parsed.has_dependencies:
        token = next((t for t in parsed.tokens if t.end + offset >= end and t.start + offset < end), None)
        if token is not None:
            return _by_dependency(parsed, token.i)
    return _by_neighbours(before, after)


def _by_dependency(parsed: Parsed, i: int, depth: int = 0) -> bool:
    token = parsed.tokens[i]
    head = parsed.tokens[token.head]
    if token.dep == "poss":
        return head.lemma not in _SIGHTS
    if token.dep in {"nsubj", "nsubjpass", "csubj", "dative"}:
        return True
    if token.dep == "agent" or (token.dep == "pobj" and head.dep == "agent"):
        return True
    if token.dep in {"compound", "amod", "nmod"}:
        return head.lemma in _BODY or head.text.lower() in _BODY
    if token.dep == "dobj":
        return head.lemma not in _MOTION
    if token.dep == "conj" and depth < 6:
        return _by_dependency(parsed, head.i, depth + 1)
    if token.dep in {"pobj", "pcomp"}:
        prep = head.text.lower()
        over = parsed.tokens[head.head]
        if prep in _PLACE:
            return False
        if prep == "on":
            return over.lemma not in _STRIKES
        if prep == "from":
            return over.lemma in _SENDERS
        if prep == "to":
            beside = {t.text.lower() for t in parsed.tokens if t.head == head.head and t.dep == "prep"}
            return over.lemma not in _MOTION and over.dep != "prep" and "from" not in beside
        if prep == "of":
            return over.lemma not in _OF_PLACE
        return prep in _OF_BODY
    return False


def _by_neighbours(before: str, after: str) -> bool:
    previous = re.findall(r"[A-Za-z]+", before[-20:].lower())
    last = previous[-1] if previous and not before.rstrip(" ").endswith((".", "\n", '"')) else ""
    following = re.match(r" ([a-z]+)", after)
    if last in _PLACE or last in {"from", "to", "on"}:
        return last in {"from", "to"} and len(previous) > 1 and previous[-2] in _SENDERS
    if following and following.group(1) in _BODY:
        return True
    if last in {"with", "against", "between", "by", "among", "urged", "told", "asked"}:
        return True
    return bool(following and (following.group(1).endswith(("ed", "s")) or following.group(1) in _DONE_BY_BODY))
