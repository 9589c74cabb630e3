"""Learning from reviewers: labelled pairs -> weights of the user's own.

Pairs come as lines {id, a, b, same, story?, a_article?, ...}: what `/labelled.jsonl` and `parallax export --labelled`
give. They are read and scored as `parallax pairs` would, and the stage "same statement?" takes one small step towards
them (core/alignment/adapting.py); where the stories they stand in are at hand, so do the weights that rows are made by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from app.core.alignment.adapting import Adapted, ReviewedPairs, TooFewError, teach
from app.core.alignment.model import load_model
from app.core.alignment.reviewed_pairs import ReviewedClaims, row_lessons, statement_lessons
from app.core.records import Article, ClaimRef, Reading
from app.errors import BadInput
from app.own_weights import PAIRS, ROWS, shipped_stage, stage_name
from app.pipeline import check_pair, encoder, statement_pairs

__all__ = ["Learned", "Story", "check_reviewed", "learn"]

Story = Sequence[tuple[str, Reading]]
"""The articles of a story as they were read, each under the id that pairs name it by."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A taught stage and what moved in it: (feature, weight in spreads before, after), the widest step first."""

    name: str  # of the stage, as weights of one's own name it
    taught: Adapted
    moved: tuple[tuple[str, float, float], ...]
    start: tuple[float, float]  # how often two statements say the same at all, in log-odds, before and after


def learn(
    rows: Sequence[Mapping[str, Any]],
    articles: Mapping[str, Article] | None = None,
    stories: Mapping[str, Story] | None = None,
) -> tuple[Learned, ...]:
    """What these reviewed pairs teach: of statements, and of rows where the `stories` they stand in are given.

    Always from the shipped weights: learning twice from the same changes nothing. Raises `BadInput` for a pair without
    a verdict and when there are too few; too few inside the stories teach nothing of rows.
    """
    known, compares = articles or {}, encoder()
    for row in rows:
        check_reviewed(row, known)
    pairs = statement_pairs(rows, known)
    same, decisions = [bool(row["same"]) for row in rows], [_decision(str(row["id"])) for row in rows]
    try:
        lessons = statement_lessons(pairs, same, decisions, known, load_model(), compares)
        found = [_learned(stage_name(PAIRS, encoder=compares is not None), lessons)]
    except TooFewError as error:
        raise BadInput(f"{error}.", mend="Review more rows, confirming and rejecting; then fit again.") from None
    with suppress(TooFewError):
        lessons = row_lessons(_reviewed(rows, stories or {}), compares)
        found.append(_learned(stage_name(ROWS, encoder=compares is not None), lessons))
    return tuple(found)


def check_reviewed(row: Mapping[str, Any], articles: Mapping[str, Article]) -> None:
    """Raises `BadInput` for a line {id, a, b, same, ...} that makes no sense."""
    if not isinstance(row.get("same"), bool):
        raise BadInput(
            "same is missing", where=f"id {row['id']}", mend="It says whether both state one thing: true or false."
        )
    check_pair(row, articles)


def _learned(name: str, lessons: ReviewedPairs) -> Learned:
    before = shipped_stage(name)
    taught = teach(before, lessons)
    after = taught.stage
    moved = [
        (feature, float(w * s), float(v * s))
        for feature, w, v, s in zip(before.names, before.weight, after.weight, before.spread, strict=True)
    ]
    moved.sort(key=lambda m: (-abs(m[2] - m[1]), m[0]))
    return Learned(name, taught, tuple(moved), (before.bias, after.bias))


def _reviewed(
    rows: Sequence[Mapping[str, Any]], stories: Mapping[str, Story]
) -> Iterator[tuple[Sequence[Reading], Sequence[ReviewedClaims]]]:
    """The pairs found again in their stories: the claim of the named article with just these words."""
    for slug in sorted(stories):
        readings = [reading for _, reading in stories[slug]]
        where = {
            (name, claim.text): ClaimRef(i, claim.id)
            for i, (name, reading) in enumerate(stories[slug])
            for claim in reading.claims
        }
        pairs = []
        for row in rows:
            a, b = (where.get((str(row.get(f"{side}_article")), row[side])) for side in ("a", "b"))
            if row.get("story") == slug and a and b:
                pairs.append(ReviewedClaims(a, b, row["same"], _decision(str(row["id"]))))
        yield readings, pairs


def _decision(line: str) -> str:
    """Pairs of one decision are numbered: "decision 12 0", "decision 12 1"."""
    head, _, number = line.rpartition(" ")
    return head if head and number.isdigit() else line
