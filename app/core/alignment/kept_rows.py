"""What is kept of a story; a row of it, not judged yet, as bytes and back: claims by their place among the members of its group."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from pydantic import TypeAdapter

from app.core.alignment.identities import Unified
from app.core.alignment.kept_work import KeptWork, reading_digest
from app.core.records import AlignedPair, Alignment, ClaimRef, PairScore, Span, Status, Utterance

__all__ = ["Kept", "read_row", "write_row"]


class Kept:
    """What was worked out of a story before, and the story as it is compared now."""

    def __init__(self, work: KeptWork, story: Unified) -> None:
        self.work, self.story = work, story

    @cached_property
    def named(self) -> tuple[str, ...]:
        """For each reading a digest of it under the story's keys and names."""
        return tuple(reading_digest(r) for r in self.story.readings)

    def claim(self, ref: ClaimRef) -> tuple[str, str]:
        """All that a row takes from a claim and its article."""
        return self.named[ref.article], ref.claim


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
