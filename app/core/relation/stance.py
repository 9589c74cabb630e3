"""Two sentences on one contentious matter: does one back the other, weaken it, or speak of something else?

For statements that someone asks about without their articles, where most pairs share a matter but no proposition, so that
no guard has anything to compare. A small model over the features that pairs are scored by and a few counts, fitted by
tests/quality/fit_stance.py on public pairs with topics held out. It is right in about six of ten such pairs, so it only ever
says agree, diverge or nothing, and the rows of the product never use it. Without the encoder it says nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np

from app.core.alignment.score import BARE, StatementGroup, StatementPair
from app.core.alignment.term_vectors import Floats
from app.core.encoder import Encoder
from app.core.records import RelationKind
from app.core.thresholds import STANCE_WORDS

__all__ = ["FAR", "FEATURES", "StanceModel", "load_stance_model", "stance_features", "stances"]

_COUNTS = ("negations_apart", "negations", "shortest", "longest", "one_negates", "names_shared", "names_apart")
FEATURES = (*(f.name for f in BARE), *_COUNTS)

FAR = 2.0
"""Spreads beyond which a feature counts no more."""

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|without|den(?:y|ies|ied)|nobody|neither|nor|fail\w*|refus\w*|reject\w*|false|wrong|despite|but|however"
    r"|although|though|while)\b|n['’]t",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"[A-Z]\w+")
_ANSWERS = {"agree": RelationKind.AGREE, "contradict": RelationKind.DIVERGE, "neutral": None}


def stances(asked: Sequence[StatementPair], encoder: Encoder | None) -> list[RelationKind | None]:
    """One answer a pair, pairs of one story together; None where neither backs nor weakens the other, or one is too short."""
    out: list[RelationKind | None] = [None] * len(asked)
    if encoder is None:
        return out
    stories: dict[str | None, list[int]] = {}
    for k, pair in enumerate(asked):
        if min(len(side.article.text.split()) for side in (pair.a, pair.b)) >= STANCE_WORDS:
            stories.setdefault(pair.story, []).append(k)
    for members in stories.values():
        answers = load_stance_model().answer(stance_features([asked[k] for k in members], encoder))
        for k, answer in zip(members, answers, strict=True):
            out[k] = _ANSWERS[answer]
    return out


def stance_features(pairs: Sequence[StatementPair], encoder: Encoder) -> Floats:
    """One row a pair of one story, columns as in `FEATURES`; symmetric."""
    bare = [StatementPair(p.id, p.a, p.b, p.story) for p in pairs]
    counts = np.array([_counts(p.a.article.text, p.b.article.text) for p in bare], float).reshape(-1, len(_COUNTS))
    return np.hstack([StatementGroup(bare, {}, encoder).columns(), counts])


def _counts(a: str, b: str) -> tuple[float, ...]:
    turned = [len(_NEGATION.findall(text)) for text in (a, b)]
    names = [set(_CAPITAL.findall(text)) for text in (a, b)]
    return (
        abs(turned[0] - turned[1]),
        sum(turned),
        min(len(a), len(b)),
        max(len(a), len(b)),
        (turned[0] > 0) != (turned[1] > 0),
        len(names[0] & names[1]),
        len(names[0] ^ names[1]),
    )


@dataclass(frozen=True, slots=True)
class StanceModel:
    """Each feature is bent by a curve to a like scale and weighed for each answer."""

    answers: tuple[str, ...]
    bias: Floats  # [answer]
    weights: Floats  # [feature, answer]
    curves: tuple[tuple[Floats, Floats], ...]  # one a feature: rising points, and what stands for each
    provenance: Mapping[str, Any]

    def bend(self, values: Floats) -> Floats:
        """Features on a like scale."""
        bent = [np.interp(column, at, to) for column, (at, to) in zip(values.T, self.curves, strict=True)]
        return np.asarray(np.column_stack(bent).clip(-FAR, FAR))

    def odds(self, values: Floats) -> Floats:
        """Log-odds (up to a constant) of each answer, one row a pair."""
        return np.asarray(self.bend(values) @ self.weights + self.bias)

    def answer(self, values: Floats) -> list[str]:
        """agree, contradict or neutral for each row; ties go to the first."""
        return [self.answers[k] for k in np.argmax(np.round(self.odds(values), 6), axis=1)]


@lru_cache(maxsize=1)
def load_stance_model() -> StanceModel:
    """The fitted model of `stance.json`. Raises `ValueError` when its features are not those of this module."""
    data = json.loads(resources.files("app.core.relation").joinpath("stance.json").read_text(encoding="utf-8"))
    if tuple(data["features"]) != FEATURES:
        raise ValueError("relation/stance.json was fitted on other features; run tests/quality/fit_stance.py")
    fitted = data["features"].values()
    return StanceModel(
        answers=tuple(data["answers"]),
        bias=np.array(data["bias"]),
        weights=np.array([f["weights"] for f in fitted]),
        curves=tuple((np.array(f["at"]), np.array(f["to"])) for f in fitted),
        provenance=data["provenance"],
    )
