"""One row with everything behind it, and the review queue."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from app.core.records import PROBABILITY_PLACES, Between, RelationKind, Status
from app.core.thresholds import ROW_SCORE_SHOWN
from app.errors import NotFound
from app.store import codec
from app.store.read.chains import chain_of
from app.store.read.cursor import Keyset
from app.store.read.lines import both_stand, claims_in_rows, loud_of, reason_view, reasons_of, row_summary
from app.store.read.queue import Queued, counts
from app.store.read.remarks import (
    THOSE,
    comment_view,
    comments_of,
    decision_view,
    decisions_of,
    flag_view,
    flags_of,
    opinions_of,
    two_opinions,
    undone_of,
    work_of,
)
from app.store.read.rows import row_views, story_columns
from app.store.sql import ask, ask_ids
from app.store.standing import ROW_STANDS
from app.store.terms import MACHINE
from app.store.views import (
    AlignmentView,
    CommentView,
    ConflictView,
    DecisionView,
    FlagView,
    PartView,
    QueueCounts,
    ReasonView,
    RelationView,
    RowView,
    Slice,
    StoryRef,
    WorkView,
)

__all__ = ["alignment", "comment", "conflicts", "decision", "flag", "members_of", "queue_counts"]

_ASKED = "SELECT coalesce(merged_into_id, id) FROM alignments AS meant WHERE meant.id = :id"
_ONE = f"""
    SELECT alignments.*, stories.slug AS story_slug, stories.title AS story_title, stories.stale, {ROW_STANDS} AS stands,
        (SELECT json_group_object(kind, n) FROM (
            SELECT kind, count(*) AS n FROM relations WHERE shown_in = alignments.id AND {both_stand(_ASKED)} GROUP BY kind
        ) AS counted) AS pairs
    FROM alignments AS asked
    JOIN alignments ON alignments.id = coalesce(asked.merged_into_id, asked.id)
    JOIN standing_stories AS stories ON stories.id = alignments.story_id
    WHERE asked.id = :id
"""  # noqa: S608 - constants only
_NEIGHBOURS = """
    SELECT
        (SELECT id FROM alignments WHERE story_id = :story AND shown = 1 AND sort_matter < :at
         ORDER BY sort_matter DESC LIMIT 1) AS before,
        (SELECT id FROM alignments WHERE story_id = :story AND shown = 1 AND sort_matter > :at
         ORDER BY sort_matter LIMIT 1) AS after
"""
_PAIRS = f"""
    SELECT relations.*, place, sureness, nearness FROM (
        SELECT id, CASE kind {" ".join(f"WHEN '{kind}' THEN {i}" for i, kind in enumerate(RelationKind))} END AS place,
            CASE kind WHEN 'agree' THEN probability ELSE -probability END AS sureness,
            CASE kind WHEN 'agree' THEN score ELSE -score END AS nearness
        FROM relations WHERE shown_in = :row AND {both_stand(":row")}
    ) AS pairs CROSS JOIN relations ON relations.id = pairs.id WHERE 1 = 1
"""  # noqa: S608 - constants only
_PAIR_ORDER = Keyset(("place", "sureness", "nearness", "pairs.id"), (int, float, float, int))
"""What differs first, the surest of it before the rest; of what agrees the least sure first."""
_REASONS = """
    SELECT reasons.* FROM ids_of(:ids) AS wanted JOIN reasons ON reasons.relation_id = wanted.value
    ORDER BY reasons.relation_id, reasons.position
"""


def alignment(connection: Connection, alignment_id: int, cursor: str | None, limit: int) -> AlignmentView:
    found = ask(connection, _ONE, id=alignment_id)
    if not found:
        raise NotFound(f"there is no alignment {alignment_id}.")
    r = found[0]
    if not r["stands"]:
        raise NotFound(
            f"an article that row {alignment_id} was made of was deleted.",
            mend="It can be restored on the page Corrections.",
        )
    columns = story_columns(connection, r["story_id"])
    row = row_views(connection, [r["id"]], columns)[0]
    neighbours = ask(connection, _NEIGHBOURS, story=r["story_id"], at=r["sort_matter"])[0] if r["shown"] else {}
    pairs = _PAIR_ORDER.page(
        cursor,
        limit,
        lambda tail, at: ask(connection, _PAIRS + tail, row=r["id"], **at),
        lambda p: (p["place"], p["sureness"], p["nearness"], p["id"]),
    )
    return AlignmentView(
        row=row,
        story=StoryRef(r["story_slug"], r["story_title"]),
        columns=columns,
        relations=_relations(connection, row, pairs.rows),
        history=_history(connection, r["id"]),
        previous_id=neighbours.get("before"),
        next_id=neighbours.get("after"),
        retired=r["retired_at"] is not None,
        rejected=bool(r["rejected"]),
        asked_id=alignment_id if alignment_id != r["id"] else None,
        chain=chain_of(c for cell in row.cells for c in cell.claims),
        below=not r["shown"] and r["retired_at"] is None and not r["lone"] and r["machine_score"] < ROW_SCORE_SHOWN,
        stands_in=_stands_in(row) if r["lone"] and not r["shown"] else None,
        waiting=bool(r["stale"]),
        queued=bool(r["queue_sort"]),
        work=work_of(connection, [r["id"]]).get(r["id"], WorkView()),
        comments=tuple(comments_of(connection, [r["id"]])[r["id"]]),
        relation_counts={RelationKind(kind): n for kind, n in json.loads(r["pairs"]).items()},
        relations_next=pairs.next,
        relations_previous=pairs.previous,
    )


def _stands_in(row: RowView) -> int | None:
    """The row that shows the claim whose own row this is."""
    return next((c.alignment_id for cell in row.cells for c in cell.claims if c.alignment_id != row.id), None)


def _relations(connection: Connection, row: RowView, rows: Sequence[Mapping[str, Any]]) -> tuple[RelationView, ...]:
    reasons: dict[int, list[ReasonView]] = defaultdict(list)
    for r in ask_ids(connection, _REASONS, [r["id"] for r in rows]):
        reasons[r["relation_id"]].append(reason_view(r))
    claims = {c.id: c for cell in row.cells for c in cell.claims}
    hidden = {r[side] for r in rows for side in ("a_claim_id", "b_claim_id")} - claims.keys()
    if hidden:  # of a row that is shown no more
        claims |= claims_in_rows(connection, {row.id: hidden})[row.id]
    return tuple(
        RelationView(
            a=claims[r["a_claim_id"]],
            b=claims[r["b_claim_id"]],
            kind=RelationKind(r["kind"]),
            probability=round(r["probability"], PROBABILITY_PLACES),
            between=Between(r["between"]),
            score=r["score"],
            reasons=tuple(reasons[r["id"]]),
            parts=tuple(PartView(p.name, p.value, p.weight, p.say) for p in codec.read_parts(r["parts"])),
            shared=codec.read_shared(r["shared"]),
        )
        for r in rows
    )


_EVENTS = f"""
    {THOSE} SELECT flags.id, flags.alignment_id, flag_events.what, flag_events."by" AS event_by, flag_events.whose, flag_events.note AS event_note,
        flag_events.at AS event_at, flags."by", flags.at
    FROM those CROSS JOIN flags ON flags.alignment_id = those.id
    CROSS JOIN flag_events ON flag_events.flag_id = flags.id
    ORDER BY flag_events.at, flag_events.id
"""  # noqa: S608 - constants only
_DECISIONS = f"""
    {THOSE} SELECT decisions.* FROM those CROSS JOIN decisions ON decisions.alignment_id = those.id
    ORDER BY decisions.at, decisions.id
"""  # noqa: S608 - constants only


def _history(connection: Connection, row_id: int) -> tuple[FlagView | DecisionView, ...]:
    """Everything people did to a row, oldest first: flags as they stood after each change, decisions with their undoing."""
    entries: list[tuple[str, FlagView | DecisionView]] = []
    for e in ask_ids(connection, _EVENTS, [row_id]):
        if e["event_by"] == MACHINE:
            continue
        raised = e["what"] == "raised" or (e["what"] == "noted" and e["event_by"] == e["by"])
        view = flag_view(
            {
                "id": e["id"],
                "alignment_id": e["alignment_id"],
                "state": "open" if raised or e["what"] == "noted" else e["what"],
                "note": e["event_note"],
                "by": e["by"],
                "at": e["event_at"] if raised else e["at"],
                "decided_by": None if raised else e["event_by"],
                "decided_at": None if raised else e["event_at"],
            },
            whose=e["whose"],
        )
        entries.append((e["event_at"], view))
    entries += [(d["at"], decision_view(d)) for d in ask_ids(connection, _DECISIONS, [row_id])]
    entries.sort(key=lambda e: e[0])
    return tuple(view for _, view in entries)


_QUEUE = f"""
    FROM alignments JOIN standing_stories AS stories ON stories.id = alignments.story_id
    LEFT JOIN work ON work.alignment_id = alignments.id
    WHERE alignments.queue_sort > '' AND {ROW_STANDS}
"""


def conflicts(connection: Connection, wanted: Queued, cursor: str | None, limit: int) -> Slice[ConflictView]:
    narrowed, values = wanted.where()
    where, order = _QUEUE + narrowed, wanted.sort()
    select = "SELECT alignments.*, stories.slug AS story_slug, stories.title AS story_title"
    page = order.page(
        cursor,
        limit,
        lambda tail, at: ask(connection, select + where + tail, **values, **at),
        lambda r: tuple(-r["probability"] if c.startswith("-") else r[c.partition(".")[2]] for c in order.columns),
    )
    total = ask(connection, "SELECT count(*) AS n" + where, **values)[0]["n"]
    ids = [r["id"] for r in page.rows]
    members = members_of(connection, ids)
    loud = loud_of(connection, ids)
    claims = claims_in_rows(connection, {i: members[i] for i in ids}, loud)
    reasons = reasons_of(connection, {r["id"]: Status(r["shown_status"]) for r in page.rows}, loud)
    flags, decisions = flags_of(connection, ids, machine=True), decisions_of(connection, ids)
    undone, works, comments = undone_of(connection, ids), work_of(connection, ids), comments_of(connection, ids)
    items = []
    for r in page.rows:
        i = r["id"]
        flag = _foremost(flags[i])
        items.append(
            ConflictView(
                row=row_summary(r, flag),
                claims=tuple(claims[i].values()),
                reasons=reasons.get(i, ()),
                flag=flag,
                decisions=tuple(decisions[i]),
                two_opinions=two_opinions(flags[i], decisions[i]),
                work=works.get(i, WorkView()),
                comments=tuple(comments[i]),
                undone=tuple(undone[i]),
            )
        )
    return Slice(tuple(items), total, page.next, page.previous)


_MEMBERS = """
    SELECT alignment_members.alignment_id AS row_id, claims.id AS claim_id
    FROM ids_of(:ids) AS wanted
    JOIN alignment_members ON alignment_members.alignment_id = wanted.value AND alignment_members.shown = 1
    JOIN claims ON claims.id = alignment_members.claim_id
    JOIN standing_articles AS articles ON articles.id = claims.article_id
    ORDER BY row_id, articles.published_key = '', articles.published_key, claims.article_id, claims.position
"""


def members_of(connection: Connection, row_ids: Sequence[int]) -> dict[int, list[int]]:
    """The claims that rows show, by row, in order of publication."""
    members: dict[int, list[int]] = defaultdict(list)
    for m in ask_ids(connection, _MEMBERS, row_ids):
        members[m["row_id"]].append(m["claim_id"])
    return members


def _foremost(flags: list[FlagView]) -> FlagView | None:
    """The flag to decide on: an open one first, a person's before the machine's, the latest."""
    ranked = sorted(flags, key=lambda f: (f.state != "open", f.by == MACHINE, -f.at.timestamp(), -f.id))
    return ranked[0] if ranked else None


def queue_counts(connection: Connection, wanted: Queued) -> QueueCounts:
    return counts(connection, _QUEUE, wanted)


def flag(connection: Connection, flag_id: int) -> FlagView:
    found = ask(connection, "SELECT * FROM flags WHERE id = :id", id=flag_id)
    if not found:
        raise NotFound(f"there is no flag {flag_id}.")
    view = flag_view(found[0], opinions=opinions_of(connection, found)[found[0]["id"]])
    return replace(view, state="withdrawn") if found[0]["withdrawn_at"] else view


def decision(connection: Connection, decision_id: int) -> DecisionView:
    found = ask(connection, "SELECT * FROM decisions WHERE id = :id", id=decision_id)
    if not found:
        raise NotFound(f"there is no decision {decision_id}.")
    return decision_view(found[0])


def comment(connection: Connection, comment_id: int) -> CommentView:
    return comment_view(ask(connection, "SELECT * FROM comments WHERE id = :id", id=comment_id)[0])
