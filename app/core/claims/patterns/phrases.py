"""The phrase beside a word: where it begins and ends, and which word heads it."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.claims.patterns.words import AUXILIARIES, DETERMINERS, PHRASE_STOPS, PRONOUNS, STOPS, TIMES
from app.core.language import Token
from app.core.thresholds import PHRASE_REACH

__all__ = ["bare_phrase", "head_of", "last_word", "left_phrase", "right_phrase"]


def bare_phrase(tokens: Sequence[Token], a: int, b: int) -> tuple[int, int]:
    while b >= a and (tokens[b].text in (",", ";", ":", "—", "-", ".", "--") or not tokens[b].text.strip()):
        b -= 1
    while a <= b and (tokens[a].text in (",", ";", ":", "—", "-", "--") or not tokens[a].text.strip()):
        a += 1
    return a, b


def last_word(tokens: Sequence[Token], i: int) -> int:
    while i > 0 and (tokens[i].text in STOPS or tokens[i].text.lower() in AUXILIARIES or tokens[i].pos == "ADV"):
        i -= 1
    return i


def head_of(tokens: Sequence[Token], a: int, b: int) -> int:
    """The noun that heads a phrase: what the parse hangs outside it, else the last noun before a comma, "of", "who"."""
    if tokens[a].dep:
        outside = [t.i for t in tokens[a : b + 1] if not a <= t.head <= b or t.head == t.i]
        nouns = [i for i in outside if tokens[i].pos in ("NOUN", "PROPN", "PRON")]
        if nouns:
            return nouns[0]
    best = a
    for i in range(a, b + 1):
        low = tokens[i].text.lower()
        if i > a and (low in PHRASE_STOPS or tokens[i].pos == "VERB"):
            break
        if tokens[i].text[0].isalnum() and tokens[i].pos not in ("ADV", "DET", "ADP"):
            best = i
    return best


# --- phrases --------------------------------------------------------------------------------------------------------


def left_phrase(tokens: Sequence[Token], v: int) -> tuple[int, int] | None:
    """The noun phrase that stands right before the verb: a pronoun, a name, "the senior aide", "Kim, an aide,"."""
    i = v - 1
    while i >= 0 and (
        tokens[i].text.lower() in AUXILIARIES
        or tokens[i].pos in ("ADV", "AUX")
        or tokens[i].text.lower() in ("n't", "not")
    ):
        i -= 1
    i = _before_time(tokens, i)
    if i < 0 or tokens[i].text.lower() in ("who", "which", "that"):
        return None
    if tokens[i].text.lower() in PRONOUNS:
        return i, i
    end = i
    if tokens[i].text == "," and i > 2:
        for j in range(i - 1, max(-1, i - PHRASE_REACH), -1):
            if tokens[j].text == ",":
                before = _simple(tokens, j - 1)
                if before is not None and tokens[j - 1].pos in ("PROPN", "NOUN"):
                    return before[0], i - 1
                return None
            if tokens[j].text == '"':
                return None
        return None
    return _simple(tokens, end)


def _before_time(tokens: Sequence[Token], i: int) -> int:
    """Step over "on Friday", "late Thursday", "this week" between a subject and its verb."""
    if i > 1 and tokens[i].text.lower() in TIMES:
        i -= 1
        while i > 0 and tokens[i].text.lower() in ("on", "late", "early", "this", "last", "earlier", "in", "the"):
            i -= 1
    return i


def _simple(tokens: Sequence[Token], end: int) -> tuple[int, int] | None:
    i = end
    if tokens[i].text == ")":
        while i > 0 and tokens[i].text != "(":
            i -= 1
        i -= 1
    if (
        i < 0
        or not (tokens[i].pos in ("PROPN", "NOUN", "PRON", "NUM") or tokens[i].text[0].isupper())
        or tokens[i].text in STOPS
    ):
        return None
    while i > 0:
        t = tokens[i - 1]
        low = t.text.lower()
        if (
            low in ("'s", "'", "of", "-", "for", "at")
            and i - 1 > 0
            and t.text != "-"
            and tokens[i - 2].pos in ("PROPN", "NOUN")
            and t.text not in STOPS
        ):
            i -= 1
        elif low in DETERMINERS or t.pos == "DET":
            i -= 1
            if tokens[i - 1].text.lower() not in ("of", "all", "one"):
                break
        elif (
            t.pos in ("PROPN", "NOUN", "ADJ", "NUM")
            or (t.text[0].isupper() and t.pos not in ("VERB", "AUX", "CCONJ", "SCONJ", "ADP", "ADV"))
            or t.text in ("-", ".")
        ):
            if t.text in (".", "-") and i - 1 == 0:
                break
            i -= 1
        else:
            break
    return (i, end) if i <= end else None


def right_phrase(tokens: Sequence[Token], v: int) -> tuple[int, int] | None:
    """The noun phrase after an inverted verb: `said Chad Bown, an expert on trade`."""
    i = v + 1
    if i >= len(tokens) or tokens[i].text in STOPS:
        return None
    low = tokens[i].text.lower()
    if low in PRONOUNS and low not in ("it", "you"):
        return i, i
    if not (
        tokens[i].pos in ("PROPN", "NOUN", "DET", "ADJ") or tokens[i].text[0].isupper() or low in DETERMINERS
    ) or low in ("that", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"):
        return None
    if tokens[0].dep:
        head = i
        while (
            tokens[head].head > i
            and tokens[head].head != head
            and tokens[tokens[head].head].pos in ("NOUN", "PROPN")
            and tokens[head].head - i < PHRASE_REACH
        ):
            head = tokens[head].head
        right = _right_edge(tokens, head, v)
        if right - i < 3 * PHRASE_REACH:
            return i, right
    j = i
    while j + 1 < len(tokens) and tokens[j + 1].text not in STOPS and tokens[j + 1].pos != "VERB":
        j += 1
    return i, j


def _right_edge(tokens: Sequence[Token], head: int, v: int) -> int:
    inside = {head}
    right = head
    for t in tokens[head + 1 :]:
        if t.head in inside and t.text not in (".", '"') and t.i > v:
            inside.add(t.i)
            if t.pos != "PUNCT":
                right = t.i
        elif t.head > t.i:
            top = t.head
            hops = 0
            while tokens[top].head > top and hops < 12:
                top = tokens[top].head
                hops += 1
            if tokens[top].head in inside or top in inside:
                inside.add(t.i)
    return right
