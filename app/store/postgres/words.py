"""The index of words as PostgreSQL keeps it, and texts as they are compared: `fold` and `has_words` without our own program there.

The tokens are made by the one analyser (`app/store/search.py`), so the same question finds the same claims as in FTS5. A claim's
stems, forms and names lie one after the other in one `tsvector`, with a gap between and a weight each; a phrase is words in a row.

What `fold` makes of a title or a name is kept beside it (`known_texts`): a trigger notes every new one, and it is filled in before
anybody asks and before the transaction is kept.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from app.core.text import fold
from app.store.postgres.statements import MOST_CHARS
from app.store.search import VERSION, analyse

__all__ = ["INDEX", "fill_if_there", "put_known_texts", "version"]

INDEX = f"""
    CREATE FUNCTION claim_tokens(words text, forms text, names text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
        SELECT coalesce(string_agg(
            '''' || replace(replace(left(token, {MOST_CHARS}), '\\', '\\\\'), '''', '''''') || ''':' || least(place, 16383) || weight, ' '
        ), '')::tsvector
        FROM (
            SELECT token, place, 'A' AS weight FROM unnest(string_to_array(words, ' ')) WITH ORDINALITY AS w(token, place)
            UNION ALL SELECT token, place + 1 + cardinality(string_to_array(words, ' ')), 'B'
            FROM unnest(string_to_array(forms, ' ')) WITH ORDINALITY AS f(token, place)
            UNION ALL SELECT token, place + 2 + cardinality(string_to_array(words, ' ')) + cardinality(string_to_array(forms, ' ')), 'C'
            FROM unnest(string_to_array(names, ' ')) WITH ORDINALITY AS n(token, place)
        ) AS tokens WHERE token <> ''
    $$;
    CREATE TABLE claim_index (
        rowid bigint PRIMARY KEY, words text NOT NULL, forms text NOT NULL, names text NOT NULL,
        found_by tsvector GENERATED ALWAYS AS (claim_tokens(words, forms, names)) STORED
    );
    CREATE INDEX ix_claim_index_found_by ON claim_index USING gin (found_by);
    CREATE TABLE claim_words (col text DEFAULT 'forms', term text COLLATE "C" PRIMARY KEY, doc bigint NOT NULL);
    CREATE FUNCTION note_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP <> 'INSERT' THEN
            UPDATE claim_words SET doc = doc - 1 WHERE term IN (
                SELECT left(t, {MOST_CHARS}) FROM unnest(string_to_array(OLD.forms, ' ')) AS t);
        END IF;
        IF TG_OP <> 'DELETE' THEN
            INSERT INTO claim_words (term, doc) SELECT DISTINCT left(t, {MOST_CHARS}), 1
                FROM unnest(string_to_array(NEW.forms, ' ')) AS t WHERE t <> ''
                ON CONFLICT (term) DO UPDATE SET doc = claim_words.doc + 1;
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER claim_index_note_words AFTER INSERT OR UPDATE OR DELETE ON claim_index FOR EACH ROW EXECUTE FUNCTION note_words()
"""  # noqa: S608 - a number of ours
"""What revision 0002 makes here, where it makes an FTS5 table in SQLite."""

_KNOWN: Mapping[str, str] = {"actors": "name", "outlets": "name", "stories": "title", "articles": "headline"}
_TEXTS = (
    """CREATE TABLE IF NOT EXISTS known_texts (
        key text PRIMARY KEY, text text NOT NULL, folded text COLLATE "C", forms text[], stems text[])""",
    "CREATE INDEX IF NOT EXISTS ix_known_texts_new ON known_texts (key) WHERE folded IS NULL",
    """CREATE OR REPLACE FUNCTION note_text() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO known_texts (key, text) SELECT md5(t), t FROM (SELECT to_jsonb(NEW) ->> TG_ARGV[0] AS t) AS new ON CONFLICT DO NOTHING;
        RETURN NULL;
    END $$""",
    """CREATE OR REPLACE FUNCTION fold(title text) RETURNS text LANGUAGE sql STABLE AS $$
        SELECT folded FROM known_texts WHERE key = md5(title) $$""",
    # `asked`: form and stem of each word, as JSON. Each is to stand in the title, in any form, or to begin a word of it.
    """CREATE OR REPLACE FUNCTION has_words(title text, asked text) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT jsonb_array_length(asked::jsonb) > 0 AND NOT EXISTS (
            SELECT 1 FROM jsonb_array_elements(asked::jsonb) AS word WHERE NOT EXISTS (
                SELECT 1 FROM known_texts, unnest(forms, stems) AS its(form, stem)
                WHERE key = md5(title) AND (starts_with(its.form, word ->> 0) OR its.stem = word ->> 1))) $$""",
)


def put_known_texts(connection: Connection) -> None:
    """The texts that `fold` knows, and the triggers that note new ones; all of those that are kept."""
    for statement in _TEXTS:
        connection.exec_driver_sql(statement)
    for table, column in _KNOWN.items():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_note_{column} ON {table}")
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_note_{column} AFTER INSERT OR UPDATE OF {column} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION note_text('{column}')"
        )
        connection.exec_driver_sql(
            f"INSERT INTO known_texts (key, text) SELECT DISTINCT md5({column}), {column} FROM {table} ON CONFLICT DO NOTHING"  # noqa: S608 - our own names
        )


def fill_if_there(connection: Connection) -> None:
    """Say of every new text what it is compared as; nothing before there are such texts, nor where nobody writes."""
    if connection.connection.driver_connection.read_only or not _is_there(connection):  # type: ignore[union-attr]
        return
    found = connection.exec_driver_sql("SELECT key, text FROM known_texts WHERE folded IS NULL").all()
    rows = []
    for key, text in found:
        tokens = analyse(text)
        rows.append(
            {"key": key, "folded": fold(text), "forms": [t.form for t in tokens], "stems": [t.stem for t in tokens]}
        )
    if rows:
        connection.exec_driver_sql(
            "UPDATE known_texts SET folded = :folded, forms = :forms, stems = :stems WHERE key = :key", rows
        )


def _is_there(connection: Connection) -> bool:
    if not connection.info.get("known_texts"):
        connection.info["known_texts"] = bool(connection.exec_driver_sql("SELECT to_regclass('known_texts')").scalar())
    return bool(connection.info["known_texts"])


def version(connection: Connection, made: int | None = None) -> int:
    """Which analyser filled the index; `made` says it anew."""
    if made is not None:
        connection.exec_driver_sql(f"COMMENT ON TABLE claim_index IS '{made:d}'")
        return made
    said = connection.exec_driver_sql("SELECT obj_description('claim_index'::regclass)").scalar()
    return int(said) if said and said.isdecimal() else VERSION - 1
