"""Webhooks: kept, given another secret, ended. They are never deleted, for their deliveries are told by them.

The secret signs what is sent, so it cannot be kept as a hash: it lies in the database as it is, and is shown once, to whoever
made it. It is in no view, no audit line, no log, no export. Whoever may read the database file can sign.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from sqlmodel import Session, col, func, select

from app.core.links import safe_link
from app.core.text import fold
from app.errors import BadInput, Conflicting, NotFound
from app.store import audit, outbox
from app.store.sql import LARGEST_ID
from app.store.stories import story_meant
from app.store.tables import DeliveryRow, WebhookRow
from app.store.typed_text import bounded_text, typed_name
from app.store.views import EVENTS

__all__ = ["MOST_HOOKS", "add_webhook", "end_webhook", "rotate_webhook", "send_again", "send_test"]

MOST_HOOKS: Final = 50
_NAME_CHARS = 60


def _new_secret() -> str:
    return f"whs_{secrets.token_urlsafe(32)}"


def add_webhook(
    session: Session, name: str, url: str, events: Collection[str], story: str | None, by: str, now: datetime
) -> tuple[int, str]:
    """Its number and its secret."""
    plain = " ".join(bounded_text(name, "the name", _NAME_CHARS).split())
    if not plain or not plain.isprintable():
        raise BadInput(f"a name of 1 to {_NAME_CHARS} characters that can be seen is needed.", where="name")
    address = url.strip()
    if safe_link(address) is None:
        raise BadInput("this is no plain http or https address.", where="url", mend="Copy it from the other program.")
    wanted = [e for e in EVENTS if e in events]
    if not wanted or set(events) - set(EVENTS):
        raise BadInput("it is not said what to send.", where="events", mend=f"Use one or more of {', '.join(EVENTS)}.")
    only = story_meant(session, story).slug if story else None
    kept = col(WebhookRow.ended_at).is_(None)
    if session.exec(select(WebhookRow).where(WebhookRow.folded == fold(plain), kept)).first() is not None:
        raise Conflicting(f"there is a webhook {plain!r} already.", where="name", mend="Give it another name.")
    if session.exec(select(func.count()).where(kept)).one() >= MOST_HOOKS:
        raise Conflicting(f"there are at most {MOST_HOOKS} webhooks.", mend="End one first.")
    secret = _new_secret()
    row = WebhookRow(
        name=plain,
        folded=fold(plain),
        url=address,
        events=f",{','.join(wanted)},",
        story=only,
        secret=secret,
        by=typed_name(by),
        at=now,
    )
    session.add(row)
    session.flush()
    told = {"name": plain, "host": urlsplit(address).hostname, "events": " ".join(wanted), "story": only}
    audit.record(session, now, by=by, what="added", kind="webhook", subject=row.id, after=told)
    return row.id or 0, secret


def rotate_webhook(session: Session, webhook_id: int, by: str, now: datetime) -> str:
    """Another secret, by which everything sent from now on is signed."""
    row = _live(session, webhook_id)
    row.secret = _new_secret()
    session.add(row)
    audit.record(session, now, by=by, what="rotated", kind="webhook", subject=row.id, after={"name": row.name})
    return row.secret


def end_webhook(session: Session, webhook_id: int, by: str, now: datetime) -> None:
    """Ending twice is ending once. What waits is not sent any more."""
    row = _any(session, webhook_id)
    if row.ended_at is None:
        row.ended_at, row.ended_by = now, typed_name(by)
        session.add(row)
        audit.record(session, now, by=by, what="ended", kind="webhook", subject=row.id, before={"name": row.name})


def send_test(session: Session, webhook_id: int, by: str, now: datetime) -> None:
    row = _live(session, webhook_id)
    outbox.tell_test(session.connection(), row.id or 0, typed_name(by), now)
    audit.record(session, now, by=by, what="tested", kind="webhook", subject=row.id, after={"name": row.name})


def send_again(session: Session, delivery_id: int, by: str, now: datetime) -> None:
    """A delivery that was given up is tried as if it were new; one that waits, at once. One that was sent stays sent."""
    row = session.get(DeliveryRow, min(delivery_id, LARGEST_ID))
    if row is None:
        raise NotFound(f"there is no delivery {delivery_id}.")
    if row.state == "sent":
        raise Conflicting("this delivery was sent.", mend="Only what did not arrive is sent again.")
    _live(session, row.webhook_id)
    was = {"state": row.state, "attempts": row.attempts}
    row.state, row.due = "waiting", now
    row.attempts = 0 if was["state"] == "given up" else row.attempts
    session.add(row)
    audit.record(session, now, by=by, what="sent again", kind="delivery", subject=row.id, before=was)


def _any(session: Session, webhook_id: int) -> WebhookRow:
    row = session.get(WebhookRow, min(webhook_id, LARGEST_ID))
    if row is None:
        raise NotFound(f"there is no webhook {webhook_id}.")
    return row


def _live(session: Session, webhook_id: int) -> WebhookRow:
    row = _any(session, webhook_id)
    if row.ended_at is not None:
        raise Conflicting("this webhook was ended.", mend="Make another one.")
    return row
