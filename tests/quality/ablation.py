"""What each feature of rows and each guard is worth: what real stories lose when it is taken out, the rest fitted anew.

usage: ablation.py DATA [--cache DIR] [--folds 8]

Prints, for every feature, the average precision of pairs of claims without it, with the encoder and by words; each story is
scored by weights that have not seen it. What a guard is worth is printed by `fit_verdicts.py DATA --without GUARD`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from fit_rows import FEATURES, LEXICAL, WAYS, Labelled, fitted, labelled, names
from measures import average_precision
from real_stories import load_stories, read_stories

from app.core.alignment.features import Feature
from app.core.alignment.model import Stage
from app.core.encoder import load_encoder


def held_out(data: list[Labelled], features: tuple[Feature, ...], use: frozenset[str], folds: int) -> float:
    """Average precision over the stories of DATA, each scored by a fit without it; ours are learned from."""
    fold = {name: k % folds for k, name in enumerate(d.story.name for d in data if not d.story.ours)}
    odds, truth = [], []
    for k in range(folds):
        stage = Stage.from_json(fitted([d for d in data if fold.get(d.story.name) != k], features, use))
        for d in data:
            if fold.get(d.story.name) == k:
                odds.append(stage.log_odds(d.x)[d.y != 0.5])
                truth.append(d.y[d.y != 0.5] == 1)
    return average_precision(np.concatenate(truth), np.concatenate(odds))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path, help="keep readings here")
    parser.add_argument("--folds", type=int, default=8)
    args = parser.parse_args()
    stories = load_stories(args.data)
    read_stories(stories, args.cache)
    encoder = load_encoder()
    if encoder is None:
        raise SystemExit("the encoder is not installed")
    for way, enc, features in zip(WAYS, (encoder, None), (FEATURES, LEXICAL), strict=True):
        data, every = [labelled(s, enc) for s in stories], frozenset(names(features))
        whole = held_out(data, features, every, args.folds)
        print(f"{way}: all {len(every)} features {whole:.3f}", flush=True)
        for name in sorted(every):
            print(
                f"  without {name:20} {held_out(data, features, every - {name}, args.folds) - whole:+.4f}", flush=True
            )


if __name__ == "__main__":
    main()
