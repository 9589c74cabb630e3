"""Is it said to be so, or not so? Denial, refusal, cessation, double negation and opposite acts.

Two statements are compared where they speak of one axis (apology, continuing, guilt ...) or use one verb, about things
that share words. "X said that P" and "Y denied P" differ in stance on P: the reporting frame itself is never compared.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.core import thresholds
from app.core.records import Claim, Dimension, Modality, Outcome, Reason, Span
from app.core.relation.context import Context
from app.core.relation.evidence import between_names, reason, where
from app.core.relation.scan import Predicate, Scan, Word, negated, scan
from app.core.relation.wordlists import load_lists

__all__ = ["compare_polarity"]

_WISHES = (Modality.ASKED, Modality.NECESSARY)
_OPEN = (Modality.POSSIBLE, Modality.CONDITIONAL)


@dataclass(frozen=True, slots=True)
class _Stand:
    """A predicate of a claim, with the sign that the claim's asserter gives it."""

    predicate: Predicate
    sign: int
    denied: bool
    agent: str | None


def compare_polarity(a: Claim, b: Claim, context: Context) -> Reason | None:
    """EXCLUDES when one affirms what the other negates; LATER when time lies between; SAME when both say so."""
    return _dispute(a, b, context) or _axes(a, b, context) or _verbs(a, b, context)


# --- opposite ways of telling one thing ----------------------------------------------------------------------------


def _axes(a: Claim, b: Claim, context: Context) -> Reason | None:
    first, second = _stands(a), _stands(b)
    meeting = [
        (overlap, p, q)
        for p in first
        for q in second
        if p.predicate.axis == q.predicate.axis and (overlap := _overlap(p, q, scan(a.text), scan(b.text))) >= 0
    ]
    if not meeting:
        return None
    same = [m for m in meeting if m[1].sign == m[2].sign]
    against = [m for m in meeting if m[1].sign != m[2].sign and m[0] >= thresholds.SAME_THING_OVERLAP]
    best_same = max((m[0] for m in same), default=-1)
    best_against = max((m[0] for m in against), default=-1)
    if against and best_against > best_same:
        _, p, q = max(against, key=lambda m: (m[0], -m[1].predicate.first, -m[2].predicate.first))
        return _opposed(a, b, p, q, context)
    if not same:
        return None
    _, p, q = max(same, key=lambda m: (m[0], -m[1].predicate.first, -m[2].predicate.first))
    return reason(
        Dimension.POLARITY,
        Outcome.SAME,
        a,
        b,
        where(a, p.predicate.start, p.predicate.end),
        where(b, q.predicate.start, q.predicate.end),
        "Both say that it is so." if p.sign > 0 else "Both say that it is not so, or is over.",
    )


def _stands(claim: Claim) -> list[_Stand]:
    read = scan(claim.text)
    out = []
    cue = claim.attributions[-1].cue if claim.attributions else None
    content = claim.content
    for predicate in read.predicates:
        start, end = where(claim, predicate.start, predicate.end)
        inside = any(lo <= start and end <= hi for lo, hi in content)
        if cue and cue.start <= start and end <= cue.end:
            continue  # the reporting frame is compared apart
        sign, denied = predicate.sign, predicate.denied
        if inside and cue and cue.stance == "denies" and not denied:
            sign, denied = -sign, True
        out.append(_Stand(predicate, sign, denied, _agent(claim, start)))
    return out


def _agent(claim: Claim, start: int) -> str | None:
    """The last actor named before the verb: who does it, as far as word order tells."""
    for action in claim.actions:
        if action.agent and action.start <= start < max(action.end, action.start + 1):
            return action.agent
    before = [m for m in claim.actors if m.end <= start]
    return before[-1].key if before else None


def _overlap(p: _Stand, q: _Stand, a: Scan, b: Scan) -> int:
    """Content words both share beside the opposites themselves; -1 when different actors do it."""
    if p.agent and q.agent and p.agent != q.agent and not (p.denied or q.denied) and not (a.stems & b.stems):
        return -1
    return len(p.predicate.about & q.predicate.about)


def _opposed(a: Claim, b: Claim, p: _Stand, q: _Stand, context: Context) -> Reason | None:
    spans = where(a, p.predicate.start, p.predicate.end), where(b, q.predicate.start, q.predicate.end)
    outcome = _outcome(a, b, p, q, context)
    if outcome is None:
        return None
    first, second = between_names(a, b, context)
    words = a.text[p.predicate.start : p.predicate.end], b.text[q.predicate.start : q.predicate.end]
    return reason(
        Dimension.POLARITY, outcome, a, b, *spans, _say(outcome, p, q, (first, second), words, _earlier(a, context))
    )


def _say(outcome: Outcome, p: _Stand, q: _Stand, names: tuple[str, str], words: tuple[str, str], earlier: int) -> str:
    tells = [_tells(stand, word) for stand, word in ((p, words[0]), (q, words[1]))]
    if outcome is Outcome.LATER:
        order = (0, 1) if earlier <= 0 else (1, 0)
        return f"First {tells[order[0]]} ({names[order[0]]}), later {tells[order[1]]} ({names[order[1]]})."
    if outcome is Outcome.DIFFERS:
        return f"{names[0]}: {tells[0]}; {names[1]}: {tells[1]}."
    return f"{names[0]}: {tells[0]}; {names[1]}: {tells[1]}. Both cannot be true."


def _tells(stand: _Stand, word: str) -> str:
    if stand.denied:
        return f"“{word}”, denied"
    if stand.predicate.shifted:
        return f"“{word}”, reversed"
    return f"“{word}”" if stand.sign == stand.predicate.own else f"not “{word}”"


def _outcome(a: Claim, b: Claim, p: _Stand, q: _Stand, context: Context) -> Outcome | None:
    modes = {p.predicate.modality, q.predicate.modality}
    settled = p.predicate.settled or p.denied or q.denied
    if modes & set(_WISHES):
        return None  # wanted is not done: no contradiction in "urged to stay" and "left"
    if not settled and (p.predicate.shifted != q.predicate.shifted or _moved_on(a, b, context)):
        return Outcome.LATER
    if modes & set(_OPEN):
        return Outcome.DIFFERS
    return Outcome.EXCLUDES


def _moved_on(a: Claim, b: Claim, context: Context) -> bool:
    """Does time lie between the two: by publication, by their own words, by the dates they give?"""
    gap = context.days_between
    if gap is not None and abs(gap) >= thresholds.UPDATE_DAYS:
        return True
    late = scan((b if (gap or 0) >= 0 else a).text).later or scan(a.text).later
    if gap and late:
        return True
    if context.inside and (scan(a.text).later or scan(b.text).later):
        return True
    days = [{d.value for d in c.dates if d.grain in ("day", "month")} for c in (a, b)]
    return bool(days[0] and days[1] and not days[0] & days[1] and late)


def _earlier(a: Claim, context: Context) -> int:
    """Below 0 when `a` comes first."""
    if context.days_between:
        return -context.days_between
    return -1 if not scan(a.text).later else 1


# --- one verb, with and without a negation -------------------------------------------------------------------------


def _verbs(a: Claim, b: Claim, context: Context) -> Reason | None:
    first, second = _verb_signs(a), _verb_signs(b)
    for (stem_a, i, sign_a), (stem_b, j, sign_b) in ((x, y) for x in first for y in second):
        if stem_a != stem_b or sign_a == sign_b:
            continue
        words_a, words_b = scan(a.text).words, scan(b.text).words
        shared = _near(words_a, i) & _near(words_b, j)
        if len(shared) <= thresholds.SAME_THING_OVERLAP:
            continue
        names = between_names(a, b, context)
        gap = context.days_between
        later = gap is not None and abs(gap) >= thresholds.UPDATE_DAYS and (scan(a.text).later or scan(b.text).later)
        wa, wb = words_a[i], words_b[j]
        tells = [f"“{w.text}”" if s > 0 else f"not “{w.text}”" for w, s in ((wa, sign_a), (wb, sign_b))]
        return reason(
            Dimension.POLARITY,
            Outcome.LATER if later else Outcome.EXCLUDES,
            a,
            b,
            where(a, wa.start, wa.end),
            where(b, wb.start, wb.end),
            f"{names[0]}: {tells[0]}; {names[1]}: {tells[1]}." + ("" if later else " Both cannot be true."),
        )
    return None


def _verb_signs(claim: Claim) -> list[tuple[str, int, int]]:
    """(stem, index, sign) of the verbs that stand in no axis and no reporting frame."""
    read = scan(claim.text)
    verbs = {w.start - claim.start for w in claim.words if w.kind == "verb"}
    taken = {i for p in read.predicates for i in range(p.first, p.last + 1)}
    cues = [t.cue for t in claim.attributions if t.cue]
    out = []
    for i, word in enumerate(read.words):
        start = claim.start + word.start
        if word.start not in verbs or i in taken or any(c.start <= start < c.end for c in cues):
            continue
        if word.stem in load_lists().announcing:
            continue
        count, _, _ = negated(read.words, i)
        out.append((word.stem, i, -1 if count % 2 else 1))
    return out


def _near(words: tuple[Word, ...], i: int) -> frozenset[str]:
    reach = thresholds.ARGUMENT_REACH
    return frozenset(w.stem for w in (*words[max(0, i - reach) : i], *words[i + 1 : i + 1 + reach]) if w.content)


# --- a statement about someone else's statement --------------------------------------------------------------------


def _dispute(a: Claim, b: Claim, context: Context) -> Reason | None:
    """One side calls what the other is said to have stated wrong: conflict between the two who speak."""
    if not context.inside:
        return None
    for told, disputing, flipped in ((a, b, False), (b, a, True)):
        span = _disputes(disputing)
        if span is None or _disputes(told) is not None or told.start > disputing.start or not told.attributions:
            continue
        who = told.speaker.name if told.speaker else "the other side"
        by = disputing.speaker.name if disputing.speaker else (_first_actor(disputing) or "The other side")
        say = f"{by} disputes what {who} stated."
        spans: tuple[Span, Span] = (told.content[0] if told.content else (told.start, told.end)), span
        order = (spans[1], spans[0]) if flipped else spans
        return reason(Dimension.POLARITY, Outcome.EXCLUDES, a, b, *order, say)
    return None


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
