"""Opposite ways of telling one thing: two statements that speak of one axis (apology, continuing, guilt ...).

What one affirms and the other negates excludes it, differs where it is only possible, and came later where time lies
between. The reporting frame is no part of it: a denial turns the sign of what is denied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core import thresholds
from app.core.records import Claim, Dimension, Modality, Outcome, Reason
from app.core.relation.context import Context
from app.core.relation.evidence import against, between_names, earlier, reason, where, with_its_not
from app.core.relation.frames import as_a_rule, denial_cue, one_conditional, states
from app.core.relation.likeness import different_subjects
from app.core.relation.scan import Predicate, scan

__all__ = ["Meeting", "alike", "meeting_of", "opposites"]

_ONCE = re.compile(
    r"\b(?:previously|initially|at first|originally|once|earlier|had (?:said|announced|decided|planned|pledged|vowed))\b"
)
_WISHES = (Modality.ASKED, Modality.NECESSARY)
_OF_ANYTHING = frozenset({"running", "movement", "opening", "restriction", "approval"})
_OPEN = (Modality.POSSIBLE, Modality.CONDITIONAL)


@dataclass(frozen=True, slots=True)
class _Stand:
    """A predicate of a claim, with the sign that the claim's asserter gives it."""

    predicate: Predicate
    sign: int
    denied: bool


Meeting = list[tuple[int, _Stand, _Stand]]


def meeting_of(a: Claim, b: Claim) -> Meeting:
    """Where both speak of one axis, with the number of other words they share there."""
    return [
        (overlap, p, q)
        for p in _stands(a)
        for q in _stands(b)
        if p.predicate.axis == q.predicate.axis and (overlap := _overlap(a, p, b, q)) >= 0
    ]


def opposites(a: Claim, b: Claim, meeting: Meeting, context: Context) -> Reason | None:
    """The axis on which they are opposed; one on which they agree at least as closely elsewhere does not count."""
    same = [m for m in meeting if m[1].sign == m[2].sign]
    against = [m for m in meeting if m[1].sign != m[2].sign and m[0] >= thresholds.SAME_THING_OVERLAP]
    for axis in sorted({m[1].predicate.axis for m in against}):
        agreeing = max((m[0] for m in same if m[1].predicate.axis == axis), default=-1)
        opposing = [m for m in against if m[1].predicate.axis == axis and m[0] > agreeing]
        if opposing:
            _, p, q = max(opposing, key=lambda m: (m[0], -m[1].predicate.first - m[2].predicate.first))
            if found := _opposed(a, b, p, q, context):
                return found
    return None


def alike(a: Claim, b: Claim, meeting: Meeting) -> Reason | None:
    same = [m for m in meeting if m[1].sign == m[2].sign]
    if not same:
        return None
    _, p, q = max(same, key=lambda m: (m[0], -m[1].predicate.first - m[2].predicate.first))
    return reason(
        Dimension.POLARITY,
        Outcome.SAME,
        a,
        b,
        where(a, p.predicate.start, p.predicate.end),
        where(b, q.predicate.start, q.predicate.end),
        _both(a, b, p, q),
    )


def _both(a: Claim, b: Claim, p: _Stand, q: _Stand) -> str:
    tells = [_tells(s, c.text[s.predicate.start : s.predicate.end]) for c, s in ((a, p), (b, q))]
    return f"Both say {tells[0]}." if tells[0] == tells[1] else f"{tells[0]} and {tells[1]} come to the same."


def _stands(claim: Claim) -> list[_Stand]:
    read = scan(claim.text)
    out = []
    cue = claim.attributions[-1].cue if claim.attributions else None
    content = claim.content
    for predicate in read.predicates:
        start, end = where(claim, predicate.start, predicate.end)
        inside = any(lo <= start and end <= hi for lo, hi in content)
        if cue and cue.start <= start and end <= cue.end and states(claim):
            continue  # the reporting frame is compared apart
        sign, denied = predicate.sign, predicate.denied
        if inside and denial_cue(claim) and not denied:
            sign, denied = -sign, True
        out.append(_Stand(predicate, sign, denied))
    return out


def _overlap(a: Claim, p: _Stand, b: Claim, q: _Stand) -> int:
    """Content words both share beside the opposites themselves, an actor who does both among them; -1 when different actors do it."""
    if not (p.denied or q.denied) and different_subjects(a, p.predicate.first, b, q.predicate.first):
        return -1
    return len(p.predicate.about & q.predicate.about) + _one_doer(a, p, b, q)


def _one_doer(a: Claim, p: _Stand, b: Claim, q: _Stand) -> bool:
    """Is it one actor, whatever name each claim gives them ("The Japanese government", "Tokyo")?"""
    doer = _agent(a, p)
    return doer is not None and doer == _agent(b, q)


def _agent(claim: Claim, stand: _Stand) -> str | None:
    start, end = where(claim, stand.predicate.start, stand.predicate.end)
    return next((x.agent for x in claim.actions if x.start < end and start < x.end), None)


def _opposed(a: Claim, b: Claim, p: _Stand, q: _Stand, context: Context) -> Reason | None:
    spans = (
        with_its_not(a, p.predicate.start, p.predicate.end),
        with_its_not(b, q.predicate.start, q.predicate.end),
    )
    outcome = _outcome(a, b, p, q, context)
    if outcome is None:
        return None
    first, second = between_names(a, b, context)
    words = a.text[p.predicate.start : p.predicate.end], b.text[q.predicate.start : q.predicate.end]
    return reason(
        Dimension.POLARITY, outcome, a, b, *spans, _say(outcome, p, q, (first, second), words, earlier(a, context))
    )


def _say(
    outcome: Outcome, p: _Stand, q: _Stand, names: tuple[str, str], words: tuple[str, str], order_of_time: int
) -> str:
    tells = [_tells(stand, word) for stand, word in ((p, words[0]), (q, words[1]))]
    return against(outcome, (tells[0], tells[1]), names, order_of_time)


def _tells(stand: _Stand, word: str) -> str:
    if stand.denied:
        return f"“{word}”, denied"
    if stand.predicate.shifted:
        return f"“{word}”, reversed"
    return f"“{word}”" if stand.sign == stand.predicate.own else f"not “{word}”"


def _outcome(a: Claim, b: Claim, p: _Stand, q: _Stand, context: Context) -> Outcome | None:
    modes = {p.predicate.modality, q.predicate.modality}
    settled = p.predicate.settled or p.denied or q.denied
    if as_a_rule(a) != as_a_rule(b):
        return None  # "is renewed every year" tells how it goes, not what was done
    if modes & set(_WISHES):
        return None  # wanted is not done: no contradiction in "urged to stay" and "left"
    one_object = bool(p.predicate.object & q.predicate.object)
    if p.predicate.axis in _OF_ANYTHING and not one_object:
        return None  # talks resumed, a complaint stopped: opposite verbs of different things
    if settled and not (p.denied or q.denied) and (_not_yet(p, q, context) or _owned_up(a, b, context)):
        return Outcome.LATER
    if not settled and (p.predicate.shifted != q.predicate.shifted or _moved_on(a, b, context)):
        return Outcome.LATER
    if not p.predicate.object & q.predicate.object and not (settled and _one_doer(a, p, b, q)):
        return None  # talks resumed, a complaint stopped: opposite verbs of different things
    open_ended = modes & set(_OPEN) or one_conditional(a, b)
    return Outcome.DIFFERS if open_ended else Outcome.EXCLUDES


def _not_yet(p: _Stand, q: _Stand, context: Context) -> bool:
    """What had not happened when the first report came out may have by the time of the second."""
    gap = context.days_between
    if gap is None or abs(gap) < thresholds.UPDATE_DAYS:
        return False
    first = p if gap > 0 else q
    return first.sign < 0 and first.sign != first.predicate.own


def _owned_up(a: Claim, b: Claim, context: Context) -> bool:
    """Does the later report say that its speaker now admits what was told otherwise before?"""
    gap = context.days_between
    if gap is None or abs(gap) < thresholds.UPDATE_DAYS:
        return False
    if a.speaker and b.speaker and a.speaker.key != b.speaker.key:
        return False
    last = scan((b if gap > 0 else a).text)
    return last.later and any(p.axis == "admission" and p.sign > 0 for p in last.predicates)


def _moved_on(a: Claim, b: Claim, context: Context) -> bool:
    """Does time lie between the two: by publication, by their own words, by the dates they give?"""
    gap = context.days_between
    if gap is not None and abs(gap) >= thresholds.UPDATE_DAYS:
        return True
    if _former(a) != _former(b):
        return True
    late = scan((b if (gap or 0) >= 0 else a).text).later or scan(a.text).later
    if gap and late:
        return True
    if context.inside and (scan(a.text).later or scan(b.text).later):
        return True
    days = [{d.value for d in c.dates if d.grain in ("day", "month")} for c in (a, b)]
    return bool(days[0] and days[1] and not days[0] & days[1] and late)


def _former(claim: Claim) -> bool:
    """Does it tell of what was so once: "had previously said", "at first"?"""
    return bool(_ONCE.search(scan(claim.text).text.casefold()))
