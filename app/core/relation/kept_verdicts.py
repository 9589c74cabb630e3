"""What was found between two claims, and a judged row, as bytes and back: what is kept of a story is not found or judged again."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from pydantic import TypeAdapter

from app.core.alignment.kept_rows import Kept
from app.core.records import AlignedPair, Alignment, Between, Reason, Relation, RelationKind, Status
from app.core.relation.found import Found

__all__ = ["Judged", "is_found", "judged_row", "kept_found"]

_FOUND = TypeAdapter(Found)
_Verdict = tuple[
    Status,
    float,
    tuple[tuple[int, RelationKind, Between, tuple[Reason, ...], float], ...],
    tuple[str, ...],
]
_VERDICT = TypeAdapter(_Verdict)

Judged = tuple[Alignment, Sequence[str]]
"""A row with its relations, and its labels, best first."""


def _key(pair: AlignedPair, kept: Kept) -> str:
    """By what was read of the two: no row plays a part, nor how likely they are one."""
    return kept.work.key("found", (kept.claim(pair.a), kept.claim(pair.b), pair.a.article == pair.b.article))


def is_found(pair: AlignedPair, kept: Kept) -> bool:
    return kept.work.get(_key(pair, kept)) is not None


def kept_found(pair: AlignedPair, kept: Kept, find: Callable[[], Found]) -> Found:
    """What is between two claims, looked up where it was found before."""
    value = kept.work.at(_key(pair, kept), lambda: zlib.compress(_FOUND.dump_json(find()), 1))
    return _FOUND.validate_json(zlib.decompress(value))


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
        judged, labels = judge()
        kept.work.at(key, lambda: _written(judged, labels))
        return judged, labels
    status, probability, found, labels = _VERDICT.validate_json(zlib.decompress(kept.work.at(key, bytes)))
    for pair in row.pairs:
        is_found(pair, kept)  # another claim in the row, and it is asked for again
    relations = tuple(
        Relation(row.pairs[k].a, row.pairs[k].b, row.pairs[k].score, kind, between, reasons, sure)
        for k, kind, between, reasons, sure in found
    )
    return replace(row, relations=relations, status=status, probability=probability), labels


def _written(row: Alignment, labels: Sequence[str]) -> bytes:
    at = {(p.a, p.b): k for k, p in enumerate(row.pairs)}
    found = tuple((at[r.a, r.b], r.kind, r.between, r.reasons, r.probability) for r in row.relations)
    verdict: _Verdict = row.status, row.probability, found, tuple(labels)
    return zlib.compress(_VERDICT.dump_json(verdict), 1)
