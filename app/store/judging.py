"""Rows that people put together are judged anew: their relations, label and status are as real as the machine's own.

A row whose claims are not those the machine gave it (after a merge or a split) gets the label of its claims, and every pair
of them that no relation is kept for is judged, by the core, from what is kept of the articles. What comes of it is kept beside
the machine's layer (`by_hand`) and goes when the decision is undone; a row judged for the same claims is not judged again, but
when its story is compared by another version (`keep_rows.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from app.core.records import Alignment, ClaimRef, Relation
from app.store import readings
from app.store.load import ties_in
from app.store.row_facts import RowFact, RowFacts, Shown
from app.store.sql import ask_ids, ids_in
from app.store.write_rows import ClaimFact, write_relations

if TYPE_CHECKING:
    from app.core.relation.opinion import OwnModel

__all__ = ["MODEL", "judge_anew"]

_WHOLE = """
    SELECT claims.id, claims.article_id, claims.fingerprint, claims.position, claims.start, claims.text, claims.local_id
    FROM ids_of(:ids) AS wanted JOIN claims ON claims.id = wanted.value AND claims.current = 1
    ORDER BY claims.article_id, claims.position
"""


MODEL = "model"
"""Under this name a session knows how to get the user's own relation model."""


def judge_anew(
    connection: Connection, scene: RowFacts, shown: Mapping[int, Shown], model: Callable[[], OwnModel | None]
) -> None:
    """Judge what people put together, and forget what they parted; the scene's ties are then up to date."""
    due: list[tuple[RowFact, list[int], str]] = []
    for i, row in scene.rows.items():
        claims = sorted(shown[i].claims)
        touched = claims and set(claims) != set(row.machine) and (len(claims) > 1 or not row.by_hand)
        wanted = _key(claims) if touched else ""
        if row.judged_for != wanted:
            due.append((row, claims, wanted))
    if not due:
        return
    ids = [row.id for row, _, _ in due]
    connection.execute(
        ids_in("DELETE FROM relations WHERE by_hand = 1 AND alignment_id IN (SELECT value FROM ids_of(:ids))", ids)
    )
    forgotten = set(ids)
    scene.ties = [t for t in scene.ties if not (t.by_hand and t.row in forgotten)]
    for row, claims, wanted in due:
        row.judged_label = _judge(connection, scene, row, claims, model) if wanted else ""
        row.judged_for = wanted
    connection.execute(
        text("UPDATE alignments SET judged_for = :key, judged_label = :label WHERE id = :id"),
        [{"id": row.id, "key": row.judged_for, "label": row.judged_label} for row, _, _ in due],
    )
    scene.ties += [t for t in ties_in(connection, ids) if t.by_hand]


def _key(claims: Sequence[int]) -> str:
    return hashlib.blake2b(",".join(map(str, claims)).encode(), digest_size=12).hexdigest()


def _judge(
    connection: Connection, scene: RowFacts, row: RowFact, claims: Sequence[int], model: Callable[[], OwnModel | None]
) -> str:
    """Write the relations of the pairs that have none; the label of the row."""
    from app.core.alignment import row_of, unified  # what compares takes a second to load
    from app.core.relation import judge

    facts = [
        (
            ClaimFact(
                r["id"], (r["article_id"], r["fingerprint"]), r["article_id"], r["position"], r["start"], r["text"]
            ),
            r["local_id"],
        )
        for r in ask_ids(connection, _WHOLE, claims)
    ]
    articles = sorted({f.article_id for f, _ in facts})
    read = unified([readings.reading_of_article(connection, a, None) for a in articles])
    by_ref = {ClaimRef(articles.index(f.article_id), local): f for f, local in facts}
    if not by_ref:
        return row.label
    asked = row_of(by_ref, read)
    judged = asked
    if asked.pairs:  # of the articles only these claims: what else they hold makes other rows
        alone = [
            replace(r, claims=tuple(c for c in r.claims if ClaimRef(i, c.id) in by_ref)) for i, r in enumerate(read)
        ]
        judged = next((r for r in judge([asked], alone, model=model()) if r.id == asked.id), asked)
    known = {frozenset((t.a, t.b)) for t in scene.ties if not t.by_hand}
    write_relations(connection, _new_relations(row.id, judged, by_ref, known), by_hand=True)
    return judged.label or row.label


def _new_relations(
    row_id: int, judged: Alignment, by_ref: Mapping[ClaimRef, ClaimFact], known: set[frozenset[int]]
) -> list[tuple[int, int, ClaimFact, ClaimFact, Relation]]:
    fresh = [
        (by_ref[r.a], by_ref[r.b], r)
        for r in judged.relations
        if frozenset((by_ref[r.a].id, by_ref[r.b].id)) not in known
    ]
    return [(row_id, i, a, b, r) for i, (a, b, r) in enumerate(fresh)]
