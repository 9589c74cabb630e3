"""A judged row as bytes and back: what was found of its pairs, and what it may be called."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from pydantic import TypeAdapter

from app.core.alignment.kept_rows import Kept
from app.core.records import Alignment, Between, Reason, Relation, RelationKind, Status

__all__ = ["judged_row"]

_Verdict = tuple[
    Status,
    float,
    tuple[tuple[int, RelationKind, Between, tuple[Reason, ...], float], ...],
    tuple[str, ...],
    tuple[str, ...],
]
_VERDICT = TypeAdapter(_Verdict)

Judged = tuple[Alignment, Sequence[str]]
"""A row with its relations, and its labels, best first."""


def judged_row(row: Alignment, kept: Kept, judge: Callable[[], Judged]) -> Judged:
    """The row judged: looked up by its claims, the articles they stand in, and how surely its pairs are of one thing."""
    place = {ref: k for k, ref in enumerate(row.claims)}
    told = [
        [kept.claim(ref) for ref in row.claims],
        row.clauses,
        [(place[p.a], place[p.b], p.score.score) for p in row.pairs],
        row.score,
        row.label,
    ]

    key = kept.work.key("verdict", told)
    if kept.work.get(key) is None:
        before = len(kept.work.asked)
        judged, labels = judge()
        likenesses = tuple(dict.fromkeys(kept.work.asked[before:]))
        kept.work.at(key, lambda: _written(judged, labels, likenesses))
        return judged, labels
    value = zlib.decompress(kept.work.at(key, bytes))
    status, probability, found, labels, likenesses = _VERDICT.validate_json(value)
    for one in likenesses:
        kept.work.get(one)  # another claim in the row, and they are asked for again
    relations = tuple(
        Relation(row.pairs[k].a, row.pairs[k].b, row.pairs[k].score, kind, between, reasons, sure)
        for k, kind, between, reasons, sure in found
    )
    return replace(row, relations=relations, status=status, probability=probability), labels


def _written(row: Alignment, labels: Sequence[str], likenesses: tuple[str, ...]) -> bytes:
    at = {(p.a, p.b): k for k, p in enumerate(row.pairs)}
    found = tuple((at[r.a, r.b], r.kind, r.between, r.reasons, r.probability) for r in row.relations)
    verdict: _Verdict = row.status, row.probability, found, tuple(labels), likenesses
    return zlib.compress(_VERDICT.dump_json(verdict), 1)
