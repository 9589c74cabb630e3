"""What PostgreSQL lacks of the functions that our statements call, put into the database before the first revision."""

from __future__ import annotations

from sqlalchemy import Connection

__all__ = ["put_functions"]

_FUNCTIONS = (
    # Ids are given inside a write transaction, which nobody else is in: none is skipped when it comes to nothing.
    """CREATE TABLE IF NOT EXISTS given_ids (name text PRIMARY KEY, seq bigint NOT NULL)""",
    """CREATE OR REPLACE FUNCTION next_id(of text) RETURNS bigint LANGUAGE sql VOLATILE AS $$
        INSERT INTO given_ids VALUES (of, 1) ON CONFLICT (name) DO UPDATE SET seq = given_ids.seq + 1 RETURNING seq $$""",
    """CREATE OR REPLACE FUNCTION json_ids(list text) RETURNS TABLE (value bigint) LANGUAGE sql IMMUTABLE AS $$
        SELECT v::bigint FROM json_array_elements_text(list::json) AS v $$""",
    """CREATE OR REPLACE FUNCTION json_each(list text) RETURNS TABLE (value text) LANGUAGE sql IMMUTABLE AS $$
        SELECT v COLLATE "C" FROM json_array_elements_text(
            CASE json_typeof(list::json) WHEN 'array' THEN list::json ELSE json_build_array(list::json) END) AS v $$""",
    """CREATE OR REPLACE FUNCTION json_extract(doc text, path text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
        SELECT (doc::json #>> regexp_split_to_array(
            btrim(replace(replace(replace(path, '$', ''), '[', '.'), ']', ''), '.'), '[.]')) COLLATE "C" $$""",
    """CREATE OR REPLACE FUNCTION json_each(doc text, path text) RETURNS TABLE (value text) LANGUAGE sql IMMUTABLE AS $$
        SELECT value FROM json_each(coalesce(json_extract(doc, path), '[]')) $$""",
    """CREATE OR REPLACE FUNCTION json_grouped(state jsonb, key text, value bigint) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
        SELECT state || jsonb_build_object(key, value) $$""",
    """CREATE OR REPLACE FUNCTION json_as_text(state jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT state::text $$""",
    """CREATE OR REPLACE AGGREGATE json_group_object(text, bigint) (
        SFUNC = json_grouped, STYPE = jsonb, INITCOND = '{}', FINALFUNC = json_as_text)""",
    """CREATE OR REPLACE FUNCTION cut(whole text, first bigint, many bigint) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
        SELECT CASE WHEN first < 0 THEN left(right(whole, -first::int), many::int) ELSE substring(whole, first::int, greatest(many, 0)::int) END $$""",
    """CREATE OR REPLACE FUNCTION cut(whole text, first bigint) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
        SELECT CASE WHEN first < 0 THEN right(whole, -first::int) ELSE substring(whole, first::int) END $$""",
    *(
        f"""CREATE OR REPLACE FUNCTION {name}({of}, {of}) RETURNS {of} LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT {does}($1, $2) $$"""
        for name, does in (("min", "least"), ("max", "greatest"))
        for of in ("bigint", "text", "double precision")
    ),
    """CREATE OR REPLACE FUNCTION instr(text, text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT strpos($1, $2) $$""",
)


def put_functions(connection: Connection) -> None:
    for statement in _FUNCTIONS:
        connection.exec_driver_sql(statement)
