"""The fitted weights of rows: features of two claims -> probability; links of a row -> its score."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from app.core.alignment.model import Stage, log_odds, probability

__all__ = ["RowModel", "load_row_model"]


@dataclass(frozen=True, slots=True)
class RowModel:
    """One fit: weights with and without the encoder, and the calibration of a row's mean link, on its log-odds."""

    provenance: Mapping[str, Any]
    with_encoder: Stage
    by_words: Stage
    slope: float
    intercept: float

    def stage(self, *, encoder: bool) -> Stage:
        return self.with_encoder if encoder else self.by_words

    def taught(self, stage: Stage, *, encoder: bool) -> RowModel:
        return replace(self, with_encoder=stage) if encoder else replace(self, by_words=stage)

    def row_score(self, links: Sequence[float]) -> float:
        """The probability that two claims of a row state one proposition, by the mean of its links."""
        if not links:
            return 0.0
        odds = log_odds(np.array([sum(sorted(links)) / len(links)]))
        return float(probability(self.slope * odds + self.intercept)[0])

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> RowModel:
        score = data["row_score"]
        stages = data["stages"]
        return cls(
            data["provenance"],
            Stage.from_json(stages["with_encoder"]),
            Stage.from_json(stages["by_words"]),
            float(score["slope"]),
            float(score["intercept"]),
        )


@lru_cache(maxsize=1)
def load_row_model() -> RowModel:
    """The weights that ship with the package; tests/quality/fit_rows.py writes them."""
    return RowModel.from_json(json.loads(files(__package__).joinpath("row_weights.json").read_text("utf-8")))
