"""What a claim undoes of what it reports: somebody denies it, an earlier report of it was wrong, or the claim itself tells it otherwise.

"The builders denied that the bridge was unsafe"; "the paper withdrew its report that she resigned"; "it had been reported that he
was convicted; he was cleared". What is undone so is not told, though its words stand there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from app.core.claims.cues import load_cues
from app.core.claims.retractions import opposite_acts
from app.core.lexicon.actions import act_kinship
from app.core.records import Action, Claim, Cue, Dimension, Modality, Outcome, Polarity, Span, Stance, Word
from app.core.relation.likeness import common_act, share, stated
from app.core.relation.say import between_names
from app.core.relation.sides import Evidence, Sides
from app.core.thresholds import ACCUSED_SHARE, TAKEN_BACK_REACH

__all__ = ["Undone", "compare_stances", "denial", "undone"]


@dataclass(frozen=True, slots=True)
class Undone:
    """`at`: the words that undo; `content`: what they undo; `say`: how that is told; `counted`: acts were read with their "not"."""

    at: Span
    content: tuple[Span, ...]
    say: str
    counted: bool = False

    def holds(self, act: Action) -> bool:
        return any(a <= act.start and act.end <= b for a, b in self.content)

    def undoes(self, act: Action) -> Action:
        """The act as it is told before it is undone: of "denied taking it" that it was taken."""
        turned = Polarity.POSITIVE if act.polarity is Polarity.NEGATIVE else Polarity.NEGATIVE
        return replace(act, polarity=turned) if self.counted else act


def undone(claim: Claim) -> Undone | None:
    """What the claim undoes of what it reports; None where it undoes nothing."""
    cue = claim.attributions[-1].cue if claim.attributions else None
    if cue is not None and cue.undoes:
        by = f" by {claim.speaker.name}" if claim.speaker else ""
        say = f"it is denied{by}" if cue.stance == Stance.DENIES else _TAKEN_BACK
        first = claim.text[claim.content[0][0] - claim.start :].split(" ")[0] if claim.content else ""
        counted = first.endswith("ing") and any(act.start == cue.start for act in claim.acts)
        return Undone((cue.start, cue.end), claim.content, say, counted)
    if claim.attributions:
        return None
    return next(_taken_back(claim), None) or next(_told_otherwise(claim), None)


def denial(claim: Claim) -> Cue | None:
    """The cue by which a claim reports a denial of what it goes on to state."""
    cue = claim.attributions[-1].cue if claim.attributions else None
    return cue if cue is not None and cue.stance == Stance.DENIES else None


_ONE = frozenset({"same", "opposite"})
_TAKEN_BACK = "a report of it is taken back"


def _taken_back(claim: Claim) -> Iterator[Undone]:
    """Words that call a report of nobody named wrong: "was wrongly reported", "withdrew a report that", "reports that ... were false"."""
    back, words = load_cues().taken_back, claim.words
    for i, word in enumerate(words):
        near = range(i + 1, min(i + 1 + TAKEN_BACK_REACH, len(words)))
        before = next((j for j in range(i - 1, -1, -1) if words[j].lemma in back.reports), None)
        told: tuple[int, int] | None = None
        if word.lemma in back.adverbs:
            verb = next((j for j in (i - 1, i + 1) if 0 <= j < len(words) and _reports(words[j])), None)
            told = (words[max(i, verb)].end, claim.end) if verb is not None else None
        elif word.lemma in back.verbs and word.kind == "verb":
            after = next((j for j in near if words[j].lemma in back.reports), None)
            told = _behind(claim, words[after].end) if after is not None else _upto(words, before, i)
        elif word.lemma in back.adjectives and not _is_denied(claim, word):
            follows = i + 1 < len(words) and words[i + 1].lemma in back.reports
            told = _behind(claim, words[i + 1].end) if follows else _upto(words, before, i)
        elif word.lemma in back.true and _is_denied(claim, word):
            told = _upto(words, before, i)
        if told is not None and told[0] < told[1]:
            yield Undone((word.start, word.end), (told,), _TAKEN_BACK)


def _reports(word: Word) -> bool:
    cue = load_cues().verbs.get(word.lemma)
    return word.kind == "verb" and cue is not None and cue.family in {"say", "claim"}


def _behind(claim: Claim, start: int) -> Span:
    return start, claim.end


def _upto(words: tuple[Word, ...], report: int | None, i: int) -> Span | None:
    """What stands between a report and the word that calls it wrong, where that is a statement and not just "the false report"."""
    if report is None or not any(w.kind == "verb" for w in words[report + 1 : i]):
        return None
    return words[report].end, words[i].start


def _is_denied(claim: Claim, word: Word) -> bool:
    return any(a.polarity is Polarity.NEGATIVE for a in claim.acts if a.start <= word.start < a.end)


def _told_otherwise(claim: Claim) -> Iterator[Undone]:
    """An act that the claim reports, and undoes behind that in its own voice."""
    for act in claim.acts:
        content = _reported(claim, act)
        if content is None:
            continue
        for other in claim.acts:
            own = other.start >= content[1] and other.modality is Modality.FACT
            if own and opposite_acts(act, other):
                yield Undone((other.start, other.end), (content,), _TAKEN_BACK)


def _reported(claim: Claim, act: Action) -> Span | None:
    """The act's place, if a report is named before it."""
    reports = load_cues().taken_back.reports
    named = any(w.end <= act.start and w.kind == "verb" and w.lemma in reports for w in claim.words)
    return (act.start, act.end) if named else None


def compare_stances(sides: Sides) -> list[Evidence]:
    """EXCLUDES where one side reports that somebody denies, rejects or calls false what the other states, or takes it back."""
    found = undone(sides.a), undone(sides.b)
    if (found[0] is None) == (found[1] is None):
        return []
    undoing, other = (sides.a, sides.b) if found[0] else (sides.b, sides.a)
    what = found[0] or found[1]
    assert what is not None
    if (
        denial(undoing) is not None
        and undoing.text[what.at[0] - undoing.start : what.at[1] - undoing.start] in other.text
    ):
        return []  # "I don't think so" of both, which was read as a denial of one alone
    if any(opposite_acts(what.undoes(x), y) for x in undoing.acts if what.holds(x) for y in other.acts):
        return []  # what is denied here is not stated there
    doing = [act for act in undoing.acts if not what.holds(act)]
    if any(act_kinship(x, y) in _ONE and not opposite_acts(x, y) for x, y in product(doing, other.acts)):
        return []  # both turn it down: "did not accept the gift"
    words, told = (stated(c, [(t.cue.start, t.cue.end) for t in c.attributions if t.cue]) for c in (undoing, other))
    if not words & told or (denial(undoing) is None and not _tells(other, undoing, what)):
        return []
    signs = {"rest": len(words & told) / max(1, len(words | told))}
    names = between_names(sides)
    flipped = undoing is sides.b
    there = other.content[0] if other.content else (other.start, other.end)
    a_tells, b_tells = ("it is stated", what.say) if flipped else (what.say, "it is stated")
    say = f"{names[0]}: {a_tells}; {names[1]}: {b_tells}."
    a_span, b_span = (there, what.at) if flipped else (what.at, there)
    return [Evidence("stance", Dimension.POLARITY, Outcome.EXCLUDES, a_span, b_span, say, signs)]


def _tells(other: Claim, undoing: Claim, what: Undone) -> bool:
    """Whether the other side tells what is taken back: one of its acts, or most of its words."""
    if common_act(filter(what.holds, undoing.acts), other.acts):
        return True
    outside = [(undoing.start, min(a for a, _ in what.content)), (max(b for _, b in what.content), undoing.end)]
    return share(stated(undoing, outside), stated(other)) >= ACCUSED_SHARE
