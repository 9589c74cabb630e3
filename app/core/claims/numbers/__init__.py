"""How many of what: numbers in digits and words with unit, hedge and role, what they count or measure, and what became of it.

    line.py      a sentence while its numbers are read
    amounts.py loose.py   every number of a sentence with its unit and hedge; "dozens", "twice", "half of"
    traps.py     what looks like a number and counts nothing: dates, names, addresses, ids
    written.py   how numbers are written and what they are worth
    units.py     units, currencies, hedges
    ages.py      ages
    moves.py     by how much, from what, how many times
    pairs.py     two numbers that are one: ranges, shares, results; lists that share a noun
    things.py    what is counted, what a share is of, what an amount is per
    fates.py     what became of those counted
    measures.py  what an amount measures
    alike.py     whether two numbers may be compared, and which values a number leaves open

Decisions. A date is no number, nor an ordinal, nor the digits of a name ("Group of 20", "Boeing 737", "Game 7"). "dozens" is 24
or more, "hundreds" 200 or more: the least that a plural says. What a change ended at ("rose by 12 to 45") is an amount like
any other, the 12 is a rise, and what it was before has a role of its own; neither makes a range. Numbers are finite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from app.core.claims.numbers.ages import whose
from app.core.claims.numbers.amounts import amounts
from app.core.claims.numbers.fates import find_fates
from app.core.claims.numbers.line import FoundNumber, NumberLine, plain_signs
from app.core.claims.numbers.measures import find_measures
from app.core.claims.numbers.moves import find_roles
from app.core.claims.numbers.pairs import joined_numbers, shared_nouns
from app.core.claims.numbers.things import counted, of_and_per
from app.core.claims.numbers.traps import no_numbers
from app.core.claims.numbers.units import in_common_unit
from app.core.language import load_reader
from app.core.lexicon.load import word_set
from app.core.records import Hedge, NumberMention, NumberRole, Span

if TYPE_CHECKING:
    from app.core.claims.sentences import ReadSentence

__all__ = ["find_numbers", "in_common_unit"]


def find_numbers(
    text: str, offset: int = 0, dates: tuple[Span, ...] = (), sentences: Sequence[ReadSentence] | None = None
) -> tuple[NumberMention, ...]:
    """Numbers in order, without overlap; offsets are into `text`, moved by `offset`.

    Dates are not numbers: `dates` are their spans in the same offsets. `sentences` are the text's own; without them the text
    is read as one sentence, by rules.
    """
    out: list[NumberMention] = []
    for start, line in _lines(text, sentences):
        end = start + len(line.text)
        line.block(
            (a - offset - start, b - offset - start) for a, b in dates if a - offset < end and b - offset > start
        )
        out.extend(_mention(text, n, start, offset) for n in _read(line))
    return tuple(sorted(out, key=lambda n: n.start))


_MAY_HOLD = re.compile(
    r"\d|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|zero|"
    r"hundreds?|thousands?|millions?|billions?|trillions?|dozens?|scores?|half|hal[fv]\w+|thirds?|quarters?|fourths?|fifths?|tenths?|doubl\w+|tripl\w+|trebl\w+|quadrupl\w+|\w+fold|couple|twice|thrice|once|hour and a|year and a)\b",
    re.IGNORECASE,
)


def _lines(text: str, sentences: Sequence[ReadSentence] | None) -> Iterator[tuple[int, NumberLine]]:
    if sentences is None:
        if _MAY_HOLD.search(text):
            yield 0, NumberLine.of(plain_signs(text), next(iter(load_reader("rules").parse([plain_signs(text)]))))
        return
    for sentence in sentences:
        source = text[sentence.start : sentence.end]
        if _MAY_HOLD.search(source):
            yield sentence.start, NumberLine.of(plain_signs(source), sentence.parsed)


def _read(line: NumberLine) -> list[FoundNumber]:
    line.block(no_numbers(line))
    found = amounts(line)
    find_roles(line, found)
    found = joined_numbers(line, found)
    find_roles(line, [n for n in found if n.upto is not None])
    for number in found:
        if number.unit in {None, "person"} and number.role is not NumberRole.SCORE:
            counted(line, number)
        of_and_per(line, number)
        if number.role is NumberRole.AGE:
            number.of = whose(line, number)
    shared_nouns(line, found)
    found = [n for n in found if not n.name]
    find_fates(line, found)
    find_measures(line, found)
    return [n for n in found if _tells(line, n)]


_NO_ONE = re.compile(r"\b(?:no|any|every|each|some) $")
_NO_NUMBER = re.compile(r"\b(?:no|any|every|each|some|this|that|which|the|another|last) $")
_RHETORIC = word_set("closed", "numbers_rhetoric")


def _tells(line: NumberLine, number: FoundNumber) -> bool:
    """Whether it is a number after all: "one" is a pronoun where it neither counts nor measures ("one of them", "no one")."""
    if not number.worded or number.value not in {0, 1} or number.upto or number.role is not NumberRole.AMOUNT:
        return True
    before = line.lower[max(0, number.start - 9) : number.start]
    if number.unit == "day":
        one_day = number.hedge is Hedge.EXACT and "-day" not in line.lower[number.start : number.end]
        return not one_day or _FOR.search(before) is not None
    if number.unit not in {None, "person"} or number.fate:
        return _NO_ONE.search(before) is None
    counts = number.counts is not None and number.counts not in _RHETORIC
    return counts and not line.lower.startswith(" of ", number.end) and not _NO_NUMBER.search(before)


_FOR = re.compile(r"\b(?:for|in|within|only|just|than|the|a|lasted|took|every) $")


def _mention(text: str, n: FoundNumber, start: int, offset: int) -> NumberMention:
    first, last = n.start + start, n.end + start
    told = {name: getattr(n, name) for name in _TOLD}
    return NumberMention(text[first:last], n.value, n.unit, first + offset, last + offset, **told)


_TOLD = ("hedge", "upto", "counts", "fate", "measure", "of", "per", "role")
