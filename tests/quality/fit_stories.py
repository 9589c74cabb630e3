"""Fit the weights that group articles into stories. Part of fit.py; see there for the data."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from ecb_groups import lines
from fitting import as_model, fit
from measures import average_precision, b_cubed

from app.core.alignment import stories
from app.core.alignment.partition import partition
from app.core.records import Article

__all__ = ["fit_stories", "hash_of", "story_articles"]

STRENGTH = 1.0
STORY_CUTS = np.arange(0.1, 0.65, 0.05)
PLATEAU = 0.006  # B-cubed F1 below the best that still counts as nearly best


def story_articles(data: Path) -> tuple[list[Article], list[str]]:
    """The hand-grouped articles and the event of each."""
    rows = lines(data / "clusters" / "giveme5w1h.jsonl")
    articles = [
        Article(
            r["text"], headline=r.get("title"), outlet=r.get("outlet"),
            published=date.fromisoformat(r["date"][:10]) if r.get("date") else None,
        )
        for r in rows
    ]  # fmt: skip
    return articles, [r["event"] for r in rows]


def fit_stories(data: Path, folds: int) -> tuple[dict[str, Any], float, dict[str, float]]:
    """Weights on all events, the cut, and held-out figures: a pair is judged by weights that saw neither event."""
    articles, events = story_articles(data)
    ij = np.array(list(combinations(range(len(articles)), 2)), np.intp)
    features = stories.StoryFeatures(articles).pairs(ij[:, 0], ij[:, 1])
    same = np.array([events[i] == events[j] for i, j in ij], float)
    order = sorted(set(events), key=lambda e: (hash_of(e), e))
    fold = {e: k % folds for k, e in enumerate(order)}
    fi, fj = (np.array([fold[events[i]] for i in ij[:, c]]) for c in (0, 1))
    ones = np.ones(len(ij))
    odds = np.zeros(len(ij))
    for k in range(folds):
        keep = (fi != k) & (fj != k)
        stage = as_model(
            {"story": fit(stories.STORY_FEATURES, features[keep], same[keep], STRENGTH, ones[keep])}
        ).stages["story"]
        mine = ~keep
        odds[mine] += stage.log_odds(features[mine]) / np.where(fi[mine] == fj[mine], 1, 2)
    figures = {}
    for at in STORY_CUTS:
        likely = 1 / (1 + np.exp(-odds))
        likely[stories.look_alike(articles, ij, likely >= at)] = 0.0
        found = partition(len(articles), ij, likely, float(at))
        figures[round(float(at), 2)] = tuple(round(x, 3) for x in b_cubed(events, found))
    # The middle of the cuts that do nearly best: a plateau travels better than a peak.
    best = max(f[2] for f in figures.values())
    plateau = [at for at, f in figures.items() if f[2] >= best - PLATEAU]
    at = plateau[len(plateau) // 2]
    print("stories by cut", figures)
    everything = fit(stories.STORY_FEATURES, features, same, STRENGTH, ones)
    found = {"B3 P": figures[at][0], "B3 R": figures[at][1], "B3 F1": figures[at][2]}
    return everything, at, found | {"pair AP": round(average_precision(same, odds), 3)}


def hash_of(text: str) -> int:
    """A stable shuffle."""
    value = 0
    for c in text:
        value = (value * 131 + ord(c)) % 1_000_003
    return value
