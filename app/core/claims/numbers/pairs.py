"""Two numbers that are one: ranges, shares told as one in five, results of games and votes, composite lengths and times."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.core.claims.numbers.fates import fate_words
from app.core.claims.numbers.line import Found, Line
from app.core.claims.numbers.things import plural_follows
from app.core.claims.numbers.units import in_common_unit, kind_of_unit
from app.core.records import Hedge, NumberRole
from app.core.thresholds import MOST_GOALS

__all__ = ["joined", "shared_nouns"]

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


def joined(line: Line, found: list[Found]) -> list[Found]:
    """The numbers in order, those that belong together made one."""
    out: list[Found] = []
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


def _score(line: Line, a: Found, b: Found, gap: str) -> bool:
    """Results like "3-0", "a 10-7 vote", "a 9-14 record"; not "10-15 people"."""
    plain = not (a.unit or b.unit or a.scaled or b.scaled) and a.hedge is Hedge.EXACT and a.worded == b.worded
    small = all(n.value == int(n.value) and n.value <= MOST_GOALS for n in (a, b))
    before, after = line.lower[max(0, a.start - 40) : a.start], line.lower[b.end : b.end + 16]
    if gap not in {"-", "—"} or not plain or not small or (a.name and not _GAME.search(before)):
        return False
    three = re.match(r"-\d{1,3}\b", after) is not None
    if _MEASURED.match(after) or _BETWEEN.search(before) or (a.worded and not _GAME_AFTER.match(after)):
        return False
    if not (
        three or b.value <= a.value or (_GAME.search(before) and _GAME_AFTER.match(after)) or _bare(line, b, after)
    ):
        return False
    a.upto, a.unit, a.role, a.end, a.name = b.value, "score", NumberRole.SCORE, b.end, False
    a.amount_end = b.end
    return True


def _bare(line: Line, b: Found, after: str) -> bool:
    """Nothing follows that could be counted: a record or a result, no range."""
    told = re.match(r" ([a-z]+)", after)
    return not plural_follows(line, b.end) and not (
        told and told[1] in fate_words() | {"were", "have", "are", "had", "people"}
    )


def _ratio(a: Found, b: Found, gap: str) -> bool:
    """A share: "one in five people", "nine out of 10"; not "two in 12 days", "five of the 12"."""
    if not _IN_EVERY.fullmatch(gap) or a.unit or kind_of_unit(b.unit) not in {None, "people"}:
        return False
    if not 0 < a.value < b.value or b.value > 1e6 or a.upto is not None or b.hedge is not Hedge.EXACT:
        return False
    if gap.strip(" -") == "of" and (b.value not in {10, 100, 1000} or a.scaled) and "-" not in gap:
        return False
    if gap.strip(" -") == "in" and (b.value > 100 and a.value > 10):
        return False
    a.value, a.unit, a.end, a.amount_end, a.name = (
        a.value / b.value,
        "share",
        _without_unit(b),
        _without_unit(b),
        False,
    )
    return True


def _without_unit(b: Found) -> int:
    return b.amount_end if b.unit == "person" else b.end


def _range(line: Line, a: Found, b: Found, gap: str) -> bool:
    if a.upto is not None or b.upto is not None or not _RANGE.fullmatch(gap) or b.name:
        return False
    word = gap.strip(" $€£¥")
    before = line.lower[max(0, a.start - 28) : a.start]
    between = _BETWEEN.search(before) is not None
    if a.role not in {NumberRole.AMOUNT, NumberRole.AGE} and not between:
        return False
    if (word == "and" and not between) or "time" in {a.unit, b.unit} or re.search(r"\bby $", before):
        return False
    if (
        a.unit not in {None, b.unit}
        and not (b.unit is None and kind_of_unit(a.unit) in {"currency", "people"})
        and not (b.unit is None and a.role is NumberRole.AGE)
    ):
        if kind_of_unit(a.unit) != kind_of_unit(b.unit) or kind_of_unit(a.unit) in {None, "currency"}:
            return False
        high, unit = in_common_unit(b.value, b.unit)
        low, _ = in_common_unit(a.value, a.unit)
        if not low < high or a.unit == b.unit or word in {"and", "or"}:
            return False
        a.value, a.upto, a.unit, a.end, a.amount_end = low, high, unit, b.end, b.amount_end
        return True
    low = a.value
    if b.scaled and not a.scaled and low < 1000 <= b.value:
        scale = 10.0 ** (len(str(int(b.value))) - 1 - (len(str(int(b.value))) - 1) % 3)
        if low * scale < b.value:
            low *= scale
    if not low < b.value or (word.startswith("or") and b.value > 3 * low + 3 and not a.worded):
        return False
    if b.value > 200 * max(low, 1) or (a.name and word in {"to", "or"}):
        return False
    a.value, a.upto, a.unit, a.end, a.amount_end, a.name = low, b.value, b.unit or a.unit, b.end, b.amount_end, False
    a.scaled = a.scaled or b.scaled
    if b.hedge is not Hedge.EXACT and a.hedge is Hedge.EXACT and word not in {"-", "—"}:
        a.hedge = Hedge.ABOUT if b.hedge is Hedge.ABOUT else a.hedge
    return True


def _sum(a: Found, b: Found, gap: str) -> bool:
    """One amount in the first unit of "6ft 2in", "two hours and 30 minutes", "two years, six months"."""
    if (
        gap not in {"", " ", " and ", ", ", "-"}
        or a.upto is not None
        or b.upto is not None
        or not a.unit
        or a.hedge is not Hedge.EXACT
    ):
        return False
    kind = kind_of_unit(a.unit)
    if (
        kind not in {"time", "length", "mass"}
        or kind_of_unit(b.unit) not in ({kind} if gap != "-" else {kind, None})
        or a.unit == b.unit
    ):
        return False
    if gap == "-" and b.unit is None:  # a 6-foot-2 guard
        if a.unit != "foot" or b.value >= 12:
            return False
        a.value, a.end, a.amount_end = a.value + b.value / 12, b.end, b.end
        return True
    (one, unit), (other, same) = in_common_unit(1.0, a.unit), in_common_unit(b.value, b.unit)
    if unit != same or other >= one:
        return False
    a.value, a.end, a.amount_end = a.value + other / one, b.end, b.amount_end
    return True


_OF_THE = frozenset(f" of {w} " for w in "the its their those these his her all".split()) | {
    " of ",
    " out of ",
    " out of the ",
}
_LIST = re.compile(r",? (?:and |or |to |by |and then |then )?|, | to (?:about |at least |more than )?")


def shared_nouns(line: Line, found: Sequence[Found]) -> None:
    """Numbers of a list share the unit or the noun of the last: "eight, 10, 12 years", "two or three dogs"."""
    for a, b in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        gap = line.lower[a.end : b.start]
        if (
            b.role is NumberRole.AMOUNT
            and gap == " and "
            and a.role in {NumberRole.RISE, NumberRole.FALL}
            and a.unit
            and kind_of_unit(a.unit) == kind_of_unit(b.unit)
        ):
            b.role = a.role
        b.whole = gap in _OF_THE
        if a.role is NumberRole.AGE and b.unit is None and b.counts is None and gap in {" and ", ", ", " or "}:
            b.unit, b.role = a.unit, a.role  # "ages 6 and 7"
        if a.unit or a.counts or a.name or b.name or a.following or a.scaled != b.scaled:
            continue
        if (
            gap
            and _LIST.fullmatch(gap)
            and a.role is not NumberRole.SCORE
            and b.unit not in {"score", "time", "year_of_age"}
            and kind_of_unit(b.unit) != "currency"
        ):
            a.unit, a.counts, a.per = b.unit, b.counts, b.per
