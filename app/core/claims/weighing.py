"""Which candidate frames attribute."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.claims.frames import Frame
from app.core.claims.quotes import Quote
from app.core.claims.sentences import ReadSentence

__all__ = ["attributes"]

_TAKEN = {
    "say": {"clause", "wh", "before", "about", "quoted-after", "complement"},
    "claim": {"clause", "wh", "before", "infinitive", "object-infinitive"},
    "show": {"clause", "before"},
    "ask": {"object-infinitive", "wh", "clause"},
    "deny": {"clause", "object"},
    "judge": {"about", "object"},
    "call": {"predicate"},
    "doubt": {"wh", "object"},
    "decline": {"infinitive"},
    "want": {"clause", "infinitive"},
    "think": {"clause"},
    "according": {"according"},
    "noun": {"noun-that"},
}


def attributes(sentence: ReadSentence, frame: Frame, siblings: Sequence[Frame], quotes: Sequence[Quote]) -> bool:
    """Whether a candidate is an attribution."""
    return frame.kind in _TAKEN.get(frame.family, ())
