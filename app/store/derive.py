"""What a reader is shown, from what the machine found and what people decided.

The machine's layer is never touched here; decisions are applied to it in the order they were made, so undoing one is leaving
it out. A decision whose claims are gone does nothing, and does it again when they come back.

- merge moves a row's claims into another; the emptied row answers with that one;
- split moves claims into a row made for them; reject moves each of the claims it named into one of its own;
- relabel changes label or verdict; confirm only says so;
- a decision that differs from another person's in force is kept beside it and has no effect (`opinions.py`);
- a flag confirmed makes a conflict, but of one claim, which stays what it is, doubted; a conflict whose flags were all
  dismissed shows as diverge.

Only what differs is written, so deriving twice writes nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, text
from sqlmodel import Session

from app.core.records import Status
from app.store.decided import apply_decisions, place_ties, row_merged_into
from app.store.judging import MODEL, judge_anew
from app.store.load import linked_rows, load_scene
from app.store.outbox import tell_rows
from app.store.pictures import MatrixRow, TimelineRow, kept_pictures, matrix, pictured, timeline
from app.store.row_display import face
from app.store.row_facts import DERIVED, RowFacts, Shown
from app.store.sql import fresh_ids, ids_in, insert_many, listed, run_many, tuples
from app.store.terms import MACHINE, stamp

__all__ = ["derive"]

_SEEN = [name for name in DERIVED if name != "decided" and not name.startswith("queue_")]


def derive(session: Session, story_id: int, now: datetime, touched: Collection[int] | None = None) -> None:
    """Recompute everything shown of a story's rows; a fixed number of statements, whatever their number.

    After a word on some rows (`touched`) only what it can reach is looked at: the rows that share claims or decisions with
    them. Nothing else can show otherwise than before, but for the two pictures, which are then counted anew.
    """
    connection = session.connection()
    session.flush()
    scene = load_scene(connection, story_id, None if touched is None else linked_rows(connection, touched))
    shown = apply_decisions(scene)
    judge_anew(connection, scene, shown, session.info.get(MODEL, lambda: None))
    for i, row_shown in shown.items():
        if row_shown.merged_into is not None:
            row_shown.merged_into = row_merged_into(shown, i)  # one step, however long the chain of merges
    places = place_ties(scene, shown)
    flags = defaultdict(list)
    for f in scene.flags:
        flags[row_merged_into(shown, f.row)].append(f)
    columns: dict[int, dict[str, object]] = {}
    conflicts: set[int] = set()
    for i, row in scene.rows.items():
        columns[i], conflict = face(row, shown[i], scene, flags[i])
        if conflict:
            conflicts.add(i)
    changed = touched is None or any(scene.rows[i].kept[n] != c[n] for i, c in columns.items() for n in _SEEN)
    _write_rows(connection, scene, columns)
    _write_members(connection, scene, shown)
    _write_places(connection, scene, shown, columns, places)
    _write_standings(connection, scene)
    _raise_flags(connection, scene, conflicts, now)
    _see_first(connection, scene, columns, now)
    if touched is None:
        rows = list(pictured(scene, shown, columns))
        _write_pictures(connection, story_id, matrix(rows), timeline(rows))
    elif changed:
        _write_pictures(connection, story_id, *kept_pictures(connection, story_id))


def _write_pictures(
    connection: Connection, story_id: int, pairs: Sequence[MatrixRow], points: Sequence[TimelineRow]
) -> None:
    connection.execute(
        text(
            "UPDATE stories SET matrix = :matrix, timeline = :timeline"
            " WHERE id = :id AND (matrix, timeline) <> (:matrix, :timeline)"
        ),
        {"id": story_id, "matrix": json.dumps(pairs), "timeline": json.dumps(points)},
    )


def _write_rows(connection: Connection, scene: RowFacts, columns: Mapping[int, Mapping[str, object]]) -> None:
    changed = [
        {"id": i, **c} for i, c in columns.items() if any(scene.rows[i].kept[name] != c[name] for name in DERIVED)
    ]
    if changed:
        sets = ", ".join(f'"{name}" = :{name}' for name in DERIVED)
        run_many(connection, f"UPDATE alignments SET {sets} WHERE id = :id", changed)  # noqa: S608 - constants only


def _write_members(connection: Connection, scene: RowFacts, shown: Mapping[int, Shown]) -> None:
    """Rows that are not shown (retired, rejected, not strict enough) have the machine's claims on their own page."""
    put, unput = [], []
    for row_id, row in scene.rows.items():
        s = shown[row_id]
        wanted = set(s.claims) or (set(row.machine) if s.merged_into is None else set())
        put += [{"row": row_id, "claim": c} for c in sorted(wanted - row.shown)]
        unput += [{"row": row_id, "claim": c} for c in sorted(row.shown - wanted)]
    if unput:
        this = "alignment_id = :row AND claim_id = :claim"
        run_many(connection, f"DELETE FROM alignment_members WHERE {this} AND by_machine = 0", unput)  # noqa: S608
        run_many(connection, f"UPDATE alignment_members SET shown = 0 WHERE {this}", unput)  # noqa: S608
    run_many(
        connection,
        """
        INSERT INTO alignment_members (alignment_id, claim_id, by_machine, shown) VALUES (:row, :claim, 0, 1)
        ON CONFLICT (alignment_id, claim_id) DO UPDATE SET shown = 1
        """,
        put,
    )


def _write_places(
    connection: Connection,
    scene: RowFacts,
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
    run_many(connection, "UPDATE claims SET row_id = :row WHERE id = :claim", moved)
    ties = [{"id": t.id, "row": places[t.id]} for t in scene.ties if t.shown_in != places[t.id]]
    run_many(connection, "UPDATE relations SET shown_in = :row WHERE id = :id", ties)


def _write_standings(connection: Connection, scene: RowFacts) -> None:
    changed = [{"id": d.id, "standing": d.standing} for d in scene.decisions if d.standing != d.kept_standing]
    run_many(connection, "UPDATE decisions SET standing = :standing WHERE id = :id", changed)


def _see_first(
    connection: Connection, scene: RowFacts, columns: Mapping[int, Mapping[str, object]], now: datetime
) -> None:
    """When a row first showed as a conflict is kept once and for all."""
    fresh = [
        {"id": i, "now": stamp(now)}
        for i, c in columns.items()
        if c["shown"] and c["shown_status"] == Status.CONFLICT and scene.rows[i].first_seen is None
    ]
    run_many(connection, "UPDATE alignments SET first_seen = :now WHERE id = :id", fresh)
    tell_rows(connection, "conflict", [int(str(r["id"])) for r in fresh], now, what="found")


def _raise_flags(connection: Connection, scene: RowFacts, conflicts: set[int], now: datetime) -> None:
    """The machine flags what it calls a conflict, once a row, and withdraws an undecided flag when it no longer does.

    A flag is never deleted here: people may have written beside it. One that was withdrawn is raised again.
    """
    have = {f.row: f for f in scene.flags if f.by == MACHINE}
    over = [f.id for row, f in sorted(have.items()) if row not in conflicts and f.state == "open"]
    if over:
        withdraw = "UPDATE flags SET withdrawn_at = :now WHERE id IN (SELECT value FROM ids_of(:ids))"
        connection.execute(ids_in(withdraw, over, now=stamp(now)))
    raised = sorted(conflicts - set(have))
    again = dict(tuples(connection, _RAISED_BEFORE, ids=listed(raised), machine=MACHINE)) if raised else {}
    if again:
        raise_again = "UPDATE flags SET withdrawn_at = NULL WHERE id IN (SELECT value FROM ids_of(:ids))"
        connection.execute(ids_in(raise_again, again.values()))
    fresh = [row for row in raised if row not in again]
    ids = fresh_ids(connection, "flags", len(fresh))
    flag = {"by": MACHINE, "state": "open", "note": "", "at": stamp(now)}
    insert_many(connection, "flags", [{"id": i, "alignment_id": r, **flag} for i, r in zip(ids, fresh, strict=True)])
    events = [(i, "withdrawn") for i in over] + [(i, "raised") for i in (*sorted(again.values()), *ids)]
    event = {"by": MACHINE, "note": "", "at": stamp(now)}
    insert_many(connection, "flag_events", [{"flag_id": i, "what": what, **event} for i, what in events])


_RAISED_BEFORE = """
    SELECT alignment_id, flags.id FROM ids_of(:ids) AS wanted
    JOIN flags ON flags.alignment_id = wanted.value AND flags."by" = :machine AND flags.withdrawn_at IS NOT NULL
"""
