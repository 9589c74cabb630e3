"""In other words: two short statements that are the same but for one phrase, or for a word that turns or weakens one of them.

Only for statements that somebody asks about. In the rows of real stories such pairs are two wordings of one thing more often
than not, and the guard is not asked there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from app.core.claims.actions.operators import operators
from app.core.lexicon.actions import kinship, opposed
from app.core.records import Claim, Dimension, Outcome, Span
from app.core.relation.say import between_names
from app.core.relation.sides import Evidence, Sides
from app.core.text import fold, stem
from app.core.thresholds import ONE_PHRASE_WORDS, PLAIN_REST_ASKED

__all__ = ["compare_wording"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SMALL = frozenset(
    "a an the of to in on at by for with and or that which who is are was were be been has have had it its his her their he she they"
    " this these those as from said says say told announced about some around nearly almost roughly least most up more fewer less over than only just shortly".split()
)
_PLACE = frozenset("in at near to from off into around toward towards over through".split())


def compare_wording(sides: Sides) -> list[Evidence]:
    """EXCLUDES where the phrase is a name, or turned; DIFFERS where it is another word; nothing where more than it differs."""
    undoing = [any(t.cue and t.cue.undoes for t in c.attributions) for c in (sides.a, sides.b)]
    both = bool(sides.a.attributions) and bool(sides.b.attributions) and undoing[0] == undoing[1]
    first, second = _words(sides.a, reported=both), _words(sides.b, reported=both)
    matcher = SequenceMatcher(None, [w for w, *_ in first], [w for w, *_ in second], autojunk=False)
    blocks = [b for b in matcher.get_opcodes() if b[0] != "equal"]
    same = sum(b.size for b in matcher.get_matching_blocks())
    told = [b for b in blocks if any(w not in _SMALL for w, *_ in (*first[b[1] : b[2]], *second[b[3] : b[4]]))]
    if len(told) != 1 or same < PLAIN_REST_ASKED * min(len(first), len(second)):
        return []
    _, a0, a1, b0, b1 = told[0]
    one, other = first[a0:a1], second[b0:b1]
    if max(len(one), len(other)) > ONE_PHRASE_WORDS:
        return []
    outcome = _outcome(one, other, first[a0 - 1][0] if a0 else "")
    if outcome is None:
        return []
    return [_evidence(sides, one, other, outcome, first[a0 - 1][0] if a0 else "")]


_Placed = tuple[str, str, int, int]
"""Stem or small word, the word as written, and where it stands."""


def _words(claim: Claim, *, reported: bool) -> list[_Placed]:
    """What is stated, word by word, without who reports it where both are `reported`; numbers and dates, which other guards
    read, stand here as one sign each. Who "invited China" reports nothing: only what holds a verb is a report.
    """
    lemmas = {w.start: w.lemma for w in claim.words}
    told = [
        t
        for t in claim.attributions
        if reported and any(a <= w.start < b and w.kind == "verb" for w in claim.words for a, b in t.content)
    ]
    frames = [(t.cue.start, t.cue.end) for t in told if t.cue]
    frames += [(t.speaker.start, t.speaker.end) for t in told if t.speaker]
    read = [(n.start, n.end) for n in claim.numbers] + [(d.start, d.end) for d in claim.dates]
    out: list[_Placed] = []
    for found in _WORD.finditer(claim.text):
        start, end = claim.start + found.start(), claim.start + found.end()
        if _inside(start, end, frames):
            continue
        word = fold(found.group()).removesuffix("'s")
        if _inside(start, end, read):
            if out and out[-1][0] == _READ:
                continue
            word = _READ
        elif word not in _SMALL | _turning() | _opening():
            word = stem(lemmas.get(start, word))
        out.append((word, found.group(), start, end))
    return out


@lru_cache(maxsize=1)
def _turning() -> frozenset[str]:
    """Words that turn what they stand by."""
    return operators().negative_adverbs | operators().negative_determiners | {"nobody", "none", "without"}


@lru_cache(maxsize=1)
def _opening() -> frozenset[str]:
    """Words that leave open whether a thing is done."""
    ops = operators()
    return frozenset(ops.auxiliaries) | ops.condition_marks | ops.condition_words | frozenset(ops.adverbs)


_READ = "#"


def _inside(start: int, end: int, spans: Sequence[Span]) -> bool:
    return any(a < end and start < b for a, b in spans)


def _outcome(one: list[_Placed], other: list[_Placed], before: str) -> Outcome | None:
    words = [{w for w, *_ in side} for side in (one, other)]
    if _READ in words[0] | words[1]:
        return None
    if not one or not other:
        added = words[0] | words[1]
        return Outcome.EXCLUDES if added & _turning() else Outcome.DIFFERS if added & _opening() else None
    if bool(words[0] & _turning()) != bool(words[1] & _turning()):
        return None  # "not lost", "intact": which of the two is turned is for those who read acts
    named = [all(w[1][0].isupper() or w[0] in _SMALL for w in side) for side in (one, other)]
    opposite = any(kinship(x, y) == "opposite" or opposed(x, y) for x in words[0] for y in words[1])
    return Outcome.EXCLUDES if opposite or all(named) or before in _PLACE else Outcome.DIFFERS


def _evidence(sides: Sides, one: list[_Placed], other: list[_Placed], outcome: Outcome, before: str) -> Evidence:
    spans = _span(one), _span(other)
    names = between_names(sides)
    told = [_told(c, s) for c, s in ((sides.a, spans[0]), (sides.b, spans[1]))]
    if all(told):
        say = f"{names[0]} says “{told[0]}” where {names[1]} says “{told[1]}”."
    else:
        has, lacks = (names[0], names[1]) if told[0] else (names[1], names[0])
        say = f"{has} has “{told[0] or told[1]}”; {lacks} has not."
    dimension = Dimension.PLACE if before in _PLACE else Dimension.WORDING
    return Evidence("wording", dimension, outcome, *spans, say, {"rest": 1.0})


def _span(words: list[_Placed]) -> Span | None:
    return (words[0][2], words[-1][3]) if words else None


def _told(claim: Claim, span: Span | None) -> str:
    return claim.text[span[0] - claim.start : span[1] - claim.start] if span else ""
