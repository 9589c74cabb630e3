# ruff: noqa: S608 - statements are put together from constants; every value is bound
"""Versions of articles: two of them with what came and went, and which articles were changed lately."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.core.records import Article
from app.errors import NotFound
from app.store import codec
from app.store.read.cursor import Keyset
from app.store.read.lines import ARTICLE_COLUMNS, article_ref, summaries
from app.store.sql import ask
from app.store.views import RevisedView, RevisionView, Slice, StatementView, VersionsView

__all__ = ["revised", "versions"]

_ARTICLE = f"""
    SELECT {ARTICLE_COLUMNS}
    FROM standing_articles AS articles JOIN outlets ON outlets.id = articles.outlet_id
    JOIN standing_stories AS stories ON stories.id = articles.story_id
    WHERE articles.id = :id
"""
_REVISIONS = (
    "SELECT number, kept_at, content_hash, current FROM article_revisions WHERE article_id = :id ORDER BY number"
)
_WORDS = "SELECT id, number, text, record FROM article_revisions WHERE article_id = :id AND number IN (:first, :last)"
_ONLY_IN = """
    SELECT claims.id, claims.text, coalesce(claims.row_id, (
        SELECT max(alignment_id) FROM alignment_members JOIN alignments ON alignments.id = alignment_members.alignment_id
        WHERE claim_id = claims.id AND (alignment_members.shown = 1 OR alignments.retired_at IS NOT NULL)
    )) AS row_id
    FROM claims WHERE revision_id = :this AND superseded = 0 AND fingerprint NOT IN
        (SELECT fingerprint FROM claims WHERE revision_id = :other AND superseded = 0)
    ORDER BY stands_in = 'body', start, position
"""
_FROM_REVISED = """
    FROM article_revisions AS later
    JOIN article_revisions AS earlier ON earlier.article_id = later.article_id AND earlier.number = later.number - 1
    JOIN standing_articles AS articles ON articles.id = later.article_id
    JOIN outlets ON outlets.id = articles.outlet_id JOIN standing_stories AS stories ON stories.id = articles.story_id
    WHERE {where}
"""
_REVISED = f"""
    SELECT {ARTICLE_COLUMNS}, later.id AS revision_id, later.number, later.kept_at AS changed_at, later.text AS text_after, later.record AS record_after,
        earlier.text AS text_before, earlier.record AS record_before, earlier.content_hash AS hash_before, later.content_hash AS hash_after
    {_FROM_REVISED}
"""
_LATEST = Keyset(("later.kept_at", "later.id"), (str, int), descending=True)


def versions(connection: Connection, article_id: int, before: int | None, after: int | None) -> VersionsView:
    """`before`, `after`: numbers; the newest and the one before it where they are not given."""
    found = ask(connection, _ARTICLE, id=article_id)
    if not found:
        raise NotFound(f"there is no article {article_id}.")
    kept = {r["number"]: r for r in ask(connection, _REVISIONS, id=article_id)}
    last = after or max(kept)
    first = before or max((n for n in kept if n < last), default=last)
    for number in (first, last):
        if number not in kept:
            raise NotFound(f"article {article_id} has no version {number}.")
    words = {r["number"]: r for r in ask(connection, _WORDS, id=article_id, first=first, last=last)}
    old, new = words[first], words[last]
    came, gone = _only_in(connection, new, old), _only_in(connection, old, new)
    rows = summaries(connection, sorted({r["row_id"] for r in (*came, *gone) if r["row_id"]}))
    return VersionsView(
        article=article_ref(found[0]),
        story_title=found[0]["story_title"],
        revisions=tuple(
            RevisionView(r["number"], datetime.fromisoformat(r["kept_at"]), r["content_hash"], bool(r["current"]))
            for r in kept.values()
        ),
        before=_article(old),
        after=_article(new),
        numbers=(first, last),
        came=tuple(StatementView(r["id"], r["text"], rows.get(r["row_id"])) for r in came),
        gone=tuple(StatementView(r["id"], r["text"], rows.get(r["row_id"])) for r in gone),
    )


def _only_in(connection: Connection, this: Mapping[str, Any], other: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(ask(connection, _ONLY_IN, this=this["id"], other=other["id"]))


def _article(revision: Mapping[str, Any]) -> Article:
    return codec.read_article(revision["record"], revision["text"])


def revised(
    connection: Connection, slug: str | None, article_id: int | None, cursor: str | None, limit: int
) -> Slice[RevisedView]:
    """Versions that took another's place, the latest first: in a story, of an article, or all."""
    conditions = {"slug": ("stories.slug = :slug", slug), "article": ("articles.id = :article", article_id)}
    given: dict[str, object] = {name: value for name, (_, value) in conditions.items() if value is not None}
    # What is not asked for is no condition: "IS NULL OR" would begin with every revision there is.
    where = " AND ".join(conditions[name][0] for name in given) or "1 = 1"
    page = _LATEST.page(
        cursor,
        limit,
        lambda tail, values: ask(connection, _REVISED.format(where=where) + tail, **given, **values),
        lambda r: (r["changed_at"], r["revision_id"]),
    )
    total = ask(connection, f"SELECT count(*) AS n {_FROM_REVISED.format(where=where)}", **given)[0]["n"]
    return Slice(tuple(map(_revised, page.rows)), total, page.next, page.previous)


def _revised(r: Mapping[str, Any]) -> RevisedView:
    return RevisedView(
        article=article_ref(r),
        number=r["number"],
        at=datetime.fromisoformat(r["changed_at"]),
        before=codec.read_article(r["record_before"], r["text_before"]),
        after=codec.read_article(r["record_after"], r["text_after"]),
        hashes=(r["hash_before"], r["hash_after"]),
    )
