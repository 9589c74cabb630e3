"""Strictness and people's decisions applied to the machine's rows: which claims stand in which row, and which row shows
each relation.

A row below the strictness asked for is left out and its claims stand alone, each in its own row; one that a person decided
on, or flagged, stands whatever the strictness. Every claim always stands in a row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from app.core.records import VERDICTS, Status
from app.core.thresholds import ROW_SCORE_SHOWN
from app.store.opinions import FORCE
from app.store.row_facts import Decided, RowFacts, Shown
from app.store.tables import MACHINE

__all__ = ["apply_decisions", "place_ties", "row_merged_into", "spoken_of"]


def row_merged_into(shown: Mapping[int, Shown], row_id: int) -> int:
    """The row that stands for this one after merges."""
    seen = set()
    while (into := shown[row_id].merged_into) is not None and row_id not in seen:
        seen.add(row_id)
        row_id = into
    return row_id


def spoken_of(scene: RowFacts) -> set[int]:
    """Rows that a person decided on, alone, beside another or to be agreed to, or with a person's flag that was not dismissed."""
    found = {i for d in scene.decisions for i in (d.row, d.target) if i is not None}
    return found | {f.row for f in scene.flags if f.state == "confirmed" or (f.by != MACHINE and f.state == "open")}


def _standing(scene: RowFacts, strictness: float, decided: set[int]) -> dict[int, Shown]:
    """The machine's rows as far as they are strict enough; of claims that none of them has, their own.

    In this order: rows that a person decided on and rows of the usual strictness; claims' own rows that a person decided on;
    looser rows, of claims that no decision has; all other claims' own rows. So what people decided looks the same at every
    strictness.
    """
    shown = {i: Shown(decided=i in decided) for i in scene.rows}
    standing = {i: row for i, row in scene.rows.items() if row.machine and not row.retired}
    placed: set[int] = set()

    def stand(i: int) -> None:
        shown[i].claims = list(standing[i].machine)
        placed.update(standing[i].machine)

    for i, row in standing.items():
        if not row.lone and (i in decided or row.score >= max(strictness, ROW_SCORE_SHOWN)):
            stand(i)
    for i, row in standing.items():
        if row.lone and i in decided and not placed.issuperset(row.machine):
            stand(i)
    for i, row in standing.items():
        loose = not row.lone and i not in decided and strictness <= row.score < ROW_SCORE_SHOWN
        if loose and placed.isdisjoint(row.machine):
            stand(i)
    for i, row in standing.items():
        if row.lone and not shown[i].claims and not placed.issuperset(row.machine):
            stand(i)
    return shown


def apply_decisions(scene: RowFacts, strictness: float = ROW_SCORE_SHOWN) -> dict[int, Shown]:
    shown = _standing(scene, strictness, spoken_of(scene))
    for d in scene.decisions:
        if scene.rows[d.row].retired or d.standing != FORCE:
            continue
        here = shown[row_merged_into(shown, d.row)]
        if d.kind == "merge":
            _merge(scene, shown, d)
        elif d.kind == "split" and d.target in shown:
            moved = _named(scene, here, d)
            if 0 < len(moved) < len(here.claims):
                here.claims = [c for c in here.claims if c not in moved]
                here.status = here.status if len(here.claims) > 1 else None  # a verdict is of two claims at least
                shown[d.target].claims += moved
        elif d.kind == "reject":
            _reject(scene, shown, here, d)
        elif d.kind == "relabel" and d.value is not None:
            if d.value in VERDICTS:
                here.status = Status(d.value)
            else:
                here.label = d.value
    return shown


def _merge(scene: RowFacts, shown: dict[int, Shown], d: Decided) -> None:
    if d.target is None or d.target not in shown or scene.rows[d.target].retired:
        return
    start, end = row_merged_into(shown, d.row), row_merged_into(shown, d.target)
    if start != end and shown[start].claims:
        shown[end].claims += [c for c in shown[start].claims if c not in shown[end].claims]
        shown[end].decided = True
        shown[start].claims = []
        shown[start].merged_into = end


def _named(scene: RowFacts, here: Shown, d: Decided) -> list[int]:
    keys = {(article, print_) for article, print_, _ in d.claims}
    return [c for c in here.claims if (scene.claims[c].article_id, scene.claims[c].fingerprint) in keys]


def _reject(scene: RowFacts, shown: dict[int, Shown], here: Shown, d: Decided) -> None:
    rows = {(article, print_): row for article, print_, row in d.claims}
    for claim in _named(scene, here, d):
        fact = scene.claims[claim]
        row = rows[fact.article_id, fact.fingerprint]
        if row in shown and row is not None:
            here.claims.remove(claim)
            shown[row].claims.append(claim)
    here.rejected = not here.claims


def place_ties(scene: RowFacts, shown: dict[int, Shown]) -> dict[int, int | None]:
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
