"""Fit the weights that decide which claims of one story share a row, and say how good they are on stories not fitted on.

usage: fit_rows.py DATA [--cache DIR] [--write] [--date YYYY-MM-DD] [--folds 8] [--only FEATURE,FEATURE | --without FEATURE,...]

Learned from real stories (`real_stories.py`): those of DATA/stories and those that this project labelled. Every figure is of
stories of DATA that the weights used for them have not seen; ours are only learned from. Two fits are kept: with the encoder
and by words alone. A story counts by the square root of its pairs, so that none decides. Nothing is random.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from fitting import HERE, fit
from measures import average_precision
from real_stories import Measure, Story, load_stories, read_stories
from scipy.optimize import minimize

from app.core.alignment.entries import entries_of
from app.core.alignment.features import FEATURES, LEXICAL, Feature
from app.core.alignment.links import Links
from app.core.alignment.model import Stage, log_odds
from app.core.alignment.row_model import RowModel
from app.core.alignment.rows import align
from app.core.encoder import Encoder, load_encoder
from app.core.thresholds import ROW_SCORE_LOOSE

STRENGTH = 0.3  # inverse regularisation
FEW = 5  # pairs added to those of a story before it is weighed
WAYS = ("with_encoder", "by_words")


@dataclass
class Labelled:
    """The scored pairs of claims of one story; `y` is 1 where they share a labelled row, 0 where not, .5 where it is arguable."""

    story: Story
    x: np.ndarray
    y: np.ndarray


def names(features: tuple[Feature, ...]) -> tuple[str, ...]:
    return tuple(f.name for f in features)


def labelled(story: Story, encoder: Encoder | None) -> Labelled:
    links = Links(entries_of(story.readings), encoder, model=blank(encoder))
    verdicts = [story.verdict(links.entries[i].ref, links.entries[j].ref) for i, j in links.ij.tolist()]
    y = np.array([0.5 if v is None else float(v) for v in verdicts])
    return Labelled(story, links.columns, y)


def blank(encoder: Encoder | None) -> RowModel:
    """A model without weights: for looking at the features."""
    return RowModel({}, *(as_stage(dict.fromkeys(names(f), 0.0)) for f in (FEATURES, LEXICAL)), 1.0, 0.0)


def as_stage(weights: dict[str, float]) -> Stage:
    return Stage.from_json(
        {"bias": 0.0, "features": {n: {"weight": w, "usual": 0.0, "spread": 1.0} for n, w in weights.items()}}
    )


def fitted(stories: list[Labelled], features: tuple[Feature, ...], use: frozenset[str]) -> dict[str, Any]:
    x, y = np.vstack([s.x for s in stories]), np.concatenate([s.y for s in stories])
    weight = np.concatenate([np.full(len(s.y), 1 / np.sqrt((s.y == 1).sum() + FEW)) for s in stories])
    clear = y != 0.5
    used = np.array([n in use for n in names(features)])
    return fit(names(features), np.where(used, x, 0.0)[clear], y[clear], STRENGTH, weight[clear] / weight[clear].mean())


def model_of(stages: dict[str, Any], score: dict[str, float] | None = None) -> RowModel:
    score = score or {"slope": 1.0, "intercept": 0.0}
    return RowModel.from_json({"provenance": {}, "stages": stages, "row_score": score})


def calibration(made: list[tuple[float, float]]) -> dict[str, float]:
    """Logistic in the log-odds of the mean link, each row counting once."""
    odds, right = log_odds(np.array([m for m, _ in made])), np.array([r for _, r in made])

    def loss(w: np.ndarray) -> float:
        z = w[0] * odds + w[1]
        return float((np.logaddexp(0, z) - right * z).sum() + (w[0] - 1) ** 2 / 2)

    slope, intercept = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return {"slope": round(float(slope), 4), "intercept": round(float(intercept), 4)}


def rows_made(story: Story, model: RowModel, encoder: Encoder | None) -> list[tuple[float, float]]:
    """Of every row, at either bar: its mean link, and the share of its pairs that are right."""
    out = []
    for row in align(story.readings, 0.0, encoder, model):
        pairs = [p for p in combinations(row.claims, 2) if p[0].article != p[1].article]
        known = [v for a, b in pairs if (v := story.verdict(a, b)) is not None]
        if known:
            out.append((row.score, float(np.mean(known))))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path, help="keep readings here, to fit again quickly")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--date", default="")
    parser.add_argument("--folds", type=int, default=8)
    parser.add_argument("--without", default="", help="features left out")
    parser.add_argument("--ours", action="store_true", default=True)
    parser.add_argument("--theirs-only", dest="ours", action="store_false", help="learn from DATA/stories alone")
    args = parser.parse_args()
    stories = load_stories(args.data, ours=args.ours)
    read_stories(stories, args.cache)
    encoder = load_encoder()
    if encoder is None:
        raise SystemExit("the encoder is not installed")
    use = frozenset(names(FEATURES)) - set(filter(None, args.without.split(",")))
    theirs = [s for s in stories if not s.ours]
    fold = {s.name: k % args.folds for k, s in enumerate(theirs)}
    kept: dict[str, Any] = {}
    figures: dict[str, Any] = {}
    folds: dict[str, list[dict[str, Any]]] = {}
    for way, enc, features in zip(WAYS, (encoder, None), (FEATURES, LEXICAL), strict=True):
        data = [labelled(s, enc) for s in stories]
        folds[way] = [
            fitted([d for d in data if fold.get(d.story.name) != k], features, use) for k in range(args.folds)
        ]
        kept[way] = fitted(data, features, use)
        odds, truth = [], []
        for d in data:
            if not d.story.ours:
                odds.append(Stage.from_json(folds[way][fold[d.story.name]]).log_odds(d.x)[d.y != 0.5])
                truth.append(d.y[d.y != 0.5] == 1)
        figures[f"{way}: AP of pairs"] = round(average_precision(np.concatenate(truth), np.concatenate(odds)), 3)
        print(way, "AP of pairs of claims", figures[f"{way}: AP of pairs"], flush=True)
    models = [model_of({way: folds[way][k] for way in WAYS}) for k in range(args.folds)]
    made = [m for s in theirs for m in rows_made(s, models[fold[s.name]], encoder)]
    score = calibration(made)
    print("row score", score, "on", len(made), "rows")
    models = [model_of({way: folds[way][k] for way in WAYS}, score) for k in range(args.folds)]
    for way, enc in zip(WAYS, (encoder, None), strict=True):
        measure, count = Measure(), 0
        for s in theirs:
            rows = align(s.readings, None, enc, models[fold[s.name]])
            count += len(rows)
            measure.add(s, rows)
        found = {k: v for k, v in measure.figures().items() if k.startswith(("pairs", "core"))}
        figures |= {f"{way}: {k}": v for k, v in found.items()}
        print(way, found, f"{count / len(theirs):.1f} rows a story", flush=True)
    loose = [r for s in theirs for r in align(s.readings, ROW_SCORE_LOOSE, encoder, models[fold[s.name]])]
    print(f"{len(loose) / len(theirs):.1f} rows a story at the loosest")
    for way in WAYS:
        print(way, {n: f["scaled"] for n, f in kept[way]["features"].items()})
    if args.write:
        provenance = {
            "data": f"rows of {len(theirs)} real stories labelled by careful reading, and of {len(stories) - len(theirs)} labelled by us",
            "date": args.date,
            "command": "python tests/quality/fit_rows.py DATA --write",
            "held out": f"{args.folds} folds of the {len(theirs)} stories; ours are only learned from",
            "figures": figures,
        }
        out = {"provenance": provenance, "row_score": score, "stages": kept}
        (HERE / "row_weights.json").write_text(json.dumps(out, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
