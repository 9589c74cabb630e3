"""The face a row shows: label, verdict, what differs in a line, where it stands in each order and in the review queue."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence

from app.core.records import Between, Status
from app.store.opinions import FORCE
from app.store.ranking import matter, sureness, thousandths
from app.store.row_facts import RANK, Fact, FlagFact, RowFact, RowFacts, Shown, Tie
from app.store.summary import deciding, differing, dimensions_of, summarise
from app.store.tables import MACHINE

__all__ = ["face"]

_QUEUE_RANK = {"open": 0, "confirmed": 1, "dismissed": 2}


def face(row: RowFact, shown: Shown, scene: RowFacts, flags: Sequence[FlagFact]) -> tuple[dict[str, object], bool]:
    """The derived columns, and whether the machine (or a relabelling) calls the row a conflict."""
    if not shown.claims:
        return _hidden(row, shown, scene, flags), False
    return _visible(row, shown, scene, flags)


def _visible(row: RowFact, shown: Shown, scene: RowFacts, flags: Sequence[FlagFact]) -> tuple[dict[str, object], bool]:
    claims = sorted(shown.claims, key=lambda c: (scene.claims[c].published or "9999", c))
    facts = [scene.claims[c] for c in claims]
    outlets = len({f.outlet_id for f in facts})
    found = _found(row, shown, facts)
    status = shown.status or found
    conflict = status is Status.CONFLICT
    confirmed = _confirmed(scene, row.id, status)
    state = _queue_state(flags, conflict=conflict, settled=confirmed)
    if len(facts) > 1 and any(f.state == "confirmed" and f.by != MACHINE for f in flags):
        status = Status.CONFLICT
    elif conflict and state == "dismissed":
        status = Status.DIVERGE
    ties = deciding(shown.ties, status) or (
        differing(shown.ties, status) if status not in (found, Status.SINGLE) else []
    )
    between = _between(ties)
    untouched = set(claims) == set(row.machine)
    anew = row.judged_label if not untouched else None
    event = _event(facts)
    first = facts[0]
    by_people = confirmed or shown.status is not None or state in ("confirmed", "dismissed")
    likely = _likely(row, shown, status, untouched=untouched, by_people=by_people)
    reading = f"{first.published or '9999-99-99'}{first.article_id:08d}{first.position:06d}{row.id:010d}"
    sure = round(sum(t.score for t in shown.ties) / len(shown.ties), 6) if shown.ties else 1.0
    columns: dict[str, object] = {
        "shown": True,
        "shown_label": shown.label or anew or row.label,
        "shown_status": status.value,
        "between": between.value if between else None,
        "dimensions": json.dumps([d.value for d in dimensions_of(ties)]),
        "summary": summarise(ties, scene.claims, status, between),
        "outlets": outlets,
        "score": row.score if untouched else 1.0,
        "probability": likely,
        "event_from": event,
        "rejected": False,
        "merged_into_id": None,
        "sort_matter": matter(status, ties, outlets, likely, sure, reading),
        "sort_event": f"{event or '9999-99-99'}{RANK[status]}{reading}",
        "sort_reading": reading,
        "queue_state": state,
        "queue_sort": _queue_sort(state, flags, likely, outlets, row.id),
        "decided": shown.decided,
    }
    return columns, conflict


def _hidden(row: RowFact, shown: Shown, scene: RowFacts, flags: Sequence[FlagFact]) -> dict[str, object]:
    """A row without claims of its own: merged away, rejected, retired, a split undone; or not strict enough."""
    waits = row.machine and not row.retired and not shown.rejected and shown.merged_into is None
    if waits and row.lone and not row.kept["shown"] and row.kept["shown_label"] == row.label:
        return {**row.kept, **_NOWHERE}  # one claim's own row looks as it did
    if waits:
        columns, _ = _visible(row, Shown(claims=list(row.machine), ties=scene.ties_of(row.id)), scene, flags)
        return {**columns, **_NOWHERE}
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
        "probability": row.kept["probability"],
        "event_from": row.kept["event_from"],
        "rejected": shown.rejected,
        "merged_into_id": shown.merged_into,
        "sort_matter": "",
        "sort_event": "",
        "sort_reading": "",
        "queue_state": state,
        "queue_sort": _queue_sort(state, flags, 1.0, 0, row.id),
        "decided": shown.decided,
    }


_NOWHERE = {
    "shown": False,
    "sort_matter": "",
    "sort_event": "",
    "sort_reading": "",
    "queue_state": None,
    "queue_sort": None,
    "decided": False,
}
"""Of a row that is kept and shown only to readers who ask for another strictness."""


def _found(row: RowFact, shown: Shown, facts: Sequence[Fact]) -> Status:
    """The verdict that the relations give, whatever people say of it."""
    if set(shown.claims) == set(row.machine):
        return row.status
    kinds = {Status(t.kind.value) for t in shown.ties}
    if kinds:
        return min(kinds, key=lambda s: RANK[s])
    # Put together by a person, never judged by the machine: they were said to state the same.
    return Status.AGREE if len({f.article_id for f in facts}) > 1 else Status.SINGLE


def _likely(row: RowFact, shown: Shown, status: Status, *, untouched: bool, by_people: bool) -> float:
    """How probably the status is right. Where nobody can say, a person who looked did not decide it either."""
    if shown.probability is not None:
        return shown.probability
    if by_people and status is not Status.UNSURE:
        return 1.0
    return row.probability if untouched else sureness(shown.ties, status)


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


def _confirmed(scene: RowFacts, row_id: int, status: Status) -> bool:
    """Whether a person said that the row is right as it is: with this verdict, as far as it was kept which one it showed."""
    return any(
        d.kind == "confirm" and d.row == row_id and d.standing == FORCE and d.stood in (None, status.value)
        for d in scene.decisions
    )


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


def _queue_sort(
    state: str | None, flags: Sequence[FlagFact], probability: float, outlets: int, row_id: int
) -> str | None:
    """Undecided rows first, what people flagged before what the machine found, of these the likelier."""
    if state is None:
        return None
    by_people = 0 if any(f.by != MACHINE for f in flags) else 1
    return f"{_QUEUE_RANK[state]}{by_people}{thousandths(probability)}{99 - min(outlets, 99):02d}{row_id:010d}"
