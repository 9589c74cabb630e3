"""Small helps for SQL written out as text: lists of ids go in as one JSON value, so that a statement's text never changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, TextClause, text

__all__ = ["ask", "ask_ids", "ids_in"]


def ids_in(statement: str, ids: Iterable[object], **values: object) -> TextClause:
    """`statement` with `:ids` bound to a list, to be read by `json_each(:ids)`, and other values bound by name."""
    return text(statement).bindparams(ids=json.dumps(list(ids)), **values)


def ask(connection: Connection, statement: str, **values: object) -> list[Mapping[str, Any]]:
    """The rows of a statement, by column name."""
    return [dict(r) for r in connection.execute(text(statement), values).mappings()]


def ask_ids(connection: Connection, statement: str, ids: Iterable[object], **values: object) -> list[Mapping[str, Any]]:
    """The rows of a statement over a list of ids (see `ids_in`)."""
    return [dict(r) for r in connection.execute(ids_in(statement, ids, **values)).mappings()]
