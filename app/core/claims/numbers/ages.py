"""Numbers that are ages: "the 33-year-old", "aged 33", "Ann Field, 33, of Ardby", "children under five"."""

from __future__ import annotations

import re

from app.core.claims.numbers.line import FoundNumber, NumberLine
from app.core.claims.numbers.things import last_noun
from app.core.claims.numbers.words import is_person, may_be_person
from app.core.lexicon.inflections import singular
from app.core.lexicon.load import word_set
from app.core.records import NumberRole
from app.core.thresholds import OLDEST

__all__ = ["find_age", "whose"]

_YEAR_OLD = re.compile(
    r"[- ](?P<unit>year|yr|month|week|day)s?[- ](?:olds?|of[- ]age)\b|[- ]year[- ](?=old)|yo\b|[- ]y/?o\b"
)
_AGED = re.compile(
    r"\b(?:aged|ages?|age of|ages of|aged between|ages between|turned|turning|turns|aged from|at the age of|both aged|all aged) (?:just |only |about |around |between |from )?$"
)
_LIMIT = re.compile(
    r"\b(?P<whom>[a-z]+) (?:who (?:are|were) )?(?:under|over|above|below|younger than|older than|as young as|as old as)(?: the age of)? $"
)
_WAS = re.compile(
    r"\b(?:he|she|who|i|they|both) (?:was|is|were|are|am|would be|would have been|had been|was just|is now|was only|were both)(?: just| only| now| about| around| still)? $"
)
_NAME_WAS = re.compile(r"(?:^|[.\"\n] ?)[A-Z][\w'-]+(?: [A-Z][\w'.-]+){0,3} (?:was|is) $")
_DIED_AT = re.compile(r"\b(?:dies|died|dead|dying|death|passed away)(?: [a-z]+day)? at(?: age| the age of)? $")
_NAMED = re.compile(
    r"(?:(?P<name>[A-Z][\w'.-]+)|(?P<noun>[a-z]{3,})|\b(?:both|all))(?:,? (?:Jr|Sr)\.?)?(?:, | \()(?P<both>(?:both|all|now|then|just|aged|age) )?$"
)
_ENDED = re.compile(r"[.,;)\"]|$| (?:when|and|at the time|then|years old|to \d|or \d)\b")
_CLOSED = re.compile(r"(?:[,.;:)\]]|$| and\b| of [A-Z]| from [A-Z]| who\b| was\b| is\b| -| —|\n)(?!\d)")


def find_age(line: NumberLine, found: FoundNumber) -> bool:
    """Whether the number is an age; then its unit and role are set."""
    if found.scaled or (found.upto is None and found.value > OLDEST) or found.value < 0:
        return False
    text = line.text
    if m := _YEAR_OLD.match(line.lower, found.amount_end):
        unit = m["unit"] or "year"
        return _set(found, "year_of_age" if unit in {"year", "yr"} else unit, m.end())
    if found.unit not in {None, "person", "year"}:
        return False
    before = line.lower[max(0, found.start - 40) : found.start]
    if _AGED.search(before) or _DIED_AT.search(before):
        return not _counts(line, found) and _set(found, "year_of_age", found.amount_end)
    if found.unit is not None or found.value != int(found.value):
        return False
    is_someone = _WAS.search(before) or _NAME_WAS.search(text, max(0, found.start - 40), found.start)
    if is_someone and _ENDED.match(line.lower, found.end) and not _counts(line, found):
        return _set(found, "year_of_age", found.amount_end)
    limit = _LIMIT.search(before)
    if limit and is_person(singular(limit["whom"])) and not _counts(line, found):
        return _set(found, "year_of_age", found.amount_end)
    named = _NAMED.search(text, max(0, found.start - 48), found.start)
    if named is None or found.worded or not _CLOSED.match(text, found.end) or found.value < 1:
        return False
    if named["noun"] and not named["both"] and not may_be_person(singular(named["noun"])):
        return False
    return _set(found, "year_of_age", found.amount_end)


_WHOSE = re.compile(
    r"([A-Za-z][\w'-]+)(?:,? (?:Jr|Sr)\.?)?,? \(?(?:(?:both|all|aged?|at|the|of|is|was|who|now|then|just|only|under|over|dies|died|dead) )*$"
)
_NOBODY = word_set("closed", "ages_nobody")


def whose(line: NumberLine, found: FoundNumber) -> str | None:
    """The noun or the last name of whose age it is: "the 33-year-old driver", "Ann Field, 33"; None for "he is 33"."""
    if line.lower[found.start : found.end].endswith(("old", "olds")):
        i = line.at(found.end)
        near = i < len(line.tokens) and not line.text[found.end : line.tokens[i].start].strip(" ")
        return last_noun(line, i) if near else None
    m = _WHOSE.search(line.text, max(0, found.start - 48), found.start)
    return singular(m[1]) if m and m[1].lower() not in _NOBODY else None


def _counts(line: NumberLine, found: FoundNumber) -> bool:
    return (
        re.match(r" (?:people|others|percent|per cent|men|women|million|points|times)\b", line.lower[found.end :])
        is not None
    )


def _set(found: FoundNumber, unit: str, end: int) -> bool:
    found.unit, found.role, found.end, found.counts = unit, NumberRole.AGE, end, None
    return True
