"""Fit the stance model of `parallax pairs` on public pairs of contentious claims; topics are held out for the figures.

usage: fit_relations.py PAIRS.jsonl [--write]

PAIRS: {id, a, b, label (agree | neutral | contradict), topic}. Prints macro F1 of the whole answer (guards first, model
for the rest) with topics held out in ten folds, thresholds chosen on the other nine. `--write` fits on everything and
writes app/core/relation/weights.json. No text of the data enters the project.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from itertools import product
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from labelled import main_claim  # noqa: E402

from app.core.alignment import StatementPair, score_statements  # noqa: E402
from app.core.claims import read_statements  # noqa: E402
from app.core.language import load_reader  # noqa: E402
from app.core.records import Outcome, RelationKind  # noqa: E402
from app.core.relation.apart import speak_of_two_things  # noqa: E402
from app.core.relation.classify import classify, collect  # noqa: E402
from app.core.relation.context import Context  # noqa: E402
from app.core.relation.stance import FEATURES, applies, features  # noqa: E402

ANSWERS = ("agree", "contradict", "neutral")
STEPS, C, FOLDS = 5, 0.03, 10
TILTS = tuple(product(np.linspace(0, 2.5, 11), np.linspace(0, 1.5, 7)))
WEIGHTS = ROOT / "app" / "core" / "relation" / "weights.json"


def read(path: Path):
    """Features, labels, topics, and the answers that guards give without the model (None: the model is asked)."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    texts = sorted({t for r in rows for t in (r["a"], r["b"])})
    readings = dict(zip(texts, read_statements(texts, load_reader("auto")), strict=True))
    asked = [StatementPair(r["id"], readings[r["a"]], readings[r["b"]], story=r["topic"]) for r in rows]
    values, given = [], []
    for row, score in zip(rows, score_statements(asked, ()), strict=True):
        first, second = readings[row["a"]], readings[row["b"]]
        a, b = main_claim(first), main_claim(second)
        reasons = collect(a, b, Context(first.article, second.article, score))
        values.append(features(a, b, score, reasons))
        if speak_of_two_things(a, b, reasons):
            given.append("neutral")
        elif score.aligned or any(r.outcome is Outcome.EXCLUDES for r in reasons):
            given.append("agree" if classify(reasons) is RelationKind.AGREE else "contradict")
        else:
            given.append(None if applies(a, b) else "neutral")
    return np.array(values), np.array([r["label"] for r in rows]), np.array([r["topic"] for r in rows]), given


def edges_of(values):
    """Inner edges of at most STEPS steps of like size, for each feature."""
    cuts = np.linspace(0, 1, STEPS + 1)[1:-1]
    return [sorted({float(q) for q in np.quantile(column, cuts)} - {float(column.min())}) for column in values.T]


def steps_of(values, edges):
    columns = []
    for column, cuts in zip(values.T, edges, strict=True):
        index = np.searchsorted(cuts, column, side="right")
        columns.append(np.eye(len(cuts) + 1)[index])
    return np.hstack(columns)


def fit(values, labels, edges):
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=C, max_iter=3000)
    model.fit(steps_of(values, edges), labels)
    assert tuple(model.classes_) == ANSWERS
    return model


def macro_f1(gold, said):
    each = []
    for answer in ANSWERS:
        hit = np.sum((gold == answer) & (said == answer))
        each.append(2 * hit / max(1, np.sum(gold == answer) + np.sum(said == answer)))
    return float(np.mean(each)), [round(float(x), 3) for x in each]


def answers(odds, given, tilt):
    best = np.array(ANSWERS)[np.argmax(odds + np.array([0.0, *tilt]), axis=1)]
    return np.array([g or b for g, b in zip(given, best, strict=True)])


def main() -> int:
    from sklearn.model_selection import GroupKFold

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    values, labels, topics, given = read(args.pairs)
    odds = np.zeros((len(labels), len(ANSWERS)))
    folds = list(GroupKFold(n_splits=FOLDS).split(values, labels, topics))
    for train, test in folds:
        edges = edges_of(values[train])
        odds[test] = fit(values[train], labels[train], edges).predict_log_proba(steps_of(values[test], edges))
    held_out = np.empty(len(labels), dtype=object)
    said = {tilt: answers(odds, given, tilt) for tilt in TILTS}
    for train, test in folds:
        best = max(TILTS, key=lambda tilt: macro_f1(labels[train], said[tilt][train])[0])
        held_out[test] = said[best][test]
    figure, each = macro_f1(labels, held_out)
    print(f"{len(labels)} pairs, {len(set(topics))} topics, given by guards {dict(Counter(given))}")
    print(f"macro F1 {figure:.3f} with topics held out; {dict(zip(ANSWERS, each, strict=True))}")
    tilt = max(TILTS, key=lambda t: macro_f1(labels, said[t])[0])
    if args.write:
        write(values, labels, tilt, figure, args.pairs, len(set(topics)))
    return 0


def write(values, labels, tilt, figure, path, topics) -> None:
    edges = edges_of(values)
    model = fit(values, labels, edges)
    bias = model.intercept_ + np.array([0.0, *tilt])
    at, table = 0, {}
    for name, cuts in zip(FEATURES, edges, strict=True):
        span = slice(at, at + len(cuts) + 1)
        at += len(cuts) + 1
        table[name] = {
            "edges": [round(c, 4) for c in cuts],
            "weights": {a: [round(float(w), 4) for w in model.coef_[k][span]] for k, a in enumerate(ANSWERS)},
        }
    data = {
        "provenance": {
            "made_by": "tests/quality/fit_relations.py",
            "pairs": len(labels),
            "topics": topics,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "method": f"multinomial logistic regression on {STEPS} steps a feature, C={C}; answers tilted for macro F1",
            "macro_f1_topics_held_out": round(figure, 3),
        },
        "answers": list(ANSWERS),
        "bias": [round(float(b), 4) for b in bias],
        "features": table,
    }
    WEIGHTS.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
