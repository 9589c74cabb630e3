"""What a row keeps of words that are gone: as soon as a claim is set aside, or its article deleted or moved, no row goes on bearing
its words as label or summary, though it is compared anew only afterwards.

A label is of words that are gone when it has a word that a claim which left the row has, and none that stays. The row is then
called by the first of its claims that stays. What a person called it stays.
"""

from __future__ import annotations

import re
from collections import defaultdict

from sqlalchemy import Connection

from app.core.text import fold
from app.store.sql import ask, run_many

__all__ = ["relabel_left"]

_WORD = re.compile(r"\w+")
_MEMBERS = """
    SELECT alignments.id, alignments.label, alignments.shown_label, alignments.judged_label, claims.text,
        claims.current = 1 AND articles.deleted_at IS NULL AND articles.story_id = alignments.story_id AS stays
    FROM alignments
    JOIN alignment_members ON alignment_members.alignment_id = alignments.id
    JOIN claims ON claims.id = alignment_members.claim_id
    JOIN articles ON articles.id = claims.article_id
    WHERE alignments.retired_at IS NULL AND alignments.id IN (
        SELECT alignment_id FROM alignment_members JOIN claims ON claims.id = claim_id WHERE claims.article_id = :article
    )
    ORDER BY alignments.id, articles.published_key = '', articles.published_key, articles.id, claims.position
"""
_CALL = """
    UPDATE alignments SET summary = '',
        shown_label = CASE WHEN shown_label IN (label, judged_label) THEN :called ELSE shown_label END,
        label = :called, judged_label = :called, digest = CASE WHEN digest = '' THEN '' ELSE 'corrected' END
    WHERE id = :id
"""


def relabel_left(connection: Connection, article_id: int) -> None:
    """The rows that a claim of this article stands in, or stood in, are called by claims that stay."""
    stay, gone, label = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list), dict[int, str]()
    for r in ask(connection, _MEMBERS, article=article_id):
        label[r["id"]] = r["label"]
        (stay if r["stays"] else gone)[r["id"]].append(r["text"])
    from app.core.alignment.label import cut_to  # takes time to load, and most who load this never need it

    left = [
        {"id": i, "called": cut_to(stay[i][0].rstrip("."))}
        for i in gone
        if stay[i] and _words([label[i]]) & (_words(gone[i]) - _words(stay[i]))
    ]
    run_many(connection, _CALL, left)


def _words(texts: list[str]) -> set[str]:
    return {word for text in texts for word in _WORD.findall(fold(text))}
