"""PostgreSQL with the types that SQLite keeps: then a statement means the same on both, and gives the same values.

Yes and no are 1 and 0; every whole number has 64 bits; a date is its text; text is ordered by its characters' numbers (`COLLATE "C"`),
whatever language the server was made for. Ids are given by `next_id` (see `functions.py`): none twice, and none is skipped when
a transaction comes to nothing. Values are put into statements by the driver on this side, as they are: so PostgreSQL infers
their types from where they stand, as SQLite does.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, types
from sqlalchemy.dialects import registry, sqlite
from sqlalchemy.dialects.postgresql.base import PGDDLCompiler, PGTypeCompiler
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg, PGDialect_psycopg

__all__ = ["DRIVER", "TEXT", "ParallaxDialect"]

DRIVER = "postgresql+parallax"
TEXT = 'TEXT COLLATE "C"'


class _Types(PGTypeCompiler):
    def visit_BOOLEAN(self, type_: Any, **kw: Any) -> str:  # noqa: ARG002, N802
        return "SMALLINT"

    def visit_INTEGER(self, type_: Any, **kw: Any) -> str:  # noqa: ARG002, N802
        return "BIGINT"

    def visit_VARCHAR(self, type_: Any, **kw: Any) -> str:  # noqa: ARG002, N802
        return TEXT

    visit_TEXT = visit_DATE = visit_VARCHAR  # noqa: N815 - SQLAlchemy's names


class _Tables(PGDDLCompiler):
    def get_column_specification(self, column: Column[Any], **kw: Any) -> str:
        told = str(super().get_column_specification(column, **kw))  # type: ignore[no-untyped-call]
        if column.table is None or column is not column.table.autoincrement_column:
            return told
        return told.replace("SERIAL", f"BIGINT DEFAULT next_id('{column.table.name}')", 1)


class _Statements(PGCompiler_psycopg):
    def render_bind_cast(self, type_: Any, dbapi_type: Any, sqltext: str) -> str:  # noqa: ARG002
        return sqltext


class ParallaxDialect(PGDialect_psycopg):
    supports_statement_cache = True
    supports_native_boolean = False
    type_compiler_cls = _Types
    ddl_compiler = _Tables
    statement_compiler = _Statements
    colspecs = {  # noqa: RUF012 - as SQLAlchemy has it
        **PGDialect_psycopg.colspecs,
        types.Date: sqlite.DATE,
    }


registry.register("postgresql.parallax", __name__, ParallaxDialect.__name__)
