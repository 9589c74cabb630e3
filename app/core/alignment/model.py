"""The fitted weights: named features -> log-odds, with what each feature moved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from app.core.alignment.term_vectors import Floats

__all__ = ["Model", "Stage", "load_model", "log_odds", "probability"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One logistic regression on standardised features. A feature at its usual value moves nothing."""

    names: tuple[str, ...]
    usual: Floats
    weight: Floats  # log-odds per unit of the feature
    bias: float
    spread: Floats  # standard deviation of the feature where the stage was fitted

    def moves(self, features: Floats) -> Floats:
        """What every feature of every row adds to the log-odds."""
        return np.asarray((features - self.usual) * self.weight)

    def log_odds(self, features: Floats) -> Floats:
        return np.asarray(self.moves(features).sum(1) + self.bias)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Stage:
        features: Mapping[str, Any] = data["features"]
        return cls(
            tuple(features),
            np.array([f["usual"] for f in features.values()], float),
            np.array([f["weight"] for f in features.values()], float),
            float(data["bias"]),
            np.array([f["spread"] or 1.0 for f in features.values()], float),
        )

    def digest(self) -> str:
        """Tells one fit from another: of features, weights and starting point."""
        fit = [list(self.names), self.usual.tolist(), self.weight.tolist(), self.bias]
        return hashlib.sha256(json.dumps(fit).encode()).hexdigest()[:16]

    def moved(self, bias: float, weights: Mapping[str, float]) -> Stage:
        """The same features under other weights. Raises `KeyError` for a feature that is missing."""
        return replace(self, bias=bias, weight=np.array([weights[n] for n in self.names], float))


@dataclass(frozen=True, slots=True)
class Model:
    """All stages of one fit, and where the fit comes from."""

    provenance: Mapping[str, Any]
    stages: Mapping[str, Stage]
    slope: float  # calibration of the product of the two stages, on its log-odds
    intercept: float
    aligned: float  # score from which a pair counts as aligned
    story_cut: float  # probability down to which articles are joined into one story
    few_cut: float = 0.5  # the same for a handful of articles

    def statement(self, *, encoder: bool) -> Stage:
        """What tells whether two statements of one incident say the same, with the encoder or by words alone."""
        return self.stages["statement" if encoder else "statement_by_words"]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Model:
        return cls(
            provenance=data["provenance"],
            stages={name: Stage.from_json(stage) for name, stage in data["stages"].items()},
            slope=float(data["calibration"]["slope"]),
            intercept=float(data["calibration"]["intercept"]),
            aligned=float(data["aligned"]),
            story_cut=float(data.get("story_cut", 0.5)),
            few_cut=float(data.get("few_cut", 0.5)),
        )


@lru_cache(maxsize=1)
def load_model() -> Model:
    """The weights that ship with the package; tests/quality/fit.py writes them."""
    return Model.from_json(json.loads(files(__package__).joinpath("weights.json").read_text("utf-8")))


def probability(odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -35, 35))))


def log_odds(p: Floats) -> Floats:
    safe = np.clip(p, 1e-9, 1 - 1e-9)
    return np.asarray(np.log(safe / (1 - safe)))
