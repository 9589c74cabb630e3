"""What a year of one desk costs in bytes: from what a database holds now, and what of it is what.

usage: python tests/benchmarks/year.py DATABASE [--a-day 40]

Of each table with its indexes the bytes an article, the largest first (needs SQLite's `dbstat`; without it only the sum). Give it a
database of articles as long as the desk's own: what is kept of an article grows with its claims, not with the article.
"""

from __future__ import annotations

import argparse
import sqlite3
from contextlib import closing
from pathlib import Path

MOST = 12


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("--a-day", type=int, default=40)
    args = parser.parse_args()
    with closing(sqlite3.connect(f"{args.database.resolve().as_uri()}?mode=ro", uri=True)) as db:

        def one(asked: str) -> int:
            return int(db.execute(asked).fetchone()[0] or 0)

        articles = one("SELECT count(*) FROM articles")
        claims, letters = one("SELECT count(*) FROM claims"), one("SELECT sum(length(text)) FROM article_revisions")
        pages = one("SELECT page_count - freelist_count FROM pragma_page_count, pragma_freelist_count")
        size = pages * one("PRAGMA page_size")
        print(f"{articles:,} articles of {letters / articles:,.0f} characters, {claims / articles:.0f} claims each")
        print(
            f"{size / articles:,.0f} bytes an article, {size / claims:,.0f} a claim, {size / letters:.0f} a character"
        )
        for name, held in by_table(db)[:MOST]:
            print(f"  {held / articles:9,.0f}  {name}")
        year = size / articles * args.a_day * 365
        print(f"{args.a_day} a day for a year: {args.a_day * 365:,} articles, {year / 1e9:.1f} GB")


def by_table(db: sqlite3.Connection) -> list[tuple[str, int]]:
    """Bytes of each table with its indexes, the largest first."""
    try:
        found = db.execute(
            "SELECT coalesce(tbl_name, dbstat.name) AS of, sum(pgsize) FROM dbstat LEFT JOIN sqlite_master ON sqlite_master.name = dbstat.name"
            " GROUP BY of ORDER BY 2 DESC"
        ).fetchall()
    except sqlite3.OperationalError:
        return []
    return [(str(name), int(held)) for name, held in found]


if __name__ == "__main__":
    main()
