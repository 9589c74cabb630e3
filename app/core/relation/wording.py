"""How it is put: strength, condition and framing of one matter. Never a conflict: both wordings can stand."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from app.core import thresholds
from app.core.records import Claim, Dimension, Modality, Outcome, Reason, Span
from app.core.relation.context import Context
from app.core.relation.evidence import between_names, reason, where
from app.core.relation.frames import stance_of
from app.core.relation.likeness import coverage
from app.core.relation.scan import Scan, modality_of, scan
from app.core.relation.wordlists import phrases

__all__ = ["compare_wording"]

_SURE = frozenset({Modality.FACT, Modality.FUTURE})
_EXCEPTIONS = frozenset({"unless", "whether", "in case"})
_MODALS = frozenset("may might could possibly perhaps likely".split())


@dataclass(frozen=True, slots=True)
class Scale:
    name: str
    say: str
    gap: int  # steps that make a difference
    steps: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=1)
def _scales() -> tuple[Scale, ...]:
    text = resources.files("app.core.relation").joinpath("data", "strength.toml").read_text(encoding="utf-8")
    return tuple(
        Scale(s["name"], s["say"], s.get("gap", 1), tuple(phrases(step) for step in s["steps"]))
        for s in tomllib.loads(text)["scale"]
    )


@lru_cache(maxsize=8192)
def _steps(text: str) -> tuple[tuple[str, int, int, int], ...]:
    """(scale, step, start, end) of every scaled word; the strongest step of a scale last."""
    read = scan(text)
    lower = read.text.casefold()
    found = []
    for scale in _scales():
        for step, pattern in enumerate(scale.steps):
            found += [(scale.name, step, m.start(), m.end()) for m in pattern.finditer(lower)]
    return tuple(found)


def compare_wording(a: Claim, b: Claim, context: Context) -> Reason | None:
    """DIFFERS when one is stronger on a scale, or sets a condition that the other leaves out."""
    return _declined(a, b, context) or _condition(a, b, context) or _strength(a, b, context)


def _declined(a: Claim, b: Claim, context: Context) -> Reason | None:
    """One speaker states it in one report and declines to say in the other."""
    first, second = a.speaker, b.speaker
    stances = stance_of(a), stance_of(b)
    if not first or not second or first.key != second.key or set(stances) != {"asserts", "declines"}:
        return None
    if coverage(a, b) < thresholds.NEGATION_COVERAGE:
        return None
    names = between_names(a, b, context)
    telling, silent = names if stances[0] == "asserts" else names[::-1]
    cues = [c.attributions[-1].cue for c in (a, b)]
    spans = [(cue.start, cue.end) if cue and cue.start < cue.end else None for cue in cues]
    return reason(
        Dimension.WORDING, Outcome.DIFFERS, a, b, spans[0], spans[1],
        f"{telling} has {first.name} state it; in {silent} {first.name} declines to say.",
    )  # fmt: skip


def _condition(a: Claim, b: Claim, context: Context) -> Reason | None:
    first, second = scan(a.text).conditional, scan(b.text).conditional
    if bool(first) == bool(second):
        return None
    axes = {(p.axis) for p in scan(a.text).predicates} & {(p.axis) for p in scan(b.text).predicates}
    scales = {s[0] for s in _steps(a.text)} & {s[0] for s in _steps(b.text)}
    if not axes and "ending" not in scales and coverage(a, b) < thresholds.CONDITION_COVERAGE:
        return None
    silent = scan(b.text if first else a.text)
    if silent.predicates and not any(p.modality in _SURE for p in silent.predicates):
        return None
    names = between_names(a, b, context)
    having, lacking = (names[0], names[1]) if first else (names[1], names[0])
    claim, span = (a, first) if first else (b, second)
    assert span is not None
    words = claim.text[span[0] : span[1]]
    if words.lower() in _EXCEPTIONS:
        return None  # "renewed yearly unless one side gives notice" only tells more
    plain = _plain_words(b.text if first else a.text, axes)
    return reason(
        Dimension.WORDING, Outcome.DIFFERS, a, b,
        where(a, *first) if first else plain and where(a, *plain),
        where(b, *second) if second else plain and where(b, *plain),
        f"{having} sets a condition (“{words}”); {lacking} none.",
    )  # fmt: skip


def _plain_words(text: str, axes: set[str]) -> Span | None:
    """The words that a condition elsewhere is missing from."""
    top = _top(text).get("ending")
    if top:
        return top[1], top[2]
    return next(((p.start, p.end) for p in scan(text).predicates if p.axis in axes), None)


def _strength(a: Claim, b: Claim, context: Context) -> Reason | None:
    first, second = _top(a.text), _top(b.text)
    scales = {s.name: s for s in _scales()}
    apart = {
        name: gap
        for name in sorted(first.keys() & second.keys())
        if (gap := abs(first[name][0] - second[name][0])) >= scales[name].gap
    }
    names = between_names(a, b, context)
    if not apart or not scan(a.text).stems & scan(b.text).stems:
        return _certainty(a, b, names)
    name = max(apart, key=lambda n: (apart[n], n))
    p, q = first[name], second[name]
    words = a.text[p[1] : p[2]], b.text[q[1] : q[2]]
    return reason(
        Dimension.WORDING, Outcome.DIFFERS, a, b, where(a, p[1], p[2]), where(b, q[1], q[2]),
        f"They differ in {scales[name].say}: “{words[0]}” ({names[0]}), “{words[1]}” ({names[1]}).",
    )  # fmt: skip


def _certainty(a: Claim, b: Claim, names: tuple[str, str]) -> Reason | None:
    """One states what the other calls possible: the same word, right after "may" or "could" on one side only."""
    if coverage(a, b) < thresholds.NEGATION_COVERAGE:
        return None
    read, other = scan(a.text), scan(b.text)
    for i, p in enumerate(read.words):
        if not p.content:
            continue
        for j, q in enumerate(other.words):
            if p.stem != q.stem:
                continue
            modes = modality_of(read.words, i), modality_of(other.words, j)
            if sorted(m is Modality.POSSIBLE for m in modes) != [False, True] or not set(modes) & _SURE:
                continue
            if not _governed(
                read if modes[0] is Modality.POSSIBLE else other, i if modes[0] is Modality.POSSIBLE else j
            ):
                continue
            weak = names[0] if modes[0] is Modality.POSSIBLE else names[1]
            strong = names[1] if modes[0] is Modality.POSSIBLE else names[0]
            return reason(
                Dimension.WORDING, Outcome.DIFFERS, a, b, where(a, p.start, p.end), where(b, q.start, q.end),
                f"{weak} calls it possible; {strong} states it.",
            )  # fmt: skip
    return None


def _governed(read: Scan, index: int) -> bool:
    """Is the word the first content word after its modal: the verb that "may" stands before?"""
    before = read.words[max(0, index - 3) : index]
    return any(w.lower in _MODALS and (w.text != "May" or w.start == 0) for w in before) and not any(
        w.content and w.lower not in _MODALS for w in before[-1:]
    )


def _top(text: str) -> dict[str, tuple[int, int, int]]:
    """The strongest step of each scale in a text, with its place in the source."""
    read = scan(text)
    out: dict[str, tuple[int, int, int]] = {}
    for name, step, start, end in _steps(text):
        if name not in out or step > out[name][0]:
            out[name] = (step, *read.source_span(start, end))
    return out
