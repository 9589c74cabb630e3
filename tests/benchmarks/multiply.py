"""A database of any size from a small one: its rows are copied by SQL, each copy about other names and at another time.

What a copy keeps: words but for the coined names, claims, rows, verdicts, flags, outlets, actors. So common words, actors and
outlets grow with the copies, as they do in the news, and events stay as small as they are.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from corpus import DAYS, FIRST_DAY, other_names

__all__ = ["multiply"]

OWN = {  # table -> what else than a number of its own a copy has: column -> SQL over the old one, {k} the number of the copy
    "stories": {"slug": "slug || '-copy-' || {k}", "title": "other(title, {k})"},
    "articles": {
        "identity": "identity || ' ' || {k}",
        "headline": "other(headline, {k})",
        "published": "later(published, {k})",
        "published_key": "later(published_key, {k})",
        "url": "NULL",
    },
    "article_revisions": {
        "content_hash": "content_hash || ' ' || {k}",
        "text": "other(text, {k})",
        "record": "later(other(record, {k}), {k})",
    },
    "claims": {"text": "other(text, {k})", "before": "other(before, {k})", "after": "other(after, {k})"},
    "claim_records": {"record": "other(record, {k})"},
    "attributions": {},
    "actor_mentions": {},
    "date_mentions": {},
    "number_mentions": {},
    "alignments": {"shown_label": "other(shown_label, {k})", "label": "other(label, {k})"},
    "alignment_members": {},
    "relations": {},
    "reasons": {},
    "flags": {},
    "flag_events": {},
    "article_terms": {"term": "other(term, {k})", "day": "CASE WHEN day THEN laterday(day, {k}) ELSE 0 END"},
}
POINTS = {  # columns that name a row of another copied table
    "story_id": "stories", "article_id": "articles", "revision_id": "article_revisions", "claim_id": "claims",
    "a_claim_id": "claims", "b_claim_id": "claims", "row_id": "alignments", "alignment_id": "alignments",
    "merged_into_id": "alignments", "shown_in": "alignments", "relation_id": "relations", "flag_id": "flags",
}  # fmt: skip
_DAY = re.compile(r"20[12]\d-\d\d-\d\d")


def _shift(copy: int) -> int:
    """Days by which a copy is later, spread over the same years."""
    return copy * 389 % DAYS


def _moved(day: date, copy: int) -> date:
    """A day of the years of the corpus; round at their end."""
    return FIRST_DAY + timedelta(days=((day - FIRST_DAY).days + _shift(copy)) % (DAYS + 7))


def _later(text: str | None, copy: int) -> str | None:
    return _DAY.sub(lambda m: _moved(date.fromisoformat(m.group()), copy).isoformat(), text) if text else text


def multiply(path: Path, articles: int) -> None:
    """Copy all there is until there are so many articles, as near as whole copies come to it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as c:
        c.create_function("other", 2, other_names, deterministic=True)
        c.create_function("later", 2, _later, deterministic=True)
        c.create_function(
            "laterday", 2, lambda day, k: _moved(date.fromordinal(day), k).toordinal(), deterministic=True
        )
        for pragma in ("synchronous = OFF", "foreign_keys = OFF", "cache_size = -200000"):
            c.execute(f"PRAGMA {pragma}")
        tables = {t for (t,) in c.execute("SELECT name FROM sqlite_master WHERE type = 'table'")} & OWN.keys()
        step = {t: _one(c, f"SELECT max(id) FROM {t}") for t in tables if "id" in _columns(c, t)}
        have = _one(c, "SELECT count(*) FROM articles")
        c.execute("BEGIN")
        for copy in range(1, round(articles / have)):
            for table in OWN:
                if table in tables:
                    _copy(c, table, copy, step)
            c.execute(
                "INSERT INTO claim_index(rowid, words, forms, names) SELECT rowid + ?1 * ?2, other(words, ?2),"
                " other(forms, ?2), other(names, ?2) FROM claim_index WHERE rowid <= ?1",
                (step["claims"], copy),
            )
        counted = "(SELECT count(*) FROM (SELECT claim_id FROM attributions WHERE actor_id = actors.id UNION SELECT claim_id FROM actor_mentions WHERE actor_id = actors.id))"  # fmt: skip
        c.execute(f"UPDATE actors SET claims = {counted}")
        c.execute("COMMIT")
        c.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _columns(c: sqlite3.Connection, table: str) -> list[str]:
    return [r[1] for r in c.execute(f"PRAGMA table_info({table})")]


def _one(c: sqlite3.Connection, statement: str) -> int:
    return int(c.execute(statement).fetchone()[0] or 0)


def _copy(c: sqlite3.Connection, table: str, k: int, step: dict[str, int]) -> None:
    values = []
    columns = _columns(c, table)
    for column in columns:
        if column == "id":
            values.append(f"id + {k * step[table]}")
        elif column in POINTS:
            values.append(f'"{column}" + {k * step[POINTS[column]]}')
        else:
            values.append(OWN[table].get(column, f'"{column}"').format(k=k))
    names = ", ".join(f'"{column}"' for column in columns)
    first = "id" if "id" in columns else next(column for column in columns if column in POINTS)
    least = step[table if first == "id" else POINTS[first]]
    how = "INSERT OR IGNORE" if table == "article_terms" else "INSERT"  # two names of one article may get one new name
    c.execute(f"{how} INTO {table} ({names}) SELECT {', '.join(values)} FROM {table} WHERE {first} <= {least}")
