"""Which articles and stories stand: those that nobody deleted, and stories that were not merged into another.

Whoever reads asks these views and not the tables; whoever writes or checks asks the tables. They are put there anew after every
upgrade, as the guards are: a revision that rebuilds a table could not run while a view looks at it.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

__all__ = ["ROW_STANDS", "VIEWS", "lift_views", "put_views"]

VIEWS: Mapping[str, str] = {
    "standing_articles": "SELECT * FROM articles WHERE deleted_at IS NULL",
    "standing_stories": "SELECT * FROM stories WHERE deleted_at IS NULL AND merged_into_id IS NULL",
}

_MEMBERS = """
    SELECT 1 FROM alignment_members JOIN claims ON claims.id = alignment_members.claim_id
    JOIN articles AS told_by ON told_by.id = claims.article_id
    WHERE alignment_members.alignment_id = alignments.id AND told_by.deleted_at IS
"""
ROW_STANDS = f"""(
    NOT EXISTS ({_MEMBERS} NOT NULL) OR alignments.shown = 1 AND EXISTS ({_MEMBERS} NULL AND alignment_members.shown = 1)
)"""
"""Whether a row (`alignments`) may be shown. One that is shown no more keeps the words of whatever was in it: it goes with any of
its articles that is deleted; one that is shown stands as long as one of them does."""


def put_views(connection: Connection) -> None:
    """Put the views in place, as they are written here."""
    lift_views(connection)
    for name, shows in VIEWS.items():
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {shows}")


def lift_views(connection: Connection) -> None:
    """Take them away, for a migration."""
    for name in VIEWS:
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
