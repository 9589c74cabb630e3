"""How Alembic meets the database: on the connection `app/store/schema.py` hands over, or on `-x database=FILE`.

The tables of the full-text index are nobody's business here: `ours` keeps autogenerate from proposing to drop them. A
revision that rebuilds a table in batch mode need not care for the index either: it holds no triggers; `schema.upgrade`
fills it anew whenever its analyser or its rows may have changed.
"""

from __future__ import annotations

from pathlib import Path

from alembic import context
from sqlmodel import AutoString

from app.settings import get_settings
from app.store.engine import make_engine
from app.store.tables import Table, UtcDateTime


def ours(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and name is not None and name.startswith(("claim_index", "known_texts", "given_ids")))


def plainly(kind: str, thing: object, _context: object) -> str | bool:
    """Revisions name SQL's own types, so that they go on working whatever the app's classes become."""
    if kind == "type" and isinstance(thing, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.String(length=32)"
    return False


def run(connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Table.metadata,
        include_name=ours,
        render_as_batch=True,
        render_item=plainly,
        transactional_ddl=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    named = context.get_x_argument(as_dictionary=True).get("database")
    engine = make_engine(Path(named) if named else get_settings().place, writing=True)
    with engine.begin() as connection:
        run(connection)
    engine.dispose()
