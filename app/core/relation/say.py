"""How what guards find is said: the one place that writes English about two claims."""

from __future__ import annotations

from app.core.records import Claim, DateMention, Hedge, NumberMention, NumberRole, Outcome
from app.core.relation.sides import Sides

__all__ = ["against", "between_names", "hedged", "say_date", "thing_counted"]

_HEDGES = {Hedge.AT_LEAST: "at least", Hedge.AT_MOST: "at most", Hedge.ABOUT: "about"}
_MONTHS = "January February March April May June July August September October November December".split()


def between_names(sides: Sides) -> tuple[str, str]:
    """How a sentence names the two sides: outlets when they differ, else speakers, else "one report" and "the other"."""
    outlets = sides.a_report.article.outlet, sides.b_report.article.outlet
    if outlets[0] and outlets[1] and outlets[0] != outlets[1]:
        return outlets[0], outlets[1]
    voices = _voice(sides.a, outlets[0]), _voice(sides.b, outlets[1])
    if voices[0] and voices[1] and voices[0] != voices[1]:
        return voices[0][:1].upper() + voices[0][1:], voices[1]
    return ("One passage", "another") if sides.inside else ("One report", "the other")


def _voice(claim: Claim, outlet: str | None) -> str | None:
    return claim.speaker.name if claim.speaker else outlet


def hedged(n: NumberMention) -> str:
    """The number with how exactly it is meant, in one form of words: "at least 20 people"; "dozens" say so themselves."""
    before = _HEDGES.get(n.hedge) if any(map(str.isdigit, n.text)) and n.upto is None else None
    return f"{before} {n.text}" if before else n.text


def thing_counted(p: NumberMention, q: NumberMention) -> str:
    """What two numbers count or measure, as far as both were read to say so: " dead", " for the age of Lind", or nothing."""
    if p.role is NumberRole.AGE:
        whose = p.of if p.of == q.of else None
        return f" for the age of {whose.title()}" if whose else " for an age"
    if p.fate and p.fate == q.fate:
        return f" {p.fate}"
    if p.measure and p.measure == q.measure:
        return f" for the {p.measure.replace('_', ' ')}"
    if p.counts and p.counts == q.counts and p.counts not in p.text.casefold():
        return f" (counting: {p.counts})"
    return ""


def against(outcome: Outcome, tells: tuple[str, str], names: tuple[str, str], gap: int) -> str:
    """How two tellings that do not go together are said, in the order of publication where one came later."""
    if outcome is Outcome.LATER:
        order = (0, 1) if gap >= 0 else (1, 0)
        return f"First {tells[order[0]]} ({names[order[0]]}), later {tells[order[1]]} ({names[order[1]]})."
    return f"{names[0]}: {tells[0]}; {names[1]}: {tells[1]}."


def say_date(mention: DateMention) -> str:
    """A date as people say it, its range and its time of day included."""
    first = _day(mention.value)
    return f"{first} to {_day(mention.upto)}" if mention.upto else first


def _day(value: str) -> str:
    """An ISO value as people say it.

    >>> _day("2019-08-22"), _day("2016-11"), _day("2019-W46"), _day("2019-11-22T18"), _day("T18:07")
    ('22 August 2019', 'November 2016', 'week 46 of 2019', '22 November 2019, 18:00', '18:07')
    """
    day, _, time = value.partition("T")
    parts = day.split("-")
    hour, _, minute = time.partition(":")
    clock = f"{int(hour):02d}:{minute or '00'}" if hour else ""
    if not day:
        return clock
    if len(parts) == 1:
        said = parts[0]
    elif parts[1].startswith("W"):
        said = f"week {int(parts[1][1:])} of {parts[0]}"
    elif parts[1].startswith("Q"):
        said = f"quarter {parts[1][1:]} of {parts[0]}"
    else:
        month = f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
        said = f"{int(parts[2])} {month}" if len(parts) > 2 else month
    return f"{said}, {clock}" if clock else said
