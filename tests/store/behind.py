"""What is done to a database behind the store's back: by somebody whom no guard stops, and so that a write is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from app.places import Address
from app.store import Store

__all__ = ["behind", "given_ids", "refusing", "replacing"]


@contextmanager
def behind(store: Store) -> Iterator[Callable[..., object]]:
    """Run statements (values as `:name`) past every guard; kept at the end of the block."""
    if isinstance(store.place, Address):
        with store._writers.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            yield lambda statement, **values: connection.exec_driver_sql(statement, values)
        return
    with closing(sqlite3.connect(store.place)) as connection, connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        yield lambda statement, **values: connection.execute(statement, values)


def given_ids(store: Store) -> str:
    """The table that says which ids were given."""
    return "given_ids" if isinstance(store.place, Address) else "sqlite_sequence"


def refusing(store: Store, table: str) -> None:
    """From now on whatever is put into this table is refused."""
    with store.write() as session:
        connection = session.connection()
        if isinstance(store.place, Address):
            connection.exec_driver_sql(
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'"
                " USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
            connection.exec_driver_sql(
                f"CREATE TRIGGER refuse AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION refuse()"
            )
        else:
            connection.exec_driver_sql(
                f"CREATE TRIGGER refuse AFTER INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END"
            )


def replacing(store: Store, statement: str) -> str:
    """`INSERT OR REPLACE` where there is such a thing; elsewhere what stands there is met by putting it in again."""
    return statement.replace("INSERT OR REPLACE", "INSERT") if isinstance(store.place, Address) else statement
