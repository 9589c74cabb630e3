"""What was worked out to make a story's rows: kept with the story, given back when it is compared again."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, text

from app.store.sql import insert_many, listed, tuples

__all__ = ["keep_work", "kept_work_of"]


def kept_work_of(connection: Connection, slug: str) -> dict[str, bytes]:
    """By key. A few thousand entries in a story of a hundred articles."""
    found = tuples(
        connection,
        "SELECT key, value FROM stories JOIN kept_work ON kept_work.story_id = stories.id WHERE slug = :slug",
        slug=slug,
    )
    return dict(found)


def keep_work(connection: Connection, story_id: int, fresh: Mapping[str, bytes], left: Collection[str]) -> None:
    """Add what is new and drop what nobody asks for any more."""
    going = {*left, *fresh}
    if going:
        of_story = "DELETE FROM kept_work WHERE story_id = :story AND key IN (SELECT value FROM words_of(:words))"
        connection.execute(text(of_story), {"story": story_id, "words": listed(sorted(going))})
    insert_many(connection, "kept_work", [{"story_id": story_id, "key": k, "value": v} for k, v in fresh.items()])
