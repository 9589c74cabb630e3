"""Reviewed pairs -> what a stage learns from: the same features that the product scores them by."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import numpy as np

from app.core.alignment.model import Model
from app.core.alignment.score import StatementGroup, StatementPair
from app.core.alignment.taught import Lessons
from app.core.records import Article

__all__ = ["statement_lessons"]


def statement_lessons(
    asked: Sequence[StatementPair],
    same: Sequence[bool],
    decisions: Sequence[Hashable],
    articles: Mapping[str, Article],
    model: Model,
) -> Lessons:
    """The pairs as the statement stage sees them, story by story as `score_statements` does."""
    stories: dict[str, list[int]] = {}
    for k, pair in enumerate(asked):
        stories.setdefault(pair.story or "", []).append(k)
    order, columns, incident = [], [], []
    for name in sorted(stories):
        members = sorted(stories[name], key=lambda k: str(asked[k].id))
        group = StatementGroup([asked[k] for k in members], articles)
        columns.append(group.features.statement(group.a, group.b))
        incident.append(group.incident(model))
        order.extend(members)
    width = len(model.stages["statement"].names)
    return Lessons(
        columns=np.vstack([np.zeros((0, width)), *columns]),
        same=np.array([same[k] for k in order], float),
        decision=[decisions[k] for k in order],
        other=np.concatenate([np.zeros(0), *incident]),
        offset=np.full(len(order), model.intercept),
        slope=model.slope,
    )
