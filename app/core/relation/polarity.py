"""Is it said to be so, or not so? Denial, refusal, cessation, double negation and opposite acts.

Two statements are compared where they speak of one axis (apology, continuing, guilt ...) or use one verb, about things
that share words. "X said that P" and "Y denied P" differ in stance on P: the reporting frame itself is never compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core import thresholds
from app.core.records import Claim, Dimension, Modality, Outcome, Reason, Span
from app.core.relation.context import Context
from app.core.relation.evidence import between_names, reason, where
from app.core.relation.likeness import coverage, different_subjects
from app.core.relation.scan import Predicate, modality_of, negated, scan
from app.core.relation.wordlists import load_lists

__all__ = ["compare_polarity"]

_ONCE = re.compile(
    r"\b(?:previously|initially|at first|originally|once|earlier|had (?:said|announced|decided|planned|pledged|vowed))\b"
)
_WISHES = (Modality.ASKED, Modality.NECESSARY)
_HAVING = frozenset({"have", "has", "had", "having", "with", "any"})
_OF_ANYTHING = frozenset({"running", "movement", "opening", "restriction", "approval"})
_OPEN = (Modality.POSSIBLE, Modality.CONDITIONAL)


@dataclass(frozen=True, slots=True)
class _Stand:
    """A predicate of a claim, with the sign that the claim's asserter gives it."""

    predicate: Predicate
    sign: int
    denied: bool


def compare_polarity(a: Claim, b: Claim, context: Context) -> Reason | None:
    """EXCLUDES when one affirms what the other negates; LATER when time lies between; SAME when both say so."""
    meeting = _meeting(a, b)
    return (
        _dispute(a, b, context) or _against(a, b, meeting, context) or _negation(a, b, context) or _alike(a, b, meeting)
    )


# --- opposite ways of telling one thing ----------------------------------------------------------------------------


_Meeting = list[tuple[int, _Stand, _Stand]]


def _meeting(a: Claim, b: Claim) -> _Meeting:
    """Where both speak of one axis, with the number of other words they share there."""
    return [
        (overlap, p, q)
        for p in _stands(a)
        for q in _stands(b)
        if p.predicate.axis == q.predicate.axis and (overlap := _overlap(a, p, b, q)) >= 0
    ]


def _against(a: Claim, b: Claim, meeting: _Meeting, context: Context) -> Reason | None:
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


def _alike(a: Claim, b: Claim, meeting: _Meeting) -> Reason | None:
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
        if cue and cue.start <= start and end <= cue.end:
            continue  # the reporting frame is compared apart
        sign, denied = predicate.sign, predicate.denied
        if inside and cue and cue.stance == "denies" and not denied:
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
    return _sentence(outcome, (tells[0], tells[1]), names, earlier)


def _sentence(outcome: Outcome, tells: tuple[str, str], names: tuple[str, str], earlier: int) -> str:
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
    one_object = bool(p.predicate.object & q.predicate.object)
    if p.predicate.axis in _OF_ANYTHING and not one_object:
        return None  # talks resumed, a complaint stopped: opposite verbs of different things
    if settled and not (p.denied or q.denied) and _not_yet(p, q, context):
        return Outcome.LATER
    if not settled and (p.predicate.shifted != q.predicate.shifted or _moved_on(a, b, context)):
        return Outcome.LATER
    if not p.predicate.object & q.predicate.object and not (settled and _one_doer(a, p, b, q)):
        return None  # talks resumed, a complaint stopped: opposite verbs of different things
    return Outcome.DIFFERS if modes & set(_OPEN) else Outcome.EXCLUDES


def _not_yet(p: _Stand, q: _Stand, context: Context) -> bool:
    """What had not happened when the first report came out may have by the time of the second."""
    gap = context.days_between
    if gap is None or abs(gap) < thresholds.UPDATE_DAYS:
        return False
    first = p if gap > 0 else q
    return first.sign < 0 and first.sign != first.predicate.own


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


def _earlier(a: Claim, context: Context) -> int:
    """Below 0 when `a` comes first."""
    if context.days_between:
        return -context.days_between
    return -1 if not scan(a.text).later else 1


# --- one word, with and without a negation -------------------------------------------------------------------------


def _negation(a: Claim, b: Claim, context: Context) -> Reason | None:
    """What one negates the other states: by the word negated, or by a denial of the whole."""
    if coverage(a, b) < thresholds.NEGATION_COVERAGE or _first_ever(a, b):
        return None
    for one, other, flipped in ((a, b, False), (b, a, True)):
        found = _negated_word(one, other) or _denied_whole(one, other)
        if found is None:
            continue
        (i, denied), j = found
        read, read_other = scan(one.text), scan(other.text)
        modes = {modality_of(read.words, i), modality_of(read_other.words, j)}
        if modes & set(_WISHES) or (not denied and different_subjects(one, i, other, j)):
            continue
        outcome = _when_negated(one, other, modality_of(read_other.words, j), context, denied=denied, flipped=flipped)
        if outcome is not Outcome.LATER and modes & set(_OPEN):
            outcome = Outcome.DIFFERS
        words = read.words[i], read_other.words[j]
        told = f"“{words[0].text}”, denied" if denied else f"not “{words[0].text}”", f"“{words[1].text}”"
        spans = where(one, words[0].start, words[0].end), where(other, words[1].start, words[1].end)
        if flipped:
            told, spans = (told[1], told[0]), (spans[1], spans[0])
        names = between_names(a, b, context)
        return reason(Dimension.POLARITY, outcome, a, b, *spans, _sentence(outcome, told, names, _earlier(a, context)))
    return None


def _negated_word(one: Claim, other: Claim) -> tuple[tuple[int, bool], int] | None:
    """The first word that `one` negates and `other` states, as indices into the words of each."""
    read, read_other = scan(one.text), scan(other.text)
    verbs = {w.start - other.start for w in other.words if w.kind == "verb"}
    for i in read.negated:
        for j, word in enumerate(read_other.words):
            if word.stem != read.words[i].stem or negated(read_other.words, j)[0] % 2:
                continue
            if read.words[i - 1].lower in _HAVING and word.start not in verbs:
                continue  # not to have military trust says nothing against what is military
            if i in read.stopped and word.start not in verbs:
                continue  # to suspend a case says nothing against a case; to stop filling does against filling
            if len(read.stems & read_other.stems) > thresholds.SAME_THING_OVERLAP:
                return (i, False), j
    return None


def _denied_whole(one: Claim, other: Claim) -> tuple[tuple[int, bool], int] | None:
    """`one` reports a denial of what `other` states: the first word that both share, unless the other denies it too."""
    cue = one.attributions[-1].cue if one.attributions else None
    read, read_other = scan(one.text), scan(other.text)
    begin = read.denial
    if begin is None and cue is not None and cue.stance == "denies":
        begin = cue.end - one.start
    if begin is None or read_other.denial is not None or read_other.negated:
        return None
    after = [i for i, w in enumerate(read.words) if w.start >= begin and w.content]
    if any(i in read.negated for i in after) or not after:
        return None
    stems = {read.words[i].stem for i in after}
    have = {w.stem for w in read_other.words if w.content}
    if len(stems & have) < 2 or len(stems & have) / len(stems) < thresholds.NEGATION_COVERAGE:
        return None
    verbs = {w.start - one.start for w in one.words if w.kind == "verb"}
    told = [k for k in after if read.words[k].stem in have]
    i = next((k for k in told if read.words[k].start in verbs), told[-1])
    j = next(k for k, w in enumerate(read_other.words) if w.stem == read.words[i].stem)
    return (i, True), j


def _when_negated(
    one: Claim, other: Claim, modality: Modality, context: Context, *, denied: bool, flipped: bool
) -> Outcome:
    """`one` negates. What had not happened may happen; what was planned may be dropped; what happened has happened."""
    gap = context.days_between
    if gap is None or abs(gap) < thresholds.UPDATE_DAYS:
        return Outcome.EXCLUDES
    if denied:  # whoever denied it may own up later
        last = other if (gap > 0) != flipped else one
        same = not (one.speaker and other.speaker) or one.speaker.key == other.speaker.key
        return Outcome.LATER if last is other and same and scan(last.text).later else Outcome.EXCLUDES
    negation_first = (gap > 0) != flipped
    if negation_first or modality is Modality.FUTURE or scan(one.text).later or scan(other.text).ongoing:
        return Outcome.LATER
    return Outcome.EXCLUDES


def _first_ever(a: Claim, b: Claim) -> bool:
    """`The first to do it` and `nobody had done it before` say the same."""
    stems = [{w.lower for w in scan(c.text).words} for c in (a, b)]
    return any("first" in x and y & {"before", "ever", "never", "since"} for x, y in (stems, stems[::-1]))


# --- a statement about someone else's statement --------------------------------------------------------------------


def _dispute(a: Claim, b: Claim, context: Context) -> Reason | None:
    """One side calls what the other is said to have stated wrong: conflict between the two who speak."""
    if not context.inside:
        return None
    for told, disputing, flipped in ((a, b, False), (b, a, True)):
        span = _disputes(disputing)
        if (
            span is None
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
