"""A database of this version made one of an older version, for tests of upgrades with data in place."""

from __future__ import annotations

import sqlite3

_RANK = "CASE shown_status WHEN 'agree' THEN 3 WHEN 'single-source' THEN 4 ELSE substr(sort_matter, 1, 1) END"


def to_the_fourth_revision(connection: sqlite3.Connection) -> None:
    """As that version wrote it."""
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")  # they are put back by every upgrade
    for view in ("standing_articles", "standing_stories"):
        connection.execute(f"DROP VIEW {view}")
    for index in (
        "articles_also",
        "stories_stale",
        "flags_of_people",
        "alignments_shown_status",
        "article_revisions_kept_at",
        "date_mentions_spans",
        "date_mentions_long",
    ):
        connection.execute(f"DROP INDEX ix_{index}")
    for table in (
        "kept_work",
        "deliveries",
        "webhooks",
        "saved_searches",
        "fetched_pages",
        "page_bodies",
        "leases",
        "seen_pages",
        "sources",
        "article_terms",
        "corrections",
        "audit",
        "work",
        "comments",
        "sessions",
        "tokens",
        "reviewers",
    ):
        connection.execute(f"DROP TABLE {table}")
    connection.execute(
        f"""
        UPDATE alignments SET sort_matter = {_RANK} || substr(sort_matter, 2, 3) || substr(sort_matter, 8),
            sort_event = substr(sort_event, 1, 10) || {_RANK} || substr(sort_event, 12) WHERE sort_matter <> ''
        """
    )
    connection.execute("UPDATE alignments SET queue_sort = substr(queue_sort, 1, 2) || substr(queue_sort, 6)")
    connection.execute(  # clauses were no part of a row's digest
        """
        UPDATE alignments SET digest = 'as then'
        WHERE id IN (SELECT alignment_id FROM alignment_members WHERE clause_start IS NOT NULL)
        """
    )
    for table, column in (
        ("alignments", "machine_probability"),
        ("alignments", "probability"),
        ("relations", "probability"),
        ("stories", "basis"),
        ("stories", "compared_with"),
        ("stories", "compared_by"),
        ("alignment_members", "clause_start"),
        ("alignment_members", "clause_end"),
        ("decisions", "needs"),
        ("decisions", "stood"),
        ("decisions", "standing"),
        ("flag_events", "needs"),
        ("flag_events", "whose"),
        ("articles", "read_outlet_id"),
        ("articles", "also"),
        ("articles", "deleted_at"),
        ("stories", "deleted_at"),
        ("stories", "merged_into_id"),
        ("claims", "aside"),
        ("classes", "key_hash"),
        ("classes", "chosen"),
        ("classes", "ends_on"),
        ("classes", "ended_at"),
    ):
        connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    connection.execute("UPDATE alembic_version SET version_num = '0004'")
