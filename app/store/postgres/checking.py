"""Whether a server's database is sound: what SQLite says of its file by itself is asked here of tables."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DatabaseError

from app.places import Address
from app.store.postgres.engine import connected
from app.store.sql import tuples

__all__ = ["remake", "unfound", "unheld", "unreadable", "vacuumed"]


def _tables(connection: Connection) -> list[str]:
    return sorted(inspect(connection).get_table_names())


def unreadable(connection: Connection) -> Iterator[str]:
    """Tables not all of whose rows can be read. A server with checksums finds every damaged page so."""
    for table in _tables(connection):
        try:
            with connection.begin_nested():
                tuples(connection, f'SELECT count(length(t::text)) FROM "{table}" AS t')  # noqa: S608 - a table's name
        except DatabaseError as error:
            yield f"{table}: {error.orig}"


def unheld(connection: Connection) -> Iterator[tuple[str, int, str]]:
    """A table, how many of its rows belong to something that is not there, and where that would be."""
    from app.store.tables import Table

    for table in Table.metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda k: k.parent.name):
            column, of, parent = key.parent.name, key.column.name, key.column.table.name
            lost = f"""SELECT count(*) FROM "{table.name}" AS child WHERE child."{column}" IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM "{parent}" AS parent WHERE parent."{of}" = child."{column}")"""  # noqa: S608 - names of ours
            ((many,),) = tuples(connection, lost)
            if many:
                yield table.name, many, parent


def unfound(connection: Connection) -> bool:
    """Whether the index of words finds other words than it holds."""
    asked = "SELECT 1 FROM claim_index WHERE found_by IS DISTINCT FROM claim_tokens(words, forms, names) LIMIT 1"
    return bool(tuples(connection, asked))


def remake(connection: Connection, tables: tuple[str, ...] = ()) -> None:
    """Make the indexes of these tables anew, or all."""
    for table in tables or _tables(connection):
        connection.exec_driver_sql(f'REINDEX TABLE "{table}"')


def vacuumed(address: Address) -> tuple[int, int]:
    """What is free is free for others again, and counted anew; bytes before and after."""
    with connected(address, reading=False) as connection:
        connection.autocommit = True
        size = "SELECT pg_database_size(current_database())"
        before = connection.execute(size).fetchone()
        connection.execute("VACUUM (ANALYZE)")
        after = connection.execute(size).fetchone()
        return (before or (0,))[0], (after or (0,))[0]
