"""Fit the weights of the alignment stage on public labelled data, and say how good they are on topics not fitted on.

usage: fit.py DATA [--write] [--date YYYY-MM-DD] [--readings CACHE.pickle] [--folds N]

DATA holds ecbplus/ (Cybulska and Vossen 2014, annotations CC BY 3.0), clusters/ and the other collections of news; none
of it is part of the project. Every figure printed is of topics (events, for stories) that the weights used for them
have not seen, by the code the product runs. --write puts weights fitted on everything into
app/core/alignment/weights.json, with those figures as their provenance, and the background counts beside it.
Scikit-learn is needed; nothing is random.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.core.alignment import stories  # noqa: E402
from app.core.alignment.features import INCIDENT_FEATURES, STATEMENT_FEATURES  # noqa: E402
from app.core.alignment.incident import ARTICLE_FEATURES, ArticleFeatures, report_of  # noqa: E402
from app.core.alignment.model import Model, log_odds  # noqa: E402
from app.core.alignment.partition import partition  # noqa: E402
from app.core.alignment.score import StatementGroup, StatementPair  # noqa: E402
from app.core.alignment.terms import stems  # noqa: E402
from app.core.claims import read_statements  # noqa: E402
from app.core.language import load_reader  # noqa: E402
from app.core.records import Article, Reading  # noqa: E402

HERE = ROOT / "app" / "core" / "alignment"
BACKGROUND = ("clusters/giveme5w1h.jsonl", "five_w/docs.jsonl", "polnear/docs.jsonl")
KEPT_FROM = 5  # articles that must hold a stem for its count to be kept
STRENGTH = {"statement": 0.05, "incident": 0.05, "article": 1.0, "story": 1.0}  # inverse regularisation
ONE_INCIDENT_WEIGHT = 0.3  # of pairs in a group of one incident, against those in a mixed one
PRECISION = 0.7  # wanted of `aligned` inside one incident
STORY_CUTS = np.arange(0.1, 0.65, 0.05)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


# --- measures ------------------------------------------------------------------------------------------------------


def average_precision(labels: Sequence[Any], scores: Sequence[float]) -> float:
    """Area under the precision-recall steps; ties count as one step."""
    hit, score = np.asarray(labels, bool), np.asarray(scores, float)
    order = np.argsort(-score, kind="stable")
    hit, score = hit[order], score[order]
    ends = np.append(np.flatnonzero(np.diff(score)), len(score) - 1)
    hits = np.cumsum(hit)[ends]
    gained = np.diff(np.concatenate([[0], hits]))
    return float((hits / (ends + 1) * gained).sum() / hit.sum())


def b_cubed(gold: Sequence[Any], guess: Sequence[Any]) -> tuple[float, float, float]:
    size, found, both = Counter(gold), Counter(guess), Counter(zip(gold, guess, strict=True))
    p = sum(both[x] / found[x[1]] for x in zip(gold, guess, strict=True)) / len(gold)
    r = sum(both[x] / size[x[0]] for x in zip(gold, guess, strict=True)) / len(gold)
    return p, r, 2 * p * r / (p + r)


# --- data ----------------------------------------------------------------------------------------------------------


@dataclass
class Group:
    """All pairs of sentences of different articles in one topic (two look-alike incidents mixed) or one incident."""

    topic: str
    mixed: bool
    rows: list[dict[str, Any]]
    pairs: list[tuple[dict[str, Any], dict[str, Any]]]
    asked: list[StatementPair] = field(default_factory=list)
    overlap: np.ndarray = field(default_factory=lambda: np.zeros(0))  # shared events out of all events
    one: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))  # of one incident


def ecb_groups(data: Path, cache: Path | None) -> tuple[list[Group], dict[str, Article]]:
    rows = lines(data / "ecbplus" / "sentences.jsonl")
    wanted = {r["doc"] for r in rows}
    articles = {
        d["doc"]: Article("\n".join(s["text"] for s in d["sentences"]))
        for d in lines(data / "ecbplus" / "docs.jsonl")
        if d["doc"] in wanted
    }
    readings = read_all(sorted({r["text"] for r in rows}), cache)
    by_group: dict[tuple[bool, str], list[dict[str, Any]]] = defaultdict(list)
    for r in rows:
        by_group[True, r["topic"].split("_")[0]].append(r)
        by_group[False, r["topic"]].append(r)
    groups = []
    for (mixed, name), members in sorted(by_group.items()):
        pairs = [(a, b) for a, b in combinations(members, 2) if a["doc"] != b["doc"]]
        group = Group(name.split("_")[0], mixed, members, pairs)
        group.asked = [
            StatementPair(k, readings[a["text"]], readings[b["text"]], name, a["doc"], b["doc"])
            for k, (a, b) in enumerate(pairs)
        ]
        acts = [(set(a["actions"]), set(b["actions"])) for a, b in pairs]
        group.overlap = np.array([len(a & b) / len(a | b) if a | b else 0.0 for a, b in acts])
        group.one = np.array([a["topic"] == b["topic"] for a, b in pairs])
        groups.append(group)
    return groups, articles


def read_all(texts: Sequence[str], cache: Path | None) -> dict[str, Reading]:
    if cache and cache.exists():
        kept: dict[str, Reading] = pickle.loads(cache.read_bytes())
        if set(texts) <= set(kept):
            return kept
    read = dict(zip(texts, read_statements(texts, load_reader()), strict=True))
    if cache:
        cache.write_bytes(pickle.dumps(read))
    return read


# --- fitting -------------------------------------------------------------------------------------------------------


def fit(
    names: Sequence[str], features: np.ndarray, target: np.ndarray, strength: float, weight: np.ndarray
) -> dict[str, Any]:
    """Logistic regression; `target` may be a share: such a row counts as so much yes and so much no."""
    usual, spread = features.mean(0), features.std(0)
    spread[spread == 0] = 1
    scaled = (features - usual) / spread
    model = LogisticRegression(C=strength, max_iter=2000, tol=1e-5)
    model.fit(
        np.vstack([scaled, scaled]),
        np.r_[np.ones(len(scaled)), np.zeros(len(scaled))],
        sample_weight=np.r_[weight * target, weight * (1 - target)],
    )
    return {
        "bias": round(float(model.intercept_[0]), 5),
        "features": {
            n: {"weight": round(float(w / s), 5), "usual": round(float(u), 5), "scaled": round(float(w), 3)}
            for n, w, s, u in zip(names, model.coef_[0], spread, usual, strict=True)
        },
    }


@dataclass
class Table:
    """Features of many groups, one row a pair."""

    features: np.ndarray
    target: np.ndarray
    topic: np.ndarray
    weight: np.ndarray

    def fit(self, names: Sequence[str], strength: float, left_out: frozenset[str]) -> dict[str, Any]:
        keep = ~np.isin(self.topic, list(left_out))
        return fit(names, self.features[keep], self.target[keep], strength, self.weight[keep])


def table(parts: Iterable[tuple[np.ndarray, np.ndarray, str, float]]) -> Table:
    features, target, topic, weight = [], [], [], []
    for f, t, name, w in parts:
        features.append(f)
        target.append(t)
        topic.append(np.full(len(f), name))
        weight.append(np.full(len(f), w))
    return Table(
        np.vstack(features), np.concatenate(target).astype(float), np.concatenate(topic), np.concatenate(weight)
    )


def ecb_tables(groups: Sequence[Group], articles: dict[str, Article]) -> dict[str, Table]:
    statement, incident, article = [], [], []
    for g in groups:
        made = StatementGroup(g.asked, articles)
        if not g.mixed:
            statement.append((made.features.statement(made.a, made.b), g.overlap, g.topic, 1.0))
        bare = StatementGroup(g.asked, {})
        weight = 1.0 if g.mixed else ONE_INCIDENT_WEIGHT
        incident.append((bare.features.incident(bare.a, bare.b), g.one, g.topic, weight))
        docs = sorted({r["doc"]: r["topic"] for r in g.rows}.items())
        ij = np.array(list(combinations(range(len(docs)), 2)), np.intp).reshape(-1, 2)
        if len(ij):
            found = ArticleFeatures([report_of(articles[d]) for d, _ in docs]).pairs(ij[:, 0], ij[:, 1])
            one = np.array([docs[i][1] == docs[j][1] for i, j in ij])
            article.append((found, one, g.topic, weight))
    return {"statement": table(statement), "incident": table(incident), "article": table(article)}


NAMES = {"statement": STATEMENT_FEATURES, "incident": INCIDENT_FEATURES, "article": ARTICLE_FEATURES}


def stages(tables: dict[str, Table], left_out: frozenset[str] = frozenset()) -> dict[str, Any]:
    return {name: t.fit(NAMES[name], STRENGTH[name], left_out) for name, t in tables.items()}


def as_model(fitted: dict[str, Any], calibration: tuple[float, float] = (1.0, 0.0), aligned: float = 0.5) -> Model:
    return Model.from_json(
        {
            "provenance": {},
            "stages": fitted,
            "calibration": {"slope": calibration[0], "intercept": calibration[1]},
            "aligned": aligned,
        }
    )


def held_out(
    groups: Sequence[Group], articles: dict[str, Article], tables: dict[str, Table], folds: int
) -> dict[str, list[np.ndarray]]:
    """Scores of every group by weights that have not seen its topic, with and without its articles."""
    topics = sorted({g.topic for g in groups}, key=int)
    out: dict[str, list[np.ndarray]] = {"with": [np.zeros(0)] * len(groups), "without": [np.zeros(0)] * len(groups)}
    for k in range(folds):
        test = frozenset(topics[k::folds])
        model = as_model(stages(tables, test))
        for i, g in enumerate(groups):
            if g.topic in test:
                out["with"][i] = StatementGroup(g.asked, articles).probabilities(model)
                bare = [StatementPair(p.id, p.a, p.b, p.story) for p in g.asked]
                out["without"][i] = StatementGroup(bare, {}).probabilities(model)
    return out


def platt(scores: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    model = LogisticRegression(C=1e6, max_iter=1000).fit(log_odds(scores)[:, None], labels)
    return round(float(model.coef_[0][0]), 4), round(float(model.intercept_[0]), 4)


def cut(scores: np.ndarray, labels: np.ndarray) -> tuple[float, float, float]:
    """The lowest score from which precision is as wanted, with precision and recall there."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(labels[order])
    precision = hits / np.arange(1, len(order) + 1)
    good = np.flatnonzero(precision >= PRECISION)
    at = int(good[-1]) if len(good) else 0
    return round(float(scores[order[at]]), 4), float(precision[at]), float(hits[at] / labels.sum())


def background_counts(data: Path) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    articles = 0
    for name in BACKGROUND:
        for d in lines(data / name):
            counts.update(set(stems(d["text"])))
            articles += 1
    kept = {t: n for t, n in sorted(counts.items()) if n >= KEPT_FROM and not any(c.isdigit() for c in t)}
    return {"articles": articles, "from": list(BACKGROUND), "counts": kept}


# --- stories -------------------------------------------------------------------------------------------------------


def story_articles(data: Path) -> tuple[list[Article], list[str]]:
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
            {"story": fit(stories.STORY_FEATURES, features[keep], same[keep], STRENGTH["story"], ones[keep])}
        ).stages["story"]
        mine = ~keep
        odds[mine] += stage.log_odds(features[mine]) / np.where(fi[mine] == fj[mine], 1, 2)
    figures = {}
    for at in STORY_CUTS:
        found = partition(len(articles), ij, 1 / (1 + np.exp(-odds)), float(at))
        figures[round(float(at), 2)] = tuple(round(x, 3) for x in b_cubed(events, found))
    # The middle of the cuts that do nearly best: a plateau travels better than a peak.
    best = max(f[2] for f in figures.values())
    plateau = [at for at, f in figures.items() if f[2] >= best - 0.006]
    at = plateau[len(plateau) // 2]
    print("stories by cut", figures)
    everything = fit(stories.STORY_FEATURES, features, same, STRENGTH["story"], ones)
    return (
        everything,
        at,
        {
            "B3 P": figures[at][0],
            "B3 R": figures[at][1],
            "B3 F1": figures[at][2],
            "pair AP": round(average_precision(same, odds), 3),
        },
    )


def hash_of(text: str) -> int:
    """A stable shuffle."""
    value = 0
    for c in text:
        value = (value * 131 + ord(c)) % 1_000_003
    return value


# --- all together --------------------------------------------------------------------------------------------------


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--date", help="written into the provenance")
    parser.add_argument("--readings", type=Path, help="keep the readings of the sentences here, to fit again quickly")
    parser.add_argument("--folds", type=int, default=7)
    args = parser.parse_args()

    if args.write:
        counts = background_counts(args.data)
        (HERE / "background.json").write_text(
            json.dumps(counts, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8"
        )
    groups, articles = ecb_groups(args.data, args.readings)
    tables = ecb_tables(groups, articles)
    scores = held_out(groups, articles, tables, args.folds)
    figures: dict[str, float] = {}
    for way, per_group in scores.items():
        for mixed, gold in ((True, "any"), (True, "half"), (False, "any"), (False, "half")):
            mine = [i for i, g in enumerate(groups) if g.mixed == mixed]
            overlap = np.concatenate([groups[i].overlap for i in mine])
            truth = overlap > 0 if gold == "any" else overlap >= 0.5
            value = average_precision(truth, np.concatenate([per_group[i] for i in mine]))
            figures[f"AP {'topic' if mixed else 'subtopic'} {gold}, {way} articles"] = round(value, 3)
    mine = [i for i, g in enumerate(groups) if g.mixed]
    raw = np.concatenate([scores["with"][i] for i in mine])
    truth = np.concatenate([groups[i].overlap for i in mine]) >= 0.5
    calibration = platt(raw, truth)
    calibrated = 1 / (1 + np.exp(-(calibration[0] * log_odds(raw) + calibration[1])))
    aligned, precision, recall = cut(calibrated, truth)
    figures |= {"precision aligned": round(precision, 3), "recall aligned": round(recall, 3)}
    story, story_cut, story_figures = fit_stories(args.data, args.folds)
    figures |= {f"stories {name}": value for name, value in story_figures.items()}
    fitted = stages(tables) | {"story": story}
    for name, value in figures.items():
        print(f"{name:40} {value:.3f}")
    print("calibration", calibration, "aligned from", aligned)
    for edge in np.arange(0, 1, 0.1):
        inside = (calibrated >= edge) & (calibrated < edge + 0.1)
        if inside.any():
            print(f"  said {calibrated[inside].mean():.2f}  true {truth[inside].mean():.2f}  pairs {inside.sum()}")
    for name, stage in fitted.items():
        print(name, {n: f["scaled"] for n, f in stage["features"].items()}, stage["bias"])
    if args.write:
        kept = json.loads((HERE / "weights.json").read_text("utf-8"))  # rows and small collections have their own fits
        others = {k: kept["stages"][k] for k in ("row", "story_few") if k in kept.get("stages", {})}
        written = {
            "provenance": {
                **{k: v for k, v in kept.get("provenance", {}).items() if k in others},
                "data": "ECB+ topics 1-35 (statement, incident, article); Giveme5W1H hand-grouped articles (story)",
                "date": args.date,
                "held out": f"{args.folds} folds of topics, of events for stories",
                "figures": figures,
            },
            "calibration": {"slope": calibration[0], "intercept": calibration[1]},
            "aligned": aligned,
            "story_cut": story_cut,
            "few_cut": kept.get("few_cut", 0.45),
            "stages": fitted | others,
        }
        (HERE / "weights.json").write_text(json.dumps(written, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
