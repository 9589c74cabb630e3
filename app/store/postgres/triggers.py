"""The guards (`app/store/guards.py`) as PostgreSQL keeps them: a function and a trigger each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from app.store.postgres.statements import translated
from app.store.sql import tuples

__all__ = ["lift_triggers", "missing_triggers", "put_triggers"]

Refused = tuple[str, str, str]
"""What is refused (`UPDATE OF note ON decisions`), when (a condition, or nothing) and why."""


def put_triggers(connection: Connection, guards: Mapping[str, Refused]) -> None:
    lift_triggers(connection, guards)
    for name, (what, condition, why) in guards.items():
        event, _, table = what.rpartition(" ON ")
        connection.exec_driver_sql(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard${_body(what, condition, why)}$guard$"
        )
        connection.exec_driver_sql(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
        if event == "DELETE":  # which empties a table without asking of any row
            connection.exec_driver_sql(
                f"CREATE TRIGGER {name}_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {_NEVER}()"
            )


_NEVER = "refuse_truncating"
_REFUSING = f"""CREATE OR REPLACE FUNCTION {_NEVER}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN
    RAISE EXCEPTION 'what was said is never deleted' USING ERRCODE = 'integrity_constraint_violation';
END $guard$"""


def _body(what: str, condition: str, why: str) -> str:
    """As the server keeps it."""
    said = f"""
        BEGIN -- {what}
            IF {condition or "true"} THEN RAISE EXCEPTION '{why}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END """
    return translated(said, ours=True).sql


def lift_triggers(connection: Connection, names: Iterable[str]) -> None:
    connection.exec_driver_sql(_REFUSING)
    for table, name in tuples(
        connection,
        """SELECT tgrelid::regclass::text, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace AND tgname NOT LIKE '%_note_%'""",
    ):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}" ON {table}')
    for name in names:
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {name}()")


_KEPT = """
    SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_class ON pg_class.oid = tgrelid
    WHERE NOT tgisinternal AND tgenabled = 'O' AND relnamespace = current_schema()::regnamespace
"""


def missing_triggers(connection: Connection, guards: Mapping[str, Refused]) -> tuple[str, ...]:
    """The guards that are not there, are switched off, or do something else than is written here."""
    kept = dict(tuples(connection, _KEPT))
    return tuple(
        name
        for name, (what, condition, why) in guards.items()
        if kept.get(name) != _body(what, condition, why)
        or (what.startswith("DELETE ON ") and f"{name}_all" not in kept)
    )
