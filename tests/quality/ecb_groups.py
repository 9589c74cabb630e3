"""ECB+ as groups of pairs of sentences, and the tables that the stages of the pair scorer are fitted on."""

from __future__ import annotations

import json
import pickle
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from fitting import Table, table

from app.core.alignment.incident import ARTICLE_FEATURES, BARE_FEATURES, ArticleFeatures, incident_report
from app.core.alignment.model import Model
from app.core.alignment.score import BARE, BARE_LEXICAL, StatementGroup, StatementPair
from app.core.claims import read_statements
from app.core.encoder import Encoder
from app.core.language import load_reader
from app.core.records import Article, Reading

__all__ = ["NAMES", "STRENGTH", "Group", "ecb_groups", "ecb_tables", "lines", "scores_of", "stages"]

NAMES = {
    "statement": tuple(f.name for f in BARE),
    "statement_by_words": tuple(f.name for f in BARE_LEXICAL),
    "incident": BARE_FEATURES,
    "article": ARTICLE_FEATURES,
}
STRENGTH = {"statement": 0.05, "statement_by_words": 0.05, "incident": 0.05, "article": 0.1}  # inverse regularisation
ONE_INCIDENT_WEIGHT = {
    "incident": 0.5,
    "article": 0.2,
}  # of pairs in a group of one incident, against those of a mixed one


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


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

    @property
    def bare(self) -> list[StatementPair]:
        """The pairs without their articles."""
        return [StatementPair(p.id, p.a, p.b, p.story) for p in self.asked]


def ecb_groups(data: Path, cache: Path | None) -> tuple[list[Group], dict[str, Article]]:
    """The groups by topic, each twice over: mixed and by incident; and the articles."""
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


def ecb_tables(groups: Sequence[Group], articles: dict[str, Article], encoder: Encoder) -> dict[str, Table]:
    """What each stage learns from: statements inside one incident, incidents with and without the articles."""
    statement, by_words, incident, article = [], [], [], []
    for g in groups:
        if not g.mixed:
            statement.append((StatementGroup(g.asked, articles, encoder).columns(), g.overlap, g.topic, 1.0))
            by_words.append((StatementGroup(g.asked, articles).columns(), g.overlap, g.topic, 1.0))
        bare = StatementGroup(g.bare, {})
        incident.append((bare.bare.pairs(bare.a, bare.b), g.one, g.topic, _weight("incident", g)))
        docs = sorted({r["doc"]: r["topic"] for r in g.rows}.items())
        ij = np.array(list(combinations(range(len(docs)), 2)), np.intp).reshape(-1, 2)
        if len(ij):
            found = ArticleFeatures([incident_report(articles[d]) for d, _ in docs]).pairs(ij[:, 0], ij[:, 1])
            one = np.array([docs[i][1] == docs[j][1] for i, j in ij])
            article.append((found, one, g.topic, _weight("article", g)))
    return {
        "statement": table(statement),
        "statement_by_words": table(by_words),
        "incident": table(incident),
        "article": table(article),
    }


def _weight(stage: str, group: Group) -> float:
    return 1.0 if group.mixed else ONE_INCIDENT_WEIGHT[stage]


def stages(tables: dict[str, Table], left_out: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The stages fitted on every topic but those left out."""
    return {name: t.fit(NAMES[name], STRENGTH[name], left_out) for name, t in tables.items()}


def scores_of(
    group: Group, articles: dict[str, Article], model: Model, encoder: Encoder | None
) -> tuple[np.ndarray, np.ndarray]:
    """The scores of a group's pairs, with their articles and without."""
    known = StatementGroup(group.asked, articles, encoder).probabilities(model)
    return known, StatementGroup(group.bare, {}, encoder).probabilities(model)
