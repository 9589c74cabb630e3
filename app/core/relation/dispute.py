"""A statement about someone else's statement: "these distorted facts", "denied the report"."""

from __future__ import annotations

import re

from app.core import thresholds
from app.core.records import Claim, Dimension, Outcome, Reason, Span
from app.core.relation.context import Context
from app.core.relation.evidence import reason, where
from app.core.relation.scan import scan
from app.core.relation.wordlists import load_lists

__all__ = ["dispute"]

_NAMED = re.compile(r"\s*(?:that|of|about|on|as to|over)\b", re.IGNORECASE)


def dispute(a: Claim, b: Claim, context: Context) -> Reason | None:
    """One side calls what the other is said to have stated wrong: conflict between the two who speak."""
    if not context.inside:
        return None
    for told, disputing, flipped in ((a, b, False), (b, a, True)):
        span = _disputes(disputing)
        if (
            span is None
            or _of_something_else(disputing, span, told)
            or told.text in disputing.text
            or _disputes(told) is not None
            or told.start > disputing.start
            or not told.attributions
        ):
            continue
        who = told.speaker.name if told.speaker else "the other side"
        by = disputing.speaker.name if disputing.speaker else (_first_actor(disputing) or "The other side")
        say = f"{by} disputes what {who} stated."
        spans: tuple[Span, Span] = (told.content[0] if told.content else (told.start, told.end)), span
        order = (spans[1], spans[0]) if flipped else spans
        return reason(Dimension.POLARITY, Outcome.EXCLUDES, a, b, *order, say)
    return None


def _of_something_else(disputing: Claim, span: Span, told: Claim) -> bool:
    """Whether what is called wrong is named, and is not what `told` states: "denied a report that he would step down"."""
    rest = disputing.text[span[1] - disputing.start :]
    if _NAMED.match(rest) is None:
        return False
    named = {w.stem for w in scan(rest).words if w.content}
    return bool(named) and len(named & scan(told.text).stems) < thresholds.DISPUTE_SHARED * len(named)


def _first_actor(claim: Claim) -> str | None:
    return claim.actors[0].name if claim.actors else None


def _disputes(claim: Claim) -> Span | None:
    """Where a claim calls a statement wrong: "these distorted facts", "denied the report"."""
    lists = load_lists()
    read = scan(claim.text)
    lower = read.text.casefold()
    wrong = lists.wrong.search(lower)
    verb = next((w for w in read.words if w.lower in lists.dispute), None)
    thing = next((w for w in read.words if w.lower in lists.statement), None)
    if thing and verb and (wrong or abs(thing.start - verb.end) < thresholds.DISPUTE_REACH):
        start = min(verb.start, thing.start)
        return where(claim, start, max(verb.end, thing.end))
    return None
