"""What all tables share: one metadata with a naming convention, UTC times, enum checks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Dialect, MetaData, String, text
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

from app.store.terms import stamp

__all__ = ["Table", "UtcDateTime", "one_of", "only_where"]


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, kept as ISO 8601 text of fixed width, so that text order is time order. Naive times are refused."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else stamp(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else datetime.fromisoformat(value)


class Table(SQLModel):
    """Base of the tables; constraint names follow one convention, so that migrations can name what they change."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """A check that a column holds one of an enumeration's values (NULL passes where the column allows it)."""
    listed = ", ".join(f"'{v}'" for v in values)
    return CheckConstraint(f'"{column}" IN ({listed})', name=column)


def only_where(condition: str, *, postgresql: str | None = None) -> dict[str, Any]:
    """For an index over some of a table's rows, in a table or a revision: which, on both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(postgresql or condition)}
