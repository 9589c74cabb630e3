"""By how much, from what, how many times: numbers that tell a change, and verbs that are numbers ("doubled")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from app.core.claims.numbers.line import FoundNumber, NumberLine
from app.core.claims.numbers.units import hedge_before, kind_of_unit, unhedged
from app.core.claims.numbers.words import Rows, row_at, word_rows
from app.core.lexicon.inflections import verb_forms
from app.core.lexicon.load import load, word_set
from app.core.records import NumberRole
from app.core.thresholds import MOVE_REACH

__all__ = ["change_words", "find_roles", "multiples"]

_UP, _DOWN, _TO = "up", "down", "to"


@lru_cache(maxsize=1)
def _moves() -> Rows:
    table = load("measured")["moves"]
    return word_rows(((w, way) for way in (_UP, _DOWN, _TO) for w in table[way]), verbs=True)


@lru_cache(maxsize=1)
def change_words() -> frozenset[str]:
    return frozenset(_moves())


@lru_cache(maxsize=1)
def _factors() -> dict[str, float]:
    table: dict[str, float] = load("measured")["moves"]["multiples"]
    return {form: factor for verb, factor in table.items() for form in verb_forms(verb)}


_NOT_MULTIPLE = re.compile(
    r" (?:down|over|back|up|as|his|her|off|play|header|murder|room|bogey|standard|life|agent|bill|check|digits?)\b"
)


def multiples(line: NumberLine) -> Iterator[FoundNumber]:
    """Factors told by one word: "doubled", "tripling", "halved", "tenfold"."""
    for i, token in enumerate(line.tokens):
        low = token.text.lower()
        factor = _factors().get(low)
        if factor is None or _NOT_MULTIPLE.match(line.lower, token.end):
            continue
        bare = not low.endswith(("ed", "ing", "fold"))
        if bare and not (line.parsed and token.pos == "VERB" and i and line.tokens[i - 1].text.lower() in _BEFORE_VERB):
            continue
        hedge, role = hedge_before(line.text, token.start, None), NumberRole.MULTIPLE
        yield FoundNumber(token.start, token.end, factor, amount_end=token.end, unit="fold", role=role, hedge=hedge)


_BEFORE_VERB = word_set("closed", "moves_before_verb")
_AS_MUCH = re.compile(
    r" (?:as|more|less|fewer|higher|lower|bigger|larger|greater|faster|longer|stronger|heavier|smaller|cheaper|better|worse|the|that|its|their|what|over|normal|average)\b(?! (?:time|first|last|same))"
)


def find_roles(line: NumberLine, found: Iterable[FoundNumber]) -> None:
    """Sets the role of each number that tells a change or a multiple; its unit where the role says it."""
    for number in found:
        if number.role is not NumberRole.AMOUNT or number.name:
            continue
        if number.unit == "fold" or (number.unit == "time" and _AS_MUCH.match(line.lower, number.end)):
            number.role, number.unit = NumberRole.MULTIPLE, "fold"
        else:
            number.role = NumberRole.DENIED if _is_denied(line, number) else _role(line, number)


_NOT_THIS = re.compile(
    r"(?<!\bif )(?<!\bor )(?<!\bwhy )\b(?:not|rather than|instead of|no longer)(?: (?:all|the|about|around|some|nearly))? $"
)


def _is_denied(line: NumberLine, number: FoundNumber) -> bool:
    """Whether it is said not to be so: "ten and not eleven"; "not one" is none, and "not two hours later" is soon."""
    one = number.worded and number.value == 1
    return not one and kind_of_unit(number.unit) != "time" and _NOT_THIS.search(line.lower, 0, number.start) is not None


_PREPOSITION = re.compile(r"\b(by|from|to|of|with|than|against|versus|vs\.?)(?: (?:between))? $")
_COMPARED = re.compile(
    r"\b(?:compared|comparing|in comparison) (?:with|to) $|\b(?:versus|vs\.?|as against|as opposed to) $"
)
_NOUN_AFTER = re.compile(r"[ -](?:[a-z-]+ ){0,2}?(?P<noun>[a-z]+)\b")
_MORE = re.compile(r" (?:more|higher|above|better|greater|up|larger|bigger|heavier)\b")
_LESS = re.compile(r" (?:less|fewer|lower|below|smaller|down|short of|cheaper|off)\b")
_SHARES = frozenset({"percent", "percentage_point", "basis_point", "share", "point", "cent", "pence"})


def _role(line: NumberLine, number: FoundNumber) -> NumberRole:
    start = unhedged(line.text, number.start)
    if re.search(r"\b(?:the|its|their)\b", line.lower[start : number.start]):
        return NumberRole.AMOUNT  # "dragged by the 400-pound gorilla"
    m = _PREPOSITION.search(line.lower, max(0, start - 12), start)
    if m and _COMPARED.search(line.lower, max(0, start - 24), start):
        return NumberRole.FORMER
    share, money = number.unit in _SHARES, kind_of_unit(number.unit) == "currency"
    way: str | None = None
    if m and m[1] in {"by", "from"}:
        way = _move_before(line, m.start())
        if way and m[1] == "from":
            return NumberRole.FORMER
    elif (share and (m is None or m[1] == "of")) or (money and m is None and _intransitive(line, start)):
        way = _move_at(line, m.start() if m else start)
    if way is None and (share or money):
        way = _way_behind(line, number.end)
    if way is not None:
        return NumberRole.RISE if way == _UP else NumberRole.FALL if way == _DOWN else NumberRole.AMOUNT
    further = not (share or money) and _FURTHER.match(line.lower, number.end)
    return NumberRole.ADDED if further or _A_FURTHER.search(line.lower, 0, number.start) else NumberRole.AMOUNT


_FURTHER = re.compile(r" more\b(?! than\b)")
_A_FURTHER = re.compile(r"\b(?:a further|an additional) $")


def _way_behind(line: NumberLine, end: int) -> str | None:
    """The way told behind an amount: "a 3 percent rise", "12 percent more than"."""
    after = _NOUN_AFTER.match(line.lower, end)
    way = _way_of(line, after.start("noun")) if after and not line.lower.startswith((" of ", " to "), end) else None
    return (
        way
        if way in {_UP, _DOWN}
        else _UP
        if _MORE.match(line.lower, end)
        else _DOWN
        if _LESS.match(line.lower, end)
        else None
    )


def _move_at(line: NumberLine, end: int) -> str | None:
    """The way of a move word that ends just before an offset: "rose [12 percent]", "up [3 points]"."""
    i = line.before(end)
    return _way_of(line, line.tokens[i].start) if i >= 0 and end - line.tokens[i].end <= 1 else None


def _intransitive(line: NumberLine, end: int) -> bool:
    i = line.before(end)
    return i >= 0 and line.tokens[i].text.lower() in _INTRANSITIVE


_INTRANSITIVE = frozenset(
    form
    for verb in "rise fall drop climb jump surge soar sink slip slide plunge tumble decline decrease increase grow dip ease".split()
    for form in verb_forms(verb)
) | {"up", "down"}


def _move_before(line: NumberLine, end: int) -> str | None:
    """The way of the last move word of the clause before an offset."""
    i = line.before(end)
    for j in range(i, max(-1, i - MOVE_REACH), -1):
        if line.tokens[j].text in {".", ";", ":"}:
            return None
        if way := _way_of(line, line.tokens[j].start):
            return way
    return None


def _way_of(line: NumberLine, start: int) -> str | None:
    i = line.over(start)
    if not 0 <= i < len(line.tokens):
        return None
    if line.tokens[i].text.lower() in {"up", "down"} and i and _is_particle(line, i - 1):
        return None
    hit = row_at(_moves(), line.tokens, i)
    return hit[0][0] if hit else None


_GOING = frozenset(
    form for verb in "go move edge tick inch creep drift finish close end be".split() for form in verb_forms(verb)
)


def _is_particle(line: NumberLine, verb: int) -> bool:
    """Whether "up" or "down" belongs to a verb and tells no change: "make up a third"."""
    token = line.tokens[verb]
    return token.pos == "VERB" and token.text.lower() not in _GOING and row_at(_moves(), line.tokens, verb) is None
