"""Scored pairs of claims -> rows of the side-by-side view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.core.alignment.candidates import candidate_pairs
from app.core.alignment.explain import explain
from app.core.alignment.features import PairFeatures
from app.core.alignment.label import row_label
from app.core.alignment.model import load_model, probability
from app.core.alignment.statement import Statement, of_claim
from app.core.records import AlignedPair, Alignment, Claim, ClaimRef, PairScore, Reading, Status
from app.core.thresholds import ROW_SCORE, ROW_SCORE_SAME_ARTICLE

__all__ = ["align"]


def align(readings: Sequence[Reading], strictness: float | None = None) -> tuple[Alignment, ...]:
    """The rows of one story: claims of two or more articles, or of two actors in one article, on one proposition.

    Independent of the order of `readings` but for the indices in the refs. `strictness` is the least probability at
    which two claims may share a row; None takes the product's threshold.
    """
    entries = _entries(readings)
    pairs = candidate_pairs([e.statement for e in entries])
    if not pairs:
        return ()
    scores = _scores(entries, pairs)
    least = ROW_SCORE if strictness is None else strictness
    rows = _rows(entries, scores, least)
    made = [_alignment(entries, scores, row) for row in rows]
    order = sorted(range(len(made)), key=lambda k: min(entries[i].ref for i in rows[k]))
    return tuple(_numbered(made[k], n) for n, k in enumerate(order, 1))


@dataclass(frozen=True, slots=True)
class _Entry:
    ref: ClaimRef
    claim: Claim
    statement: Statement
    article: int  # index in the order of content


def _entries(readings: Sequence[Reading]) -> list[_Entry]:
    """The claims that may stand in rows, in an order that depends on content alone."""
    order = sorted(
        range(len(readings)),
        key=lambda i: (
            str(readings[i].article.published), readings[i].article.outlet or "", readings[i].article.text, readings[i].article.headline or ""
        ),
    )  # fmt: skip
    out: list[_Entry] = []
    for place, i in enumerate(order):
        reading = readings[i]
        out.extend(
            _Entry(ClaimRef(i, claim.id), claim, of_claim(claim, reading.article), place)
            for claim in _standing(reading.claims)
        )
    return out


def _standing(claims: Sequence[Claim]) -> list[Claim]:
    """Of a claim inside another only the inner one stands, unless the outer one denies."""
    denying = {c.id for c in claims if any(a.cue and a.cue.stance == "denies" for a in c.attributions)}
    outer = {c.within for c in claims if c.within} - denying
    return [c for c in claims if c.id not in outer and c.within not in denying]


def _scores(entries: Sequence[_Entry], pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], PairScore]:
    features = PairFeatures([e.statement for e in entries])
    a, b = (np.array([p[k] for p in pairs], np.intp) for k in (0, 1))
    model = load_model()
    stage = model.stages["statement"]
    columns = features.statement(a, b)
    odds = stage.log_odds(columns)
    p = probability(odds)
    moves = stage.moves(columns)
    out = {}
    for k in np.flatnonzero(p >= min(0.3, ROW_SCORE)).tolist():
        parts, shared = explain(stage, columns[k], moves[k], 1.0, float(odds[k]), features, int(a[k]), int(b[k]))
        out[pairs[k]] = PairScore(float(p[k]), bool(p[k] >= ROW_SCORE), parts, shared)
    return out


def _rows(entries: Sequence[_Entry], scores: dict[tuple[int, int], PairScore], least: float) -> list[list[int]]:
    """Join claims while the mean score between two rows is enough and no pair in them speaks against it."""
    member: dict[int, list[int]] = {}
    row_of: dict[int, int] = {}
    for (i, j), score in sorted(scores.items(), key=lambda x: (-x[1].score, x[0])):
        if score.score < least:
            break
        mine = member.get(row_of.get(i, -1), [i])
        other = member.get(row_of.get(j, -1), [j])
        if i in other or not _may_join(entries, scores, mine, other, least):
            continue
        joined = sorted(mine + other)
        name = joined[0]
        for old in (mine[0], other[0]):
            member.pop(old, None)
        member[name] = joined
        for k in joined:
            row_of[k] = name
    return [m for _, m in sorted(member.items()) if len({entries[i].article for i in m}) > 1]


def _may_join(
    entries: Sequence[_Entry], scores: dict[tuple[int, int], PairScore], mine: list[int], other: list[int], least: float
) -> bool:
    found = []
    for i in mine:
        for j in other:
            score = scores.get((min(i, j), max(i, j)))
            value = score.score if score else 0.0
            if entries[i].article == entries[j].article:
                if value < ROW_SCORE_SAME_ARTICLE:
                    return False
            else:
                found.append(value)
    return not found or sum(found) / len(found) >= least


def _alignment(entries: Sequence[_Entry], scores: dict[tuple[int, int], PairScore], row: list[int]) -> Alignment:
    members = sorted(row, key=lambda i: entries[i].ref)
    pairs = []
    for x, i in enumerate(members):
        for j in members[x + 1 :]:
            score = scores.get((min(i, j), max(i, j)), PairScore(0.0, False))
            if entries[i].article != entries[j].article:
                pairs.append(AlignedPair(entries[i].ref, entries[j].ref, score))
    return Alignment(
        "",
        row_label([entries[i].claim for i in members]),
        Status.AGREE,
        tuple(entries[i].ref for i in members),
        (),
        tuple(pairs),
    )


def _numbered(row: Alignment, n: int) -> Alignment:
    return Alignment(f"r{n}", row.label, row.status, row.claims, row.relations, row.pairs)
