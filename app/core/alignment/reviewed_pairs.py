"""Reviewed pairs -> what a stage learns from: the same features that the product scores them by."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.core.alignment.adapting import ReviewedPairs
from app.core.alignment.entries import entries_of
from app.core.alignment.features import FEATURES, LEXICAL
from app.core.alignment.links import Links
from app.core.alignment.model import Model
from app.core.alignment.related import related_articles
from app.core.alignment.score import StatementGroup, StatementPair
from app.core.encoder import Encoder
from app.core.records import Article, ClaimRef, Reading

__all__ = ["ReviewedClaims", "row_lessons", "statement_lessons"]


def statement_lessons(
    asked: Sequence[StatementPair],
    same: Sequence[bool],
    decisions: Sequence[Hashable],
    articles: Mapping[str, Article],
    model: Model,
    encoder: Encoder | None = None,
) -> ReviewedPairs:
    """The pairs as the statement stage sees them, story by story as `score_statements` does."""
    stories: dict[str, list[int]] = {}
    for k, pair in enumerate(asked):
        stories.setdefault(pair.story or "", []).append(k)
    order, columns, incident = [], [], []
    for name in sorted(stories):
        members = sorted(stories[name], key=lambda k: str(asked[k].id))
        group = StatementGroup([asked[k] for k in members], articles, encoder)
        columns.append(group.columns())
        incident.append(group.incident(model))
        order.extend(members)
    width = len(model.statement(encoder=encoder is not None).names)
    return ReviewedPairs(
        columns=np.vstack([np.zeros((0, width)), *columns]),
        same=np.array([same[k] for k in order], float),
        decision=[decisions[k] for k in order],
        other=np.concatenate([np.zeros(0), *incident]),
        offset=np.full(len(order), model.intercept),
        slope=model.slope,
    )


@dataclass(frozen=True, slots=True)
class ReviewedClaims:
    """Two claims of one story's readings, and whether a reviewer found that they state one proposition."""

    a: ClaimRef
    b: ClaimRef
    same: bool
    decision: Hashable


def row_lessons(
    stories: Iterable[tuple[Sequence[Reading], Sequence[ReviewedClaims]]], encoder: Encoder | None = None
) -> ReviewedPairs:
    """The pairs as rows see them, among all claims of their story. Pairs of unrelated articles are left out."""
    columns = [np.zeros((0, len(FEATURES if encoder else LEXICAL)))]
    used: list[ReviewedClaims] = []
    for readings, reviewed in stories:
        every = frozenset(ref for pair in reviewed for ref in (pair.a, pair.b))
        for members in related_articles([r.article for r in readings]):
            entries = entries_of(readings, members, every=every)
            place = {entry.ref: i for i, entry in enumerate(entries)}
            mine = [pair for pair in reviewed if pair.a in place and pair.b in place]
            if mine:
                wanted = [(min(i, j), max(i, j)) for i, j in ((place[p.a], place[p.b]) for p in mine)]
                columns.append(Links(entries, encoder, also=wanted).columns_of(wanted))
                used.extend(mine)
    return ReviewedPairs(
        columns=np.vstack(columns),
        same=np.array([pair.same for pair in used], float),
        decision=[pair.decision for pair in used],
        other=np.ones(len(used)),
        offset=np.zeros(len(used)),
    )
