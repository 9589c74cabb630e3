"""Stages 4 and 5, readings -> rows, judged; and which articles report one event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.alignment import align, group_articles, unified
from app.core.records import Alignment, Article, Comparer, Reading
from app.core.relation import judge
from app.core.thresholds import ROW_SCORE_LOOSE, ROW_SCORE_SHOWN
from app.pipeline.chosen import comparer, encoder, own_model, weights


@dataclass(frozen=True, slots=True)
class Compared:
    """Rows, and what made them: known where they are made, whoever's hands these are."""

    rows: tuple[Alignment, ...]
    comparer: Comparer


def compare(readings: Sequence[Reading], strictness: float | None = None) -> Compared:
    """The rows of these articles, judged: conflict first.

    `strictness` is the least score of a row, `ROW_SCORE_SHOWN` where none is given; rows are made down to
    `ROW_SCORE_LOOSE`. The rows at a stricter setting are among those at a looser one.
    """
    least = ROW_SCORE_SHOWN if strictness is None else strictness
    own = weights()
    named = unified(readings)
    rows = align(named, ROW_SCORE_LOOSE, encoder(), own.rows if own else None)
    judged = judge(rows, named, model=own_model(), encoder=encoder())
    return Compared(tuple(row for row in judged if row.score >= least), comparer())


def group(articles: Sequence[Article]) -> tuple[int, ...]:
    """For each article the index of the first article of its story."""
    return group_articles(articles)
