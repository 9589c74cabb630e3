"""Said by whom: the same words given to two speakers."""

from __future__ import annotations

from rapidfuzz import fuzz

from app.core.records import ActorKind, Dimension, Outcome, Span, Speaker
from app.core.relation.say import between_names
from app.core.relation.sides import Evidence, Sides
from app.core.thresholds import SAME_WORDS_LEAST, SAME_WORDS_RATIO

__all__ = ["compare_speakers"]


def compare_speakers(sides: Sides) -> list[Evidence]:
    """DIFFERS where one wording is given to two named speakers; SAME where both quote one."""
    first, second = sides.a.speaker, sides.b.speaker
    if first is None or second is None or sides.inside:
        return []
    names = between_names(sides)
    spans = _span(first), _span(second)
    if first.key == second.key:
        say = f"Both have it from {first.name}."
        return [Evidence("", Dimension.SPEAKER, Outcome.SAME, *spans, say, {})]
    ratio = _alike(sides)
    if ratio < SAME_WORDS_RATIO:
        return []
    unnamed = ActorKind.UNNAMED in {first.kind, second.kind}
    signs = {"rest": ratio / 100, "unnamed": float(unnamed)}
    say = f"{names[0]} has these words from {first.name}; {names[1]} from {second.name}."
    return [Evidence("speaker", Dimension.SPEAKER, Outcome.DIFFERS, *spans, say, signs)]


def _alike(sides: Sides) -> float:
    words = [[w.lemma for w in c.words if any(a <= w.start < b for a, b in c.content)] for c in (sides.a, sides.b)]
    if min(len(w) for w in words) < SAME_WORDS_LEAST:
        return 0.0
    return fuzz.token_sort_ratio(" ".join(words[0]), " ".join(words[1]))


def _span(speaker: Speaker) -> Span | None:
    return (speaker.start, speaker.end) if speaker.start < speaker.end else None
