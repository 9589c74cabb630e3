"""What a reader is shown, from what the machine found and what people decided.

The machine's layer is never touched here; decisions are applied to it in the order they were made, so undoing one is leaving
it out. A decision whose claims are gone does nothing, and does it again when they come back.

- merge moves a row's claims into another; the emptied row answers with that one;
- split moves claims into a row made for them; reject moves each of the claims it named into one of its own;
- relabel changes label or verdict; confirm only says so;
- a flag confirmed makes a conflict; a conflict whose flags were all dismissed shows as diverge.

Only what differs is written, so deriving twice writes nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, text
from sqlmodel import Session

from app.core.records import Between, Status
from app.store.pictures import matrix, timeline
from app.store.scene import DERIVED, RANK, Decided, Fact, FlagFact, RowFact, Scene, Shown, Tie, linked_rows, load_scene
from app.store.sql import fresh_ids, ids_in
from app.store.summary import deciding, dimensions_of, summarise
from app.store.tables import MACHINE, FlagEventRow, FlagRow

__all__ = ["derive"]

_SEEN = [name for name in DERIVED if not name.startswith("queue_")]
_QUEUE_RANK = {"open": 0, "confirmed": 1, "dismissed": 2}


def derive(session: Session, story_id: int, now: datetime, row_id: int | None = None) -> None:
    """Recompute everything shown of a story's rows; a fixed number of statements, whatever their number.

    After a word on one row (`row_id`) only what it can touch is looked at, and the rest only if that row then shows
    otherwise than before.
    """
    connection = session.connection()
    session.flush()
    scene = load_scene(connection, story_id, None if row_id is None else linked_rows(connection, row_id))
    shown = _apply(scene)
    for i, row_shown in shown.items():
        if row_shown.merged_into is not None:
            row_shown.merged_into = _end(shown, i)  # one step, however long the chain of merges
    places = _place_ties(scene, shown)
    flags = defaultdict(list)
    for f in scene.flags:
        flags[_end(shown, f.row)].append(f)
    columns: dict[int, dict[str, object]] = {}
    conflicts: set[int] = set()
    for i, row in scene.rows.items():
        columns[i], conflict = _columns(row, shown[i], scene, flags[i])
        if conflict:
            conflicts.add(i)
    if row_id is not None and any(scene.rows[i].kept[n] != c[n] for i, c in columns.items() for n in _SEEN):
        derive(session, story_id, now)
        return
    _write_rows(connection, scene, columns)
    _write_members(connection, scene, shown)
    _write_places(connection, scene, shown, columns, places)
    _raise_flags(connection, scene, conflicts, now)
    if row_id is None:
        connection.execute(
            text(
                "UPDATE stories SET matrix = :matrix, timeline = :timeline"
                " WHERE id = :id AND (matrix, timeline) <> (:matrix, :timeline)"
            ),
            {
                "id": story_id,
                "matrix": json.dumps(matrix(scene, shown, columns)),
                "timeline": json.dumps(timeline(scene, shown, columns)),
            },
        )


def _end(shown: Mapping[int, Shown], row_id: int) -> int:
    """The row that stands for this one after merges."""
    seen = set()
    while (into := shown[row_id].merged_into) is not None and row_id not in seen:
        seen.add(row_id)
        row_id = into
    return row_id


def _apply(scene: Scene) -> dict[int, Shown]:
    shown = {i: Shown(claims=[] if row.retired else list(row.machine)) for i, row in scene.rows.items()}
    for d in scene.decisions:
        if scene.rows[d.row].retired:
            continue
        here = shown[_end(shown, d.row)]
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
    start, end = _end(shown, d.row), _end(shown, d.target)
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


def _place_ties(scene: Scene, shown: dict[int, Shown]) -> dict[int, int | None]:
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


def _columns(row: RowFact, shown: Shown, scene: Scene, flags: Sequence[FlagFact]) -> tuple[dict[str, object], bool]:
    """The derived columns, and whether the machine (or a relabelling) calls the row a conflict."""
    claims = sorted(shown.claims, key=lambda c: (scene.claims[c].published or "9999", c))
    if not claims:
        return _hidden(row, shown, scene, flags), False
    facts = [scene.claims[c] for c in claims]
    outlets = len({f.outlet_id for f in facts})
    status = _status(row, shown, facts)
    conflict = status is Status.CONFLICT
    state = _queue_state(flags, conflict=conflict, settled=_confirmed(scene, row.id))
    if any(f.state == "confirmed" and f.by != MACHINE for f in flags):
        status = Status.CONFLICT
    elif conflict and state == "dismissed":
        status = Status.DIVERGE
    ties = deciding(shown.ties, status) or (deciding(shown.ties, Status.CONFLICT) if conflict else [])
    between = _between(ties)
    by_hand = next((scene.rows[t.row].label for t in ties), None) if row.by_hand and len(claims) > 1 else None
    event = _event(facts)
    first = facts[0]
    reading = f"{first.published or '9999-99-99'}{first.article_id:08d}{first.position:06d}{row.id:010d}"
    columns: dict[str, object] = {
        "shown": True,
        "shown_label": shown.label or by_hand or row.label,
        "shown_status": status.value,
        "between": between.value if between else None,
        "dimensions": json.dumps([d.value for d in dimensions_of(ties)]),
        "summary": summarise(ties, scene.claims, status, between),
        "outlets": outlets,
        "score": round(sum(t.score for t in shown.ties) / len(shown.ties), 6) if shown.ties else 1.0,
        "event_from": event,
        "rejected": False,
        "merged_into_id": None,
        "sort_matter": f"{RANK[status]}{99 - min(outlets, 99):02d}{reading}",
        "sort_event": f"{event or '9999-99-99'}{RANK[status]}{reading}",
        "sort_reading": reading,
        "queue_state": state,
        "queue_sort": _queue_sort(state, flags, outlets, row.id),
    }
    return columns, conflict


def _hidden(row: RowFact, shown: Shown, scene: Scene, flags: Sequence[FlagFact]) -> dict[str, object]:
    """A row without claims of its own: merged away, rejected, retired, or a split undone."""
    facts = [scene.claims[c] for c in row.machine]
    conflict = row.status is Status.CONFLICT or any(f.by != MACHINE for f in flags)
    state = "dismissed" if shown.rejected and conflict else None
    kept = row.kept if row.retired else {}
    return {
        "shown": False,
        "shown_label": kept.get("shown_label") or shown.label or row.label,
        "shown_status": kept.get("shown_status") or row.status.value,
        "between": kept.get("between") or (row.kept["between"] if shown.rejected else None),
        "dimensions": row.kept["dimensions"],
        "summary": row.kept["summary"],
        "outlets": len({f.outlet_id for f in facts}),
        "score": row.kept["score"],
        "event_from": row.kept["event_from"],
        "rejected": shown.rejected,
        "merged_into_id": shown.merged_into,
        "sort_matter": "",
        "sort_event": "",
        "sort_reading": "",
        "queue_state": state,
        "queue_sort": _queue_sort(state, flags, 0, row.id),
    }


def _status(row: RowFact, shown: Shown, facts: Sequence[Fact]) -> Status:
    if shown.status is not None:
        return shown.status
    if set(shown.claims) == set(row.machine):
        return row.status
    kinds = {Status(t.kind.value) for t in shown.ties}
    if kinds:
        return min(kinds, key=lambda s: RANK[s])
    # Put together by a person, never judged by the machine: they were said to state the same.
    return Status.AGREE if len({f.article_id for f in facts}) > 1 else Status.SINGLE


def _between(ties: Sequence[Tie]) -> Between | None:
    """Between outlets as soon as two outlets differ, else between actors."""
    sides = {t.between for t in ties}
    return Between.OUTLETS if Between.OUTLETS in sides else next(iter(sides), None)


def _event(facts: Sequence[Fact]) -> str | None:
    """The day most claims of the row tell of; the earliest of equals."""
    count: dict[str, int] = defaultdict(int)
    for f in facts:
        if f.event_from:
            count[f.event_from] += 1
    return min(count, key=lambda d: (-count[d], d)) if count else None


def _confirmed(scene: Scene, row_id: int) -> bool:
    return any(d.kind == "confirm" and d.row == row_id for d in scene.decisions)


def _queue_state(flags: Sequence[FlagFact], *, conflict: bool, settled: bool) -> str | None:
    """Open while anything is undecided. A confirmed row is decided even before the machine has raised its flag."""
    if not conflict and not any(f.by != MACHINE or f.state != "open" for f in flags):
        return None
    states = {f.state for f in flags if not (settled and f.by == MACHINE and f.state == "open")}
    if "open" in states:
        return "open"
    if "confirmed" in states or settled:
        return "confirmed"
    return "dismissed" if states else "open"


def _queue_sort(state: str | None, flags: Sequence[FlagFact], outlets: int, row_id: int) -> str | None:
    if state is None:
        return None
    by_people = 0 if any(f.by != MACHINE for f in flags) else 1
    return f"{_QUEUE_RANK[state]}{by_people}{99 - min(outlets, 99):02d}{row_id:010d}"


def _write_rows(connection: Connection, scene: Scene, columns: Mapping[int, Mapping[str, object]]) -> None:
    changed = [
        {"id": i, **c} for i, c in columns.items() if any(scene.rows[i].kept[name] != c[name] for name in DERIVED)
    ]
    if changed:
        sets = ", ".join(f'"{name}" = :{name}' for name in DERIVED)
        connection.execute(text(f"UPDATE alignments SET {sets} WHERE id = :id"), changed)  # noqa: S608 - constants only


def _write_members(connection: Connection, scene: Scene, shown: Mapping[int, Shown]) -> None:
    """Retired and rejected rows go on showing the machine's claims on their own page."""
    put, unput = [], []
    for row_id, row in scene.rows.items():
        s = shown[row_id]
        wanted = set(s.claims) or (set(row.machine) if row.retired or s.rejected else set())
        put += [{"row": row_id, "claim": c} for c in sorted(wanted - row.shown)]
        unput += [{"row": row_id, "claim": c} for c in sorted(row.shown - wanted)]
    if unput:
        this = "alignment_id = :row AND claim_id = :claim"
        connection.execute(text(f"DELETE FROM alignment_members WHERE {this} AND NOT by_machine"), unput)  # noqa: S608
        connection.execute(text(f"UPDATE alignment_members SET shown = 0 WHERE {this}"), unput)  # noqa: S608
    if put:
        connection.execute(
            text(
                """
                INSERT INTO alignment_members (alignment_id, claim_id, by_machine, shown) VALUES (:row, :claim, 0, 1)
                ON CONFLICT (alignment_id, claim_id) DO UPDATE SET shown = 1
                """
            ),
            put,
        )


def _write_places(
    connection: Connection,
    scene: Scene,
    shown: Mapping[int, Shown],
    columns: Mapping[int, Mapping[str, object]],
    places: Mapping[int, int | None],
) -> None:
    """Where each claim and each relation is to be found. A claim of several rows belongs to the one that matters most."""
    best: dict[int, tuple[str, int]] = {}
    for row_id, row in shown.items():
        for claim in row.claims:
            rank = (str(columns[row_id]["sort_matter"]), row_id)
            best[claim] = min(best.get(claim, rank), rank)
    moved = [
        {"claim": c, "row": best[c][1] if c in best else None}
        for c, now_in in scene.claim_rows.items()
        if now_in != (best[c][1] if c in best else None)
    ]
    if moved:
        connection.execute(text("UPDATE claims SET row_id = :row WHERE id = :claim"), moved)
    ties = [{"id": t.id, "row": places[t.id]} for t in scene.ties if t.shown_in != places[t.id]]
    if ties:
        connection.execute(text("UPDATE relations SET shown_in = :row WHERE id = :id"), ties)


def _raise_flags(connection: Connection, scene: Scene, conflicts: set[int], now: datetime) -> None:
    """The machine flags what it calls a conflict, once a row, and takes an undecided flag back when it no longer does."""
    have = {f.row: f for f in scene.flags if f.by == MACHINE}
    over = [f.id for row, f in have.items() if row not in conflicts and f.state == "open"]
    if over:
        connection.execute(ids_in("DELETE FROM flags WHERE id IN (SELECT value FROM json_each(:ids))", over))
    fresh: list[dict[str, Any]] = [
        {"alignment_id": r, "by": MACHINE, "state": "open", "note": "", "at": now}
        for r in sorted(conflicts - set(have))
    ]
    if fresh:
        ids = fresh_ids(connection, "flags", len(fresh))
        connection.execute(insert(FlagRow), [{"id": i, **f} for i, f in zip(ids, fresh, strict=True)])
        connection.execute(
            insert(FlagEventRow), [{"flag_id": i, "what": "raised", "by": MACHINE, "note": "", "at": now} for i in ids]
        )
