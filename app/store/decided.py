"""People's decisions applied to the machine's rows: which claims stand in which row, and which row shows each relation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from app.core.records import Status
from app.store.scene import Decided, Scene, Shown

__all__ = ["apply_decisions", "end_of", "place_ties"]


def end_of(shown: Mapping[int, Shown], row_id: int) -> int:
    """The row that stands for this one after merges."""
    seen = set()
    while (into := shown[row_id].merged_into) is not None and row_id not in seen:
        seen.add(row_id)
        row_id = into
    return row_id


def apply_decisions(scene: Scene) -> dict[int, Shown]:
    shown = {i: Shown(claims=[] if row.retired else list(row.machine)) for i, row in scene.rows.items()}
    for d in scene.decisions:
        if scene.rows[d.row].retired:
            continue
        here = shown[end_of(shown, d.row)]
        if d.kind == "merge":
            _merge(scene, shown, d)
        elif d.kind == "split" and d.target in shown:
            moved = _named(scene, here, d)
            if 0 < len(moved) < len(here.claims):
                here.claims = [c for c in here.claims if c not in moved]
                shown[d.target].claims += moved
        elif d.kind == "reject":
            _reject(scene, shown, here, d)
        elif d.kind == "relabel" and d.value is not None:
            if d.value in set(Status):
                here.status = Status(d.value)
            else:
                here.label = d.value
    return shown


def _merge(scene: Scene, shown: dict[int, Shown], d: Decided) -> None:
    if d.target is None or d.target not in shown or scene.rows[d.target].retired:
        return
    start, end = end_of(shown, d.row), end_of(shown, d.target)
    if start != end and shown[start].claims:
        shown[end].claims += [c for c in shown[start].claims if c not in shown[end].claims]
        shown[start].claims = []
        shown[start].merged_into = end


def _named(scene: Scene, here: Shown, d: Decided) -> list[int]:
    keys = {(article, print_) for article, print_, _ in d.claims}
    return [c for c in here.claims if (scene.claims[c].article_id, scene.claims[c].fingerprint) in keys]


def _reject(scene: Scene, shown: dict[int, Shown], here: Shown, d: Decided) -> None:
    rows = {(article, print_): row for article, print_, row in d.claims}
    for claim in _named(scene, here, d):
        fact = scene.claims[claim]
        row = rows[fact.article_id, fact.fingerprint]
        if row in shown and row is not None:
            here.claims.remove(claim)
            shown[row].claims.append(claim)
    here.rejected = not here.claims


def place_ties(scene: Scene, shown: dict[int, Shown]) -> dict[int, int | None]:
    """Which row shows each relation: its own when both claims are there still, else another that holds both."""
    rows_of: dict[int, set[int]] = defaultdict(set)
    for row_id, row in shown.items():
        for claim in row.claims:
            rows_of[claim].add(row_id)
    places: dict[int, int | None] = {}
    for tie in scene.ties:
        both = rows_of[tie.a] & rows_of[tie.b]
        home = tie.row if tie.row in both or (not shown[tie.row].claims and not both) else min(both, default=None)
        places[tie.id] = home
        if home is not None and home in both:
            shown[home].ties.append(tie)
    return places
