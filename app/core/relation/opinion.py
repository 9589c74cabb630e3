"""One more guard, from a model of the user's own: what does it make of two claims that stand in one row?

The model itself is loaded outside the core (`app/own_model.py`) and passed in. It is asked once, in one batch, both ways
round: a cross-encoder reads "a, b" and "b, a" differently, a guard must not. Its own probability is what its word is worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.core import thresholds
from app.core.records import Claim, Dimension, Outcome
from app.core.relation.sides import MODEL, Evidence, Guard, Sides

__all__ = ["Opinion", "OwnModel", "guard_of"]


@dataclass(frozen=True, slots=True)
class Opinion:
    """Three probabilities that sum to one."""

    agree: float
    neutral: float
    contradict: float


class OwnModel(Protocol):
    """What reads two texts side by side. The same pairs give the same opinions, whatever else is asked."""

    @property
    def name(self) -> str:
        """What readers are told has spoken."""

    def opinions(self, pairs: Sequence[tuple[str, str]]) -> Sequence[Opinion]:
        """One opinion a pair, in order."""


def guard_of(model: OwnModel, pairs: Iterable[tuple[Claim, Claim]]) -> Guard:
    """A guard of dimension wording that knows the model's opinion on these pairs, and is silent on all others."""
    texts = sorted({way for a, b in pairs for way in ((a.text, b.text), (b.text, a.text))})
    known = dict(zip(texts, model.opinions(texts), strict=True)) if texts else {}

    def compare_by_model(sides: Sides) -> list[Evidence]:
        a, b = sides.a.text, sides.b.text
        there, back = known.get((a, b)), known.get((b, a))
        if there is None or back is None:
            return []
        return _evidence(sides, model.name, (there.agree + back.agree) / 2, (there.contradict + back.contradict) / 2)

    return compare_by_model


def _evidence(sides: Sides, name: str, agree: float, contradict: float) -> list[Evidence]:
    if contradict >= thresholds.OWN_MODEL_LEANS:
        outcome = Outcome.EXCLUDES
        say = f"The model {name} sees a contradiction (probability {contradict:.2f})."
    elif agree >= thresholds.OWN_MODEL_LEANS:
        outcome, say = Outcome.SAME, f"The model {name} sees agreement (probability {agree:.2f})."
    else:
        return []
    spans = (sides.a.start, sides.a.end), (sides.b.start, sides.b.end)
    return [Evidence(MODEL, Dimension.WORDING, outcome, *spans, say, {"contradict": contradict})]
