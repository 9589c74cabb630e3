"""The front page: stories, what is new in them, what was flagged lately, how much is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from app.store.read.lines import row_summary
from app.store.read.listing import ListWanted
from app.store.read.remarks import flag_view
from app.store.read.story_list import stories
from app.store.sql import ask
from app.store.standing import ROW_STANDS
from app.store.terms import MACHINE, stamp
from app.store.views import FrontView

__all__ = ["front"]

_FLAGGED = f"""
    SELECT alignments.*, stories.slug AS story_slug, stories.title AS story_title,
        flags.id AS flag_id, flags.state, flags.note, flags."by" AS flagged_by, flags.at, flags.decided_by, flags.decided_at
    FROM flags
    JOIN alignments AS flagged ON flagged.id = flags.alignment_id
    JOIN alignments ON alignments.id = coalesce(flagged.merged_into_id, flagged.id)
    JOIN standing_stories AS stories ON stories.id = alignments.story_id
    WHERE +flags.withdrawn_at IS NULL AND flags."by" <> '{MACHINE}' AND {ROW_STANDS}
    ORDER BY flags.at DESC, flags.id DESC LIMIT :limit
"""  # noqa: S608 - constants only


_FRESH = """
    SELECT stories.slug, count(*) AS n FROM standing_articles AS articles JOIN standing_stories AS stories ON stories.id = articles.story_id
    WHERE articles.kept_at > :since GROUP BY stories.id, stories.slug
"""
SHORT = 10


def front(
    connection: Connection, order: str | None, since: datetime | None, cursor: str | None, limit: int
) -> FrontView:
    """`since`: when the reader was here before; None for who never was."""
    counts = ask(
        connection,
        "SELECT (SELECT count(*) FROM standing_articles AS articles) AS articles, (SELECT count(*) FROM claims WHERE current = 1) AS claims",
    )[0]
    flagged = [
        row_summary(r, flag_view({**r, "id": r["flag_id"], "alignment_id": r["id"], "by": r["flagged_by"]}))
        for r in ask(connection, _FLAGGED, limit=8)
    ]
    fresh = {r["slug"]: r["n"] for r in ask(connection, _FRESH, since=stamp(since))} if since else {}
    return FrontView(
        stories=stories(connection, ListWanted(order=order, size="many"), cursor, limit),
        short=stories(connection, ListWanted(order=order, size="one"), None, SHORT),
        flagged=tuple(flagged),
        articles=counts["articles"],
        claims=counts["claims"],
        fresh=fresh,
        fresh_articles=sum(fresh.values()),
    )
