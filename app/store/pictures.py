"""What the two pictures above a story's rows are drawn from: outlets against outlets, and the dates told.

Both are counted over `Pictured` rows: `pictured` has them of a scene in memory, `kept_pictures` counts those that the tables
show now, so that a word on one row need not load the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from sqlalchemy import Connection

from app.core.records import Dimension, Outcome, RelationKind, Status
from app.store.row_facts import RANK, RowFacts, Shown, Tie
from app.store.sql import tuples

__all__ = ["MatrixRow", "Pictured", "TimelineRow", "kept_pictures", "matrix", "pictured", "timeline"]

MatrixRow = tuple[str, str, int, int, int]
"""Outlet, outlet, rows shared, agreeing, conflicting."""
TimelineRow = tuple[str, str, int, bool, str, int]
"""Value, grain, rows, whether they differ on it, label and id of the row that matters most."""

Event = tuple[str, str, str]
"""The first day a claim tells of, its value and its grain."""
_OF_KIND = {kind.value: RANK[Status(kind.value)] for kind in RelationKind}


@dataclass(slots=True)
class Pictured:
    """A row as far as pictures care. `ties`: two outlets and the rank of a relation between them; `split`: dates that
    exclude each other in it.
    """

    id: int
    status: str
    label: str
    sort: str
    outlets: set[str] = field(default_factory=set)
    events: set[Event] = field(default_factory=set)
    ties: list[tuple[str, str, int]] = field(default_factory=list)
    split: set[str] = field(default_factory=set)


def matrix(rows: Iterable[Pictured]) -> list[MatrixRow]:
    """A pair counts by its own strongest relation in a row, and a row whose verdict a person softened no longer counts as
    conflict.
    """
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        if len(row.outlets) < 2:
            continue
        own: dict[tuple[str, str], int] = {}
        for a, b, rank in row.ties:
            pair = (a, b) if a <= b else (b, a)
            own[pair] = min(rank, own.get(pair, rank))
        verdict = RANK[Status(row.status)]
        for pair in combinations(sorted(row.outlets), 2):
            rank = max(verdict, own.get(pair, verdict))
            count = counts[pair]
            count[0] += 1
            count[1] += rank == RANK[Status.AGREE]
            count[2] += rank == RANK[Status.CONFLICT]
    return [(a, b, count[0], count[1], count[2]) for (a, b), count in sorted(counts.items())]


def timeline(rows: Iterable[Pictured]) -> list[TimelineRow]:
    """In order of time."""
    told: dict[Event, list[Pictured]] = defaultdict(list)
    split: set[str] = set()
    for row in rows:
        for event in row.events:
            told[event].append(row)
        if row.status == Status.CONFLICT:
            split |= row.split
    points = []
    for (_, value, grain), found in sorted(told.items(), key=lambda x: x[0]):
        first = min(found, key=lambda row: row.sort)
        points.append((value, grain, len(found), value in split, first.label, first.id))
    return points


def pictured(
    scene: RowFacts, shown: Mapping[int, Shown], columns: Mapping[int, Mapping[str, object]]
) -> Iterator[Pictured]:
    """The rows of a scene that show something."""
    for row_id, row in shown.items():
        if not row.claims:
            continue
        facts = [scene.claims[c] for c in row.claims]
        face = columns[row_id]
        yield Pictured(
            row_id,
            str(face["shown_status"]),
            str(face["shown_label"]),
            str(face["sort_matter"]),
            {f.outlet_key for f in facts},
            {
                (f.event_from, f.event_value, f.event_grain)
                for f in facts
                if f.event_value and f.event_grain and f.event_from
            },
            [(scene.claims[t.a].outlet_key, scene.claims[t.b].outlet_key, _OF_KIND[t.kind.value]) for t in row.ties],
            {v for v in _split(scene, row.ties) if v},
        )


def _split(scene: RowFacts, ties: Sequence[Tie]) -> Iterator[str | None]:
    for tie in ties:
        if tie.kind is RelationKind.CONFLICT and any(
            w.dimension is Dimension.DATE and w.outcome is Outcome.EXCLUDES for w in tie.reasons
        ):
            yield scene.claims[tie.a].event_value
            yield scene.claims[tie.b].event_value


_ROWS = """
    SELECT id, shown_status, shown_label, sort_matter FROM alignments WHERE story_id = :story AND shown = 1 ORDER BY id
"""
_TOLD = """
    SELECT DISTINCT alignments.id, outlets."key", claims.event_from, claims.event_value, claims.event_grain
    FROM alignments JOIN alignment_members ON alignment_members.alignment_id = alignments.id AND alignment_members.shown = 1
    JOIN claims ON claims.id = alignment_members.claim_id
    JOIN standing_articles AS articles ON articles.id = claims.article_id JOIN outlets ON outlets.id = articles.outlet_id
    WHERE alignments.story_id = :story AND alignments.shown = 1
"""
_TIES = """
    SELECT alignments.id, a_outlet."key", b_outlet."key", relations.kind, a.event_value, b.event_value,
        relations.kind = 'conflict' AND EXISTS (SELECT 1 FROM reasons WHERE reasons.relation_id = relations.id
            AND reasons.dimension = 'date' AND reasons.outcome = 'excludes')
    FROM alignments JOIN relations ON relations.shown_in = alignments.id
    JOIN claims AS a ON a.id = relations.a_claim_id JOIN standing_articles AS a_article ON a_article.id = a.article_id
    JOIN outlets AS a_outlet ON a_outlet.id = a_article.outlet_id
    JOIN claims AS b ON b.id = relations.b_claim_id JOIN standing_articles AS b_article ON b_article.id = b.article_id
    JOIN outlets AS b_outlet ON b_outlet.id = b_article.outlet_id
    WHERE alignments.story_id = :story AND alignments.shown = 1
"""


def kept_pictures(connection: Connection, story_id: int) -> tuple[list[MatrixRow], list[TimelineRow]]:
    """Matrix and time line of the rows as they are kept: the same as those of the whole scene."""
    rows = {r[0]: Pictured(*r) for r in tuples(connection, _ROWS, story=story_id)}
    for row_id, outlet, *event in tuples(connection, _TOLD, story=story_id):
        rows[row_id].outlets.add(outlet)
        if all(event):
            rows[row_id].events.add((event[0], event[1], event[2]))
    for row_id, a, b, kind, a_value, b_value, split in tuples(connection, _TIES, story=story_id):
        rows[row_id].ties.append((a, b, _OF_KIND[kind]))
        if split:
            rows[row_id].split |= {v for v in (a_value, b_value) if v}
    return matrix(rows.values()), timeline(rows.values())
