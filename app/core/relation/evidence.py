"""How a guard's finding is said: words, spans into the article, dates as people write them."""

from __future__ import annotations

import re

from app.core.records import Claim, Dimension, Outcome, Reason, Span
from app.core.relation.context import Context
from app.core.relation.scan import scan

__all__ = ["against", "between_names", "earlier", "local", "reason", "say_date", "where", "with_its_not"]

_NOT = re.compile(
    r"\b(?:never|not|no|nobody|none|without)\b(?:\s+(?:\w+ly|yet|ever|been|be|being|have|had|having))*\s+$",
    re.IGNORECASE,
)
_MONTHS = "January February March April May June July August September October November December".split()


def local(claim: Claim, span: Span) -> Span:
    """Offsets into the source as offsets into the claim's text."""
    return span[0] - claim.start, span[1] - claim.start


def where(claim: Claim, start: int, end: int) -> Span:
    """Offsets into the claim's text as offsets into the source."""
    return claim.start + start, claim.start + end


def with_its_not(claim: Claim, start: int, end: int) -> Span:
    """Like `where`, with the negation that stands right before the words: "never apologised"."""
    found = _NOT.search(claim.text[:start])
    return where(claim, found.start() if found else start, end)


def reason(
    dimension: Dimension, outcome: Outcome, a: Claim, b: Claim, a_span: Span | None, b_span: Span | None, say: str
) -> Reason:
    """A reason whose words are cut out of the claims at the spans (offsets into the source)."""
    return Reason(
        dimension=dimension,
        outcome=outcome,
        a=a.text[slice(*local(a, a_span))] if a_span else "",
        b=b.text[slice(*local(b, b_span))] if b_span else "",
        say=say,
        a_span=a_span,
        b_span=b_span,
    )


def between_names(a: Claim, b: Claim, context: Context) -> tuple[str, str]:
    """How a sentence names the two sides: outlets when they differ, else speakers, else "one report" and "the other"."""
    if not context.inside:
        first, second = context.names
        if first != "One report":
            return first, second
    return speaker_names(a, b, context)


def speaker_names(a: Claim, b: Claim, context: Context) -> tuple[str, str]:
    """Name the two sides by who speaks; the outlet's own voice goes by the outlet's name."""
    voices = (
        a.speaker.name if a.speaker else context.a_article.outlet,
        b.speaker.name if b.speaker else context.b_article.outlet,
    )
    if voices[0] and voices[1] and voices[0] != voices[1]:
        return _capital(voices[0]), voices[1]
    return context.names if not context.inside else ("One passage", "another")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def against(outcome: Outcome, tells: tuple[str, str], names: tuple[str, str], order_of_time: int) -> str:
    """How two opposite tellings are said, in the order of time where one came later."""
    if outcome is Outcome.LATER:
        order = (0, 1) if order_of_time <= 0 else (1, 0)
        return f"First {tells[order[0]]} ({names[order[0]]}), later {tells[order[1]]} ({names[order[1]]})."
    if outcome is Outcome.DIFFERS:
        return f"{names[0]}: {tells[0]}; {names[1]}: {tells[1]}."
    return f"{names[0]}: {tells[0]}; {names[1]}: {tells[1]}. Both cannot be true."


def earlier(a: Claim, context: Context) -> int:
    """Below 0 when `a` comes first."""
    if context.days_between:
        return -context.days_between
    return -1 if not scan(a.text).later else 1


def say_date(value: str, upto: str | None = None) -> str:
    """An ISO value as people say it.

    >>> say_date("2019-08-22"), say_date("2016-11"), say_date("2019-W46"), say_date("2019-11-22T18")
    ('22 August 2019', 'November 2016', 'week 46 of 2019', '22 November 2019, 18:00')
    """
    day, _, time = value.partition("T")
    parts = day.split("-")
    if len(parts) == 1:
        said = parts[0]
    elif parts[1].startswith("W"):
        said = f"week {int(parts[1][1:])} of {parts[0]}"
    elif parts[1].startswith("Q"):
        said = f"quarter {parts[1][1:]} of {parts[0]}"
    elif len(parts) == 2:
        said = f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    else:
        said = f"{int(parts[2])} {_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    if time:
        said += f", {time if ':' in time else time + ':00'}"
    return f"{said} to {say_date(upto)}" if upto else said
