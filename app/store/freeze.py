"""Frozen comparisons are made and read back. What is frozen never changes: the schema's triggers refuse it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session, select

from app.errors import Conflicting, DatabaseUnready, NotFound
from app.store import audit
from app.store.frozen_json import decoded_record, digest_of, encode
from app.store.read import stories as read_stories
from app.store.read.corrections import corrections_in_a_sheet
from app.store.sql import ask
from app.store.tables import SnapshotRow
from app.store.typed_text import NOTE_CHARS, bounded_text, typed_name
from app.store.views import FrozenText, SnapshotCard, SnapshotView, StoryRef
from app.version import software_version

__all__ = ["StoryState", "freeze", "snapshot", "snapshots", "story_state"]

ID_CHARS = 12
"""Hexadecimal digits of an id: two states of one database will not share them (more are taken should they)."""


@dataclass(frozen=True, slots=True)
class StoryState:
    """What a story is at one moment, ready to be frozen."""

    story: StoryRef
    record: str


def story_state(connection: Connection, slug: str) -> StoryState:
    """The story in one state of the database. Takes its time, so it is read before a write is begun.

    Raises `Conflicting` for a story whose rows lag behind its articles: what is frozen stays as it is for good.
    """
    head = read_stories.story(connection, slug, read_stories.Filters(), None, 1)
    if head.waiting:
        raise Conflicting(
            "the articles of this story are not all compared yet.",
            where=slug,
            mend="Wait until they are, or run `parallax reread`.",
        )
    rows = read_stories.all_rows(connection, slug)
    corrected = corrections_in_a_sheet(connection, slug)
    return StoryState(head.story, encode(head, rows, _texts(connection, slug), _software(), corrected))


def freeze(session: Session, state: StoryState, by: str, note: str, now: datetime) -> str:
    """The id of the snapshot of this state; the one there is when this very state was frozen before."""
    name, said = typed_name(by), bounded_text(note, "the note", NOTE_CHARS)
    digest = digest_of(state.record)
    have = session.exec(select(SnapshotRow).where(SnapshotRow.digest == digest)).first()
    if have is not None:
        return have.id
    length = ID_CHARS
    while session.get(SnapshotRow, digest[:length]) is not None:
        length += 1
    session.add(
        SnapshotRow(
            id=digest[:length],
            digest=digest,
            slug=state.story.slug,
            title=state.story.title,
            record=state.record,
            note=said,
            by=name,
            at=now,
        )
    )
    session.flush()
    told = {"story": state.story.slug, "digest": digest}
    audit.record(session, now, by=name, what="froze", kind="snapshot", subject=digest[:length], after=told)
    return digest[:length]


def _software() -> str:
    return f"Parallax {software_version()}"


def _texts(connection: Connection, slug: str) -> tuple[FrozenText, ...]:
    found = ask(
        connection,
        """
        SELECT article_revisions.article_id, number, text, reader
        FROM standing_stories AS stories JOIN standing_articles AS articles ON articles.story_id = stories.id
        JOIN article_revisions ON article_revisions.article_id = articles.id AND article_revisions.current
        WHERE stories.slug = :slug ORDER BY articles.published_key = '', articles.published_key, articles.id
        """,
        slug=slug,
    )
    return tuple(
        FrozenText(r["article_id"], r["number"], hashlib.sha256(r["text"].encode()).hexdigest(), r["reader"])
        for r in found
    )


def snapshot(connection: Connection, snapshot_id: str) -> SnapshotView:
    """From its own JSON alone. Raises `NotFound`; `DatabaseUnready` when the words do not fit their digest."""
    found = ask(connection, "SELECT * FROM snapshots WHERE id = :id", id=snapshot_id)
    if not found:
        raise NotFound(f"there is no frozen comparison {snapshot_id!r}.")
    r = found[0]
    if digest_of(r["record"]) != r["digest"]:
        raise DatabaseUnready(
            "this frozen comparison was tampered with: its words do not fit its digest.",
            where=snapshot_id,
            mend="Restore the database from a backup.",
        )
    held = decoded_record(r["record"])
    return SnapshotView(
        id=r["id"],
        digest=r["digest"],
        story=held.view.story,
        by=r["by"],
        note=r["note"],
        at=datetime.fromisoformat(r["at"]),
        software=held.about["software"],
        reader=held.about["reader"],
        weights=held.about["weights"],
        texts=held.texts,
        corrected=held.corrected,
        view=held.view,
        record=r["record"],
    )


def snapshots(session: Session, slug: str | None) -> tuple[SnapshotCard, ...]:
    """Of one story (by the slug it had) or all, the latest first."""
    columns = 'id, digest, slug, title, "by", note, at'
    where, values = ("WHERE slug = :slug", {"slug": slug}) if slug is not None else ("", {})
    found = ask(session.connection(), f"SELECT {columns} FROM snapshots {where} ORDER BY at DESC, id", **values)  # noqa: S608
    return tuple(_card(r) for r in found)


def _card(r: Mapping[str, Any]) -> SnapshotCard:
    return SnapshotCard(
        id=r["id"],
        story=StoryRef(r["slug"], r["title"]),
        by=r["by"],
        note=r["note"],
        at=datetime.fromisoformat(r["at"]),
        digest=r["digest"],
    )
