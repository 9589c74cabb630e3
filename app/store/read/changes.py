"""Conflicts in the order in which they were first seen: what a feed of a story, an actor or an outlet tells."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Connection

from app.core.records import Status
from app.errors import BadInput, NotFound
from app.store.read.alignments import members_of
from app.store.read.cursor import MOST
from app.store.read.filters import HAS_OUTLET
from app.store.read.gone import not_there
from app.store.read.lines import claims_in_rows, loud_of, reasons_of, row_summary
from app.store.read.whom import resolve, theirs
from app.store.sql import ask, listed
from app.store.views import ChangeView

__all__ = ["changes"]

_CHANGES = """
    SELECT alignments.*, stories.slug AS story_slug, stories.title AS story_title
    FROM alignments JOIN standing_stories AS stories ON stories.id = alignments.story_id
    WHERE alignments.first_seen IS NOT NULL AND alignments.shown = 1 AND alignments.shown_status = 'conflict'
"""
_OF_ACTORS = f"""
    AND EXISTS (
        SELECT 1 FROM alignment_members WHERE alignment_members.alignment_id = alignments.id AND alignment_members.shown = 1
        AND {theirs("alignment_members.claim_id")}
    )
"""  # noqa: S608 - constants only


def changes(
    connection: Connection, slug: str | None, actor: str | None, outlet: str | None, limit: int
) -> tuple[ChangeView, ...]:
    if not 1 <= limit <= MOST:
        raise BadInput(f"a feed holds 1 to {MOST} entries.", where="limit")
    where, values = "", dict[str, object]()
    if slug is not None:
        if not ask(connection, "SELECT 1 FROM standing_stories AS stories WHERE slug = :slug", slug=slug):
            raise not_there(connection, slug)
        where, values = " AND stories.slug = :slug", {"slug": slug}
    if actor is not None:
        if not ask(connection, "SELECT 1 FROM actors WHERE key = :key", key=actor):
            raise NotFound(f"there is no actor {actor!r}.")
        where += _OF_ACTORS
        values["actors"] = listed(resolve(connection, actor))
    if outlet is not None:
        where += f" AND {HAS_OUTLET}"
        values["outlet"] = outlet
    order = " ORDER BY alignments.first_seen DESC, alignments.id DESC LIMIT :limit"
    rows = ask(connection, _CHANGES + where + order, **values, limit=limit)
    ids = [r["id"] for r in rows]
    members = members_of(connection, ids)
    loud = loud_of(connection, ids)
    claims = claims_in_rows(connection, {i: members[i] for i in ids}, loud)
    reasons = defaultdict(tuple, reasons_of(connection, dict.fromkeys(ids, Status.CONFLICT), loud))
    return tuple(
        ChangeView(
            row=row_summary(r),
            seen=datetime.fromisoformat(r["first_seen"]),
            claims=tuple(claims[r["id"]].values()),
            reasons=reasons[r["id"]],
        )
        for r in rows
    )
