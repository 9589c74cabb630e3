"""Every number of a sentence as it is written, with its unit and hedge; ages and names are told apart here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.core.claims.numbers.ages import find_age
from app.core.claims.numbers.fates import fate_words
from app.core.claims.numbers.line import FoundNumber, NumberLine
from app.core.claims.numbers.loose import parts, spans_of_time, times, vague
from app.core.claims.numbers.moves import change_words, multiples
from app.core.claims.numbers.things import plural_follows
from app.core.claims.numbers.traps import is_name
from app.core.claims.numbers.units import hedge_after, hedge_before, kind_of_unit, money_before, unit_after
from app.core.claims.numbers.written import AMOUNT, DIGITS_ONLY, WORDS, value_of
from app.core.records import Hedge

__all__ = ["amounts"]


def amounts(line: NumberLine) -> list[FoundNumber]:
    """Numbers in order, without overlap; those that belong to names are marked and not left out."""
    out: list[FoundNumber] = []
    for read in (spans_of_time, _written, multiples, vague, times, parts):
        for found in read(line):
            if not line.is_blocked(found.start, found.end) and not any(
                a.start < found.end and found.start < a.end for a in out
            ):
                out.append(found)
    return sorted(out, key=lambda n: n.start)


def _written(line: NumberLine) -> Iterator[FoundNumber]:
    last: FoundNumber | None = None
    for m in (AMOUNT if WORDS.search(line.text) else DIGITS_ONLY).finditer(line.masked()):
        if not line.is_blocked(m.start(), m.end()) and (found := _amount(line, m, last)):
            last = found
            yield found


_SOME_PART = re.compile(r"[- ](?:thirds|quarters|fourths|fifths|sixths|eighths|tenths|halves|half)\b")


def _amount(line: NumberLine, m: re.Match[str], last: FoundNumber | None) -> FoundNumber | None:
    """What a match of AMOUNT tells with the words around it; None when it is no number."""
    text, end = line.text, m.end()
    worth = value_of(m)
    if worth is None or (m["words"] and _SOME_PART.match(line.lower, end)):
        return None
    value, rough = worth
    scale = (m["scale"] or m["whole"] or "").strip(" -").lower()
    money = money_before(text, m.start())
    if money and money[2] and not scale and "," not in m.group():
        money = None  # "R2" is no money
    if scale in {"m", "mm", "b", "k"} and not money and not _is_scale(line, m, scale):
        end, scale = m.start("scale"), ""
        value = (value_of(m.re.match(text, m.start(), end) or m) or worth)[0]
    found = FoundNumber(
        m.start(), end, value, worded=bool(m["words"] or m["fraction"]), scaled=bool(scale), amount_end=end
    )
    if money:
        found.unit, found.start = money[0], money[1]
    else:
        _unit_behind(line, m, found)
    undecided = m["fraction"] and not scale and found.unit is None
    half_written = re.fullmatch(r"\d+,\d{1,2}|\.\d+", m["digits"] or "") and not (found.unit or scale)  # 1,5  .357
    stroke = "/" in (m["alone"] or "") and not (found.unit or scale)  # "the 1/6 riot", but "1/4 of voters"
    if undecided or half_written or stroke or not _stands_alone(line, m, found, last):
        return None
    if found.worded and value == 1 and found.unit == "point" and line.lower.endswith("at ", 0, m.start()):
        return None  # "at one point"
    _negative(line, found)
    found.hedge = Hedge.AT_LEAST if rough else hedge_before(text, found.start, found.unit)
    if after := hedge_after(text, found.end):
        found.hedge = after[0]
        if found.unit is None and (unit := unit_after(text, after[1])):  # "80 or more yards"
            found.unit, found.end = unit
    if not find_age(line, found):
        found.name = found.name or _is_name(line, m, found, last)
    return found


def _unit_behind(line: NumberLine, m: re.Match[str], found: FoundNumber) -> None:
    if unit := unit_after(line.text, found.end):
        found.unit, found.end = unit
    elif m["alone"] and re.match(r" of\b| the\b", line.lower[found.end :]):
        found.unit = "share"
    if m["fraction"] and found.unit == "point":
        found.unit = "percentage_point"
    if found.unit == "gbp" and "£" not in m.group() and _is_weight(line, found):
        found.unit = "pound_mass"
    if found.unit in {None, "degree"} and found.value < 10 and not found.worded and _is_magnitude(line, found):
        found.unit = "magnitude"


_OF_PEOPLE = ("population of ", "crowd of ", "audience of ", "city of ", "country of ", "nation of ")
_NO_METRES = (" hurdles", " sprints")


def _is_scale(line: NumberLine, m: re.Match[str], scale: str) -> bool:
    """Whether m, b, k after plain digits mean millions and so on: "5m people", "3m euros", not "40m" nor "a 5 k race"."""
    if scale == "mm" or m["scale"] != m["scale"].strip():
        return False
    unit = unit_after(line.text, m.end())
    if line.lower.endswith(_OF_PEOPLE, 0, m.start()):
        return True
    counts = plural_follows(line, m.end()) and not line.lower.startswith(_NO_METRES, m.end())
    return scale == "k" or (unit is not None and unit[0] != "metre") or counts


_MAGNITUDE = re.compile(
    r"\b(?:magnitude(?: of| was| is| at|:)?|measured|measuring|registered|registering|richter scale|strength of)(?: about| around| at least| a preliminary| at)? $|\bmagnitude-$"
)
_QUAKE = re.compile(
    r"[- ](?:strength |strong )?(?:earthquake|quake|tremor|temblor|aftershock|foreshock|shock|on the (?:open-ended )?richter)"
)


def _is_magnitude(line: NumberLine, found: FoundNumber) -> bool:
    """Whether it is told of a quake: "magnitude 6.1", "measuring 6.1", "a 6.1 quake"."""
    decimal = "." in line.text[found.start : found.end]
    near = _MAGNITUDE.search(line.lower, max(0, found.start - 28), found.start)
    return bool(near and ("magnitude" in near.group() or decimal)) or bool(
        decimal and _QUAKE.match(line.lower, found.end)
    )


_MONEY_NEAR = re.compile(
    r"\b(?:sterling|euros?|dollars?|pay|paid|pays|fined?|cost\w*|worth|prices?|wages?|salary|earn\w*|spen[dt]\w*|funding|tickets?|bank|money|debt|invest\w*|tax\w*|fees?|rent|budget|loan|cash|bill|charged?|bet|prize)\b"
)


def _is_weight(line: NumberLine, found: FoundNumber) -> bool:
    """Whether pounds are weight: "a 400-pound gorilla", "weighing 180 pounds", "two million pounds of thrust"."""
    near = line.lower[max(0, found.start - 50) : found.end + 30]
    if "-pound" in line.lower[found.start : found.end] or re.search(r"\b(?:weigh|thrust|payload)", near):
        return True
    return not _MONEY_NEAR.search(near) and (not found.scaled or line.lower.startswith(" of ", found.end))


def _stands_alone(line: NumberLine, m: re.Match[str], found: FoundNumber, last: FoundNumber | None) -> bool:
    """Not inside a longer string: "AK-47", "1.5.2", "5G"; but "20-30", "$2bn-$3bn" and "two-to-10" hold two numbers."""
    text, start = line.text, found.start
    letters = m["digits"] and found.end == found.amount_end and text[found.end : found.end + 1].isalnum()
    if letters or re.match(r"[.,:/']\d", text[found.end : found.end + 2]):
        return False
    before = text[start - 1 : start]
    if (
        before.isalnum()
        or before in {"#", "@", "_", "/", "$", "€", "£"}
        or re.fullmatch(r"\d[.,:']", text[max(0, start - 2) : start])
    ):
        return False
    if before not in {"-", "—"} or text[start - 2 : start - 1] in {"", " "}:
        return True
    if last is not None and last.end == start - 1:
        found.name = last.name
        return True
    return found.unit == "magnitude" or _LINKED.search(line.lower, max(0, start - 9), start) is not None


_LINKED = re.compile(r"(?:[^\w]|\b(?:to|or|in|of|and|by|nearly|mid))-$")
_MINUS = re.compile(r"(?:^|[\s(\[:;,])(?P<sign>[-—])$|\b(?P<word>minus|negative) $")


def _negative(line: NumberLine, found: FoundNumber) -> None:
    """Turns the sign of "-0.3 percent", "minus 5 degrees", "20 degrees below zero"; never of what is counted."""
    m = _MINUS.search(line.lower, max(0, found.start - 10), found.start)
    measured = found.unit not in {None, "person"} or "." in line.text[found.start : found.end]
    if m and (m["word"] or measured):
        found.value, found.start = -found.value, m.start("sign") if m["sign"] else m.start("word")
    elif kind_of_unit(found.unit) == "heat" and line.lower.startswith(" below zero", found.end):
        found.value, found.end = -abs(found.value), found.end + len(" below zero")


def _is_name(line: NumberLine, m: re.Match[str], found: FoundNumber, last: FoundNumber | None) -> bool:
    text = line.text
    written = not re.search(r"[,']", m.group()) and found.hedge is Hedge.EXACT and not found.scaled
    bare = written and found.unit in {None, "person"}
    inner = (
        found.worded and not line.titled and re.fullmatch(r"[a-z,] [A-Z]", text[max(0, m.start() - 2) : m.start() + 1])
    )
    if inner and re.match(r" [A-Z]", text[m.end() :]):
        return True  # "the Six Day War"
    beside = re.match(r"[ -]?([a-z]+)", line.lower[found.end : found.end + 20])
    told = found.unit == "person" or (beside is not None and beside[1] in fate_words())
    told = told or (found.unit is None and plural_follows(line, found.end))
    if bare and not told and last and last.name and text[last.end : m.start()] in {", ", " and ", ", and ", " or "}:
        return True  # "Zones 1 and 2"
    return is_name(line, m.start(), m.end(), bare=bare, plural=told, verbs=fate_words() | change_words())
