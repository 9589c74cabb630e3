# ruff: noqa: S608 - statements are put together from constants; every value is bound
"""Sources that are watched: who asked for one, how reading it goes, what was seen in it; and the lease of whoever reads.

What the reader notes is refused when its lease is another's meanwhile: of two processes on one database only one reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, text
from sqlmodel import Session, col, select

from app.errors import BadInput, Conflicting, Moved, NotFound
from app.store import audit
from app.store.keep import UNKNOWN_OUTLET
from app.store.sql import LARGEST_ID, ask, well_formed
from app.store.tables import LeaseRow, SeenRow, SourceRow
from app.store.terms import stamp
from app.store.typed_text import typed_name
from app.store.views import SeenPage, SourceView

__all__ = ["LEASE", "LEAST_MINUTES", "MOST_MINUTES", "add_source", "drop_lease", "due", "end", "hasten", "note_seen", "note_source", "seen", "take_lease", "views"]  # fmt: skip

LEASE = "sources"
LEAST_MINUTES, MOST_MINUTES = 5, 7 * 24 * 60
_NAME_CHARS = 200
_TROUBLE_CHARS = 300

_COLUMNS = """id, url, kind, outlet, story, every, "by", at, tried_at, read_at, next_at, failures, trouble, note, etag,
    modified, answered_from"""
_VIEWS = f"""
    SELECT {_COLUMNS},
        (SELECT count(*) FROM seen_pages WHERE source_id = sources.id) AS pages,
        (SELECT count(*) FROM seen_pages WHERE source_id = sources.id AND article_id IS NOT NULL) AS articles,
        (SELECT count(*) FROM seen_pages JOIN article_revisions ON article_revisions.article_id = seen_pages.article_id
            AND article_revisions.current AND number > 1 WHERE source_id = sources.id) AS revised,
        (SELECT count(*) FROM seen_pages JOIN standing_articles AS articles ON articles.id = seen_pages.article_id
            WHERE source_id = sources.id AND articles.kept_at > :since) AS fresh,
        (SELECT count(*) FROM seen_pages WHERE source_id = sources.id AND failures > 0 AND next_at IS NOT NULL) AS waiting,
        (SELECT count(*) FROM seen_pages WHERE source_id = sources.id AND gone_at IS NOT NULL) AS gone
    FROM sources WHERE ended_at IS NULL
"""
_DUE = """ AND (next_at <= :now
    OR EXISTS (SELECT 1 FROM seen_pages WHERE source_id = sources.id AND seen_pages.next_at <= :now))"""
_MOMENTS = ("at", "tried_at", "read_at", "next_at", "gone_at")
_SEEN = f"""
    SELECT seen_pages.url, digest, etag, modified, answered_from, read_at, next_at, looks, failures, trouble, gone_at,
        seen_pages.article_id, nullif(outlets.name, '{UNKNOWN_OUTLET.name}') AS outlet,
        json_extract(article_revisions.record, '$.url') AS article_url,
        coalesce(length(article_revisions.text), 0) AS chars
    FROM seen_pages
    LEFT JOIN articles ON articles.id = seen_pages.article_id
    LEFT JOIN outlets ON outlets.id = coalesce(articles.read_outlet_id, articles.outlet_id)
    LEFT JOIN article_revisions ON article_revisions.article_id = articles.id AND article_revisions.current
    WHERE source_id = :id
"""


# --- what people ask for


def add_source(
    session: Session, url: str, outlet: str | None, story: str | None, every: int, by: str, now: datetime
) -> int:  # fmt: skip
    """Raises `Conflicting` when it is watched already, `BadInput` for what cannot be kept."""
    if not LEAST_MINUTES <= every <= MOST_MINUTES:
        raise BadInput(f"a source is read every {LEAST_MINUTES} to {MOST_MINUTES} minutes.", where="every")
    have = session.exec(select(SourceRow).where(SourceRow.url == url, col(SourceRow.ended_at).is_(None))).first()
    if have is not None:
        raise Conflicting("this is watched already.", where=url)
    row = SourceRow(
        url=well_formed(url, "the address"), outlet=_short(outlet), story=_short(story), every=every, by=typed_name(by), at=now, next_at=now
    )  # fmt: skip
    session.add(row)
    session.flush()
    told = {"address": url, "every": f"{every} minutes", "outlet": row.outlet, "story": row.story}
    audit.record(session, now, by=by, what="added", kind="source", subject=row.id, after=told)
    return row.id or 0


def _short(name: str | None) -> str | None:
    plain = " ".join(well_formed(name or "", "the name").split())
    return plain[:_NAME_CHARS] or None


def end(session: Session, source_id: int, by: str, now: datetime) -> None:
    row = _live(session, source_id)
    row.ended_by, row.ended_at = typed_name(by), now
    session.add(row)
    audit.record(
        session, now, by=by, what="removed", kind="source", subject=row.id, before={"address": row.url}
    )  # fmt: skip


def hasten(session: Session, source_id: int, by: str, now: datetime) -> None:
    """It is read next, whatever it waits for; what it failed at before is tried again too."""
    row = _live(session, source_id)
    row.next_at, row.failures = now, 0
    session.add(row)
    values = {"id": row.id, "now": stamp(now)}
    session.connection().execute(
        text("UPDATE seen_pages SET next_at = :now, failures = 0 WHERE source_id = :id AND failures > 0"), values
    )
    audit.record(session, now, by=by, what="asked for", kind="source", subject=row.id, after={"address": row.url})


def _live(session: Session, source_id: int) -> SourceRow:
    row = session.get(SourceRow, source_id if source_id <= LARGEST_ID else 0)
    if row is None or row.ended_at is not None:
        raise NotFound("no such source is watched.")
    return row


# --- who reads


def take_lease(session: Session, owner: str, seconds: float, now: datetime) -> bool:
    """The lease, taken or held on to; False while it is another's."""
    row = session.get(LeaseRow, LEASE)
    if row is not None and row.owner != owner and row.until > now:
        return False
    row = row or LeaseRow(name=LEASE, owner=owner, until=now)
    row.owner, row.until = owner, now + timedelta(seconds=seconds)
    session.add(row)
    return True


def drop_lease(session: Session, owner: str) -> None:
    session.connection().execute(
        text("DELETE FROM leases WHERE name = :name AND owner = :owner"), {"name": LEASE, "owner": owner}
    )


def _refuse_other(session: Session, owner: str, now: datetime) -> None:
    row = session.get(LeaseRow, LEASE)
    if row is None or row.owner != owner or row.until <= now:
        raise Moved("another process reads the sources now.")


# --- how it goes


def note_source(session: Session, owner: str, source_id: int, now: datetime, values: Mapping[str, Any]) -> None:
    """Set these columns of a source that is still watched."""
    _refuse_other(session, owner, now)
    row = session.get(SourceRow, source_id)
    if row is not None and row.ended_at is None:
        _set(row, values)
        row.tried_at = now
        session.add(row)


def note_seen(session: Session, owner: str, source_id: int, url: str, now: datetime, values: Mapping[str, Any]) -> None:
    """Set these columns of a report that a source named, for the first time or again."""
    _refuse_other(session, owner, now)
    wanted = select(SeenRow).where(SeenRow.source_id == source_id, SeenRow.url == url)
    row = session.exec(wanted).first() or SeenRow(source_id=source_id, url=url, digest="", seen_at=now)
    _set(row, values)
    row.tried_at = now
    session.add(row)


def _set(row: SourceRow | SeenRow, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value[:_TROUBLE_CHARS] if name in ("trouble", "note") else value)


# --- read back


def due(connection: Connection, now: datetime) -> tuple[SourceView, ...]:
    """What is to be read now: itself, or a report that it named."""
    return _made(connection, f"{_VIEWS}{_DUE} ORDER BY next_at, id", since=stamp(now), now=stamp(now))


def views(connection: Connection, since: datetime) -> tuple[SourceView, ...]:
    """All that are watched, by address."""
    return _made(connection, f"{_VIEWS} ORDER BY url", since=stamp(since))


def _made(connection: Connection, statement: str, **values: object) -> tuple[SourceView, ...]:
    return tuple(SourceView(**_timed(r)) for r in ask(connection, statement, **values))


def seen(connection: Connection, source_id: int) -> dict[str, SeenPage]:
    """Reports that a source named, by address."""
    return {r["url"]: SeenPage(**_timed(r)) for r in ask(connection, _SEEN, id=source_id)}


def _timed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {k: datetime.fromisoformat(v) if k in _MOMENTS and v else v for k, v in row.items()}
