"""Measures that the scripts of this folder share: average precision, B-cubed, and whether scores are probabilities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

__all__ = ["average_precision", "b_cubed", "cut", "macro_f1", "reliability"]

BINS = 10


def average_precision(labels: Sequence[Any] | np.ndarray, scores: Sequence[float] | np.ndarray) -> float:
    """Area under the precision-recall steps; ties count as one step."""
    hit, score = np.asarray(labels, bool), np.asarray(scores, float)
    order = np.argsort(-score, kind="stable")
    hit, score = hit[order], score[order]
    ends = np.append(np.flatnonzero(np.diff(score)), len(score) - 1)
    hits = np.cumsum(hit)[ends]
    gained = np.diff(np.concatenate([[0], hits]))
    return float((hits / (ends + 1) * gained).sum() / hit.sum())


def b_cubed(gold: Sequence[Any], guess: Sequence[Any]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a grouping, item by item."""
    size, found, both = Counter(gold), Counter(guess), Counter(zip(gold, guess, strict=True))
    p = sum(both[x] / found[x[1]] for x in zip(gold, guess, strict=True)) / len(gold)
    r = sum(both[x] / size[x[0]] for x in zip(gold, guess, strict=True)) / len(gold)
    return p, r, 2 * p * r / (p + r)


def macro_f1(gold: Sequence[Any], guess: Sequence[Any], kinds: Sequence[Any]) -> float:
    """The unweighted mean of the kinds' F1."""
    total = 0.0
    for kind in kinds:
        hit = sum(g == kind == h for g, h in zip(gold, guess, strict=True))
        total += 2 * hit / max(1, sum(g == kind for g in gold) + sum(h == kind for h in guess))
    return total / len(kinds)


def cut(scores: np.ndarray, labels: np.ndarray, wanted: float) -> tuple[float, float, float]:
    """The lowest score from which precision is as wanted, with precision and recall there."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(labels[order])
    precision = hits / np.arange(1, len(order) + 1)
    good = np.flatnonzero(precision >= wanted)
    at = int(good[-1]) if len(good) else 0
    return round(float(scores[order[at]]), 4), float(precision[at]), float(hits[at] / labels.sum())


def reliability(scores: np.ndarray, labels: np.ndarray) -> dict[str, Any]:
    """`bins`, `error` (expected calibration error) and `pairs` as app/measured.py reads them; empty bins are left out."""
    place = np.minimum((scores * BINS).astype(int), BINS - 1)
    bins = [
        {
            "low": k / BINS,
            "high": (k + 1) / BINS,
            "said": round(float(scores[place == k].mean()), 3),
            "observed": round(float(labels[place == k].mean()), 3),
            "pairs": int((place == k).sum()),
        }
        for k in range(BINS)
        if (place == k).any()
    ]
    error = sum(
        abs(float(scores[place == k].mean() - labels[place == k].mean())) * (place == k).mean() for k in set(place)
    )
    return {"bins": bins, "error": round(float(error), 4), "pairs": len(scores)}
