"""A story's scene is loaded: all of it, or what one word of a person can touch; in a fixed number of statements."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from app.core.records import Between, Dimension, Outcome, RelationKind, Status
from app.store.opinions import BESIDE, OpinionGiven, decision_word, standings
from app.store.row_facts import DERIVED, Decided, Fact, FlagFact, RowFact, RowFacts, Tie, Why
from app.store.sql import listed, tuples

__all__ = ["linked_rows", "load_scene", "ties_in"]

_OUTCOME, _DIMENSION = {o.value: o for o in Outcome}, {d.value: d for d in Dimension}
_KIND, _BETWEEN = {k.value: k for k in RelationKind}, {b.value: b for b in Between}

_WHOLE = "alignments.story_id = :story"
_SOME = "alignments.id IN (SELECT value FROM ids_of(:rows)) AND +alignments.story_id = :story"
_ROWS = f"""
    SELECT id, label, status, by_hand, retired_at IS NOT NULL, lone, machine_score, machine_probability,
        judged_for, judged_label, first_seen,
        {", ".join(f'"{name}"' for name in DERIVED)}
    FROM alignments WHERE {{these}} ORDER BY id
"""  # noqa: S608 - constants only
_MEMBERS = """
    SELECT alignment_id, claim_id, by_machine, alignment_members.shown
    FROM alignments JOIN alignment_members ON alignment_members.alignment_id = alignments.id
    JOIN claims ON claims.id = alignment_members.claim_id
    WHERE {these} ORDER BY alignment_id, article_id, position
"""
_MEMBERS_CLAIMS = """
    SELECT alignment_members.claim_id FROM alignments JOIN alignment_members ON alignment_members.alignment_id = alignments.id
    WHERE {these}"""
_NOT_IN_ROWS = """
    UNION SELECT claims.id FROM articles JOIN claims ON claims.article_id = articles.id AND claims.current
    WHERE articles.story_id = :story"""
_CLAIMS = """
    SELECT claims.current = 1 AND (articles.story_id = :story OR claims.row_id IN (SELECT id FROM alignments WHERE story_id = :story)),
        claims.row_id, claims.id, claims.article_id, claims.fingerprint, claims.position,
        articles.published_key, articles.outlet_id, outlets.name, outlets.key,
        (SELECT actors.name FROM attributions JOIN actors ON actors.id = attributions.actor_id
         WHERE attributions.claim_id = claims.id ORDER BY attributions.position DESC LIMIT 1),
        claims.event_from, claims.event_value, claims.event_grain
    FROM claims JOIN articles ON articles.id = claims.article_id JOIN outlets ON outlets.id = articles.outlet_id
    WHERE claims.id IN ({claims})
"""
_DATES = """
    SELECT date_mentions.claim_id, date_mentions.start - claims.start, date_mentions."end" - claims.start,
        date_mentions.value, date_mentions.upto
    FROM date_mentions JOIN claims ON claims.id = date_mentions.claim_id
    WHERE date_mentions.claim_id IN ({claims}) ORDER BY date_mentions.claim_id, date_mentions.position
"""
_A_TIE = """relations.id, alignment_id, a_claim_id, b_claim_id, kind, relations."between", relations.probability,
        relations.score, shown_in, relations.by_hand"""
_A_REASON = "relation_id, dimension, outcome, a, b, say, a_start, a_end, b_start, b_end"
_TIES = f"""
    SELECT {_A_TIE} FROM alignments JOIN relations ON relations.alignment_id = alignments.id
    WHERE {{these}} ORDER BY alignment_id, position
"""  # noqa: S608 - constants only
_REASONS = f"""
    SELECT {_A_REASON} FROM alignments JOIN relations ON relations.alignment_id = alignments.id
    JOIN reasons ON reasons.relation_id = relations.id
    WHERE {{these}} ORDER BY relation_id, reasons.position
"""  # noqa: S608 - constants only
_DECISIONS = """
    SELECT decisions.id, alignment_id, kind, value, target_id, claims, decisions."by", decisions.at, needs, stood,
        machine_status, standing
    FROM alignments CROSS JOIN decisions ON decisions.alignment_id = alignments.id
    WHERE {these} AND undone_at IS NULL ORDER BY decisions.at, decisions.id
"""
_FLAGS = """
    SELECT flags.id, alignment_id, flags."by", state, decided_by, decided_at FROM alignments CROSS JOIN flags ON flags.alignment_id = alignments.id
    WHERE {these} AND withdrawn_at IS NULL ORDER BY flags.id
"""


def load_scene(connection: Connection, story_id: int, only: Collection[int] | None = None) -> RowFacts:
    """The rows of a story, or some of them: a set as `linked_rows` gives it."""
    these = _WHOLE if only is None else _SOME
    claims_of = _MEMBERS_CLAIMS.format(these=these) + (_NOT_IN_ROWS if only is None else "")
    wanted: dict[str, object] = {} if only is None else {"rows": listed(sorted(only))}

    def asked(statement: str) -> list[tuple[Any, ...]]:
        # each asks for what is wanted and no more: with "nothing, or these" no index would serve
        return tuples(connection, statement.format(these=these, claims=claims_of), story=story_id, **wanted)

    rows = {r[0]: _row(r) for r in asked(_ROWS)}
    for row_id, claim_id, by_machine, shown in asked(_MEMBERS):
        if by_machine:
            rows[row_id].machine.append(claim_id)
        if shown:
            rows[row_id].shown.add(claim_id)
    dates = defaultdict(list)
    for claim_id, start, end, value, upto in asked(_DATES):
        dates[claim_id].append(((start, end), value, upto))
    claims, claim_rows = {}, {}
    for placed_here, row_id, claim_id, *rest in asked(_CLAIMS):
        if placed_here:
            claim_rows[claim_id] = row_id
        claims[claim_id] = Fact(claim_id, *rest, tuple(dates.get(claim_id, ())))  # type: ignore[call-arg]  # of one length
    flags = [FlagFact(*f) for f in asked(_FLAGS)]
    return RowFacts(
        rows,
        claims,
        _ties(asked(_TIES), asked(_REASONS)),
        _decided(asked(_DECISIONS), flags),
        flags,
        claim_rows,
    )


_DECISION = "id alignment_id kind value target_id claims by at needs stood machine_status standing".split()


def _decided(found: Sequence[tuple[Any, ...]], flags: Sequence[FlagFact]) -> list[Decided]:
    """Decisions in the order of time, each with what it is beside the others. A flag that a person confirmed says: conflict."""
    kept = [dict(zip(_DECISION, d, strict=True)) for d in found]
    words = [(d["at"], 1, decision_word(d)) for d in kept]
    words += [
        (f.decided_at or "", 0, OpinionGiven(-f.id, f.decided_by, ("verdict", f.row), Status.CONFLICT.value, 1))
        for f in flags
        if f.state == "confirmed" and f.decided_by is not None
    ]
    stand = standings([w for _, _, w in sorted(words, key=lambda w: (w[0], w[1], w[2].id))])
    for d in kept:
        if _called_a_conflict(d) and any(_turned_down_before(f, d) for f in flags):
            stand[d["id"]] = BESIDE
    return [
        Decided(
            d["id"],
            d["alignment_id"],
            d["kind"],
            d["value"],
            d["target_id"],
            tuple((article, print_, made) for article, print_, made in json.loads(d["claims"])),
            d["stood"],
            stand[d["id"]],
            d["standing"],
        )
        for d in kept
    ]


def _called_a_conflict(d: Mapping[str, Any]) -> bool:
    return bool(d["needs"] > 0 and d["kind"] == "relabel" and d["value"] == Status.CONFLICT)


def _turned_down_before(f: FlagFact, d: Mapping[str, Any]) -> bool:
    """Whether another person had said that the row is no conflict."""
    settled = f.state == "dismissed" and f.row == d["alignment_id"] and f.decided_by not in (None, d["by"])
    return bool(settled and (f.decided_at or "") <= d["at"])


def _row(r: tuple[Any, ...]) -> RowFact:
    (
        row_id,
        label,
        status,
        by_hand,
        retired,
        lone,
        score,
        probability,
        judged_for,
        judged_label,
        first_seen,
        *derived,
    ) = r
    kept = dict(zip(DERIVED, derived, strict=True))
    for name in ("shown", "rejected", "decided"):
        kept[name] = bool(kept[name])
    return RowFact(
        id=row_id,
        label=label,
        status=Status(status),
        by_hand=bool(by_hand),
        retired=bool(retired),
        lone=bool(lone),
        score=score,
        probability=probability,
        judged_for=judged_for,
        judged_label=judged_label,
        first_seen=first_seen,
        kept=kept,
    )


def _ties(relations: Iterable[tuple[Any, ...]], reasons: Iterable[tuple[Any, ...]]) -> list[Tie]:
    whys = defaultdict(list)
    for relation_id, dimension, outcome, a, b, say, a_start, a_end, b_start, b_end in reasons:
        a_span = (a_start, a_end) if a_start is not None else None
        b_span = (b_start, b_end) if b_start is not None else None
        whys[relation_id].append(Why(_DIMENSION[dimension], _OUTCOME[outcome], a, b, say, a_span, b_span))
    return [
        Tie(i, row, a, b, _KIND[kind], _BETWEEN[between], sure, score, shown_in, tuple(whys.get(i, ())), bool(by_hand))
        for i, row, a, b, kind, between, sure, score, shown_in, by_hand in relations
    ]


_TIES_IN = f"""
    SELECT {_A_TIE} FROM ids_of(:ids) AS wanted JOIN relations ON relations.alignment_id = wanted.value
    ORDER BY alignment_id, position
"""  # noqa: S608 - constants only
_REASONS_IN = f"""
    SELECT {_A_REASON} FROM ids_of(:ids) AS wanted JOIN relations ON relations.alignment_id = wanted.value
    JOIN reasons ON reasons.relation_id = relations.id ORDER BY relation_id, reasons.position
"""  # noqa: S608 - constants only


def ties_in(connection: Connection, row_ids: Sequence[int]) -> list[Tie]:
    """The relations of these rows as they are kept now."""
    ids = listed(row_ids)
    return _ties(tuples(connection, _TIES_IN, ids=ids), tuples(connection, _REASONS_IN, ids=ids))


_LINKED = """
    SELECT value FROM ids_of(:ids)
    UNION SELECT other.alignment_id FROM ids_of(:ids) AS linked
    JOIN alignment_members AS mine ON mine.alignment_id = linked.value
    JOIN alignment_members AS other ON other.claim_id = mine.claim_id
    UNION SELECT decisions.target_id FROM ids_of(:ids) AS linked JOIN decisions ON decisions.alignment_id = linked.value
    WHERE decisions.target_id IS NOT NULL
    UNION SELECT decisions.alignment_id FROM ids_of(:ids) AS linked JOIN decisions ON decisions.target_id = linked.value
    UNION SELECT CAST(json_extract(named.value, '$[2]') AS BIGINT) FROM ids_of(:ids) AS linked
    JOIN decisions ON decisions.alignment_id = linked.value
    CROSS JOIN json_each(decisions.claims) AS named WHERE json_extract(named.value, '$[2]') IS NOT NULL
"""
_THERE = "SELECT id FROM alignments WHERE id IN (SELECT value FROM ids_of(:ids))"


def linked_rows(connection: Connection, row_ids: Iterable[int]) -> set[int]:
    """The rows that what is said of these can touch: those that share claims or decisions with them, and so on.

    A row made for a rejected claim is known by the decision, or by the claim once it shows there.
    """
    linked: set[int] = set()
    ends = set(row_ids)
    while ends:
        linked |= ends
        ends = {i for (i,) in tuples(connection, _LINKED, ids=listed(sorted(ends)))} - linked
    return {i for (i,) in tuples(connection, _THERE, ids=listed(sorted(linked)))}
