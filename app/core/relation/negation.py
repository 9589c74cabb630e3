"""One word with and without a negation, and the denial of a whole statement."""

from __future__ import annotations

from app.core import thresholds
from app.core.records import Claim, Dimension, Modality, Outcome, Reason
from app.core.relation.context import Context
from app.core.relation.evidence import against, between_names, earlier, reason, where, with_its_not
from app.core.relation.frames import as_a_rule, denial_cue, one_conditional
from app.core.relation.likeness import coverage, different_subjects
from app.core.relation.scan import modality_of, negated, scan

__all__ = ["negation"]

_WISHES = (Modality.ASKED, Modality.NECESSARY)
_OPEN = (Modality.POSSIBLE, Modality.CONDITIONAL)
_HAVING = frozenset({"have", "has", "had", "having", "with", "any"})


def negation(a: Claim, b: Claim, context: Context) -> Reason | None:
    """What one negates the other states: by the word negated, or by a denial of the whole."""
    if coverage(a, b) < thresholds.NEGATION_COVERAGE or _first_ever(a, b) or as_a_rule(a) != as_a_rule(b):
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
        if outcome is not Outcome.LATER and (modes & set(_OPEN) or one_conditional(a, b)):
            outcome = Outcome.DIFFERS
        words = read.words[i], read_other.words[j]
        told = f"“{words[0].text}”, denied" if denied else f"not “{words[0].text}”", f"“{words[1].text}”"
        spans = with_its_not(one, words[0].start, words[0].end), where(other, words[1].start, words[1].end)
        if flipped:
            told, spans = (told[1], told[0]), (spans[1], spans[0])
        names = between_names(a, b, context)
        return reason(Dimension.POLARITY, outcome, a, b, *spans, against(outcome, told, names, earlier(a, context)))
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
    cue = denial_cue(one)
    read, read_other = scan(one.text), scan(other.text)
    begin = read.denial
    if begin is None and cue is not None:
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
