"""Stages 4 and 5, readings -> rows, judged; and which articles report one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.core.alignment import Kept, KeptWork, align, group_articles
from app.core.records import Alignment, Article, Comparer, Reading
from app.core.relation import judge
from app.core.thresholds import ROW_SCORE_LOOSE, ROW_SCORE_SHOWN
from app.pipeline.chosen import comparer, encoder, own_model, weights


@dataclass(frozen=True, slots=True)
class Compared:
    """Rows, and what made them: known where they are made, whoever's hands these are.

    `fresh` is what was worked out for them and is to be kept with the story, `left` the keys of what is to be kept no longer, `made`
    how much of each kind had to be worked out.
    """

    rows: tuple[Alignment, ...]
    comparer: Comparer
    fresh: Mapping[str, bytes] = field(default_factory=dict)
    left: frozenset[str] = frozenset()
    made: Mapping[str, int] = field(default_factory=dict)


def compare(
    readings: Sequence[Reading], strictness: float | None = None, kept: Mapping[str, bytes] | None = None
) -> Compared:
    """The rows of these articles, judged: conflict first.

    `strictness` is the least score of a row, `ROW_SCORE_SHOWN` where none is given; rows are made down to
    `ROW_SCORE_LOOSE`. The rows at a stricter setting are among those at a looser one. `kept`: what was worked out of the story before.
    """
    least = ROW_SCORE_SHOWN if strictness is None else strictness
    own, made_by = weights(), comparer()
    known = Kept(KeptWork(made_by.version, kept), readings)
    named, work = known.story.readings, known.work
    rows = align(named, ROW_SCORE_LOOSE, encoder(), own.rows if own else None, known)
    judged = judge(rows, named, model=own_model(), encoder=encoder(), kept=known)
    return Compared(tuple(row for row in judged if row.score >= least), made_by, *work.settled(), dict(work.made))


def group(articles: Sequence[Article]) -> tuple[int, ...]:
    """For each article the index of the first article of its story."""
    return group_articles(articles)
