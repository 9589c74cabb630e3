"""What reviewers taught: pairs with labels, and how often the machine was right where somebody looked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import combinations
from math import sqrt
from typing import Any

from sqlalchemy import Connection

from app.core.records import RelationKind, Status
from app.store.sql import ask, ask_ids
from app.store.terms import MACHINE
from app.store.views import LabelledPair, ReviewedKind, ReviewedView

__all__ = ["labelled_pairs", "reviewed", "wilson"]

_SETTLED = """
    SELECT 'flag ' || flags.id AS id, flags.alignment_id, flags.state AS kind, NULL AS value, '[]' AS claims,
        NULL AS target_id, coalesce(flags.decided_by, flags."by") AS "by", coalesce(flags.decided_at, flags.at) AS at,
        coalesce(flags.machine_status, alignments.status) AS machine
    FROM flags JOIN alignments ON alignments.id = flags.alignment_id
    WHERE flags.withdrawn_at IS NULL AND flags.state <> 'open'
    UNION ALL
    SELECT 'decision ' || decisions.id, decisions.alignment_id, decisions.kind, decisions.value, decisions.claims,
        decisions.target_id, decisions."by", decisions.at, coalesce(decisions.machine_status, alignments.status)
    FROM decisions JOIN alignments ON alignments.id = decisions.alignment_id
    WHERE decisions.undone_at IS NULL AND decisions.standing = 'in force'
    ORDER BY at, id
"""


def _settled(connection: Connection) -> list[Mapping[str, Any]]:
    """Flags settled and decisions in force, in the order of time; what the machine settled itself is none."""
    return [r for r in ask(connection, _SETTLED) if r["by"] != MACHINE]


_SAID = tuple(k for k in RelationKind if k is not RelationKind.UNSURE)
_VERDICTS = {k.value for k in _SAID}
"""What the machine or a person says of a row: where the machine is not sure there is nothing to find right or wrong."""


def reviewed(connection: Connection) -> ReviewedView:
    """Each row counts once, by the last word on it that bears on its verdict."""
    last: dict[int, tuple[str, bool]] = {}
    people = set()
    for r in _settled(connection):
        right = _right(r)
        if right is not None and r["machine"] in _VERDICTS:
            last[r["alignment_id"]] = (r["machine"], right)
            people.add(r["by"])
    kinds = []
    for kind in _SAID:
        words = [right for said, right in last.values() if said == kind.value]
        yes, n = sum(words), len(words)
        low, high = wilson(yes, n) if n else (None, None)
        kinds.append(ReviewedKind(kind, yes, n - yes, yes / n if n else None, low, high))
    return ReviewedView(tuple(kinds), len(last), len(people))


def _right(r: Mapping[str, Any]) -> bool | None:
    """Whether the machine's verdict was found right; None for what says nothing of it (a new label, a merge)."""
    conflict = bool(r["machine"] == Status.CONFLICT)
    match r["kind"]:
        case "confirm":
            return True
        case "reject" | "split":
            return False
        case "confirmed":
            return conflict
        case "dismissed":
            return False if conflict else None
        case "relabel" if r["value"] in _VERDICTS:
            return bool(r["value"] == r["machine"])
        case _:
            return None


def wilson(yes: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson's score interval).

    >>> [round(x, 3) for x in wilson(9, 10)]
    [0.596, 0.982]
    """
    z = 1.959963984540054
    p = yes / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


_CLAIMS = """
    SELECT alignment_members.alignment_id AS row_id, claims.id, claims.text, claims.article_id, claims.fingerprint,
        articles.published, outlets.name AS outlet, stories.slug AS story
    FROM ids_of(:ids) AS wanted
    JOIN alignment_members ON alignment_members.alignment_id = wanted.value
        AND (alignment_members.by_machine = 1 OR alignment_members.shown = 1)
    JOIN claims ON claims.id = alignment_members.claim_id AND claims.aside = 0
    JOIN standing_articles AS articles ON articles.id = claims.article_id
    JOIN outlets ON outlets.id = articles.outlet_id
    JOIN standing_stories AS stories ON stories.id = articles.story_id
    ORDER BY row_id, claims.article_id, claims.position
"""
_TIES = """
    SELECT relations.alignment_id AS row_id, relations.a_claim_id, relations.b_claim_id, relations.kind
    FROM ids_of(:ids) AS wanted JOIN relations ON relations.alignment_id = wanted.value
"""
Pair = tuple[Mapping[str, Any], Mapping[str, Any]]


def labelled_pairs(connection: Connection) -> Iterator[LabelledPair]:
    """One line a pair of claims and word in force on their row. Nothing is invented: a pair of which the word says nothing
    is left out.

    confirm: one proposition, related as the machine said where it said something. reject: not one proposition. split: those parted from those that
    stayed are not one. merge: those of both rows are one. relabel to a verdict, on a row of one pair: that relation. A flag
    confirmed: the pairs in conflict conflict; on a row of one pair that the machine did not call one, that pair does. A flag
    dismissed: those pairs are one proposition and not in conflict.
    """
    words = _settled(connection)
    rows = sorted({i for r in words for i in (r["alignment_id"], r["target_id"]) if i})
    claims: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for c in ask_ids(connection, _CLAIMS, rows):
        claims[c["row_id"]].append(c)
    ties: dict[int, dict[frozenset[int], str]] = defaultdict(dict)
    for t in ask_ids(connection, _TIES, rows):
        ties[t["row_id"]][frozenset((t["a_claim_id"], t["b_claim_id"]))] = t["kind"]
    for r in words:
        for number, (pair, same, relation, but) in enumerate(_say(r, claims, ties[r["alignment_id"]])):
            yield _line(f"{r['id']} {number}", r, pair, same, relation, but)


def _say(
    r: Mapping[str, Any], claims: Mapping[int, list[Mapping[str, Any]]], ties: Mapping[frozenset[int], str]
) -> Iterator[tuple[Pair, bool, str | None, str | None]]:
    """(pair, same, relation, not this relation) for each pair a word says something of."""
    here = claims.get(r["alignment_id"], [])
    pairs = [(a, b) for a, b in combinations(here, 2) if a["article_id"] != b["article_id"] or _tie(a, b) in ties]
    kind = r["kind"]
    if kind == "confirm":
        said = {tie: relation for tie, relation in ties.items() if relation in _VERDICTS}
        yield from ((p, True, said.get(_tie(*p)), None) for p in pairs)
    elif kind == "reject":
        yield from ((p, False, None, None) for p in pairs)
    elif kind == "split":
        apart = {c["fingerprint"] for c in claims.get(r["target_id"], [])}
        gone = [c for c in here if c["fingerprint"] in apart]
        stayed = [c for c in here if c["fingerprint"] not in apart]
        yield from (((a, b), False, None, None) for a in stayed for b in gone if a["article_id"] != b["article_id"])
    elif kind == "merge":
        own = {c["id"] for c in here}
        others = [c for c in claims.get(r["target_id"], []) if c["id"] not in own]
        yield from (((a, b), True, None, None) for a in here for b in others if a["article_id"] != b["article_id"])
    elif kind == "relabel" and r["value"] in _VERDICTS and len(pairs) == 1:
        yield pairs[0], True, r["value"], None
    elif kind in ("confirmed", "dismissed"):
        against = [p for p in pairs if ties.get(_tie(*p)) == RelationKind.CONFLICT]
        if kind == "confirmed":
            yield from ((p, True, "conflict", None) for p in against or (pairs if len(pairs) == 1 else []))
        else:
            yield from ((p, True, None, "conflict") for p in against)


def _tie(a: Mapping[str, Any], b: Mapping[str, Any]) -> frozenset[int]:
    return frozenset((a["id"], b["id"]))


def _line(
    name: str, r: Mapping[str, Any], pair: Pair, same: bool, relation: str | None, but: str | None
) -> LabelledPair:
    a, b = pair
    return LabelledPair(
        id=name,
        a=a["text"],
        b=b["text"],
        a_article=str(a["article_id"]),
        b_article=str(b["article_id"]),
        a_published=date.fromisoformat(a["published"]) if a["published"] else None,
        b_published=date.fromisoformat(b["published"]) if b["published"] else None,
        a_outlet=a["outlet"],
        b_outlet=b["outlet"],
        story=a["story"],
        same=same,
        relation=RelationKind(relation) if relation else None,
        by=r["by"],
        at=datetime.fromisoformat(r["at"]),
        not_relation=RelationKind(but) if but else None,
    )
