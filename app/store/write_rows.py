"""The machine's rows are written: what differs from before, and nothing else; rows without successor are let go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from app.core.records import Relation, Span, Status
from app.store import codec
from app.store.sql import fresh_ids, ids_in, insert_many, run_many
from app.store.tables import AlignmentRow
from app.store.terms import stamp

__all__ = ["ClaimFact", "Key", "NewRow", "OldRow", "clause_in", "into_claim", "let_go", "write_relations", "write_rows"]

Key = tuple[int, str]  # article id, fingerprint


@dataclass(frozen=True, slots=True)
class ClaimFact:
    id: int
    key: Key
    article_id: int
    position: int
    start: int
    text: str


@dataclass(slots=True)
class NewRow:
    """A row as the machine gives it now. `digest` is the same when nothing a reader could see has changed.

    `clauses`: of claims that stand in it by a part of theirs, which part, counted from the claim's start.
    """

    label: str
    status: Status
    claims: tuple[ClaimFact, ...]
    relations: tuple[tuple[ClaimFact, ClaimFact, Relation], ...] = ()
    digest: str = ""
    id: int | None = None
    score: float = 1.0
    probability: float = 1.0
    lone: bool = False
    standing: bool = True  # shown at the usual strictness
    utterances: str = "[]"
    clauses: Mapping[int, Span] = field(default_factory=dict)


@dataclass(slots=True)
class OldRow:
    id: int
    by_hand: bool
    digest: str
    machine: set[Key]
    shown: set[Key]
    spoken_of: bool
    retired: bool
    story_id: int
    hidden: bool = False  # kept for other strictnesses, and nobody spoke of it
    score: float = 1.0
    away: set[Key] = field(default_factory=set)  # of articles that were deleted, or stand in another story


_BLANK = AlignmentRow(story_id=0, label="", status=Status.SINGLE, made_at=datetime(1, 1, 1, tzinfo=UTC)).model_dump()


def _row(n: NewRow, story_id: int, now: datetime) -> dict[str, Any]:
    return {
        "id": n.id,
        "story_id": story_id,
        "label": n.label,
        "status": n.status,
        "digest": n.digest,
        "made_at": stamp(now),
        "lone": n.lone,
        "machine_score": n.score,
        "machine_probability": n.probability,
        "utterances": n.utterances,
    }


def write_rows(
    connection: Connection, story_id: int, new: Sequence[NewRow], old: Sequence[OldRow], now: datetime
) -> bool:
    """Write what differs; true when anything did."""
    before = {o.id: o for o in old}
    fresh = [n for n in new if n.id is None]
    if fresh:
        for n, row_id in zip(fresh, fresh_ids(connection, "alignments", len(fresh)), strict=True):
            n.id = row_id
        insert_many(connection, "alignments", [{**_BLANK, **_row(n, story_id, now)} for n in fresh])
    kept = [n for n in new if n.id in before]
    changed = [n for n in kept if before[n.id or 0].digest != n.digest or before[n.id or 0].story_id != story_id]
    if kept:
        run_many(
            connection,
            "UPDATE alignments SET label = :label, status = :status, digest = :digest, story_id = :story,"
            " retired_at = NULL, lone = :lone, machine_score = :score, machine_probability = :probability,"
            " utterances = :utterances, judged_for = ''"
            " WHERE id = :id AND (digest <> :digest OR story_id <> :story OR retired_at IS NOT NULL)",
            [
                {
                    "id": n.id,
                    "label": n.label,
                    "status": n.status.value,
                    "digest": n.digest,
                    "story": story_id,
                    "lone": n.lone,
                    "score": n.score,
                    "probability": n.probability,
                    "utterances": n.utterances,
                }
                for n in kept
            ],
        )
    if changed:
        ids = [n.id for n in changed]
        connection.execute(ids_in("DELETE FROM relations WHERE alignment_id IN (SELECT value FROM ids_of(:ids))", ids))
        connection.execute(
            ids_in("DELETE FROM alignment_members WHERE alignment_id IN (SELECT value FROM ids_of(:ids))", ids)
        )
    _write_contents(connection, [*fresh, *changed])
    return bool(fresh or changed)


def _write_contents(connection: Connection, rows: Sequence[NewRow]) -> None:
    whole = (None, None)
    members = [
        {"alignment_id": n.id, "claim_id": c.id, "by_machine": True, "shown": False}
        | dict(zip(("clause_start", "clause_end"), n.clauses.get(c.id, whole), strict=True))
        for n in rows
        for c in n.claims
    ]
    insert_many(connection, "alignment_members", members)
    write_relations(connection, [(n.id or 0, i, a, b, r) for n in rows for i, (a, b, r) in enumerate(n.relations)])


def write_relations(
    connection: Connection,
    relations: Sequence[tuple[int, int, ClaimFact, ClaimFact, Relation]],
    *,
    by_hand: bool = False,
) -> None:
    """Relations with their reasons: (row id, position, claim, claim, relation) each."""
    if not relations:
        return
    ids = fresh_ids(connection, "relations", len(relations))
    insert_many(
        connection,
        "relations",
        [
            {
                "id": relation_id,
                "alignment_id": row_id,
                "position": i,
                "a_claim_id": a.id,
                "b_claim_id": b.id,
                "kind": r.kind,
                "probability": r.probability,
                "between": r.between,
                "score": r.score.score,
                "parts": codec.write_parts(r.score.parts),
                "shared": codec.write_shared(r.score.shared),
                "shown_in": None,
                "by_hand": by_hand,
            }
            for relation_id, (row_id, i, a, b, r) in zip(ids, relations, strict=True)
        ],
    )
    reasons = [
        reason
        for relation_id, (_, _, a, b, r) in zip(ids, relations, strict=True)
        for reason in _reasons(relation_id, a, b, r)
    ]
    insert_many(connection, "reasons", reasons)


def _reasons(relation_id: int, a: ClaimFact, b: ClaimFact, relation: Relation) -> list[dict[str, Any]]:
    out = []
    for i, r in enumerate(relation.reasons):
        a_span, b_span = into_claim(r.a_span, r.a, a), into_claim(r.b_span, r.b, b)
        out.append(
            {
                "relation_id": relation_id,
                "position": i,
                "dimension": r.dimension,
                "outcome": r.outcome,
                "a": r.a,
                "b": r.b,
                "say": r.say,
                "a_start": a_span[0] if a_span else None,
                "a_end": a_span[1] if a_span else None,
                "b_start": b_span[0] if b_span else None,
                "b_end": b_span[1] if b_span else None,
            }
        )
    return out


def into_claim(span: Span | None, words: str, claim: ClaimFact) -> Span | None:
    """A span of the article as a span of the claim; None when it points outside (a date taken from context).

    A span that already counts from the claim's start is known by its words.
    """
    if span is None or span[0] >= span[1]:
        return None
    start, end = span[0] - claim.start, span[1] - claim.start
    if claim.text[max(start, 0) : max(end, 0)] != words and claim.text[slice(*span)] == words:
        return span
    return (start, end) if 0 <= start < end <= len(claim.text) and claim.text[start:end].strip() else None


def clause_in(span: Span, claim: ClaimFact) -> Span | None:
    """A clause, counted from the claim's start; None where no word of the claim stands outside."""
    start, end = span[0] - claim.start, span[1] - claim.start
    if not 0 <= start < end <= len(claim.text):
        return None
    around = claim.text[:start] + claim.text[end:]
    return (start, end) if any(c.isalnum() for c in around) else None


def let_go(connection: Connection, story_id: int, old: Sequence[OldRow], now: datetime) -> None:
    """Rows without successor: those that people spoke of are retired, rows made by hand stay, the others go."""
    going = [o.id for o in old if not o.spoken_of]
    if going:
        connection.execute(ids_in("DELETE FROM alignments WHERE id IN (SELECT value FROM ids_of(:ids))", going))
    staying = [o.id for o in old if o.spoken_of]
    if staying:
        connection.execute(
            ids_in(
                """
                UPDATE alignments SET
                    story_id = :story,
                    retired_at = CASE WHEN by_hand = 1 AND digest = '' THEN NULL ELSE coalesce(retired_at, :now) END
                WHERE id IN (SELECT value FROM ids_of(:ids)) AND (
                    story_id <> :story OR (retired_at IS NULL) <> (by_hand = 1 AND digest = '')
                )
                """,
                staying,
                now=stamp(now),
                story=story_id,
            )
        )
