# ruff: noqa: S608 - statements are put together from constants; every value is bound
"""What may go when it is old: copies, logs and versions that the machine made, never what a person said, nor the audit log.

One `Kind` a thing, with what goes written as SQL once: counted by the same condition that it is deleted by. What refers to it decides:
a version goes only where no row shows a claim of it, no frozen comparison holds it, and nobody decided on or corrected anything of
its article. The file is no smaller then (see `vacuuming.py`): what is free is used again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text
from sqlmodel import Session

from app.store import audit
from app.store.sql import ask
from app.store.terms import stamp
from app.store.views import Prunable

__all__ = ["prunable", "prune"]


@dataclass(frozen=True, slots=True)
class Kind:
    """Rows of a table that go, by a condition on it; `bytes` are those of its columns that weigh. `then`: what nothing needs any more."""

    name: str
    say: str
    table: str
    bytes: str
    goes: str
    then: str = ""


_SPOKEN_OF = """(
    article_id IN (SELECT CAST(json_extract(said.value, '$[0]') AS BIGINT) FROM decisions, json_each(decisions.claims) AS said)
    OR article_id IN (SELECT corrections.article_id FROM corrections)
    OR (article_id, number) IN (SELECT CAST(json_extract(text.value, '$.article_id') AS BIGINT), CAST(json_extract(text.value, '$.revision') AS BIGINT)
        FROM snapshots, json_each(snapshots.record, '$.texts') AS text)) IS TRUE
"""
"""Of a version: somebody decided on or corrected something of its article, or a frozen comparison holds it."""
_OLD_VERSION = f"""
    NOT current AND kept_at < :before
    AND number <= (SELECT max(number) FROM article_revisions AS newest WHERE newest.article_id = article_revisions.article_id) - :versions
    AND NOT EXISTS (SELECT 1 FROM articles WHERE articles.id = article_revisions.article_id AND own_words = 1)
    AND NOT EXISTS (SELECT 1 FROM claims JOIN alignment_members ON alignment_members.claim_id = claims.id
        WHERE claims.revision_id = article_revisions.id)
    AND NOT EXISTS (SELECT 1 FROM claims JOIN relations ON relations.a_claim_id = claims.id OR relations.b_claim_id = claims.id
        WHERE claims.revision_id = article_revisions.id)
    AND NOT {_SPOKEN_OF}"""
_NOT_ASKED_FOR = "SELECT 1 FROM fetched_pages WHERE fetched_pages.sha256 = page_bodies.sha256"

KINDS = (
    Kind(
        "pages",
        "pages as they were fetched, of versions that are no longer the current ones and that nobody spoke of",
        "fetched_pages",
        "length(headers) + length(url)",
        f"""at < :before AND NOT EXISTS (
            SELECT 1 FROM article_revisions WHERE article_revisions.id = revision_id AND (current = 1 OR {_SPOKEN_OF}))""",
        f"page_bodies WHERE NOT EXISTS ({_NOT_ASKED_FOR})",
    ),
    Kind(
        "versions",
        "versions of articles beyond the newest, in which nothing is referred to",
        "article_revisions",
        """length(text) + length(record) + length(actors) + (SELECT coalesce(sum(length(claims.text) + length(claim_records.record)), 0)
            FROM claims LEFT JOIN claim_records ON claim_records.claim_id = claims.id
            WHERE claims.revision_id = article_revisions.id)""",
        _OLD_VERSION,
        f"page_bodies WHERE NOT EXISTS ({_NOT_ASKED_FOR})",
    ),
    Kind(
        "deliveries",
        "lines of the logs of webhooks that are dealt with",
        "deliveries",
        "length(body) + length(answer)",
        "state <> 'waiting' AND at < :before",
    ),
    Kind(
        "seen",
        "reports that watched sources named which are watched no more",
        "seen_pages",
        "length(url) + length(digest)",
        "source_id IN (SELECT id FROM sources WHERE ended_at < :before)",
    ),
    Kind(
        "sessions",
        "sessions of browsers that ended or ran out",
        "sessions",
        "length(hash)",
        "ended_at < :before OR seen < :before",
    ),
)


def prunable(connection: Connection, before: datetime, versions: int) -> Iterator[Prunable]:
    """Of each kind how much would go, and about how many bytes that are."""
    for kind in KINDS:
        asked = f"SELECT count(*) AS many, coalesce(sum({kind.bytes}), 0) AS size FROM {kind.table} WHERE {kind.goes}"
        (found,) = ask(connection, asked, **_given(kind, before, versions))
        size = found["size"]
        if kind.table == "fetched_pages":
            only = f"SELECT coalesce(sum(length(packed)), 0) AS size FROM page_bodies WHERE EXISTS ({_NOT_ASKED_FOR} AND {kind.goes}) AND NOT EXISTS ({_NOT_ASKED_FOR} AND NOT ({kind.goes}))"
            size += ask(connection, only, before=stamp(before))[0]["size"]
        yield Prunable(kind.name, kind.say, found["many"], size)


def prune(session: Session, before: datetime, versions: int, by: str, now: datetime) -> tuple[Prunable, ...]:
    """Delete what may go, and say so in the audit log, a line for each kind of which there was any."""
    connection = session.connection()
    gone = []
    for kind, found in zip(KINDS, prunable(connection, before, versions), strict=True):
        gone.append(found)
        if not found.many:
            continue
        given = _given(kind, before, versions)
        connection.execute(text(f"DELETE FROM {kind.table} WHERE {kind.goes}").bindparams(**given))
        if kind.then:
            connection.execute(text(f"DELETE FROM {kind.then}"))
        told = {"many": found.many, "until": stamp(before)}
        audit.record(session, now, by=by, what="pruned", kind="database", subject=kind.name, before=told)
    return tuple(gone)


def _given(kind: Kind, before: datetime, versions: int) -> dict[str, object]:
    """What its condition asks for."""
    given: dict[str, object] = {"before": stamp(before), "versions": versions}
    return {name: value for name, value in given.items() if f":{name}" in kind.goes}
