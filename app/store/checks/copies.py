"""Fetched pages are to the byte what was fetched."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session

from app.store.checks.question import CheckFault, Question
from app.store.read.page_copies import copy_of
from app.store.sql import tuples

__all__ = ["COPIES"]

_KEPT = """
    SELECT article_id, number FROM (
        SELECT article_id, number, row_number() OVER (PARTITION BY sha256 ORDER BY article_id, number) AS place
        FROM fetched_pages JOIN article_revisions ON article_revisions.id = revision_id
    ) AS held WHERE place = 1 ORDER BY 1, 2
"""


def _copies(session: Session, _now: datetime) -> Iterable[CheckFault]:
    connection = session.connection()
    for article_id, number in tuples(connection, _KEPT):
        copy = copy_of(connection, article_id, number, deleted=True)
        body = copy.body
        if body is None or sha256(body).hexdigest() != copy.page.sha256:
            yield CheckFault(
                f"the page that article {article_id} was read from is not what was fetched: it does not fit its digest"
            )


COPIES = Question("copies", "pages as they were are to the byte what was fetched", _copies)
