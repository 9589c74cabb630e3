"""A correction as it is kept: of an article, of a story; with its line in the audit log."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlmodel import Session

from app.store import audit
from app.store.tables import ArticleRow, CorrectionRow, StoryRow
from app.store.typed_text import typed_name

__all__ = ["article_correction", "correction_audited", "keep_correction", "story_correction"]


def article_correction(
    row: ArticleRow,
    name: str,
    value: Any,
    was: Any,
    by: str,
    now: datetime,
    *,
    story_id: int | None = None,
    into_id: int | None = None,
) -> CorrectionRow:
    return CorrectionRow(
        kind="article",
        article_id=row.id,
        story_id=story_id,
        into_id=into_id,
        field=name,
        value=json.dumps(value, ensure_ascii=False),
        was=json.dumps(was, ensure_ascii=False),
        by=typed_name(by),
        at=now,
    )


def story_correction(
    row: StoryRow, name: str, value: Any, was: Any, by: str, now: datetime, into_id: int | None = None
) -> CorrectionRow:
    return CorrectionRow(
        kind="story",
        story_id=row.id,
        into_id=into_id,
        field=name,
        value=json.dumps(value, ensure_ascii=False),
        was=json.dumps(was, ensure_ascii=False),
        by=typed_name(by),
        at=now,
    )


def keep_correction(session: Session, made: CorrectionRow) -> int:
    """Its id; with a line in the audit log."""
    session.add(made)
    session.flush()
    audit.record(
        session,
        made.at,
        by=made.by,
        what="corrected",
        kind="correction",
        subject=made.id,
        before={made.field: made.was},
        after={**correction_audited(made), made.field: made.value},
    )
    return made.id or 0


def correction_audited(made: CorrectionRow) -> dict[str, object]:
    told = {"of": made.kind, "article": made.article_id, "story": made.story_id, "into": made.into_id}
    return {"field": made.field, **{k: v for k, v in told.items() if v is not None}}
