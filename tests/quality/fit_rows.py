"""Fit the weights that decide which claims of one story share a row, on hand-labelled articles and on ECB+ together.

usage: fit_rows.py ARTICLES DATA [--write] [--date YYYY-MM-DD] [--readings CACHE.pickle]

ARTICLES is the folder that rows_labels.json labels, DATA as for fit.py (run that first). Most pairs of claims of one story
have nothing to do with each other, most labelled pairs of ECB+ do, so each keeps its own starting point; ECB+ keeps the
weights from leaning on one story. The figure printed is of pairs of articles that the weights used have not seen; it is
still the same story, and says so in the provenance.
"""

from __future__ import annotations

import argparse
import json
from itertools import combinations
from pathlib import Path
from typing import Any

import fit
import numpy as np
import rows
from scipy.optimize import minimize

from app.core.alignment.features import ROW_FEATURES, PairFeatures
from app.core.alignment.entries import entries_of
from app.core.alignment.score import StatementGroup

STRENGTH = 0.1
PRIOR = {"wording_resolved": 1.0, "quoted_alike": 2.0}
"""Log-odds per unit that the fuzzy features are drawn to, and never below none: hardly a labelled pair quotes one speaker
in both claims, and likeness must not speak against."""
SPREAD_FLOOR = 0.1  # of a feature that hardly ever differs from nothing
ECB_WEIGHT = 0.03  # of an ECB+ pair against a labelled pair: together they then weigh about the same


def labelled(folder: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features, labels and pair of articles of every pair of claims of different articles; unclear ones left out."""
    readings = rows.read_folder(folder)
    entries, labels = entries_of(readings), rows.Labels(readings)
    pairs = [(i, j) for i, j in combinations(range(len(entries)), 2) if entries[i].article != entries[j].article]
    ij = np.array(pairs, np.intp)
    features = PairFeatures([e.statement for e in entries]).row(ij[:, 0], ij[:, 1])
    places = [rows.sentence(e.ref.article, e.claim) for e in entries]
    verdicts = [labels.verdict(places[i], places[j]) for i, j in pairs]
    clear = np.array([v is not None for v in verdicts])
    fold = np.array([entries[i].article * 100 + entries[j].article for i, j in pairs])
    return features[clear], np.array([bool(v) for v in verdicts], float)[clear], fold[clear]


def ecb(data: Path, cache: Path | None) -> tuple[np.ndarray, np.ndarray]:
    groups, articles = fit.ecb_groups(data, cache)
    found, overlap = [], []
    for group in groups:
        if not group.mixed:
            made = StatementGroup(group.asked, articles)
            found.append(made.features.row(made.a, made.b))
            overlap.append(group.overlap)
    return np.vstack(found), np.concatenate(overlap)


def joint(x: np.ndarray, y: np.ndarray, other: np.ndarray, share: np.ndarray) -> dict[str, Any]:
    usual, spread = x.mean(0), np.maximum(x.std(0), [SPREAD_FLOOR if n in PRIOR else 1e-9 for n in ROW_FEATURES])
    scaled = np.vstack([(x - usual) / spread, *[(other - other.mean(0)) / spread] * 2])
    own_start = np.r_[np.zeros(len(x)), np.full(2 * len(other), 3.0)]
    design = np.column_stack([scaled, own_start, np.ones(len(scaled))])
    target = np.r_[y, np.ones(len(other)), np.zeros(len(other))]
    weight = np.r_[np.ones(len(x)), ECB_WEIGHT * share, ECB_WEIGHT * (1 - share)]
    prior = np.r_[[PRIOR.get(n, 0.0) * s for n, s in zip(ROW_FEATURES, spread, strict=True)], 0.0, 0.0]
    held = np.r_[np.full(len(ROW_FEATURES) + 1, 1 / STRENGTH), 0.0]

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        odds = design @ w
        wrong = weight * (1 / (1 + np.exp(-odds)) - target)
        fit_loss = (weight * (np.logaddexp(0, odds) - target * odds)).sum()
        return fit_loss + (held * (w - prior) ** 2).sum() / 2, design.T @ wrong + held * (w - prior)

    bounds = [(0.0, None) if n in PRIOR else (None, None) for n in ROW_FEATURES] + [(None, None)] * 2
    w = minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 400}).x
    return {
        "bias": round(float(w[-1]), 5),
        "features": {
            n: {"weight": round(float(k / s), 5), "usual": round(float(u), 5), "scaled": round(float(k), 3)}
            for n, k, s, u in zip(ROW_FEATURES, w[: len(ROW_FEATURES)], spread, usual, strict=True)
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--date")
    parser.add_argument("--readings", type=Path)
    parser.add_argument("--quick", action="store_true", help="no held-out figure")
    args = parser.parse_args()
    x, y, fold = labelled(args.articles)
    other, share = ecb(args.data, args.readings)
    odds = np.zeros(len(y))
    for k in [] if args.quick else np.unique(fold):
        stage = fit.as_model({"row": joint(x[fold != k], y[fold != k], other, share)}).stages["row"]
        odds[fold == k] = stage.log_odds(x[fold == k])
    figure = 0.0 if args.quick else round(fit.average_precision(y, odds), 3)
    stage = joint(x, y, other, share)
    print("row AP, pairs of articles held out", figure, {n: f["scaled"] for n, f in stage["features"].items()})
    if args.write:
        path = fit.HERE / "weights.json"
        kept = json.loads(path.read_text("utf-8"))
        kept["stages"]["row"] = stage
        kept["provenance"]["row"] = {
            "data": "hand labels of five articles of one story (rows_labels.json), ECB+ topics 1-35 as a brake",
            "date": args.date,
            "held out": "pairs of articles, of the same story",
            "figures": {"AP of pairs of claims": figure},
        }
        path.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
