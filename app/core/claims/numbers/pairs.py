"""Two numbers that are one: ranges, shares told as one in five, results of games and votes, composite lengths and times."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.core.claims.numbers.fates import fate_words
from app.core.claims.numbers.line import FoundNumber, NumberLine
from app.core.claims.numbers.things import plural_follows
from app.core.claims.numbers.units import in_common_unit, kind_of_unit
from app.core.records import Hedge, NumberRole
from app.core.thresholds import MOST_GOALS, MOST_TIMES

__all__ = ["joined_numbers", "shared_nouns"]

_RANGE = re.compile(
    r" ?(?:-|—|to|and|or|-to-|- to | or even | and up to | to as many as | or perhaps | to around | to about ) ?(?:US\$|[$€£¥])?"
)
_BETWEEN = re.compile(
    r"\b(?:between|anywhere from|somewhere between)(?: about| around| roughly| some| an estimated)? ?(?:US\$|[$€£¥])?$"
)
_IN_EVERY = re.compile(r"[ -](?:in|out of|of|in every|out of every|of every)[ -]")
_GAME = re.compile(
    r"\b(?:won|win|wins|lost|lose|beat|beats|beaten|lead|leads|led|voted|beating|edging|defeating|defeat|defeated|defeats|drew|tied|winning|losing|leading|trailing|trail|trailed|edged|routed|past|downed|topped|over|against|score|result|record|aggregate|victory|loss|game|scored|finished|final|went|fell to|improved to|start|run|is now|are now|stands at|series)\b[^.;]*$"
)
_GAME_AFTER = re.compile(
    r" ?\)?(?:[ -](?:vote|win|victory|defeat|loss|draw|lead|record|on aggregate|against|majority|ruling|decision|run|start|over|at half|half-?time|to|in|all-time|overall|mark|rout|spurt|advantage|margin|split|tie|deficit|edge|this season|on the)\b|,|\)|\.|$)"
)
_MEASURED = re.compile(
    r" ?(?:percent|per cent|%|people|men|women|years?|hours?|minutes?|days?|weeks?|months?|miles|km|metres|meters|feet|inches)"
)


def joined_numbers(line: NumberLine, found: list[FoundNumber]) -> list[FoundNumber]:
    """The numbers in order, those that belong together made one."""
    out: list[FoundNumber] = []
    for number in found:
        last = out[-1] if out else None
        gap = line.lower[last.end : number.start] if last else None
        if last is None or gap is None or len(gap) > 16:
            out.append(number)
        elif last.role is NumberRole.SCORE and gap in {"-", "—"}:
            last.end = number.end  # 45-7-2
        elif not (
            _score(line, last, number, gap)
            or _ratio(last, number, gap)
            or _range(line, last, number, gap)
            or _sum(last, number, gap)
        ):
            out.append(number)
    return out


def _become(a: FoundNumber, b: FoundNumber, value: float, unit: str | None, upto: float | None = None) -> bool:
    a.value, a.unit, a.upto, a.end, a.amount_end, a.name = value, unit, upto, b.end, b.amount_end, False
    return True


def _score(line: NumberLine, a: FoundNumber, b: FoundNumber, gap: str) -> bool:
    """Results like "3-0", "a 10-7 vote", "a 9-14 record"; not "10-15 people"."""
    plain = not (a.unit or b.unit or a.scaled or b.scaled) and a.hedge is Hedge.EXACT and a.worded == b.worded
    small = all(n.value == int(n.value) and n.value <= MOST_GOALS for n in (a, b))
    before, after = line.lower[max(0, a.start - 40) : a.start], line.lower[b.end : b.end + 16]
    if gap not in {"-", "—"} or not plain or not small or (a.name and not _GAME.search(before)):
        return False
    if _MEASURED.match(after) or _BETWEEN.search(before) or (a.worded and not _GAME_AFTER.match(after)):
        return False
    lower = b.value <= a.value or re.match(r"-\d{1,3}\b", after)  # "10-7", "45-7-2"
    if not lower and not (_GAME.search(before) and _GAME_AFTER.match(after)) and _counts_something(line, b, after):
        return False
    a.role = NumberRole.SCORE
    return _become(a, b, a.value, "score", b.value)


def _counts_something(line: NumberLine, b: FoundNumber, after: str) -> bool:
    """Whether what follows can be counted: then two numbers with a dash are a range, else a record or a result."""
    told = re.match(r" ([a-z]+)", after)
    return plural_follows(line, b.end) or bool(told and (told[1] in fate_words() or told[1] in _OF_PEOPLE))


_OF_PEOPLE = frozenset("were have are had people".split())


def _ratio(a: FoundNumber, b: FoundNumber, gap: str) -> bool:
    """A share: "one in five people", "nine out of 10"; not "two in 12 days", "five of the 12"."""
    if not _IN_EVERY.fullmatch(gap) or a.unit or a.upto or kind_of_unit(b.unit) not in {None, "people"}:
        return False
    if not 0 < a.value < b.value <= 1e6 or b.hedge is not Hedge.EXACT:
        return False
    word = gap.strip(" ")  # "29-of-34" keeps its hyphens
    if (word == "of" and (b.value not in {10, 100, 1000} or a.scaled)) or (
        word == "in" and b.value > 100 and a.value > 10
    ):
        return False
    last = b.amount_end if b.unit == "person" else b.end
    _become(a, b, a.value / b.value, "share")
    a.end = a.amount_end = last
    return True


def _range(line: NumberLine, a: FoundNumber, b: FoundNumber, gap: str) -> bool:
    word = gap.strip(" $€£¥")
    before = line.lower[max(0, a.start - 28) : a.start]
    between = _BETWEEN.search(before) is not None
    if a.upto is not None or b.upto is not None or b.name or not _RANGE.fullmatch(gap) or "time" in {a.unit, b.unit}:
        return False
    if (a.role not in {NumberRole.AMOUNT, NumberRole.AGE} or word == "and") and not between:
        return False
    if before.endswith("by ") or (a.name and word in {"to", "or"}):
        return False
    unit, low, high = b.unit or a.unit, a.value, b.value
    alone = b.unit is None and (kind_of_unit(a.unit) in {"currency", "people"} or a.role is NumberRole.AGE)
    if a.unit not in {None, b.unit} and not alone:
        if (
            kind_of_unit(a.unit) != kind_of_unit(b.unit)
            or kind_of_unit(a.unit) in {None, "currency"}
            or word in {"and", "or"}
        ):
            return False
        (low, unit), (high, _) = in_common_unit(low, a.unit), in_common_unit(high, b.unit)
    elif b.scaled and not a.scaled and low < 1000 <= high:  # "$1.5 to $2 million"
        scale = 1000.0 ** ((len(str(int(high))) - 1) // 3)
        low = low * scale if low * scale < high else low
    if (
        not low < high
        or high > MOST_TIMES * max(low, 1)
        or (word.startswith("or") and high > 3 * low + 3 and not a.worded)
    ):
        return False
    a.scaled, a.role = a.scaled or b.scaled, b.role if b.role is NumberRole.AGE else a.role
    if b.hedge is Hedge.ABOUT and a.hedge is Hedge.EXACT and word not in {"-", "—"}:
        a.hedge = b.hedge
    return _become(a, b, low, unit, high)


def _sum(a: FoundNumber, b: FoundNumber, gap: str) -> bool:
    """One amount in the first unit of "6ft 2in", "two hours and 30 minutes", "two years, six months"."""
    if a.unit == "foot" and b.unit is None and gap == "-" and b.value < 12:  # a 6-foot-2 guard
        return _become(a, b, a.value + b.value / 12, a.unit)
    kind = kind_of_unit(a.unit)
    if kind not in {"time", "length", "mass"} or kind_of_unit(b.unit) != kind or a.unit == b.unit:
        return False
    if gap not in {"", " ", " and ", ", "} or a.upto is not None or b.upto is not None or a.hedge is not Hedge.EXACT:
        return False
    (one, unit), (other, same) = in_common_unit(1.0, a.unit), in_common_unit(b.value, b.unit)
    return unit == same and other < one and _become(a, b, a.value + other / one, a.unit)


_OF_THE = frozenset(f" of {w} " for w in "the its their those these his her all".split()) | {" of ", " out of "}
_LIST = re.compile(r",? (?:and |or |to |by |and then |then )?|-by-|, | to (?:about |at least |more than )?")
_CHANGES = frozenset({NumberRole.RISE, NumberRole.FALL})


def shared_nouns(line: NumberLine, found: Sequence[FoundNumber]) -> None:
    """Numbers of a list share the unit or the noun of the last: "eight, 10, 12 years", "two or three dogs"."""
    for a, b in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        gap = line.lower[a.end : b.start]
        b.whole = gap in _OF_THE or gap == " out of the "
        kind = kind_of_unit(b.unit)
        if b.role is NumberRole.AMOUNT and a.role in _CHANGES and gap == " and " and kind == kind_of_unit(a.unit):
            b.role = a.role
        if a.role is NumberRole.AGE and b.unit is None and b.counts is None and gap in {" and ", ", ", " or "}:
            b.unit, b.role = a.unit, a.role  # "ages 6 and 7"
        alone = not (a.unit or a.counts or a.name or b.name or a.following) and a.scaled == b.scaled
        if alone and gap and _LIST.fullmatch(gap) and kind != "currency" and b.unit not in _NOT_SHARED:
            a.unit, a.counts, a.per = b.unit, b.counts, b.per


_NOT_SHARED = frozenset({"score", "time", "year_of_age"})
