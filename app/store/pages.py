"""The page as it was: kept beside the revision that was read from it, once, and never changed."""

from __future__ import annotations

import json

from sqlmodel import Session

from app.store.tables import FetchedPageRow, PageBodyRow
from app.store.views import PageCopy

__all__ = ["keep_copy"]


def keep_copy(session: Session, revision_id: int, copy: PageCopy | None) -> None:
    """What a revision was read from, when that is known; the first that is told of it stays."""
    if copy is None or session.get(FetchedPageRow, revision_id) is not None:
        return
    page = copy.page
    if session.get(PageBodyRow, page.sha256) is None:
        session.add(PageBodyRow(sha256=page.sha256, size=page.size, packed=copy.packed))
        session.flush()
    session.add(
        FetchedPageRow(
            revision_id=revision_id,
            url=page.url,
            status=page.status,
            media_type=page.media_type,
            charset=page.charset,
            headers=json.dumps(page.headers, ensure_ascii=False),
            sha256=page.sha256,
            at=page.at,
        )
    )
