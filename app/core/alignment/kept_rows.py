"""A row, not judged yet, as bytes and back: claims by their place among the members of its group."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from pydantic import TypeAdapter

from app.core.records import AlignedPair, Alignment, ClaimRef, PairScore, Span, Status, Utterance

__all__ = ["read_row", "write_row"]

_Row = tuple[
    str, Status, tuple[int, ...], tuple[Span, ...], tuple[tuple[int, int, PairScore], ...], float, tuple[Utterance, ...]
]
_ROW = TypeAdapter(_Row)


def write_row(row: Alignment, members: Sequence[ClaimRef]) -> bytes:
    place = {ref: k for k, ref in enumerate(members)}
    kept: _Row = (
        row.label,
        row.status,
        tuple(place[ref] for ref in row.claims),
        row.clauses,
        tuple((place[p.a], place[p.b], p.score) for p in row.pairs),
        row.score,
        _with(row.utterances, lambda ref: ClaimRef(place[ref], "")),
    )
    return zlib.compress(_ROW.dump_json(kept))


def read_row(value: bytes, members: Sequence[ClaimRef]) -> Alignment:
    label, status, claims, clauses, pairs, score, utterances = _ROW.validate_json(zlib.decompress(value))
    return Alignment(
        id="",
        label=label,
        status=status,
        claims=tuple(members[k] for k in claims),
        clauses=clauses,
        pairs=tuple(AlignedPair(members[i], members[j], known) for i, j, known in pairs),
        score=score,
        utterances=_with(utterances, lambda ref: members[ref.article]),
    )


def _with(utterances: Sequence[Utterance], named: Callable[[ClaimRef], ClaimRef]) -> tuple[Utterance, ...]:
    return tuple(replace(u, wordings=tuple(replace(w, claim=named(w.claim)) for w in u.wordings)) for u in utterances)
