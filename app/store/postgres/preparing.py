"""Before the first revision and after the last one: what a server's database must be, and what it must know."""

from __future__ import annotations

from sqlalchemy import Connection

from app.errors import DatabaseUnready
from app.places import Address
from app.store.postgres import functions, words

__all__ = ["after", "before", "refuse_unfit"]

_OLDEST = 15
_NOTE_ID = (
    """CREATE OR REPLACE FUNCTION note_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO given_ids VALUES (TG_TABLE_NAME, NEW.id) ON CONFLICT (name) DO UPDATE SET seq = greatest(given_ids.seq, excluded.seq);
        RETURN NULL;
    END $$""",
    "DROP TRIGGER IF EXISTS audit_note_id ON audit",
    "CREATE TRIGGER audit_note_id AFTER INSERT ON audit FOR EACH ROW EXECUTE FUNCTION note_id()",
)
"""The number of the log's last line in another place, so that a tail that was cut off is missed (`app/store/audit.py`)."""


def refuse_unfit(connection: Connection, address: Address) -> None:
    version = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one()) // 10_000
    if version < _OLDEST:
        raise DatabaseUnready(
            f"this server is PostgreSQL {version}, and {_OLDEST} or newer is needed.",
            where=str(address),
            mend="Update the server.",
        )
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        raise DatabaseUnready(
            f"this database keeps text as {encoding}, in which not every character can be written.",
            where=str(address),
            mend="Make one with CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0.",
        )


def before(connection: Connection) -> None:
    functions.put_functions(connection)


def after(connection: Connection) -> None:
    words.put_known_texts(connection)
    for statement in _NOTE_ID:
        connection.exec_driver_sql(statement)
