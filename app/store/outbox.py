"""What webhooks are to be told: written in the transaction of the change it tells of, so that both are kept or neither.

A body is JSON and says what happened by ids, names and addresses (paths; the sender puts the site before them): of articles it
holds a headline or a row's label, and nothing of what people wrote in notes and comments.

Sending is not done here. Whoever sends takes one delivery at a time, in a write transaction, and has it to themselves until
`HELD` is over: two processes never send one at the same time. One that ends in the middle leaves it to be taken again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, text

from app.store.sql import ask, ask_ids, insert_many, listed
from app.store.standing import ROW_STANDS
from app.store.terms import stamp
from app.store.views import Event, Posting

__all__ = [
    "ATTEMPTS",
    "GONE",
    "HELD",
    "WAITS",
    "noted",
    "take_posting",
    "tell_article",
    "tell_rows",
    "tell_test",
    "waiting",
]

HELD: Final = timedelta(minutes=2)
"""Longer than any sending takes."""
WAITS: Final = tuple(timedelta(minutes=n) for n in (1, 5, 30, 120, 360, 720))
"""After each attempt that failed; after the last one it is given up."""
ATTEMPTS: Final = len(WAITS) + 1

_WANTED = """
    SELECT id, story FROM webhooks WHERE ended_at IS NULL AND instr(events, ',' || :event || ',') > 0
    AND (story IS NULL OR story IN (
        WITH RECURSIVE answered(id, slug) AS (
            SELECT id, slug FROM stories WHERE slug = :story
            UNION SELECT stories.id, stories.slug FROM answered JOIN stories ON stories.merged_into_id = answered.id
        ) SELECT slug FROM answered)) ORDER BY id
"""
"""One that was narrowed to a story hears of whichever story answers for it now."""
_ROWS = """
    SELECT alignments.id, alignments.shown_label AS label, alignments.shown_status AS status, alignments.probability,
        stories.slug, stories.title
    FROM ids_of(:ids) AS wanted JOIN alignments ON alignments.id = wanted.value
    JOIN stories ON stories.id = alignments.story_id ORDER BY alignments.id
"""
_ARTICLE = """
    SELECT articles.id, articles.headline, outlets.name AS outlet, stories.slug, stories.title
    FROM articles JOIN outlets ON outlets.id = articles.outlet_id JOIN stories ON stories.id = articles.story_id
    WHERE articles.id = :id
"""


def tell_rows(
    connection: Connection,
    event: Event,
    rows: Collection[int],
    now: datetime,
    *,
    what: str,
    by: str | None = None,
    value: str | None = None,
) -> None:
    """That something became of rows: they conflict, or somebody flagged or decided them."""
    if not rows or not _anybody(connection):
        return
    for r in ask_ids(connection, _ROWS, rows):
        row = {"id": r["id"], "label": r["label"], "status": r["status"], "probability": r["probability"]}
        told = {"what": what, "by": by, "value": value, "row": row, "address": f"/alignments/{r['id']}"}
        _write(connection, event, r["slug"], {**told, "story": {"slug": r["slug"], "title": r["title"]}}, now)


def tell_article(
    connection: Connection, article_id: int, now: datetime, *, by: str | None, source: int | None = None
) -> None:
    """That an article was added; `source`: the one that is watched and named it, added by `by`."""
    if not _anybody(connection):
        return
    for r in ask(connection, _ARTICLE, id=article_id):
        article = {"id": r["id"], "headline": r["headline"], "outlet": r["outlet"]}
        told = {"what": "added", "by": by, "source": source, "article": article, "address": f"/articles/{article_id}"}
        _write(connection, "article", r["slug"], {**told, "story": {"slug": r["slug"], "title": r["title"]}}, now)


def tell_test(connection: Connection, webhook_id: int, by: str, now: datetime) -> None:
    _keep(connection, "test", [webhook_id], {"what": "asked for", "by": by, "address": "/"}, now)


def _anybody(connection: Connection) -> bool:
    return bool(ask(connection, "SELECT EXISTS(SELECT 1 FROM webhooks WHERE ended_at IS NULL) AS any")[0]["any"])


def _write(connection: Connection, event: Event, story: str, told: dict[str, Any], now: datetime) -> None:
    _keep(connection, event, [r["id"] for r in ask(connection, _WANTED, event=event, story=story)], told, now)


def _keep(connection: Connection, event: Event, hooks: Sequence[int], told: dict[str, Any], now: datetime) -> None:
    body = json.dumps({"event": event, "at": stamp(now), **told}, ensure_ascii=False)
    row = {"event": event, "body": body, "at": stamp(now), "state": "waiting", "due": stamp(now)}
    insert_many(connection, "deliveries", [{"webhook_id": i, **row, "attempts": 0, "answer": ""} for i in hooks])


# --- sending it

_NEXT = """
    SELECT deliveries.id, webhook_id, event, url, body, secret, attempts + 1 AS attempts
    FROM deliveries JOIN webhooks ON webhooks.id = webhook_id
    WHERE state = 'waiting' AND due <= :now AND ended_at IS NULL AND coalesce(held_until, '') <= :now
        AND webhook_id NOT IN (SELECT value FROM ids_of(:but))
    ORDER BY due, deliveries.id LIMIT 1
"""
_LAPSED = f"""
    UPDATE deliveries SET state = 'given up', answer = :why, held_until = NULL
    WHERE state = 'waiting' AND due <= :now AND coalesce(held_until, '') <= :now AND (
        CAST(json_extract(body, '$.article.id') AS BIGINT) IN (SELECT id FROM articles WHERE deleted_at IS NOT NULL)
        OR json_extract(body, '$.row.id') IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM alignments AS told JOIN alignments ON alignments.id = coalesce(told.merged_into_id, told.id)
            JOIN stories ON stories.id = alignments.story_id AND stories.deleted_at IS NULL
            WHERE told.id = CAST(json_extract(body, '$.row.id') AS BIGINT) AND {ROW_STANDS} AND NOT EXISTS (
                SELECT 1 FROM articles JOIN claims ON claims.article_id = articles.id
                WHERE articles.story_id = stories.id AND articles.deleted_at IS NOT NULL
                    AND claims.text = json_extract(body, '$.row.label')
            )
        )
    )
"""  # noqa: S608 - constants only
GONE: Final = "Not sent: what it tells of was deleted."
_TAKE = "UPDATE deliveries SET attempts = attempts + 1, tried_at = :now, held_until = :until WHERE id = :id"
_NOTE = "UPDATE deliveries SET state = :state, due = :due, answer = :answer, held_until = NULL WHERE id = :id AND attempts = :attempts"


def waiting(connection: Connection, now: datetime) -> bool:
    """Whether something is due: one short statement, without waiting for a turn to write."""
    return bool(ask(connection, _NEXT, now=stamp(now), but="[]"))


def take_posting(connection: Connection, now: datetime, but: Collection[int]) -> Posting | None:
    """The next that is due, of no webhook of `but`. Only inside a write transaction, in which nobody else can take it.

    What tells of an article or a row that is deleted by now is given up instead, and the log says why.
    """
    connection.execute(text(_LAPSED), {"now": stamp(now), "why": GONE})
    found = ask(connection, _NEXT, now=stamp(now), but=listed(sorted(but)))
    if not found:
        return None
    posting = Posting(**found[0])
    connection.execute(text(_TAKE), {"id": posting.id, "now": stamp(now), "until": stamp(now + HELD)})
    return posting


def noted(connection: Connection, posting: Posting, now: datetime, *, sent: bool, answer: str) -> None:
    """What came of an attempt. One that somebody else has taken meanwhile is theirs to note."""
    last = posting.attempts >= ATTEMPTS
    state = "sent" if sent else "given up" if last else "waiting"
    due = now if sent or last else now + WAITS[posting.attempts - 1]
    values = {"id": posting.id, "attempts": posting.attempts, "state": state, "due": stamp(due), "answer": answer[:200]}
    connection.execute(text(_NOTE), values)
