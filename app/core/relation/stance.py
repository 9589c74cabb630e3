"""Two sentences on one contentious matter: does one back the other, weaken it, or speak of something else?

For statements that someone asks about without their articles, where most pairs share a matter but no proposition, so that
no guard has anything to compare. A small model over named features (`sides.py`, `pool.py`), fitted by
tests/quality/fit_relations.py on public pairs with topics held out; weights and provenance in `weights.json`. It is right
in about six of ten such pairs, so it only ever says agree, diverge or nothing, and the rows of the product never use it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np

from app.core import thresholds
from app.core.alignment.bags import Floats
from app.core.records import Claim
from app.core.relation.pool import POOL, pool_features
from app.core.relation.sides import SIDES, length, side_features

__all__ = ["FAR", "FEATURES", "Model", "applies", "features", "load_model"]

FEATURES = (*SIDES, *POOL)


def features(pairs: Sequence[tuple[Claim, Claim]]) -> Floats:
    """One row a pair of one pool (all that is asked of one story), columns as in `FEATURES`; symmetric."""
    if not pairs:
        return np.zeros((0, len(FEATURES)))
    own = np.array([side_features(a, b) for a, b in pairs])
    return np.hstack([own, pool_features([(a.text, b.text) for a, b in pairs])])


FAR = 2.0
"""Spreads beyond which a feature counts no more."""


@dataclass(frozen=True, slots=True)
class Model:
    """Each feature is bent by a curve to a like scale and weighed for each answer."""

    answers: tuple[str, ...]
    bias: Floats  # [answer]
    weights: Floats  # [feature, answer]
    curves: tuple[tuple[Floats, Floats], ...]  # one a feature: rising points, and what stands for each
    usual: Floats  # [feature]: mean of what is bent
    spread: Floats
    provenance: dict[str, Any]

    def bend(self, values: Floats) -> Floats:
        """Features on a like scale."""
        return np.column_stack(
            [np.interp(column, at, to) for column, (at, to) in zip(values.T, self.curves, strict=True)]
        )

    def odds(self, values: Floats) -> Floats:
        """Log-odds (up to a constant) of each answer, one row a pair."""
        plain = ((self.bend(values) - self.usual) / self.spread).clip(-FAR, FAR)
        return np.asarray(plain @ self.weights + self.bias)

    def answer(self, values: Floats) -> list[str]:
        """agree, contradict or neutral for each row; ties go to the first."""
        return [self.answers[k] for k in np.argmax(np.round(self.odds(values), 6), axis=1)]


@lru_cache(maxsize=1)
def load_model() -> Model:
    """The fitted model of `weights.json`. Raises `ValueError` when its features are not those of this module."""
    data = json.loads(resources.files("app.core.relation").joinpath("weights.json").read_text(encoding="utf-8"))
    if list(data["features"]) != list(FEATURES):
        raise ValueError(
            "app/core/relation/weights.json was fitted on other features; run tests/quality/fit_relations.py"
        )
    fitted = data["features"].values()
    return Model(
        answers=tuple(data["answers"]),
        bias=np.array(data["bias"]),
        weights=np.array([f["weights"] for f in fitted]),
        curves=tuple((np.array(f["at"]), np.array(f["to"])) for f in fitted),
        usual=np.array([f["usual"] for f in fitted]),
        spread=np.array([f["spread"] for f in fitted]),
        provenance=data["provenance"],
    )


def applies(a: Claim, b: Claim) -> bool:
    """Long enough to take sides: of a few words only what they state can be compared."""
    return min(length(a), length(b)) >= thresholds.STANCE_WORDS
