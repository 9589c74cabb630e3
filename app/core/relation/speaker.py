"""Who says it: the same words by two speakers differ; the same speaker in two translations is one utterance."""

from __future__ import annotations

from rapidfuzz import fuzz

from app.core import thresholds
from app.core.records import ActorKind, Claim, Dimension, Outcome, Reason, Span, Speaker
from app.core.relation.context import Context
from app.core.relation.evidence import between_names, reason
from app.core.relation.role import compare_titles, title_head
from app.core.text import fold

__all__ = ["compare_speakers"]

_LEAST_WORDS = 4


def compare_speakers(a: Claim, b: Claim, context: Context) -> Reason | None:
    """DIFFERS when one wording is given to two named speakers; SAME when one speaker is quoted by both."""
    first, second = a.speaker, b.speaker
    if first is None or second is None or context.inside:
        return None
    if first.key == second.key:
        quoted = a.attributions[-1].quoted and b.attributions[-1].quoted
        alike = fuzz.token_sort_ratio(_content(a), _content(b)) >= thresholds.SAME_WORDS_RATIO
        say = f"Both quote {first.name}" + (
            "." if alike or not quoted else ", in other words: one utterance, told or translated twice."
        )
        return reason(Dimension.SPEAKER, Outcome.SAME, a, b, _span(a, first), _span(b, second), say)
    if _might_be_one(first, second):
        return None
    words = _content(a), _content(b)
    if min(len(w.split()) for w in words) < _LEAST_WORDS:
        return None
    if fuzz.token_sort_ratio(*words) < thresholds.SAME_WORDS_RATIO:
        return None
    names = between_names(a, b, context)
    say = f"{names[0]} has {first.name} say it; {names[1]} {second.name}."
    return reason(Dimension.SPEAKER, Outcome.DIFFERS, a, b, _span(a, first), _span(b, second), say)


def _content(claim: Claim) -> str:
    return fold(" ".join(claim.text[lo - claim.start : hi - claim.start] for lo, hi in claim.content))


def _span(claim: Claim, speaker: Speaker) -> Span | None:
    inside = claim.start <= speaker.start < speaker.end <= claim.end
    return (speaker.start, speaker.end) if inside else None


def _might_be_one(first: Speaker, second: Speaker) -> bool:
    """An unnamed official, or someone and the body he speaks for, may be the same voice."""
    kinds = {first.kind, second.kind}
    if ActorKind.UNNAMED in kinds:
        titles = first.text or first.name, second.text or second.name
        both = all(title_head(t) for t in titles)
        return not (both and compare_titles(*titles) is Outcome.DIFFERS)
    if first.kind is not second.kind:
        person, body = (first, second) if first.kind is ActorKind.PERSON else (second, first)
        return person.kind is ActorKind.PERSON or body.kind is ActorKind.STATE
    names = set(fold(first.name).split()), set(fold(second.name).split())
    return bool(names[0] <= names[1] or names[1] <= names[0])
