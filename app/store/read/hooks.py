"""Webhooks and their delivery log, without their secrets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.errors import NotFound
from app.store.read.corrections import merged_into
from app.store.read.cursor import Keyset
from app.store.sql import ask
from app.store.views import Delivery, Slice, Webhook

__all__ = ["deliveries", "webhook", "webhooks"]

_HOOKS = """
    SELECT webhooks.id, name, url, events, story, "by", webhooks.at, ended_at,
        count(*) FILTER (WHERE state = 'sent') AS sent, count(*) FILTER (WHERE state = 'waiting') AS waiting,
        count(*) FILTER (WHERE state = 'given up') AS given_up
    FROM webhooks LEFT JOIN deliveries ON deliveries.webhook_id = webhooks.id
"""


def webhooks(connection: Connection) -> tuple[Webhook, ...]:
    """By name, those that were ended last."""
    tail = "GROUP BY webhooks.id ORDER BY ended_at IS NOT NULL, folded, webhooks.id"
    return tuple(_hook(connection, r) for r in ask(connection, f"{_HOOKS} {tail}"))


def webhook(connection: Connection, webhook_id: int) -> Webhook:
    found = ask(connection, f"{_HOOKS} WHERE webhooks.id = :id GROUP BY webhooks.id", id=webhook_id)
    if not found:
        raise NotFound(f"there is no webhook {webhook_id}.")
    return _hook(connection, found[0])


def deliveries(connection: Connection, webhook_id: int, cursor: str | None, limit: int) -> Slice[Delivery]:
    """The latest first."""
    where = "FROM deliveries WHERE webhook_id = :hook"
    page = Keyset(("id",), (int,), descending=True).page(
        cursor,
        limit,
        lambda tail, at: ask(connection, f"SELECT * {where}{tail}", hook=webhook_id, **at),
        lambda r: (r["id"],),
    )
    total = ask(connection, f"SELECT count(*) AS n {where}", hook=webhook_id)[0]["n"]
    return Slice(tuple(_delivery(r) for r in page.rows), total, page.next, page.previous)


def _hook(connection: Connection, r: Mapping[str, Any]) -> Webhook:
    times = {n: datetime.fromisoformat(r[n]) if r[n] else None for n in ("at", "ended_at")}
    story = (merged_into(connection, r["story"]) if r["story"] else None) or r["story"]
    return Webhook(**{**r, **times, "story": story, "events": tuple(r["events"].strip(",").split(","))})


def _delivery(r: Mapping[str, Any]) -> Delivery:
    times = {n: datetime.fromisoformat(r[n]) if r[n] else None for n in ("at", "due", "tried_at")}
    return Delivery(**{k: v for k, v in {**r, **times}.items() if k != "held_until"})
