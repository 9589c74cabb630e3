"""Fit the weights that decide which claims of one story share a row, and say how good they are on stories not fitted on.

usage: fit_rows.py [ARTICLES] [--write] [--date YYYY-MM-DD]

Fitted on the development half of stories/*.toml (story_rows.py) and, where ARTICLES names their folder, on the five
articles that rows_labels.json labels. Each story is left out in turn: the figures and the calibration of a row's score
are of rows that the weights have not seen. How likely two claims are to state one proposition depends first of all on how
many claims their articles have; that part (`RowFeatures.crowd`) is known and not fitted, so weights carry over from
short articles to long ones. Weights are drawn towards nothing, fuzzy features towards a little, because hardly a labelled
pair quotes one speaker in both claims, and likeness must not speak against.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import rows
import story_rows
from scipy.optimize import minimize

from app.core.alignment.entries import Entry, entries_of
from app.core.alignment.groups import groups_of
from app.core.alignment.links import Links
from app.core.alignment.model import Stage, log_odds
from app.core.alignment.row_features import ROW_FEATURES, RowFeatures
from app.core.alignment.row_model import RowModel
from app.core.thresholds import ROW_CUT_LOOSE, ROW_SCORE

HERE = Path(__file__).resolve().parents[2] / "app" / "core" / "alignment"
STRENGTH = 0.01
PRIOR = {"wording_resolved": 0.5, "quoted_alike": 2.0, "one_decision": 3.0}
"""Log-odds per unit that the fuzzy features and the rule for decisions are drawn to, and never below half of that."""
SPREAD_FLOOR = 0.05  # of a feature that hardly ever differs from nothing
LONG_WEIGHT = 0.3  # of a pair of the five articles: they have forty pairs to one of a made-up story


@dataclass
class Labelled:
    """The pairs of claims of different articles of one story; unclear ones left out."""

    name: str
    entries: list[Entry]
    ij: np.ndarray
    y: np.ndarray
    places: list[Any]
    weight: float

    def __post_init__(self) -> None:
        features = RowFeatures(self.entries)
        self.x = features.columns(self.ij[:, 0], self.ij[:, 1])
        self.crowd = features.crowd(self.ij[:, 0], self.ij[:, 1])


def made_up(half: str) -> list[Labelled]:
    out = []
    for story in story_rows.stories():
        if story.half == half:
            entries = entries_of(story.readings)
            places = [story.sentence(e.ref.article, e.claim) for e in entries]
            out.append(labelled(story.name, entries, places, story.verdict, 1.0))
    return out


def the_five(folder: Path) -> Labelled:
    readings = rows.read_folder(folder)
    entries, labels = entries_of(readings), rows.Labels(readings)
    places = [rows.sentence(e.ref.article, e.claim) for e in entries]
    return labelled("the five articles", entries, places, labels.verdict, LONG_WEIGHT)


def labelled(
    name: str, entries: list[Entry], places: list[Any], verdict: Callable[[Any, Any], bool | None], weight: float
) -> Labelled:
    judged = [(pair, verdict(places[pair[0]], places[pair[1]])) for pair in across(entries)]
    clear = [(pair, found) for pair, found in judged if found is not None]
    y = np.array([float(found) for _, found in clear])
    return Labelled(name, entries, np.array([pair for pair, _ in clear], np.intp), y, places, weight)


def across(entries: list[Entry]) -> list[tuple[int, int]]:
    return [(i, j) for i, j in combinations(range(len(entries)), 2) if entries[i].article != entries[j].article]


def fit(stories: list[Labelled]) -> dict[str, Any]:
    x, y = np.vstack([s.x for s in stories]), np.concatenate([s.y for s in stories])
    start = np.concatenate([s.crowd for s in stories])
    weight = np.concatenate([np.full(len(s.y), s.weight) for s in stories])
    usual, spread = x.mean(0), np.maximum(x.std(0), SPREAD_FLOOR)
    scaled = (x - usual) / spread
    prior = np.array([PRIOR.get(n, 0.0) * s for n, s in zip(ROW_FEATURES, spread, strict=True)])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        odds = scaled @ w[:-1] + w[-1] + start
        wrong = weight * (1 / (1 + np.exp(-odds)) - y)
        off = w[:-1] - prior
        total = (weight * (np.logaddexp(0, odds) - y * odds)).sum() + (off**2).sum() / 2 / STRENGTH
        return float(total), np.r_[scaled.T @ wrong + off / STRENGTH, wrong.sum()]

    bounds = [(k / 2, None) if n in PRIOR else (None, None) for n, k in zip(ROW_FEATURES, prior, strict=True)]
    bounds += [(None, None)]
    w = minimize(loss, np.r_[prior, 0.0], jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500}).x
    return {
        "bias": round(float(w[-1]), 5),
        "features": {
            n: {"weight": round(float(k / s), 5), "usual": round(float(u), 5), "scaled": round(float(k), 3)}
            for n, k, s, u in zip(ROW_FEATURES, w[:-1], spread, usual, strict=True)
        },
    }


def rows_of(story: Labelled, stage: dict[str, Any]) -> list[tuple[float, float]]:
    """Of every row that these weights make, at either bar: its mean link, and the share of its pairs that are right."""
    links = Links(story.entries, model=RowModel({}, Stage.from_json(stage), 1.0, 0.0))
    verdict = {(int(i), int(j)): v for (i, j), v in zip(story.ij, story.y, strict=True)}
    out = []
    for cut in (ROW_SCORE, ROW_CUT_LOOSE):
        for group in groups_of(links, cut):
            known = [verdict[min(p), max(p)] for p in combinations(group, 2) if (min(p), max(p)) in verdict]
            if known:
                out.append((float(np.mean(links.across(group))), float(np.mean(known))))
    return out


def calibration(made: list[tuple[float, float]]) -> dict[str, float]:
    """Logistic in the log-odds of the mean link, each row counting once."""
    odds, right = log_odds(np.array([m for m, _ in made])), np.array([r for _, r in made])

    def loss(w: np.ndarray) -> float:
        z = w[0] * odds + w[1]
        return float((np.logaddexp(0, z) - right * z).sum() + (w[0] - 1) ** 2 / 2)

    slope, intercept = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return {"slope": round(float(slope), 4), "intercept": round(float(intercept), 4)}


def average_precision(y: np.ndarray, odds: np.ndarray) -> float:
    hit = y[np.argsort(-odds, kind="stable")]
    return float((hit * np.cumsum(hit) / np.arange(1, len(hit) + 1)).sum() / hit.sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, nargs="?")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--date")
    args = parser.parse_args()
    stories = made_up("development") + ([the_five(args.articles)] if args.articles else [])
    figures, made = {}, []
    for story in stories:
        stage = fit([s for s in stories if s is not story])
        figures[story.name] = round(
            average_precision(story.y, Stage.from_json(stage).log_odds(story.x) + story.crowd), 3
        )
        made += rows_of(story, stage)
    kept = fit(stories)
    score = calibration(made)
    print("AP of pairs, story left out:", figures)
    print("row score:", score, "on", len(made), "rows")
    print({n: f["scaled"] for n, f in kept["features"].items()})
    if args.write:
        provenance = {
            "data": "development half of tests/quality/stories, in our own words; hand labels of five articles of one story",
            "date": args.date,
            "held out": "each story in turn",
            "figures": {"AP of pairs of claims": figures},
        }
        data = {"provenance": provenance, "row_score": score, **kept}
        (HERE / "row_weights.json").write_text(json.dumps(data, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
