"""Fit the stance model of `parallax pairs` on public pairs of contentious claims; topics are held out for the figures.

usage: fit_stance.py PAIRS.jsonl [--write] [--date YYYY-MM-DD] [--readings CACHE.pickle]

PAIRS: {id, a, b, label (agree | neutral | contradict), topic}. Prints macro F1 with topics held out in ten folds, for three
drawn partitions, because one alone may be lucky. `--write` fits on everything and writes app/core/relation/stance.json. No
text of the data enters the project.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
from ecb_groups import lines, read_all
from fitting import ROOT
from measures import macro_f1
from sklearn.linear_model import LogisticRegression

from app.core.alignment import StatementPair
from app.core.encoder import load_encoder
from app.core.relation.stance import FEATURES, StanceModel, stance_features

ANSWERS = ("agree", "contradict", "neutral")
PARTITIONS, FOLDS = 3, 10
STRENGTH = 0.03
QUANTILES, ENDS = 33, 2.5
TARGET = ROOT / "app" / "core" / "relation" / "stance.json"


def features_of(rows: list[dict[str, Any]], cache: Path | None) -> np.ndarray:
    readings = read_all(sorted({t for r in rows for t in (r["a"], r["b"])}), cache)
    encoder = load_encoder()
    if encoder is None:
        raise SystemExit("the encoder is not installed")
    topics: dict[str, list[int]] = defaultdict(list)
    for k, r in enumerate(rows):
        topics[r["topic"]].append(k)
    out = np.zeros((len(rows), len(FEATURES)))
    for topic, members in topics.items():
        asked = [StatementPair(k, readings[rows[k]["a"]], readings[rows[k]["b"]], topic) for k in members]
        out[members] = stance_features(asked, encoder)
    return out


def curve_of(column: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rising points of a feature and the normal score that stands for each."""
    shares = np.linspace(0, 1, QUANTILES)
    quantiles = np.quantile(column, shares)
    at = np.unique(quantiles)
    share = np.array([shares[quantiles == q].mean() for q in at])
    to = np.array([NormalDist().inv_cdf(min(0.994, max(0.006, s))) for s in share]).clip(-ENDS, ENDS)
    if len(at) == 1:
        to[:] = 0.0
    return at.round(5), to.round(3)


def fitted(values: np.ndarray, labels: np.ndarray) -> StanceModel:
    curves = tuple(curve_of(column) for column in values.T)
    bare = StanceModel(ANSWERS, np.zeros(3), np.zeros((len(FEATURES), 3)), curves, {})
    model = LogisticRegression(C=STRENGTH, max_iter=2000, class_weight="balanced").fit(bare.bend(values), labels)
    assert tuple(model.classes_) == ANSWERS
    return StanceModel(ANSWERS, model.intercept_.round(4), model.coef_.T.round(5), curves, {})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--date", default="")
    parser.add_argument("--readings", type=Path, help="keep the readings of the sentences here, to fit again quickly")
    args = parser.parse_args()
    rows = lines(args.pairs)
    values, labels = features_of(rows, args.readings), np.array([r["label"] for r in rows])
    topics = np.array([r["topic"] for r in rows])
    figures = []
    for seed in range(PARTITIONS):
        names = np.unique(topics)
        np.random.RandomState(seed).shuffle(names)
        fold = np.array([{n: k % FOLDS for k, n in enumerate(names)}[t] for t in topics])
        answers = np.empty(len(rows), object)
        for k in range(FOLDS):
            answers[fold == k] = fitted(values[fold != k], labels[fold != k]).answer(values[fold == k])
        figures.append(macro_f1(labels, answers, ANSWERS))
        print(f"macro F1 {figures[-1]:.3f} with topics held out, partition {seed}", flush=True)
    mean = float(np.mean(figures))
    print(f"macro F1 {mean:.3f} on the mean of {PARTITIONS} partitions")
    if not args.write:
        return
    model = fitted(values, labels)
    data = {
        "provenance": {
            "made_by": "tests/quality/fit_stance.py",
            "date": args.date,
            "pairs": len(rows),
            "topics": len(set(topics)),
            "sha256": hashlib.sha256(args.pairs.read_bytes()).hexdigest(),
            "macro_f1_topics_held_out": round(mean, 3),
        },
        "answers": list(ANSWERS),
        "bias": model.bias.tolist(),
        "features": {
            name: {"weights": w.tolist(), "at": at.tolist(), "to": to.tolist()}
            for name, w, (at, to) in zip(FEATURES, model.weights, model.curves, strict=True)
        },
    }
    TARGET.write_text(json.dumps(data) + "\n", "utf-8")


if __name__ == "__main__":
    main()
