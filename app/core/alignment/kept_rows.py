"""What is kept of a story; a row of it, not judged yet, as bytes and back: claims by their place among the members of its group."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from pydantic import TypeAdapter

from app.core.alignment.entries import in_order
from app.core.alignment.ground import Ground
from app.core.alignment.identities import Unified
from app.core.alignment.kept_work import KeptWork, claim_digest
from app.core.records import AlignedPair, Alignment, Claim, ClaimRef, PairScore, Reading, Span, Status, Utterance
from app.core.thresholds import KEPT_LEAST

__all__ = ["Kept", "read_row", "write_row"]


class Kept:
    """What was worked out of a story before, and the story as it is compared now."""

    def __init__(self, work: KeptWork, readings: Sequence[Reading]) -> None:
        self.work = work
        self.keeps = len(readings) >= KEPT_LEAST
        """Whether anything of the story is kept: few articles are compared anew each time, which takes seconds."""
        self.story = Unified(readings, work.grounds if self.keeps else ())
        self._claims: dict[ClaimRef, tuple[str, str]] = {}

    @cached_property
    def _by_id(self) -> list[dict[str, Claim]]:
        return [{c.id: c for c in reading.claims} for reading in self.story.readings]

    def ground(self, members: Iterable[int]) -> Ground:
        """Of these related articles."""
        order = in_order(self.story.readings, members)
        if not self.keeps:
            return Ground.of_all(len(order))
        chosen = self.story.ground(order)
        self.work.grounded(chosen)
        return Ground([self.story.told[i] for i in order], [self.story.read[i] in chosen for i in order], self.work)

    def row(self, ground: Ground, clauses: Mapping[ClaimRef, int]) -> KeptRow:
        """Of these claims, each by one of its clauses."""
        members = sorted(clauses)
        told = [(self.claim(ref), clauses[ref]) for ref in members]
        return KeptRow(self.work, self.work.key("row", (ground.name, told)), members)

    def claim(self, ref: ClaimRef) -> tuple[str, str]:
        """Digests of a claim's article as it was read, and of the claim under the story's keys and names: all that rows and guards take
        from it. Another name for somebody whom the claim does not name changes nothing.
        """
        if ref not in self._claims:
            self._claims[ref] = self.story.told[ref.article], claim_digest(self._by_id[ref.article][ref.claim])
        return self._claims[ref]


class KeptRow:
    """A row that may have been made before."""

    def __init__(self, work: KeptWork, key: str, members: Sequence[ClaimRef]) -> None:
        self._work, self._key, self._members = work, key, members
        self.is_kept = work.get(key) is not None

    def made(self, make: Callable[[], Alignment]) -> Alignment:
        if self.is_kept:
            return read_row(self._work.at(self._key, bytes), self._members)
        row = make()
        self._work.at(self._key, lambda: write_row(row, self._members))
        return row


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
