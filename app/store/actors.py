"""Actors of all articles: one a key, their aliases gathered from every article, found by whatever name a reader uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, insert
from sqlmodel import Session, col, select

from app.core.records import Actor, ActorKind, Claim, Reading
from app.core.text import fold
from app.store.sql import ids_in, run_many, tuples
from app.store.tables import ActorRow, AliasRow

__all__ = ["CLAIMS_OF", "KeptActors", "claims_in", "count_claims", "keep_actors", "recount"]


@dataclass(frozen=True, slots=True)
class KeptActors:
    """One article's actors as they are kept: ids by key and kind, names by key."""

    ids: dict[tuple[str, ActorKind], int]
    aliases: dict[str, tuple[str, ...]]

    def id_of(self, key: str, kind: ActorKind) -> int:
        return self.ids[key, kind]

    def names(self, claim: Claim) -> set[str]:
        """Every name of those who speak or are spoken of in a claim."""
        keys = {m.key for m in claim.actors} | {a.speaker.key for a in claim.attributions if a.speaker}
        return {name for key in keys for name in self.aliases.get(key, ())}

    @classmethod
    def of(cls, reading: Reading, kept: Mapping[str, tuple[int, str, str]]) -> KeptActors:
        """The book of a reading that is kept already. `kept`: id, name and kind of every actor by key."""
        found = actors_in(reading)
        rows = {k: kept[k[0] if kept[k[0]][2] == k[1] else f"{k[0]}-{k[1]}"] for k in found}
        return cls({k: row[0] for k, row in rows.items()}, {k[0]: _names_of(rows[k][1], a) for k, a in found.items()})


def _names_of(kept: str, actor: Actor) -> tuple[str, ...]:
    return (kept, actor.name, *actor.aliases)


def actors_in(reading: Reading) -> dict[tuple[str, ActorKind], Actor]:
    """The reading's actors with every speaker and mention that its list leaves out; the list's own entries go first."""
    found = {(a.key, a.kind): a for a in reading.actors}
    for claim in reading.claims:
        for a in claim.attributions:
            if a.speaker is not None:
                s = a.speaker
                found.setdefault((s.key, s.kind), Actor(s.key, s.name, s.kind, s.role))
        for m in claim.actors:
            found.setdefault((m.key, m.kind), Actor(m.key, m.name, m.kind))
    return found


def keep_actors(session: Session, reading: Reading) -> KeptActors:
    """Add what is new about this reading's actors; a key borne by another kind gets its kind behind it ("georgia-person")."""
    found = actors_in(reading)
    keys = {a.key for a in found.values()} | {f"{a.key}-{a.kind}" for a in found.values()}
    have = {r.key: r for r in session.exec(select(ActorRow).where(col(ActorRow.key).in_(keys))).all()}
    rows: dict[tuple[str, ActorKind], ActorRow] = {}
    for (key, kind), actor in sorted(found.items()):
        row = have.get(key)
        if row is not None and row.kind != kind:
            key = f"{key}-{kind}"  # noqa: PLW2901
            row = have.get(key)
        if row is None:
            row = have[key] = ActorRow(key=key, name=actor.name, kind=kind)
        row.role = actor.role or row.role
        row.ambiguous = row.ambiguous or actor.ambiguous
        rows[actor.key, kind] = row
    session.add_all(rows.values())
    session.flush()
    ids = {k: row.id or 0 for k, row in rows.items()}
    _keep_aliases(session, {ids[k]: _names_of(rows[k].name, a) for k, a in found.items()})
    return KeptActors(ids, {k[0]: _names_of(rows[k].name, a) for k, a in found.items()})


def _keep_aliases(session: Session, names: dict[int, tuple[str, ...]]) -> None:
    known = set(session.exec(select(AliasRow.actor_id, AliasRow.folded).where(col(AliasRow.actor_id).in_(names))).all())
    new = {
        (actor_id, " ".join(fold(name).split())): {
            "actor_id": actor_id,
            "text": name,
            "folded": " ".join(fold(name).split()),
        }
        for actor_id, all_names in sorted(names.items())
        for name in reversed(all_names)
        if name.strip()
    }
    fresh = [value for key, value in sorted(new.items()) if key not in known]
    if fresh:
        session.connection().execute(insert(AliasRow), fresh)


_IN_ARTICLE = """
    SELECT actor_id, count(*) FROM (
        SELECT actor_id, claims.id FROM claims JOIN attributions ON attributions.claim_id = claims.id
        WHERE claims.article_id = :article AND claims.current = 1 AND actor_id IS NOT NULL
        UNION SELECT actor_id, claims.id FROM claims JOIN actor_mentions ON actor_mentions.claim_id = claims.id
        WHERE claims.article_id = :article AND claims.current = 1
    ) AS theirs GROUP BY actor_id ORDER BY actor_id
"""
CLAIMS_OF = """(
    SELECT count(*) FROM (
        SELECT claim_id FROM attributions WHERE actor_id = actors.id
        UNION SELECT claim_id FROM actor_mentions WHERE actor_id = actors.id
    ) AS theirs JOIN claims ON claims.id = theirs.claim_id AND claims.current = 1
)"""
"""The current claims by or about an actor: what `actors.claims` holds."""


def claims_in(connection: Connection, article_id: int) -> dict[int, int]:
    """How many of an article's current claims are by or about each actor, by id."""
    return dict(tuples(connection, _IN_ARTICLE, article=article_id))


def recount(connection: Connection, before: Mapping[int, int], after: Mapping[int, int]) -> None:
    """Add what an article has now and take off what it had (`claims_in`): nothing of other articles is counted again."""
    changed = [
        {"id": i, "more": after.get(i, 0) - before.get(i, 0)}
        for i in sorted(before.keys() | after.keys())
        if after.get(i, 0) != before.get(i, 0)
    ]
    run_many(connection, "UPDATE actors SET claims = claims + :more WHERE id = :id", changed)


def count_claims(connection: Connection, actor_ids: Iterable[int]) -> None:
    """Count the current claims by or about these actors anew."""
    count = f"UPDATE actors SET claims = {CLAIMS_OF} WHERE id IN (SELECT value FROM ids_of(:ids))"  # noqa: S608
    connection.execute(ids_in(count, sorted(actor_ids)))
