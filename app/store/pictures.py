"""What the two pictures above a story's rows are drawn from: outlets against outlets, and the dates told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from app.core.records import Dimension, Outcome, RelationKind, Status
from app.store.scene import RANK, Scene, Shown

__all__ = ["matrix", "timeline"]

Columns = Mapping[int, Mapping[str, object]]


def matrix(scene: Scene, shown: Mapping[int, Shown], columns: Columns) -> list[tuple[str, str, int, int, int]]:
    """(outlet, outlet, rows shared, agreeing, conflicting). A pair counts by its own strongest relation in a row, and a row
    whose verdict a person softened no longer counts as conflict.
    """
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for row_id, row in shown.items():
        outlets = sorted({scene.claims[c].outlet_key for c in row.claims})
        if len(outlets) < 2:
            continue
        own: dict[tuple[str, str], int] = {}
        for tie in row.ties:
            pair = tuple(sorted((scene.claims[tie.a].outlet_key, scene.claims[tie.b].outlet_key)))
            rank = RANK[Status(tie.kind.value)]
            own[pair[0], pair[1]] = min(rank, own.get((pair[0], pair[1]), rank))
        verdict = RANK[Status(str(columns[row_id]["shown_status"]))]
        for i, a in enumerate(outlets):
            for b in outlets[i + 1 :]:
                rank = max(verdict, own.get((a, b), verdict))
                count = counts[a, b]
                count[0] += 1
                count[1] += rank == RANK[Status.AGREE]
                count[2] += rank == RANK[Status.CONFLICT]
    return [(a, b, *count) for (a, b), count in sorted(counts.items())]  # type: ignore[misc]


def timeline(scene: Scene, shown: Mapping[int, Shown], columns: Columns) -> list[tuple[str, str, int, bool, str, int]]:
    """(value, grain, rows, whether they differ on it, label and id of the row that matters most), in order of time."""
    rows: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    split: set[str] = set()
    for row_id, row in shown.items():
        for claim in row.claims:
            fact = scene.claims[claim]
            if fact.event_value and fact.event_grain and fact.event_from:
                rows[fact.event_from, fact.event_value, fact.event_grain].add(row_id)
        for tie in row.ties:
            if (
                tie.kind is RelationKind.CONFLICT
                and columns[row_id]["shown_status"] == Status.CONFLICT
                and any(w.dimension is Dimension.DATE and w.outcome is Outcome.EXCLUDES for w in tie.reasons)
            ):
                split |= {v for v in (scene.claims[tie.a].event_value, scene.claims[tie.b].event_value) if v}
    points = []
    for (_, value, grain), ids in sorted(rows.items()):
        first = min(ids, key=lambda i: str(columns[i]["sort_matter"]))
        points.append((value, grain, len(ids), value in split, str(columns[first]["shown_label"]), first))
    return points
