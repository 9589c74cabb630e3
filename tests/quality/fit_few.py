"""Fit the weights that group a handful of articles, where "what everything else resembles" says nothing.

usage: fit_few.py DATA [--write] [--date YYYY-MM-DD]

DATA as for fit.py (run that first). Small collections are drawn, with a fixed seed, from the hand-grouped articles and from
the look-alike incidents of ECB+, whole and cut short. The figure printed is the mean B-cubed F1 of collections drawn from
the half of the topics that the weights have not seen, beside that of the weights for large collections.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import fit
import numpy as np
from fitting import kept_weights, write_weights

from app.core.alignment.model import load_model, probability
from app.core.alignment.partition import partition
from app.core.alignment.stories import FEW_FEATURES, STORY_FEATURES, StoryFeatures
from app.core.records import Article

DRAWN = 900  # collections of each half
CUTS = (None, 300, 160)  # characters
STRENGTH = 0.1
SEED = 7
FEW_CUT = 0.45


@dataclass(frozen=True, slots=True)
class Told:
    article: Article
    event: str
    topic: str


def told(data: Path) -> list[Told]:
    articles, events = fit.story_articles(data)
    out = [Told(a, e, f"g {e}") for a, e in zip(articles, events, strict=True)]
    for d in fit.lines(data / "ecbplus" / "docs.jsonl"):
        text = "\n".join(s["text"] for s in d["sentences"])
        out.append(Told(Article(text), d["topic"], f"e {d['topic'].split('_')[0]}"))
    return out


def collections(source: Sequence[Told]) -> list[tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]]:
    """Features of all pairs, whether each is of one event, the pairs, and the events of each article."""
    rng = np.random.RandomState(SEED)
    topics: dict[str, list[Told]] = defaultdict(list)
    for t in source:
        topics[t.topic].append(t)
    pools = [sorted(t for t in topics if t[0] == kind) for kind in "ge"]
    out = []
    for n in range(DRAWN):
        size, pool = rng.randint(2, 9), pools[n % 2]
        names = [pool[i] for i in rng.choice(len(pool), rng.randint(1, 4), replace=False)]
        each = max(1, size // len(names) + rng.randint(0, 2))
        some = [
            topics[t][i] for t in names for i in rng.choice(len(topics[t]), min(len(topics[t]), each), replace=False)
        ]
        cut = CUTS[rng.randint(0, len(CUTS))]
        if len(some) < 2:
            continue
        ij = np.array(list(combinations(range(len(some)), 2)), np.intp)
        features = StoryFeatures([short(t.article, cut) for t in some]).pairs(ij[:, 0], ij[:, 1])
        events = [t.event for t in some]
        out.append((features, np.array([events[i] == events[j] for i, j in ij], float), ij, events))
    return out


def short(article: Article, cut: int | None) -> Article:
    if cut is None or len(article.text) <= cut:
        return article
    return replace(article, text=article.text[:cut].rsplit(" ", 1)[0])


USED = [STORY_FEATURES.index(n) for n in FEW_FEATURES]


def stage(drawn: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]]) -> dict[str, Any]:
    features = np.vstack([f[:, USED] for f, *_ in drawn])
    same = np.concatenate([y for _, y, *_ in drawn])
    weight = np.concatenate([np.full(len(y), len(y) ** -0.5) for _, y, *_ in drawn])
    return fit.fit(FEW_FEATURES, features, same, STRENGTH, weight)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--date")
    args = parser.parse_args()
    source = told(args.data)
    topics = sorted({t.topic for t in source}, key=lambda t: (fit.hash_of(t), t))
    halves = [collections([t for t in source if topics.index(t.topic) % 2 == h]) for h in (0, 1)]
    found, before = [], []
    model = load_model()
    large = model.stages["story"]
    for seen, unseen in (halves, halves[::-1]):
        few = fit.as_model({"few": stage(seen)}).stages["few"]
        for features, _, ij, events in unseen:
            labels = partition(len(events), ij, probability(few.log_odds(features[:, USED])), FEW_CUT)
            found.append(fit.b_cubed(events, labels)[2])
            labels = partition(len(events), ij, probability(large.log_odds(features)), model.story_cut)
            before.append(fit.b_cubed(events, labels)[2])
    figure, large_figure = round(float(np.mean(found)), 3), round(float(np.mean(before)), 3)
    fitted = stage([*halves[0], *halves[1]])
    print(f"B3 F1 of small collections, topics held out: {figure}; by the weights for large ones {large_figure}")
    print({n: f["scaled"] for n, f in fitted["features"].items()}, fitted["bias"])
    if args.write:
        kept = kept_weights()
        kept["stages"]["story_few"] = fitted
        kept["few_cut"] = FEW_CUT
        kept["provenance"]["story_few"] = {
            "data": "collections of 2 to about 10 drawn from Giveme5W1H hand-grouped articles and ECB+ topics 1-35",
            "date": args.date,
            "command": "python tests/quality/fit_few.py DATA --write",
            "seed": SEED,
            "held out": "half of the topics, either half",
            "figures": {"B3 F1": figure, "B3 F1 by the weights for large collections": large_figure},
        }
        write_weights(kept)


if __name__ == "__main__":
    main()
