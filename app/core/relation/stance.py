"""Two sentences on one contentious matter: does one back the other, weaken it, or speak of something else?

For statements that someone asks about without their articles, where most pairs share a matter but no proposition, so that
no guard has anything to compare. A small model with named features, fitted by tests/quality/fit_relations.py on public
pairs with topics held out; weights and provenance in `weights.json`. The rows of the product never use it.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from rapidfuzz import fuzz

from app.core import thresholds
from app.core.records import Claim, Outcome, PairScore, Reason
from app.core.relation.scan import scan

__all__ = ["FEATURES", "Model", "applies", "features", "load_model"]

KINDS = ("negation", "contrast", "doubt", "against", "favour", "saying")
FEATURES = (
    "score",
    "central",
    "stands_out",
    "closest",
    "words_shared",
    "words_share_of_shorter",
    "words_share_of_both",
    "letters",
    "shorter",
    "longer",
    "names",
    "names_share",
    "figures",
    "figures_apart",
    "quotes_both",
    "quotes_one",
    *(f"{kind}_{which}" for kind in KINDS for which in ("both", "most", "one")),
    "sides_apart",
    "excludes",
    "differs",
    "confirms",
    "asks",
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<!^)\b[A-Z][\w'-]+")
_QUOTE = re.compile(r"[\"“]")


@lru_cache(maxsize=1)
def _tones() -> dict[str, re.Pattern[str]]:
    text = resources.files("app.core.relation").joinpath("data", "tone.toml").read_text(encoding="utf-8")
    lists = tomllib.loads(text)
    return {
        kind: re.compile(
            "|".join(
                (
                    r"n't\b"
                    if w == "n't"
                    else rf"\b{re.escape(w[:-1])}\w*"
                    if w.endswith("*")
                    else rf"\b{re.escape(w)}\b"
                )
                for w in words
            )
        )
        for kind, words in lists.items()
    }


@dataclass(frozen=True, slots=True)
class _Side:
    stems: frozenset[str]
    length: int
    names: frozenset[str]
    numbers: frozenset[str]
    quotes: int
    tones: dict[str, int]
    folded: str
    asks: bool


@lru_cache(maxsize=8192)
def _side(text: str) -> _Side:
    read = scan(text)
    lower = read.text.lower()
    return _Side(
        read.stems,
        len(read.words),
        frozenset(_NAME.findall(read.text)),
        frozenset(_NUMBER.findall(read.text)),
        len(_QUOTE.findall(text)),
        {kind: len(pattern.findall(lower)) for kind, pattern in _tones().items()},
        lower,
        "?" in text,
    )


def features(a: Claim, b: Claim, score: PairScore, reasons: tuple[Reason, ...]) -> tuple[float, ...]:
    """One value each, in the order of `FEATURES`; the same whichever statement comes first."""
    x, y = _side(a.text), _side(b.text)
    parts = {p.name: p.value for p in score.parts}
    both = x.stems & y.stems
    smaller = min(len(x.stems), len(y.stems)) or 1
    outcomes = [r.outcome for r in reasons]
    tones: list[float] = []
    for kind in KINDS:
        p, q = x.tones[kind], y.tones[kind]
        tones += [min(p, q, 2), min(max(p, q), 3), float((p > 0) != (q > 0))]
    lean = [s.tones["favour"] - s.tones["against"] for s in (x, y)]
    return (
        score.score,
        parts.get("central", 1.0),
        parts.get("stands_out", 0.0),
        parts.get("closest", 0.0),
        float(len(both)),
        len(both) / smaller,
        len(both) / (len(x.stems | y.stems) or 1),
        fuzz.token_set_ratio(x.folded, y.folded) / 100,
        math.log1p(min(x.length, y.length)),
        math.log1p(max(x.length, y.length)),
        float(len(x.names & y.names)),
        len(x.names & y.names) / (len(x.names | y.names) + 1),
        float(len(x.numbers & y.numbers)),
        float(bool(x.numbers and y.numbers and not x.numbers & y.numbers)),
        float(min(x.quotes, y.quotes, 2)),
        float((x.quotes > 0) != (y.quotes > 0)),
        *tones,
        float(min(4, abs(lean[0] - lean[1]))),
        float(outcomes.count(Outcome.EXCLUDES)),
        float(outcomes.count(Outcome.DIFFERS)),
        float(outcomes.count(Outcome.SAME) + outcomes.count(Outcome.DETAIL)),
        float(x.asks or y.asks),
    )


@dataclass(frozen=True, slots=True)
class Model:
    """Each feature falls into a step between its edges, each step moves the log-odds of each answer by its weight."""

    answers: tuple[str, ...]
    bias: tuple[float, ...]
    edges: tuple[tuple[float, ...], ...]  # one row a feature: inner edges, rising
    weights: tuple[tuple[tuple[float, ...], ...], ...]  # [answer][feature][step]
    provenance: dict[str, Any]

    def answer(self, values: tuple[float, ...]) -> str:
        """agree, contradict or neutral."""
        steps = [bisect_right(edges, value) for edges, value in zip(self.edges, values, strict=True)]
        odds = [
            bias + sum(row[step] for row, step in zip(rows, steps, strict=True))
            for bias, rows in zip(self.bias, self.weights, strict=True)
        ]
        return self.answers[max(range(len(odds)), key=lambda k: (odds[k], -k))]


@lru_cache(maxsize=1)
def load_model() -> Model:
    """The fitted model of `weights.json`. Raises `ValueError` when its features are not those of this module."""
    data = json.loads(resources.files("app.core.relation").joinpath("weights.json").read_text(encoding="utf-8"))
    if list(data["features"]) != list(FEATURES):
        raise ValueError(
            "app/core/relation/weights.json was fitted on other features; run tests/quality/fit_relations.py"
        )
    return Model(
        answers=tuple(data["answers"]),
        bias=tuple(data["bias"]),
        edges=tuple(tuple(f["edges"]) for f in data["features"].values()),
        weights=tuple(
            tuple(tuple(f["weights"][answer]) for f in data["features"].values()) for answer in data["answers"]
        ),
        provenance=data["provenance"],
    )


def applies(a: Claim, b: Claim) -> bool:
    """Long enough to take sides: of a few words only what they state can be compared."""
    return min(_side(a.text).length, _side(b.text).length) >= thresholds.STANCE_WORDS
