"""Logistic regressions as weights.json holds them, and their calibration. Nothing here is random."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.core.alignment.model import Model, log_odds  # noqa: E402

__all__ = ["HERE", "Table", "as_model", "fit", "kept_weights", "platt", "table", "write_weights"]

HERE = ROOT / "app" / "core" / "alignment"


def fit(
    names: Sequence[str], features: np.ndarray, target: np.ndarray, strength: float, weight: np.ndarray
) -> dict[str, Any]:
    """Logistic regression; `target` may be a share: such a row counts as so much yes and so much no."""
    usual, spread = features.mean(0), features.std(0)
    spread[spread == 0] = 1
    scaled = (features - usual) / spread
    model = LogisticRegression(C=strength, max_iter=2000, tol=1e-5)
    model.fit(
        np.vstack([scaled, scaled]),
        np.r_[np.ones(len(scaled)), np.zeros(len(scaled))],
        sample_weight=np.r_[weight * target, weight * (1 - target)],
    )
    return {
        "bias": round(float(model.intercept_[0]), 5),
        "features": {
            n: {
                "weight": round(float(w / s), 5),
                "usual": round(float(u), 5),
                "spread": round(float(s), 5),
                "scaled": round(float(w), 3),
            }
            for n, w, s, u in zip(names, model.coef_[0], spread, usual, strict=True)
        },
    }


@dataclass
class Table:
    """Features of many groups, one row a pair."""

    features: np.ndarray
    target: np.ndarray
    topic: np.ndarray
    weight: np.ndarray

    def fit(self, names: Sequence[str], strength: float, left_out: frozenset[str]) -> dict[str, Any]:
        keep = ~np.isin(self.topic, list(left_out))
        return fit(names, self.features[keep], self.target[keep], strength, self.weight[keep])


def table(parts: Iterable[tuple[np.ndarray, np.ndarray, str, float]]) -> Table:
    """(features, target, topic, weight) of each group as one table."""
    features, target, topic, weight = [], [], [], []
    for f, t, name, w in parts:
        features.append(f)
        target.append(t)
        topic.append(np.full(len(f), name))
        weight.append(np.full(len(f), w))
    return Table(
        np.vstack(features), np.concatenate(target).astype(float), np.concatenate(topic), np.concatenate(weight)
    )


def as_model(fitted: dict[str, Any], calibration: tuple[float, float] = (1.0, 0.0), aligned: float = 0.5) -> Model:
    """A model of these stages alone."""
    return Model.from_json(
        {
            "provenance": {},
            "stages": fitted,
            "calibration": {"slope": calibration[0], "intercept": calibration[1]},
            "aligned": aligned,
        }
    )


def platt(scores: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Slope and intercept on the log-odds that make scores probabilities."""
    model = LogisticRegression(C=1e6, max_iter=1000).fit(log_odds(scores)[:, None], labels)
    return round(float(model.coef_[0][0]), 4), round(float(model.intercept_[0]), 4)


def kept_weights() -> dict[str, Any]:
    kept: dict[str, Any] = json.loads((HERE / "weights.json").read_text("utf-8"))
    return kept


def write_weights(weights: dict[str, Any]) -> None:
    """One feature a line, so that a review sees what moved."""
    text = json.dumps(weights, indent=1, ensure_ascii=False)
    text = re.sub(r"\{\s+(\"weight\":[^{}]+?)\s+\}", lambda m: "{" + re.sub(r"\s+", " ", m[1]) + "}", text)
    (HERE / "weights.json").write_text(text + "\n", "utf-8")
