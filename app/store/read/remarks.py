# ruff: noqa: S608 - statements are put together from constants
"""What people said of rows, as it is shown: flags with every opinion on them, decisions with what they are beside others,
the work on rows and the comments on them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from app.store.opinions import (
    BESIDE,
    FORCE,
    OpinionGiven,
    answer_in_force,
    decision_word,
    differ,
    flag_words,
    standings,
)
from app.store.read.lines import parsed_moment
from app.store.sql import ask_ids
from app.store.terms import MACHINE
from app.store.views import CommentView, DecisionView, FlagView, OpinionView, WorkView

__all__ = [
    "THOSE",
    "comment_view",
    "comments_of",
    "decision_view",
    "decisions_of",
    "flag_view",
    "flags_of",
    "opinions_of",
    "two_opinions",
    "undone_of",
    "work_of",
]


def flag_view(
    r: Mapping[str, Any], row_id: int | None = None, opinions: tuple[OpinionView, ...] = (), whose: str | None = None
) -> FlagView:
    return FlagView(
        id=r["id"],
        alignment_id=row_id or r["alignment_id"],
        state=r["state"],
        note=r["note"],
        by=r["by"],
        at=datetime.fromisoformat(r["at"]),
        decided_by=r["decided_by"],
        decided_at=parsed_moment(r["decided_at"]),
        opinions=opinions,
        whose=whose,
    )


def opinions_of(connection: Connection, flags: Sequence[Mapping[str, Any]]) -> dict[int, tuple[OpinionView, ...]]:
    """What each person says of these flags now, by flag, in one statement."""
    events: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for e in ask_ids(connection, _EVENTS, sorted({f["id"] for f in flags})):
        events[e["flag_id"]].append(e)
    found = {}
    for f in flags:
        said = {e["id"]: e for e in events[f["id"]]}
        words = flag_words(events[f["id"]], MACHINE)
        stand, agreed = standings(words), answer_in_force(words) == f["state"]
        found[f["id"]] = tuple(
            OpinionView(
                w.by,
                str(w.answer),
                said[w.id]["note"],
                datetime.fromisoformat(said[w.id]["at"]),
                stand[w.id] if agreed or stand[w.id] != FORCE else BESIDE,
            )
            for w in {w.by: w for w in words}.values()
        )
    return found


def two_opinions(flags: Iterable[FlagView], decisions: Iterable[DecisionView]) -> bool:
    """Whether two people answer one question about a row otherwise."""
    told = list(decisions)
    if any(d.standing == BESIDE for d in told) or differ(_words(told)):
        return True
    return any(len({o.says for o in f.opinions}) > 1 or BESIDE in {o.standing for o in f.opinions} for f in flags)


def _words(decisions: Iterable[DecisionView]) -> Iterator[OpinionGiven]:
    for d in decisions:
        target = int(d.value) if d.kind == "merge" and d.value else 0
        yield decision_word({**asdict(d), "target_id": target, "needs": 1, "machine_status": None})


def decision_view(r: Mapping[str, Any]) -> DecisionView:
    return DecisionView(
        id=r["id"],
        alignment_id=r["alignment_id"],
        kind=r["kind"],
        value=r["value"],
        note=r["note"],
        by=r["by"],
        at=datetime.fromisoformat(r["at"]),
        undone_at=parsed_moment(r["undone_at"]),
        undone_by=r["undone_by"],
        standing=r["standing"],
        stood=r["stood"],
    )


THOSE = """WITH those AS (
        SELECT value AS row_id, value AS id FROM ids_of(:ids)
        UNION SELECT wanted.value, alignments.id
        FROM ids_of(:ids) AS wanted CROSS JOIN alignments ON alignments.merged_into_id = wanted.value
    )"""
"""These rows and those merged into them. They come first (CROSS JOIN): an OR between the two would visit everything ever said."""
_FLAGS = f"""
    {THOSE} SELECT flags.*, those.row_id
    FROM those CROSS JOIN flags ON flags.alignment_id = those.id AND flags.withdrawn_at IS NULL
    ORDER BY flags.at, flags.id
"""
_EVENTS = """
    SELECT flag_events.* FROM ids_of(:ids) AS wanted JOIN flag_events ON flag_events.flag_id = wanted.value
    ORDER BY flag_events.flag_id, flag_events.id
"""
_UNDONE = f"""
    {THOSE} SELECT decisions.*, those.row_id
    FROM those CROSS JOIN decisions ON decisions.alignment_id = those.id AND decisions.undone_by <> decisions."by"
    ORDER BY decisions.undone_at, decisions.id
"""
_DECISIONS = f"""
    {THOSE} SELECT decisions.*, those.row_id
    FROM those CROSS JOIN decisions ON decisions.alignment_id = those.id AND decisions.undone_at IS NULL
    ORDER BY decisions.at, decisions.id
"""


def flags_of(connection: Connection, row_ids: Sequence[int], *, machine: bool = False) -> dict[int, list[FlagView]]:
    """Flags in force by row, those of rows merged into it included; the machine's own only when asked for or settled."""
    found: dict[int, list[FlagView]] = defaultdict(list)
    rows = ask_ids(connection, _FLAGS, row_ids)
    opinions = opinions_of(connection, rows)
    for r in rows:
        if machine or r["by"] != MACHINE or r["state"] != "open" or opinions[r["id"]]:
            found[r["row_id"]].append(flag_view(r, opinions=opinions[r["id"]]))
    return found


def decisions_of(connection: Connection, row_ids: Sequence[int]) -> dict[int, list[DecisionView]]:
    """Decisions in force by row, those on rows merged into it included."""
    found: dict[int, list[DecisionView]] = defaultdict(list)
    for r in ask_ids(connection, _DECISIONS, row_ids):
        found[r["row_id"]].append(decision_view(r))
    return found


def undone_of(connection: Connection, row_ids: Sequence[int]) -> dict[int, list[DecisionView]]:
    """Decisions that somebody undid who had not made them, by row."""
    found: dict[int, list[DecisionView]] = defaultdict(list)
    for r in ask_ids(connection, _UNDONE, row_ids):
        found[r["row_id"]].append(decision_view(r))
    return found


_WORK = """
    SELECT work.* FROM ids_of(:ids) AS wanted JOIN work ON work.alignment_id = wanted.value
"""
_COMMENTS = f"""
    {THOSE} SELECT comments.*, those.row_id
    FROM those CROSS JOIN comments ON comments.alignment_id = those.id
    ORDER BY comments.id
"""


def work_of(connection: Connection, row_ids: Sequence[int]) -> dict[int, WorkView]:
    """Who looks into these rows, by row; nothing of those that nobody took up."""
    return {
        r["alignment_id"]: WorkView(
            r["assigned"],
            date.fromisoformat(r["due"]) if r["due"] else None,
            r["state"],
            r["by"],
            datetime.fromisoformat(r["at"]),
        )
        for r in ask_ids(connection, _WORK, row_ids)
    }


def comments_of(connection: Connection, row_ids: Sequence[int]) -> dict[int, list[CommentView]]:
    """What was said about these rows, by row, those of rows merged into it included."""
    found: dict[int, list[CommentView]] = defaultdict(list)
    for r in ask_ids(connection, _COMMENTS, row_ids):
        found[r["row_id"]].append(comment_view(r))
    return found


def comment_view(r: Mapping[str, Any]) -> CommentView:
    return CommentView(r["id"], r["alignment_id"], r["by"], r["text"], datetime.fromisoformat(r["at"]))
