"""What an amount measures: a fine, a price, a sentence, a depth (lexicon/measured.toml), else the noun that it belongs to.

Read in this order: the noun behind ("a $5m fine"), an adjective behind ("10 km deep"), the noun before "of" ("a fine of $5m"),
then the nearest of the lexicon's nouns and verbs before it in its clause ("the price rose to $5", "fined $5m").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from app.core.claims.numbers.line import FoundNumber, NumberLine
from app.core.claims.numbers.units import kind_of_unit, unhedged
from app.core.claims.numbers.words import Rows, row_at, word_rows
from app.core.lexicon.inflections import singular
from app.core.lexicon.load import load, word_set
from app.core.records import NumberRole
from app.core.thresholds import MEASURE_REACH

__all__ = ["find_measures"]


@lru_cache(maxsize=4)
def _rows(field: str) -> Rows:
    measures = load("measured")["measure"].items()
    return word_rows(
        ((w, name) for name, row in measures for w in row[field]), verbs=field == "verbs", nouns=field == "nouns"
    )


@lru_cache(maxsize=1)
def _kinds() -> dict[str, frozenset[str]]:
    return {name: frozenset(row["units"]) for name, row in load("measured")["measure"].items()}


@lru_cache(maxsize=1)
def _moving() -> dict[str, str]:
    """What it is that rises and falls where a noun can name two things: shares fall in price, and are not sold."""
    return {name: row["moving"] for name, row in load("measured")["measure"].items() if "moving" in row}


def find_measures(line: NumberLine, found: Sequence[FoundNumber]) -> None:
    """Sets what each amount measures, where words beside it say so."""
    for number in found:
        if number.name or number.fate or number.role in {NumberRole.AGE, NumberRole.SCORE} or number.unit == "time":
            continue
        number.measure = _of_number(line, number)
        if number.role in {NumberRole.RISE, NumberRole.FALL}:
            number.measure = _moving().get(number.measure or "", number.measure)
    for a, b in pairwise(found):
        if a.measure in _moving().values() and _AT_LAST.fullmatch(line.lower, a.end, b.start):
            b.measure = a.measure  # "shares rose 1 percent to $39.20"
        if (  # "a seven-year, $161 million deal"
            a.measure is None
            and a.unit
            and line.lower[a.end : b.start] in {", ", " "}
            and re.search(r"\b(?:an?|the) $", line.lower[: a.start])
        ):
            a.measure = b.measure


_AT_LAST = re.compile(r",? (?:to|and (?:closed|ended|stood) at|closing at|ending at) (?:about |around )?")


def _of_number(line: NumberLine, number: FoundNumber) -> str | None:
    if number.unit == "magnitude":
        return "magnitude"
    kind = kind_of_unit(number.unit) or "count"
    counted = kind in {"count", "people"}
    if not counted:
        if name := _adjective_behind(line, number, kind):
            return name
        if (
            not (number.of or number.unit == "share")
            and (i := _noun_behind(line, number) or _noun_after_in(line, number, kind)) is not None
        ):
            return _name_at(line, i, kind) or singular(line.tokens[i].text)
    if (i := _noun_before_of(line, number)) is not None:
        return _name_at(line, i, kind) or (None if counted else singular(line.tokens[i].text))
    if counted and (number.counts not in {None, "person"} or not _told(line, number)):
        return None
    return _before(line, number, kind)


_TELLS = word_set("closed", "measures_tells")


def _told(line: NumberLine, number: FoundNumber) -> bool:
    i = line.before(unhedged(line.text, number.start))
    return i >= 0 and line.tokens[i].text.lower() in _TELLS


def _name_at(line: NumberLine, last: int, kind: str) -> str | None:
    """The lexicon's name of the noun that ends at a token, of two words before one: "rescue package", "market cap"."""
    for first in (last - 1, last):
        hit = row_at(_rows("nouns"), line.tokens, first) if first >= 0 else None
        if hit and first + hit[1] == last + 1 and (name := _fitting(hit[0], kind)):
            return name
    return None


def _fitting(names: Sequence[str], kind: str) -> str | None:
    """The first of several measures that a kind of unit can have."""
    return next((n for n in names if not _kinds()[n] or kind in _kinds()[n]), None)


def _adjective_behind(line: NumberLine, number: FoundNumber, kind: str) -> str | None:
    i = line.at(number.end)
    if i < len(line.tokens) and line.text[number.end : line.tokens[i].start] == "-":
        return None
    for j in (i, i + 1):
        if j < len(line.tokens) and (hit := row_at(_rows("after"), line.tokens, j)):
            return _fitting(hit[0], kind)
        if j < len(line.tokens) and line.tokens[j].text.lower() not in {"miles", "or", "to", "the", "-"}:
            break
    return None


_NOUNS = frozenset({"NOUN", "PROPN"})


def _noun_behind(line: NumberLine, number: FoundNumber) -> int | None:
    """The noun that an amount stands before: "a $5m fine", "a five-year suspended sentence", "100 mph winds"."""
    i = line.at(number.end)
    if i >= len(line.tokens) or line.text[number.end : line.tokens[i].start].strip(" -"):
        return None
    return _noun(line, i)


def _noun(line: NumberLine, i: int) -> int | None:
    """The last noun of the phrase that starts at a token, whatever its number; no noun of time."""
    noun: int | None = None
    if [t.text.lower() for t in line.tokens[i : i + 2]] == ["worth", "of"]:
        i += 2
    for token in line.tokens[i : i + 7]:
        if kind_of_unit(singular(token.text)) == "time":
            break
        if line.is_blocked(token.start, token.end) or token.dep == "prep":  # "including debt"
            break
        if token.text == "-" or token.text.lower() == "brand":
            continue
        if line.parsed and (token.pos == "NOUN" or (line.titled and token.pos == "PROPN")) and token.text[0].isalpha():
            noun = token.i
        elif line.parsed and noun is None and (token.pos == "ADJ" or token.tag in {"VBN", "VBG"}):
            noun = token.i if token.text.lower() in _rows("nouns") else None
        else:
            break
    return noun


def _noun_after_in(line: NumberLine, number: FoundNumber, kind: str) -> int | None:
    """The noun of "5bn in unpaid taxes"."""
    i = line.at(number.end)
    if kind != "currency" or i + 1 >= len(line.tokens) or line.text[number.end : line.tokens[i + 1].start] != " in ":
        return None
    return _noun(line, i + 1)


def _noun_before_of(line: NumberLine, number: FoundNumber) -> int | None:
    end = unhedged(line.text, number.start)
    i = line.before(end)
    if i < 1 or line.tokens[i].text.lower() != "of":
        return None
    token = line.tokens[i - 1]
    return i - 1 if token.pos in _NOUNS and token.text[0].isalpha() else None


def _before(line: NumberLine, number: FoundNumber, kind: str) -> str | None:
    """The nearest noun or verb of the lexicon before the number in its clause whose measure its unit can have."""
    end = unhedged(line.text, number.start)
    last = line.before(end)
    for i in range(last, max(-1, last - MEASURE_REACH), -1):
        if re.fullmatch(r"[.;:]|—", line.tokens[i].text):
            return None
        for field in ("verbs", "nouns"):
            hit = row_at(_rows(field), line.tokens, i)
            if hit and (name := _fitting(hit[0], kind)):
                return name
    return None
