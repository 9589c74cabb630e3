"""Whom a name means: the actors of a key, an alias, or a person's bare family name."""

from __future__ import annotations

from sqlalchemy import Connection

from app.core.text import fold, slug
from app.store.sql import ask

__all__ = ["resolve", "theirs"]


def theirs(claim: str) -> str:
    """A condition on the claim that a column names: by or about one of the actors `:actors` (a JSON list), asked claim by claim."""
    which = f"actor_id IN (SELECT value FROM ids_of(:actors)) AND claim_id = {claim}"  # noqa: S608 - a column's name
    return f"""(
        EXISTS (SELECT 1 FROM attributions WHERE {which}) OR EXISTS (SELECT 1 FROM actor_mentions WHERE {which}))"""  # noqa: S608 - a column's name


_RESOLVE = """
    SELECT id FROM actors WHERE key = :key
    UNION SELECT actor_id FROM aliases WHERE folded = :folded
    UNION
    SELECT aliases.actor_id FROM aliases JOIN actors ON actors.id = aliases.actor_id
    WHERE actors.kind = 'person' AND ' ' || replace(aliases.folded, '-', ' ') || ' ' LIKE :word ESCAPE '\\'
      AND NOT EXISTS (SELECT 1 FROM actors AS other WHERE other.key = :key AND (other.kind <> 'person' OR other.name LIKE '% %'))
    ORDER BY 1
"""


def resolve(connection: Connection, name: str) -> tuple[int, ...]:
    """The actors meant by a key or any name: exact key, exact alias, or a person bearing the word as one of their names.

    A full name, or a state's, means that one alone; "Motegi" means everybody known to be called so.
    """
    folded = " ".join(fold(name).split())
    plain = folded.replace("-", " ").replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return tuple(r["id"] for r in ask(connection, _RESOLVE, key=slug(name), folded=folded, word=f"% {plain} %"))
