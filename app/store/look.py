"""A story as one reader asked to see it: rows of a strictness of his own, or of some outlets alone.

The usual look is kept in the tables (`derive.py`); any other is the same machine's layer, the same decisions and the same
faces under a narrower or wider view, made when it is asked for and never written. A row narrowed to some outlets has the
verdict of the relations between their claims: softened where a person softened the row; a verdict of a person that no
relation bears out holds for whatever two outlets are left. A claim left alone, or one outlet agreeing with itself, is
single-source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from app.core.records import Between, Status
from app.store.decided import apply_decisions, end_of, place_ties
from app.store.faces import face
from app.store.pictures import matrix, timeline
from app.store.scene import RANK, Fact, RowFact, Scene, Shown, load_scene

__all__ = ["Looked", "look_at"]


@dataclass(frozen=True, slots=True)
class Looked:
    """The rows of a look: their columns, as `alignments` has them, and the claims they show."""

    columns: Mapping[int, Mapping[str, object]]
    claims: Mapping[int, tuple[int, ...]]
    facts: Mapping[int, Fact]
    matrix: list[tuple[str, str, int, int, int]]
    timeline: list[tuple[str, str, int, bool, str, int]]


def look_at(connection: Connection, story_id: int, strictness: float, outlets: Collection[str]) -> Looked:
    """Every row of the story that this look shows; all outlets when none is named."""
    scene = load_scene(connection, story_id)
    shown = apply_decisions(scene, strictness)
    place_ties(scene, shown)
    flags = defaultdict(list)
    for f in scene.flags:
        flags[end_of(shown, f.row)].append(f)
    columns: dict[int, Mapping[str, object]] = {}
    seen: dict[int, Shown] = {}
    for i, row in scene.rows.items():
        if not shown[i].claims:
            continue
        full, _ = face(row, shown[i], scene, flags[i])
        narrowed = _narrowed(scene, shown[i], outlets) if outlets else shown[i]
        if narrowed.claims:
            seen[i] = narrowed
            columns[i] = full if len(narrowed.claims) == len(shown[i].claims) else _face(row, narrowed, scene, full)
    return Looked(
        columns,
        {i: tuple(s.claims) for i, s in seen.items()},
        scene.claims,
        matrix(scene, seen, columns),
        timeline(scene, seen, columns),
    )


def _narrowed(scene: Scene, shown: Shown, outlets: Collection[str]) -> Shown:
    claims = [c for c in shown.claims if scene.claims[c].outlet_key in outlets]
    left = set(claims)
    return Shown(
        claims=claims,
        label=shown.label,
        ties=[t for t in shown.ties if t.a in left and t.b in left],
        decided=shown.decided,
    )


def _face(row: RowFact, narrowed: Shown, scene: Scene, full: Mapping[str, object]) -> Mapping[str, object]:
    narrowed.status = _verdict(narrowed, scene, Status(str(full["shown_status"])))
    columns, _ = face(row, narrowed, scene, ())
    return {**columns, "shown_label": full["shown_label"], "score": full["score"], "decided": full["decided"]}


def _verdict(narrowed: Shown, scene: Scene, full: Status) -> Status:
    several = len({scene.claims[c].outlet_id for c in narrowed.claims}) > 1
    kinds = {Status(t.kind.value) for t in narrowed.ties if several or t.between is Between.ACTORS}
    if not several and not kinds - {Status.AGREE}:
        return Status.SINGLE
    own = min(kinds, key=lambda s: RANK[s], default=Status.AGREE)
    return max(own, full, key=lambda s: RANK[s]) if full is not Status.SINGLE else own
