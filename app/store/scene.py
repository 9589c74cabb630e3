"""Everything of one story's rows that `derive` weighs, loaded in a fixed number of statements."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from app.core.records import Between, Dimension, Outcome, RelationKind, Span, Status
from app.store.sql import ask as ask_rows
from app.store.sql import ask_ids

__all__ = [
    "DERIVED",
    "RANK",
    "Decided",
    "Fact",
    "FlagFact",
    "RowFact",
    "Scene",
    "Shown",
    "Tie",
    "Why",
    "linked_rows",
    "load_scene",
    "ties_in",
]


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim as far as rows care. `dates`: resolved dates by their place in the claim's text."""

    id: int
    article_id: int
    fingerprint: str
    position: int
    published: str
    outlet_id: int
    outlet: str
    outlet_key: str
    speaker: str | None
    event_from: str | None
    event_value: str | None
    event_grain: str | None
    dates: tuple[tuple[Span, str, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """A reason; spans count from the claim's start."""

    dimension: Dimension
    outcome: Outcome
    a: str
    b: str
    say: str
    a_span: Span | None
    b_span: Span | None


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation between two claims of a row."""

    id: int
    row: int
    a: int
    b: int
    kind: RelationKind
    between: Between
    score: float
    shown_in: int | None
    reasons: tuple[Why, ...]
    by_hand: bool = False  # judged because people put the two into one row


@dataclass(slots=True)
class RowFact:
    id: int
    label: str
    status: Status
    by_hand: bool
    retired: bool
    lone: bool = False
    score: float = 1.0
    judged_for: str = ""
    judged_label: str = ""
    first_seen: str | None = None
    machine: list[int] = field(default_factory=list)  # claim ids
    shown: set[int] = field(default_factory=set)
    kept: dict[str, object] = field(default_factory=dict)  # the derived columns as they are now


@dataclass(frozen=True, slots=True)
class Decided:
    id: int
    row: int
    kind: str
    value: str | None
    target: int | None
    claims: tuple[tuple[int, str, int | None], ...]  # article, fingerprint, row made for it


@dataclass(frozen=True, slots=True)
class FlagFact:
    id: int
    row: int
    by: str
    state: str


def _row(r: Mapping[str, Any]) -> RowFact:
    kept = {name: r[name] for name in DERIVED}
    kept |= {name: bool(r[name]) for name in ("shown", "rejected", "decided")}
    return RowFact(
        id=r["id"],
        label=r["label"],
        status=Status(r["status"]),
        by_hand=bool(r["by_hand"]),
        retired=r["retired_at"] is not None,
        lone=bool(r["lone"]),
        score=r["machine_score"],
        judged_for=r["judged_for"],
        judged_label=r["judged_label"],
        first_seen=r["first_seen"],
        kept=kept,
    )


def _why(r: Mapping[str, Any]) -> Why:
    a = (r["a_start"], r["a_end"]) if r["a_start"] is not None else None
    b = (r["b_start"], r["b_end"]) if r["b_start"] is not None else None
    return Why(Dimension(r["dimension"]), Outcome(r["outcome"]), r["a"], r["b"], r["say"], a, b)


@dataclass(slots=True)
class Scene:
    rows: dict[int, RowFact]
    claims: dict[int, Fact]
    ties: list[Tie]
    decisions: list[Decided]
    flags: list[FlagFact]
    claim_rows: dict[int, int | None]  # where each current claim shows now
    _by_row: dict[int, list[Tie]] = field(default_factory=dict)

    def ties_of(self, row_id: int) -> list[Tie]:
        """The relations that the machine found in a row."""
        if not self._by_row:
            for tie in self.ties:
                self._by_row.setdefault(tie.row, []).append(tie)
        return [t for t in self._by_row.get(row_id, ()) if not t.by_hand]


@dataclass(slots=True)
class Shown:
    """A row as it will be shown."""

    claims: list[int] = field(default_factory=list)
    label: str | None = None  # by a person
    status: Status | None = None  # by a person
    merged_into: int | None = None
    rejected: bool = False
    decided: bool = False  # a person's word is in force on it: no strictness hides it
    ties: list[Tie] = field(default_factory=list)


RANK = {s: i for i, s in enumerate((Status.CONFLICT, Status.DIVERGE, Status.UPDATED, Status.AGREE, Status.SINGLE))}
"""What matters first."""

DERIVED = (
    "shown shown_label shown_status between dimensions summary outlets score event_from rejected merged_into_id "
    "sort_matter sort_event sort_reading queue_state queue_sort decided"
).split()

_THESE = """WHERE alignments.story_id = :story
        AND (:rows IS NULL OR alignments.id IN (SELECT value FROM json_each(:rows)))"""
_ROWS = f"SELECT * FROM alignments {_THESE} ORDER BY id"  # noqa: S608 - constants only
_MEMBERS = f"""
    SELECT alignment_members.* FROM alignments JOIN alignment_members ON alignment_members.alignment_id = alignments.id
    JOIN claims ON claims.id = alignment_members.claim_id
    {_THESE} ORDER BY alignment_id, article_id, position
"""  # noqa: S608 - constants only
_THE_CLAIMS = f"""(
    SELECT alignment_members.claim_id FROM alignments JOIN alignment_members ON alignment_members.alignment_id = alignments.id
    {_THESE}
    UNION SELECT claims.id FROM articles JOIN claims ON claims.article_id = articles.id AND claims.current
    WHERE articles.story_id = :story AND :rows IS NULL
)"""  # noqa: S608 - constants only
_CLAIMS = f"""
    SELECT claims.id, claims.article_id, claims.fingerprint, claims.current, claims.position, claims.event_from,
        claims.event_value, claims.event_grain, claims.row_id, articles.published_key, articles.outlet_id,
        outlets.name AS outlet, outlets.key AS outlet_key,
        (SELECT actors.name FROM attributions JOIN actors ON actors.id = attributions.actor_id
         WHERE attributions.claim_id = claims.id ORDER BY attributions.position DESC LIMIT 1) AS speaker
    FROM claims JOIN articles ON articles.id = claims.article_id JOIN outlets ON outlets.id = articles.outlet_id
    WHERE claims.id IN {_THE_CLAIMS}
"""  # noqa: S608 - constants only
_DATES = f"""
    SELECT date_mentions.claim_id, date_mentions.start - claims.start AS start, date_mentions."end" - claims.start AS "end",
        date_mentions.value, date_mentions.upto
    FROM date_mentions JOIN claims ON claims.id = date_mentions.claim_id
    WHERE date_mentions.claim_id IN {_THE_CLAIMS} ORDER BY date_mentions.claim_id, date_mentions.position
"""  # noqa: S608 - constants only
_TIES = f"""
    SELECT relations.id, alignment_id, a_claim_id, b_claim_id, kind, relations."between", relations.score, shown_in,
        relations.by_hand
    FROM alignments JOIN relations ON relations.alignment_id = alignments.id
    {_THESE} ORDER BY alignment_id, position
"""  # noqa: S608 - constants only
_REASONS = f"""
    SELECT reasons.* FROM alignments JOIN relations ON relations.alignment_id = alignments.id
    JOIN reasons ON reasons.relation_id = relations.id
    {_THESE} ORDER BY relation_id, reasons.position
"""  # noqa: S608 - constants only
_DECISIONS = f"""
    SELECT decisions.* FROM alignments JOIN decisions ON decisions.alignment_id = alignments.id
    {_THESE} AND undone_at IS NULL ORDER BY decisions.at, decisions.id
"""  # noqa: S608 - constants only
_FLAGS = f"""
    SELECT flags.* FROM alignments JOIN flags ON flags.alignment_id = alignments.id
    {_THESE} AND withdrawn_at IS NULL ORDER BY flags.id
"""  # noqa: S608 - constants only


_LINKED = """
    WITH RECURSIVE linked(id) AS (
        SELECT :row
        UNION
        SELECT other.alignment_id FROM linked
        JOIN alignment_members AS mine ON mine.alignment_id = linked.id
        JOIN alignment_members AS other ON other.claim_id = mine.claim_id
        UNION
        SELECT decisions.target_id FROM linked JOIN decisions ON decisions.alignment_id = linked.id
        WHERE decisions.target_id IS NOT NULL
        UNION
        SELECT decisions.alignment_id FROM linked JOIN decisions ON decisions.target_id = linked.id
    )
    SELECT id FROM linked ORDER BY id
"""


def linked_rows(connection: Connection, row_id: int) -> list[int]:
    """The rows that what is said of this one can touch: those that share claims or decisions with it, and so on."""
    return [r["id"] for r in ask_rows(connection, _LINKED, row=row_id)]


def _ties(relations: Iterable[Mapping[str, Any]], reasons: Iterable[Mapping[str, Any]]) -> list[Tie]:
    whys = defaultdict(list)
    for r in reasons:
        whys[r["relation_id"]].append(_why(r))
    return [
        Tie(
            id=t["id"],
            row=t["alignment_id"],
            a=t["a_claim_id"],
            b=t["b_claim_id"],
            kind=RelationKind(t["kind"]),
            between=Between(t["between"]),
            score=t["score"],
            shown_in=t["shown_in"],
            reasons=tuple(whys[t["id"]]),
            by_hand=bool(t["by_hand"]),
        )
        for t in relations
    ]


_TIES_IN = """
    SELECT relations.* FROM json_each(:ids) AS wanted JOIN relations ON relations.alignment_id = wanted.value
    ORDER BY alignment_id, position
"""
_REASONS_IN = """
    SELECT reasons.* FROM json_each(:ids) AS wanted JOIN relations ON relations.alignment_id = wanted.value
    JOIN reasons ON reasons.relation_id = relations.id ORDER BY relation_id, reasons.position
"""


def ties_in(connection: Connection, row_ids: Sequence[int]) -> list[Tie]:
    """The relations of these rows as they are kept now."""
    return _ties(ask_ids(connection, _TIES_IN, row_ids), ask_ids(connection, _REASONS_IN, row_ids))


def load_scene(connection: Connection, story_id: int, only: Sequence[int] | None = None) -> Scene:
    """The rows of a story, or some of them: a set as `linked_rows` gives it."""
    rows_wanted = None if only is None else json.dumps(list(only))

    def ask(statement: str) -> list[Mapping[str, Any]]:
        return ask_rows(connection, statement, story=story_id, rows=rows_wanted)

    rows = {r["id"]: _row(r) for r in ask(_ROWS)}
    for m in ask(_MEMBERS):
        row = rows[m["alignment_id"]]
        if m["by_machine"]:
            row.machine.append(m["claim_id"])
        if m["shown"]:
            row.shown.add(m["claim_id"])
    dates = defaultdict(list)
    for d in ask(_DATES):
        dates[d["claim_id"]].append(((d["start"], d["end"]), d["value"], d["upto"]))
    claims, claim_rows = {}, {}
    for c in ask(_CLAIMS):
        if c["current"]:
            claim_rows[c["id"]] = c["row_id"]
        claims[c["id"]] = Fact(
            id=c["id"],
            article_id=c["article_id"],
            fingerprint=c["fingerprint"],
            position=c["position"],
            published=c["published_key"],
            outlet_id=c["outlet_id"],
            outlet=c["outlet"],
            outlet_key=c["outlet_key"],
            speaker=c["speaker"],
            event_from=c["event_from"],
            event_value=c["event_value"],
            event_grain=c["event_grain"],
            dates=tuple(dates[c["id"]]),
        )
    ties = _ties(ask(_TIES), ask(_REASONS))
    decisions = [
        Decided(
            d["id"],
            d["alignment_id"],
            d["kind"],
            d["value"],
            d["target_id"],
            tuple((a, f, n) for a, f, n in json.loads(d["claims"])),
        )
        for d in ask(_DECISIONS)
    ]
    flags = [FlagFact(f["id"], f["alignment_id"], f["by"], f["state"]) for f in ask(_FLAGS)]
    return Scene(rows, claims, ties, decisions, flags, claim_rows)
