"""Rows and relations have a probability, and may be `unsure`.

The two tables are rebuilt, since SQLite cannot change a check in place. Batch mode puts back columns, indexes and foreign keys;
what it would lose is the last id that was given, which is carried over by hand, for no id may mean another row later. What was
kept before was told without a probability: it gets 1. The orders have a place for the new verdict and for the probability, so
their keys are written as `app/store/ranking.py` and `row_display.py` would write them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KINDS = "'conflict', 'diverge', 'updated', 'unsure', 'agree'"


def upgrade() -> None:
    with _rebuilt("alignments", sqlite_autoincrement=True) as table:
        for column in ("status", "shown_status"):
            _widened(table, "alignments", column, f"{KINDS}, 'single-source'")
        table.add_column(_probability("machine_probability"))
        table.add_column(_probability("probability"))
    with _rebuilt("relations") as table:
        _widened(table, "relations", "kind", KINDS)
        table.add_column(_probability("probability"))
    for statement in _ORDERS:
        op.execute(statement)


@contextmanager
def _rebuilt(name: str, **options: bool) -> Iterator[BatchOperations]:
    if op.get_bind().dialect.name != "sqlite":  # nothing is rebuilt where a check can be changed in place
        with op.batch_alter_table(name) as table:
            yield table
        return
    last = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name").bindparams(name=name)
    given = op.get_bind().execute(last).scalar()
    with op.batch_alter_table(name, recreate="always", table_kwargs=options) as table:
        yield table
    if given is not None:
        op.get_bind().execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name").bindparams(name=name))
        again = sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)")
        op.get_bind().execute(again.bindparams(name=name, seq=given))


def _widened(table: BatchOperations, name: str, column: str, values: str) -> None:
    table.drop_constraint(op.f(f"ck_{name}_{column}"), type_="check")
    table.create_check_constraint(op.f(f"ck_{name}_{column}"), sa.text(f'"{column}" IN ({values})'))


def _probability(name: str) -> sa.Column[float]:
    return sa.Column(name, sa.Float(), nullable=False, server_default=sa.text("1.0"))


_RANK = """CASE shown_status WHEN 'conflict' THEN 0 WHEN 'diverge' THEN 1 WHEN 'updated' THEN 2 WHEN 'agree' THEN 4 ELSE 5 END"""
_ORDERS = (
    f"""
    UPDATE alignments SET
        sort_matter = {_RANK} || substr(sort_matter, 2, 3) || '000' || substr(sort_matter, 5),
        sort_event = substr(sort_event, 1, length(sort_event) - length(sort_reading) - 1) || {_RANK} || sort_reading
    WHERE sort_matter <> ''
    """,  # noqa: S608 - constants only
    "UPDATE alignments SET queue_sort = substr(queue_sort, 1, 2) || '000' || substr(queue_sort, 3) WHERE queue_sort > ''",
)
"""What was a verdict's place 3 and 4 is 4 and 5; `000` is a probability of 1."""


def downgrade() -> None:
    message = "there is no way back but the copy made before the upgrade"
    raise NotImplementedError(message)
