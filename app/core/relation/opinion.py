"""One more guard, from a model of the user's own: what does it make of two claims that stand in one row?

The model itself is loaded outside the core (`app/own_model.py`) and passed in. It is asked once, in one batch, both ways
round: a cross-encoder reads "a, b" and "b, a" differently, a guard must not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.core import thresholds
from app.core.records import Claim, Dimension, Outcome, Reason
from app.core.relation.context import Context, Guard
from app.core.relation.evidence import reason

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
    """A guard of dimension wording that knows the model's opinion on these pairs, and is silent on all others.

    SAME when the model sees agreement, EXCLUDES when it is sure of a contradiction, DIFFERS when it leans to one.
    """
    texts = sorted({way for a, b in pairs for way in ((a.text, b.text), (b.text, a.text))})
    known = dict(zip(texts, model.opinions(texts), strict=True)) if texts else {}

    def compare_by_model(a: Claim, b: Claim, _: Context) -> Reason | None:
        there, back = known.get((a.text, b.text)), known.get((b.text, a.text))
        if there is None or back is None:
            return None
        return _reason(a, b, model.name, (there.agree + back.agree) / 2, (there.contradict + back.contradict) / 2)

    return compare_by_model


def _reason(a: Claim, b: Claim, name: str, agree: float, contradict: float) -> Reason | None:
    if contradict >= thresholds.OWN_MODEL_LEANS:
        outcome = Outcome.EXCLUDES if contradict >= thresholds.OWN_MODEL_SURE else Outcome.DIFFERS
        say = f"The model {name} sees a contradiction (probability {contradict:.2f})."
    elif agree >= thresholds.OWN_MODEL_LEANS:
        outcome, say = Outcome.SAME, f"The model {name} sees agreement (probability {agree:.2f})."
    else:
        return None
    return reason(Dimension.WORDING, outcome, a, b, (a.start, a.end), (b.start, b.end), say)
