"""In other words: two short statements that are the same but for one phrase, or for a word that turns or weakens one of them.

Only for statements that somebody asks about. In the rows of real stories such pairs are two wordings of one thing more often
than not, and the guard is not asked there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import product

from app.core.claims.actions.operators import operators
from app.core.lexicon.actions import act_kinship, kinship, opposed
from app.core.records import Action, Claim, Dimension, Outcome, Span
from app.core.relation.say import between_names
from app.core.relation.sides import Evidence, Sides
from app.core.text import fold, stem
from app.core.thresholds import ONE_PHRASE_WORDS, PLAIN_REST_ASKED, UPDATE_DAYS

__all__ = ["compare_wording"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SMALL = frozenset(
    "a an the of to in on at by for with and or that which who is are was were be been has have had it its his her their he she they"
    " this these those as from said says say told announced about some around nearly almost roughly least most up more fewer less over under than only just shortly called named titled dubbed".split()
)
_IS = frozenset("is are remains remain".split())
_WAS = _IS | frozenset("was were".split())
_ARTICLES = frozenset({"a", "an", "the"})
_PLACE = frozenset("in at near to from off into around toward towards over through".split())


def compare_wording(sides: Sides) -> list[Evidence]:
    """EXCLUDES where the phrase is a name, or turned; DIFFERS where it is another word; nothing where more than it differs."""
    undoing = [any(t.cue and t.cue.undoes for t in c.attributions) for c in (sides.a, sides.b)]
    both = bool(sides.a.attributions) and bool(sides.b.attributions) and undoing[0] == undoing[1]
    first, second = _words(sides.a, reported=both), _words(sides.b, reported=both)
    matcher = SequenceMatcher(None, [w for w, *_ in first], [w for w, *_ in second], autojunk=False)
    blocks = [b[1:] for b in matcher.get_opcodes() if b[0] != "equal"]
    same = sum(b.size for b in matcher.get_matching_blocks())
    told = [b for b in blocks if any(w not in _SMALL for w, *_ in (*first[b[0] : b[1]], *second[b[2] : b[3]]))]
    told = _one_verb(sides, first, second, told) or told
    if swapped := _swapped(first, second):
        return [_evidence(sides, *swapped, Outcome.EXCLUDES, "", state=False)]
    if len(told) != 1 or same < PLAIN_REST_ASKED * min(len(first), len(second)):
        return []
    a0, a1, b0, b1 = told[0]
    one, other = first[a0:a1], second[b0:b1]
    if max(len(one), len(other)) > ONE_PHRASE_WORDS:
        return []
    before = [w for w, *_ in first[:a0]]
    outcome = _outcome(one, other, before[-1] if before else "")
    if outcome is None or _one_act(sides, one, other):
        return []
    state = _is_state(one, other, before)
    if state and outcome is Outcome.EXCLUDES and abs(sides.days_between or 0) >= UPDATE_DAYS:
        outcome = Outcome.LATER
    return [_evidence(sides, one, other, outcome, before[-1] if before else "", state=state)]


_Block = tuple[int, int, int, int]


def _one_verb(sides: Sides, first: list[_Placed], second: list[_Placed], told: list[_Block]) -> list[_Block]:
    """The one block of several in which a verb stands for another, where in all others one side only tells more."""
    verbs = [{w.start for w in c.words if w.kind == "verb"} for c in (sides.a, sides.b)]
    more = [b for b in told if b[0] == b[1] or b[2] == b[3]]
    swaps = [b for b in told if b not in more]
    added = {w for b in more for w, *_ in (*first[b[0] : b[1]], *second[b[2] : b[3]])}
    if len(swaps) != 1 or added & (_turning() | _opening() | {_READ}):
        return []
    a0, a1, b0, b1 = swaps[0]
    one = [[w for w in side if w[0] not in _SMALL] for side in (first[a0:a1], second[b0:b1])]
    alone = all(len(side) == 1 and side[0][2] in places for side, places in zip(one, verbs, strict=True))
    acts = _acts(sides.a, one[0]), _acts(sides.b, one[1])
    return swaps if alone and all(act_kinship(x, y) == "other" for x, y in product(*acts)) else []


def _acts(claim: Claim, words: list[_Placed]) -> list[Action]:
    return [act for act in claim.acts if _inside(act.start, act.end, [(start, end) for *_, start, end in words])]


def _one_act(sides: Sides, one: list[_Placed], other: list[_Placed]) -> bool:
    """Whether the phrases are nothing but two words for one act: "called off", "cancelled"."""
    acts = _acts(sides.a, one), _acts(sides.b, other)
    bare = all(
        w in _SMALL or _inside(start, end, [(act.start, act.end) for act in found])
        for words, found in zip((one, other), acts, strict=True)
        for w, _, start, end in words
    )
    alike = [act_kinship(x, y) == "same" and x.polarity is y.polarity for x, y in product(*acts)]
    return bare and bool(alike) and all(alike)


def _swapped(first: list[_Placed], second: list[_Placed]) -> tuple[list[_Placed], list[_Placed]] | None:
    """The first name of either side, where the two say the same words and have exchanged two names: who did it to whom, from where to where."""
    words = [[w for w in side if w[0] not in _SMALL or w[0] in {"and", "by"}] for side in (first, second)]
    if sorted(w for w, *_ in words[0]) != sorted(w for w, *_ in words[1]) or {"and", "by"} & {w for w, *_ in words[0]}:
        return None
    apart = [(x, y) for x, y in zip(*words, strict=True) if x[0] != y[0]]
    named = len(apart) == 2 and all(w[1][0].isupper() for pair in apart for w in pair)
    return ([apart[0][0]], [apart[0][1]]) if named else None


def _is_state(one: list[_Placed], other: list[_Placed], before: list[str]) -> bool:
    """Whether the phrases tell how or where something is: "is in hospital", "is awake"; a while later it may be otherwise."""
    if before and before[-1] in _PLACE:
        return before[-2:-1] != [] and before[-2] in _WAS
    if not before or not one or not other or {one[0][0], other[0][0]} & _ARTICLES:
        return False
    return before[-1] in (_WAS if one[0][0] in _SMALL or other[0][0] in _SMALL else _IS)


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


def _evidence(
    sides: Sides, one: list[_Placed], other: list[_Placed], outcome: Outcome, before: str, *, state: bool
) -> Evidence:
    spans = _span(one), _span(other)
    names = between_names(sides)
    told = [_told(c, s) for c, s in ((sides.a, spans[0]), (sides.b, spans[1]))]
    if all(told):
        say = f"{names[0]} says “{told[0]}” where {names[1]} says “{told[1]}”."
    else:
        has, lacks = (names[0], names[1]) if told[0] else (names[1], names[0])
        say = f"{has} has “{told[0] or told[1]}”; {lacks} has not."
    dimension = Dimension.PLACE if before in _PLACE else Dimension.WORDING
    return Evidence(
        "wording", dimension, outcome, *spans, say, {"rest": 1.0, "state": float(state and outcome is Outcome.DIFFERS)}
    )


def _span(words: list[_Placed]) -> Span | None:
    return (words[0][2], words[-1][3]) if words else None


def _told(claim: Claim, span: Span | None) -> str:
    return claim.text[span[0] - claim.start : span[1] - claim.start] if span else ""
