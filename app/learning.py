"""Learning from reviewers: labelled pairs -> weights of the user's own.

Pairs come as lines {id, a, b, same, story?, a_article?, ...}: what `/labelled.jsonl` and `parallax export --labelled`
give. They are read and scored as `parallax pairs` would, and the stage "same statement?" takes one small step towards
them (core/alignment/taught.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.alignment.lessons import statement_lessons
from app.core.alignment.model import load_model
from app.core.alignment.taught import Taught, TooFewError, teach
from app.core.records import Article
from app.errors import BadInput
from app.pipeline import statement_pairs

__all__ = ["Learned", "learn"]


@dataclass(frozen=True, slots=True)
class Learned:
    """A taught stage and what moved in it: (feature, weight in spreads before, after), the widest step first."""

    taught: Taught
    moved: tuple[tuple[str, float, float], ...]
    start: tuple[float, float]  # how often two statements say the same at all, in log-odds, before and after


def learn(rows: Sequence[Mapping[str, Any]], articles: Mapping[str, Article] | None = None) -> Learned:
    """What these reviewed pairs teach. Always from the shipped weights: learning twice from the same changes nothing.

    Raises `BadInput` for a pair without a verdict and when there are too few.
    """
    for row in rows:
        if not isinstance(row.get("same"), bool):
            raise BadInput(
                "same is missing", where=f"id {row['id']}", mend="It says whether both state one thing: true or false."
            )
    known = articles or {}
    shipped = load_model()
    pairs = statement_pairs(rows, known)
    same, decisions = [bool(row["same"]) for row in rows], [_decision(str(row["id"])) for row in rows]
    lessons = statement_lessons(pairs, same, decisions, known, shipped)
    before = shipped.stages["statement"]
    try:
        taught = teach(before, lessons)
    except TooFewError as error:
        raise BadInput(f"{error}.", mend="Review more rows, confirming and rejecting; then fit again.") from None
    after = taught.stage
    moved = [
        (name, float(w * s), float(v * s))
        for name, w, v, s in zip(before.names, before.weight, after.weight, before.spread, strict=True)
    ]
    moved.sort(key=lambda m: (-abs(m[2] - m[1]), m[0]))
    return Learned(taught, tuple(moved), (before.bias, after.bias))


def _decision(line: str) -> str:
    """Pairs of one decision are numbered: "decision 12 0", "decision 12 1"."""
    head, _, number = line.rpartition(" ")
    return head if head and number.isdigit() else line
