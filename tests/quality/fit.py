"""Fit the weights of the alignment stage on public labelled data, and say how good they are on topics not fitted on.

usage: fit.py DATA [--write] [--date YYYY-MM-DD] [--readings CACHE.pickle] [--folds N]

DATA holds ecbplus/ (Cybulska and Vossen 2014, annotations CC BY 3.0), clusters/ and the other collections of news; none
of it is part of the project. Every figure printed is of topics (events, for stories) that the weights used for them
have not seen, by the code the product runs; calibration is held out in the same folds. --write puts weights fitted on
everything into app/core/alignment/weights.json, with those figures as their provenance, the reliability tables into
app/reliability.json and the background counts beside the weights. Scikit-learn is needed; nothing is random.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from ecb_groups import Group, ecb_groups, ecb_tables, lines, scores_of, stages
from fit_stories import fit_stories, hash_of, story_articles
from fitting import HERE, ROOT, as_model, fit, kept_weights, platt, write_weights
from measures import average_precision, b_cubed, cut, reliability

from app.core.alignment.model import log_odds, probability
from app.core.alignment.terms import stems
from app.core.encoder import Encoder, load_encoder
from app.core.records import Article

__all__ = [
    "HERE",
    "as_model",
    "average_precision",
    "b_cubed",
    "ecb_groups",
    "fit",
    "hash_of",
    "lines",
    "story_articles",
]

BACKGROUND = ("clusters/giveme5w1h.jsonl", "five_w/docs.jsonl", "polnear/docs.jsonl")
KEPT_FROM = 5  # articles that must hold a stem for its count to be kept
PRECISION = 0.75  # wanted of `aligned`, in topics and inside one incident, with articles and without
FOLDS = 7
WAYS = ("with articles", "sentences alone")


class HeldOut:
    """Scores of every group by weights that have not seen its topic, raw and calibrated on the other topics."""

    def __init__(
        self,
        groups: Sequence[Group],
        articles: dict[str, Article],
        folds: int,
        fitted: dict[str, Any],
        encoder: Encoder | None,
    ) -> None:
        """`fitted` are the tables that the stages learn from; without an `encoder` words alone are compared."""
        self._groups = groups
        topics = sorted({g.topic for g in groups}, key=int)
        self._fold = {topic: k % folds for k, topic in enumerate(topics)}
        models = [as_model(stages(fitted, frozenset(topics[k::folds]))) for k in range(folds)]
        self._raw = [
            dict(zip(WAYS, scores_of(g, articles, models[self._fold[g.topic]], encoder), strict=True)) for g in groups
        ]
        self._platt = [self.calibration(leave=k) for k in range(folds)]

    def calibration(self, leave: int | None = None) -> tuple[float, float]:
        """Fitted on mixed topics, with and without their articles, but for those of one fold."""
        mine = [i for i, g in enumerate(self._groups) if g.mixed and self._fold[g.topic] != leave]
        scores = [self._raw[i][way] for way in WAYS for i in mine]
        return platt(
            np.concatenate(scores), np.concatenate([self._groups[i].overlap for _ in WAYS for i in mine]) >= 0.5
        )

    def pooled(self, way: str, *, mixed: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Raw scores, calibrated scores and overlaps of all groups of a kind."""
        mine = [i for i, g in enumerate(self._groups) if g.mixed == mixed]
        raw = [self._raw[i][way] for i in mine]
        said = []
        for i, scores in zip(mine, raw, strict=True):
            slope, intercept = self._platt[self._fold[self._groups[i].topic]]
            said.append(probability(slope * log_odds(scores) + intercept))
        return np.concatenate(raw), np.concatenate(said), np.concatenate([self._groups[i].overlap for i in mine])

    def figures(self) -> dict[str, float]:
        out = {}
        for way, mixed, gold in product(WAYS, (True, False), ("any", "half")):
            raw, _, overlap = self.pooled(way, mixed=mixed)
            truth = overlap > 0 if gold == "any" else overlap >= 0.5
            out[f"AP {'topic' if mixed else 'subtopic'} {gold}, {way}"] = round(average_precision(truth, raw), 3)
        return out

    def aligned(self) -> float:
        """The score from which precision is as wanted whichever way is asked: the strictest of the four."""
        return max(
            cut(said, overlap >= 0.5, PRECISION)[0]
            for way, mixed in product(WAYS, (True, False))
            for _, said, overlap in [self.pooled(way, mixed=mixed)]
        )

    def at(self, bar: float) -> dict[str, float]:
        """Precision and recall of what is said to be aligned."""
        out = {}
        for way, mixed in product(WAYS, (True, False)):
            _, said, overlap = self.pooled(way, mixed=mixed)
            hit = float(((said >= bar) & (overlap >= 0.5)).sum())
            where = f"{'topic' if mixed else 'subtopic'}, {way}"
            out[f"aligned precision {where}"] = round(hit / max(1, int((said >= bar).sum())), 3)
            out[f"aligned recall {where}"] = round(hit / int((overlap >= 0.5).sum()), 3)
        return out

    def reliabilities(self, when: str) -> list[dict[str, Any]]:
        """Tables for app/reliability.json: of the mixed topics that calibration is fitted on, and inside one incident."""
        out = []
        for (mixed, where), way in product(((True, "one topic"), (False, "one incident")), WAYS):
            _, said, overlap = self.pooled(way, mixed=mixed)
            known = "their articles known" if way == WAYS[0] else "the sentences alone"
            out.append(
                {
                    "question": f"Two sentences of {where}, {known}: do they share half of their events?",
                    "data": "ECB+, topics 1-35",
                    **reliability(said, overlap >= 0.5),
                    "held_out": True,
                    "command": "python tests/quality/fit.py DATA",
                    "date": when,
                    "note": "weights and calibration held out by topic"
                    + ("" if mixed else "; calibrated for stories that may mix incidents"),
                }
            )
        return out


def background_counts(data: Path) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    articles = 0
    for name in BACKGROUND:
        for d in lines(data / name):
            counts.update(set(stems(d["text"])))
            articles += 1
    kept = {t: n for t, n in sorted(counts.items()) if n >= KEPT_FROM and not any(c.isdigit() for c in t)}
    return {"articles": articles, "from": list(BACKGROUND), "counts": kept}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--date", default="", help="written into the provenance")
    parser.add_argument("--readings", type=Path, help="keep the readings of the sentences here, to fit again quickly")
    parser.add_argument("--folds", type=int, default=FOLDS)
    args = parser.parse_args()

    if args.write:
        counts = json.dumps(background_counts(args.data), ensure_ascii=False, separators=(",", ":"))
        (HERE / "background.json").write_text(counts + "\n", "utf-8")
    groups, articles = ecb_groups(args.data, args.readings)
    encoder = load_encoder()
    if encoder is None:
        raise SystemExit("the encoder is not installed")
    tables = ecb_tables(groups, articles, encoder)
    held_out = HeldOut(groups, articles, args.folds, tables, encoder)
    figures = held_out.figures()
    by_words = HeldOut(groups, articles, args.folds, tables, None).figures()
    figures |= {f"{name}, by words": value for name, value in by_words.items()}
    aligned = held_out.aligned()
    figures |= held_out.at(aligned)
    story, story_cut, story_figures = fit_stories(args.data, args.folds)
    fitted = stages(tables) | {"story": story}
    calibration = held_out.calibration()
    for name, value in (figures | {f"stories {n}": v for n, v in story_figures.items()}).items():
        print(f"{name:40} {value:.3f}")
    print("calibration", calibration, "aligned from", aligned)
    tables_said = held_out.reliabilities(args.date)
    for one in tables_said:
        print(f"{one['question']}  expected calibration error {one['error']:.3f}")
        for b in one["bins"]:
            print(f"  said {b['said']:.2f}  true {b['observed']:.2f}  pairs {b['pairs']}")
    before = kept_weights()
    for name, stage in fitted.items():
        print(name, f"bias {before['stages'].get(name, stage)['bias']} -> {stage['bias']}")
        old = before["stages"].get(name, {"features": {}})["features"]
        for feature, f in stage["features"].items():
            print(f"  {feature:20} {old[feature]['scaled'] if feature in old else 'new':>7} -> {f['scaled']:7.3f}")
    if not args.write:
        return
    command = "python tests/quality/fit.py DATA --write"
    about = {"date": args.date, "command": command, "seed": "none: nothing is random"}
    provenance = {k: v for k, v in before["provenance"].items() if k == "story_few"}
    provenance["pairs"] = {
        "stages": ["statement", "statement_by_words", "incident", "article"],
        "data": "ECB+ topics 1-35",
        "held out": f"{args.folds} folds of topics",
        "figures": figures,
        **about,
    }
    provenance["story"] = {
        "data": "Giveme5W1H hand-grouped articles",
        "held out": f"{args.folds} folds of events",
        "figures": story_figures,
        **about,
    }
    others = {k: before["stages"][k] for k in ("story_few",) if k in before["stages"]}
    write_weights(
        {
            "provenance": provenance,
            "calibration": {"slope": calibration[0], "intercept": calibration[1]},
            "aligned": aligned,
            "story_cut": story_cut,
            "few_cut": before.get("few_cut", 0.45),
            "stages": fitted | others,
        }
    )
    tables_path = ROOT / "app" / "reliability.json"
    ours = [t for t in json.loads(tables_path.read_text("utf-8")) if "fit.py DATA" not in t["command"]]
    rows = ",\n".join("  " + json.dumps(t, ensure_ascii=False) for t in [*tables_said, *ours])
    tables_path.write_text(f"[\n{rows}\n]\n", "utf-8")


if __name__ == "__main__":
    main()
