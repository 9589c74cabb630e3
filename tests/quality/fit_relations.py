"""Fit the stance model of `parallax pairs` on public pairs of contentious claims; topics are held out for the figures.

usage: fit_relations.py PAIRS.jsonl [--write] [--errors FILE]

PAIRS: {id, a, b, label (agree | neutral | contradict), topic}. Prints macro F1 of the whole answer (guards first, model for
the rest) with topics held out in ten folds; curves, weights and tilts are chosen on the other nine. Three partitions into
folds are drawn, because one alone may be lucky. `--write` fits on everything and writes app/core/relation/weights.json.
No text of the data enters the project. `--errors` writes the held-out answers of the first partition.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections import Counter
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from app.core.relation.classify import collect  # noqa: E402
from app.core.relation.context import Context  # noqa: E402
from app.core.relation.stance import FAR, FEATURES, Model, features  # noqa: E402
from labelled import main_claim  # noqa: E402

from app.core.alignment import StatementPair, score_statements  # noqa: E402
from app.core.claims import read_statements  # noqa: E402
from app.core.language import load_reader  # noqa: E402
from app.core.records import RelationKind  # noqa: E402
from app.core.relation.statements import Asked, by_guards  # noqa: E402

ANSWERS = ("agree", "contradict", "neutral")
PARTITIONS, FOLDS = 3, 10
C = 0.001
QUANTILES, ENDS = 33, 2.5
GRID = np.round(np.arange(-1.5, 0.91, 0.1), 2)
SMOOTH = 1.0  # steps of the grid
WEIGHTS = ROOT / "app" / "core" / "relation" / "weights.json"


def read(path: Path):
    """Features, labels, topics, ids, and the answers that guards give without the model (None: the model is asked)."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    texts = sorted({t for r in rows for t in (r["a"], r["b"])})
    readings = dict(zip(texts, read_statements(texts, load_reader("auto")), strict=True))
    asked = [StatementPair(r["id"], readings[r["a"]], readings[r["b"]], story=r["topic"]) for r in rows]
    values = np.zeros((len(rows), len(FEATURES)))
    given = []
    pools: dict[str, list[int]] = {}
    for k, (row, score) in enumerate(zip(rows, score_statements(asked, ()), strict=True)):
        first, second = readings[row["a"]], readings[row["b"]]
        x = Asked(main_claim(first), main_claim(second), first.article, second.article, score, row["topic"])
        pools.setdefault(row["topic"], []).append(k)
        context = Context(x.a_article, x.b_article, score)
        given.append(_answer(by_guards(x, collect(x.a, x.b, context))))
        asked[k] = x
    for members in pools.values():
        values[members] = features([(asked[k].a, asked[k].b) for k in members])
    column = {name: np.array([r[name] for r in rows]) for name in ("label", "topic", "id")}
    return values, column["label"], column["topic"], column["id"], given


def _answer(judged: tuple[bool, RelationKind | None]) -> str | None:
    """The label of what guards say; None when they leave it to the model."""
    decided, kind = judged
    if not decided:
        return None
    return {None: "neutral", RelationKind.AGREE: "agree"}.get(kind, "contradict")


# --- fitting -------------------------------------------------------------------------------------------------------


def curve_of(column):
    """Rising points of a feature and the normal score that stands for each; its least and its most value lie far out."""
    from statistics import NormalDist

    shares = np.linspace(0, 1, QUANTILES)
    quantiles = np.quantile(column, shares)
    at = np.unique(quantiles)
    share = np.array([shares[quantiles == q].mean() for q in at])
    to = np.array([NormalDist().inv_cdf(min(0.994, max(0.006, s))) for s in share]).clip(-ENDS, ENDS)
    to[0], to[-1] = -ENDS, ENDS
    if len(at) == 1:
        to[:] = 0.0
    return at.round(5), to.round(3)


def fit(values, labels) -> Model:
    """Curves, then a logistic regression on what they give, classes of like weight."""
    from sklearn.linear_model import LogisticRegression

    width = len(FEATURES)
    curves = tuple(curve_of(column) for column in values.T)
    bare = Model(ANSWERS, np.zeros(3), np.zeros((width, 3)), curves, np.zeros(width), np.ones(width), {})
    bent = bare.bend(values)
    usual, spread = bent.mean(0).round(4), bent.std(0).round(4) + 1e-4
    plain = ((bent - usual) / spread).clip(-FAR, FAR)
    fitted = LogisticRegression(C=C, max_iter=500, tol=1e-3, class_weight="balanced").fit(plain, labels)
    assert tuple(fitted.classes_) == ANSWERS
    return Model(ANSWERS, fitted.intercept_.round(4), fitted.coef_.T.round(5), curves, usual, spread, {})


def tilt_of(odds, given, labels):
    """What is added to the odds of contradict and neutral: where macro F1 stands high all around, not at one lucky point."""
    from scipy.ndimage import gaussian_filter

    tilts = np.array([(0.0, c, n) for c in GRID for n in GRID])
    answers = np.where(given >= 0, given, np.argmax(odds + tilts[:, None, :], axis=2))
    each = [
        2 * ((answers == k) & (labels == k)).sum(1) / np.maximum(1, (answers == k).sum(1) + (labels == k).sum())
        for k in range(len(ANSWERS))
    ]
    surface = np.mean(each, axis=0).reshape(len(GRID), len(GRID))
    best = np.unravel_index(gaussian_filter(surface, SMOOTH, mode="nearest").argmax(), surface.shape)
    return np.array([0.0, GRID[best[0]], GRID[best[1]]])


def said(odds, given, tilt):
    best = np.argmax(odds + np.asarray(tilt), axis=1)
    return np.where(given >= 0, given, best)


def macro_f1(gold, guess):
    each = []
    for k in range(len(ANSWERS)):
        hit = np.sum((gold == k) & (guess == k))
        each.append(2 * hit / max(1, np.sum(gold == k) + np.sum(guess == k)))
    return float(np.mean(each)), [round(float(x), 3) for x in each]


def folds(topics, seed):
    """Topics dealt to folds in an order drawn by `seed`."""
    names = np.unique(topics)
    np.random.RandomState(seed).shuffle(names)
    of = {name: k % FOLDS for k, name in enumerate(names)}
    fold = np.array([of[t] for t in topics])
    return [(np.flatnonzero(fold != k), np.flatnonzero(fold == k)) for k in range(FOLDS)]


def held_out(values, gold, labels, topics, given, seed):
    """Answers to pairs of topics that nothing was fitted on. Tilts of a fold are chosen on the odds of the other folds."""
    parts = folds(topics, seed)
    odds = np.zeros((len(gold), len(ANSWERS)))
    for train, test in parts:
        odds[test] = fit(values[train], labels[train]).odds(values[test])
    answers = np.zeros(len(gold), int)
    for train, test in parts:
        answers[test] = said(odds[test], given[test], tilt_of(odds[train], given[train], gold[train]))
    return answers, odds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--errors", type=Path)
    args = parser.parse_args()
    values, labels, topics, ids, answered = read(args.pairs)
    gold = np.array([ANSWERS.index(label) for label in labels])
    given = np.array([-1 if g is None else ANSWERS.index(g) for g in answered])
    print(f"{len(labels)} pairs, {len(set(topics))} topics, given by guards {dict(Counter(answered))}")
    figures, all_odds = [], []
    for seed in range(PARTITIONS):
        answers, odds = held_out(values, gold, labels, topics, given, seed)
        all_odds.append(odds)
        figure, each = macro_f1(gold, answers)
        figures.append(figure)
        print(
            f"macro F1 {figure:.3f} with topics held out, partition {seed}; {dict(zip(ANSWERS, each, strict=True))}",
            flush=True,
        )
        if args.errors and seed == 0:
            args.errors.write_text(
                "".join(
                    json.dumps({"id": i, "gold": ANSWERS[g], "said": ANSWERS[k]}) + "\n"
                    for i, g, k in zip(ids, gold, answers, strict=True)
                )
            )
    print(f"macro F1 {np.mean(figures):.3f} on the mean of {PARTITIONS} partitions")
    if args.write:
        tilt = np.mean([tilt_of(odds, given, gold) for odds in all_odds], axis=0)
        write(fit(values, labels), tilt, float(np.mean(figures)), args.pairs, len(labels), len(set(topics)))
    return 0


def write(model, tilt, figure, path, pairs, topics) -> None:
    data = {
        "provenance": {
            "made_by": "tests/quality/fit_relations.py",
            "pairs": pairs,
            "topics": topics,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "method": f"logistic regression with classes of like weight, C={C}, on features bent to a like scale; "
            "tilted for macro F1",
            "macro_f1_topics_held_out": round(figure, 3),
        },
        "answers": list(ANSWERS),
        "bias": [round(float(b), 4) for b in model.bias + tilt],
        "features": {
            name: {
                "at": model.curves[k][0].tolist(),
                "to": model.curves[k][1].tolist(),
                "usual": float(model.usual[k]),
                "spread": round(float(model.spread[k]), 4),
                "weights": model.weights[k].tolist(),
            }
            for k, name in enumerate(FEATURES)
        },
    }
    lines = json.dumps(data, indent=1)
    WEIGHTS.write_text(_compact(lines) + "\n", encoding="utf-8")


def _compact(text: str) -> str:
    """Lists of numbers on one line each."""
    import re

    return re.sub(r"\[\s+((?:-?[\d.e-]+,?\s+)+)\]", lambda m: "[" + " ".join(m[1].split()) + "]", text)


if __name__ == "__main__":
    sys.exit(main())
