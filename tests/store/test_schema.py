"""The database's own state: migrations, versions, copies, what the schema itself refuses."""

from __future__ import annotations

import runpy
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from made_up import fill
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.errors import BadInput, DatabaseUnready
from app.settings import PROJECT
from app.store import Store, backup, check_ready, open_store, ready, schema, upgrade
from app.store.engine import make_engine
from app.store.tables import Table
from app.store.views import Query


def sql(path: Path, statement: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(statement).fetchall()


def test_models_and_migrations_agree(blank: Path) -> None:
    engine = make_engine(blank, writing=False)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: not (kind == "table" and name.startswith("claim_index"))},
        )
        assert compare_metadata(context, Table.metadata) == []
    engine.dispose()


def test_revisions_are_numbered_in_their_order() -> None:
    """So that a database is known to be ready without what upgrades one."""
    config = Config()
    config.set_main_option("script_location", str(PROJECT / "migrations"))
    config.set_main_option("path_separator", "os")
    in_order = [s.revision for s in ScriptDirectory.from_config(config).walk_revisions()][::-1]
    assert ready.revisions() == in_order


def test_every_constraint_has_a_name() -> None:
    for table in Table.metadata.tables.values():
        assert all(c.name for c in table.constraints), table.name


def test_a_new_database_is_made_with_its_folder_and_is_ready(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "new.sqlite3"
    with pytest.raises(DatabaseUnready, match="no database"):
        check_ready(path)
    assert upgrade(path) is None
    check_ready(path)
    assert upgrade(path) is None
    assert sql(path, "PRAGMA journal_mode") == [("wal",)]


_RANK = "CASE shown_status WHEN 'agree' THEN 3 WHEN 'single-source' THEN 4 ELSE substr(sort_matter, 1, 1) END"
_ORDERS = (
    f"""
    UPDATE alignments SET sort_matter = {_RANK} || substr(sort_matter, 2, 3) || substr(sort_matter, 8),
        sort_event = substr(sort_event, 1, 10) || {_RANK} || substr(sort_event, 12) WHERE shown = 1
    """,
    "UPDATE alignments SET queue_sort = substr(queue_sort, 1, 2) || substr(queue_sort, 6) WHERE queue_sort IS NOT NULL",
)


def as_of(path: Path, example: Path, revision: str) -> Path:
    """The made-up story in a database of an older version: what that version had columns for."""
    upgrade(path, to=revision)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("ATTACH DATABASE ? AS newer", (str(example),))
        tables = connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'claim_index%'"
            " AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
        ).fetchall()
        for (table,) in tables:
            columns = [f'"{c[1]}"' for c in connection.execute(f"PRAGMA main.table_info({table})")]
            listed = ", ".join(columns)
            connection.execute(f"INSERT INTO main.{table} ({listed}) SELECT {listed} FROM newer.{table}")
        # versions before the sixth had no place for `unsure` and for a probability in their orders
        for statement in _ORDERS * (revision < "0006"):
            connection.execute(statement)
        # versions before the third had no rows for claims that stand in others
        for table, column in (("alignment_members", "alignment_id"), ("alignments", "id")) * (revision < "0003"):
            hidden = "SELECT id FROM newer.alignments WHERE lone = 1 AND shown = 0"
            connection.execute(f"DELETE FROM main.{table} WHERE {column} IN ({hidden})")
    return path


@pytest.mark.parametrize(
    "revision",
    [
        "0001",
        "0002",
        "0003",
        "0004",
        "0005",
        "0006",
        "0007",
        "0008",
        "0009",
        "0010",
        "0011",
        "0012",
        "0013",
        "0014",
        "0015",
    ],
)
def test_a_database_with_data_is_copied_upgraded_and_searched(tmp_path: Path, example: Path, revision: str) -> None:
    path = as_of(tmp_path / "old.sqlite3", example, revision)
    with pytest.raises(DatabaseUnready, match="older"):
        open_store(path)
    copy = upgrade(path)
    assert copy is not None
    assert sql(copy, "SELECT version_num FROM alembic_version") == [(revision,)]
    assert sql(copy, "SELECT count(*) FROM claims") == [(8,)]
    with open_store(path) as store:
        assert store.library.search(Query("apologise")).hits.total == 2
        assert store.library.search(Query("Motegi")).hits.total == 1, "names are indexed too"
        assert store.rows.story("pact").rows.total == 5
        with store.read() as session:
            assert session.connection().execute(text("PRAGMA foreign_key_check")).all() == []


def test_a_second_upgrade_to_the_same_revision_keeps_the_first_copy(tmp_path: Path, example: Path) -> None:
    path = as_of(tmp_path / "old.sqlite3", example, "0003")
    first = upgrade(path)
    assert first is not None
    words = first.read_bytes()
    path.unlink()
    as_of(path, example, "0001")
    second = upgrade(path)
    assert second not in (None, first)
    assert first.read_bytes() == words
    assert sql(second, "SELECT version_num FROM alembic_version") == [("0001",)]


def objects(path: Path, table: str) -> set[tuple]:
    return set(sql(path, f"SELECT type, name FROM sqlite_master WHERE tbl_name = '{table}'"))


def test_rows_kept_before_probabilities_get_one_and_stand_where_they_stood(tmp_path: Path, example: Path) -> None:
    path = as_of(tmp_path / "old.sqlite3", example, "0005")
    sql(path, "UPDATE sqlite_sequence SET seq = 700 WHERE name = 'alignments'")
    upgrade(path)
    for table in ("alignments", "relations"):
        assert objects(path, table) == objects(example, table), "indexes and guards are put back"
        assert sql(path, f"SELECT DISTINCT probability FROM {table}") == [(1.0,)]
    keys = "SELECT id, sort_matter, sort_event, queue_sort FROM alignments ORDER BY id"
    assert sql(path, keys) == sql(example, keys)
    with Store(path) as store:
        assert [a.faults for a in store.checks.questions() if a.faults] == []
        with store.write() as session:
            connection = session.connection()
            connection.execute(text("UPDATE alignments SET status = 'unsure', shown_status = 'unsure' WHERE id = 1"))
            connection.execute(text("UPDATE relations SET kind = 'unsure'"))
        store.review.decide(2, "split", by="ann", claims=[2])
        new = sql(path, "SELECT target_id FROM decisions")
    assert new == [(701,)], "an id once given is not given again"


def test_rows_kept_before_strictness_get_what_it_needs(tmp_path: Path, example: Path) -> None:
    path = as_of(tmp_path / "old.sqlite3", example, "0002")
    upgrade(path)
    own = "SELECT claim_id FROM alignment_members JOIN alignments ON id = alignment_id WHERE lone = 1 ORDER BY 1"
    assert sql(path, own) == [(i,) for i in range(1, 9)], "every claim has a row of its own, once"
    assert sql(path, "SELECT id FROM alignments WHERE first_seen IS NOT NULL ORDER BY id") == [(1,), (3,)]
    assert sql(path, "SELECT count(*) FROM alignments WHERE digest LIKE 'claim%'") == [(0,)]


def test_a_class_of_before_goes_on_without_key_and_date(tmp_path: Path, example: Path) -> None:
    newer, path = tmp_path / "newer.sqlite3", tmp_path / "old.sqlite3"
    newer.write_bytes(example.read_bytes())
    with open_store(newer) as store:
        code = store.snapshots.start_class("pact", by="teacher")[0].code
        store.snapshots.mark_class(code, "Owls", 1, "agree")
    upgrade(as_of(path, newer, "0014"))
    with open_store(path) as store:
        view = store.snapshots.class_view(code)
        assert (view.groups, view.ends_on, view.over, view.left_out) == (("Owls",), None, False, ())
        assert store.snapshots.leads_class(code, person="teacher"), "it has no key that could be asked for"
        assert not store.snapshots.leads_class(code, person="pupil", signed_in=True)
        assert not store.snapshots.leads_class(code, key="x")
        assert [a.faults for a in store.checks.questions() if a.faults] == []


def test_an_index_of_an_older_analyser_is_made_anew(tmp_path: Path, example: Path) -> None:
    path = tmp_path / "stale.sqlite3"
    path.write_bytes(example.read_bytes())
    sql(path, "PRAGMA user_version = 0")
    sql(path, "DELETE FROM claim_index")
    with pytest.raises(DatabaseUnready):
        check_ready(path)
    upgrade(path)
    with open_store(path) as store:
        assert store.library.search(Query("apologise")).hits.total == 2


def test_an_upgrade_that_fails_changes_nothing(tmp_path: Path, example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = as_of(tmp_path / "old.sqlite3", example, "0001")
    monkeypatch.setattr("app.store.index.rebuild_index", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        upgrade(path)
    assert sql(path, "SELECT version_num FROM alembic_version") == [("0001",)]
    assert sql(path, "SELECT count(*) FROM sqlite_master WHERE name = 'claim_index'") == [(0,)]


def test_a_newer_database_is_refused(tmp_path: Path, example: Path) -> None:
    path = tmp_path / "newer.sqlite3"
    path.write_bytes(example.read_bytes())
    sql(path, "UPDATE alembic_version SET version_num = '9999'")
    for refused in (check_ready, upgrade):
        with pytest.raises(DatabaseUnready, match="newer"):
            refused(path)
    assert sql(path, "SELECT version_num FROM alembic_version") == [("9999",)]


@pytest.mark.parametrize(
    "content", [b"", b"not a database at all, but long enough to be taken for one" * 20], ids=["empty", "text"]
)
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.sqlite3"
    path.write_bytes(content)
    with pytest.raises(DatabaseUnready):
        check_ready(path)
    if content:
        with pytest.raises(DatabaseUnready):
            upgrade(path)


@pytest.mark.sqlite_file
def test_a_backup_is_a_whole_database_and_overwrites_nothing(tmp_path: Path, filled: Store) -> None:
    target = tmp_path / "backups" / "copy.sqlite3"
    with filled.write() as session:
        session.connection().execute(text("UPDATE stories SET title = 'half'"))
        backup(filled.path, target)  # while somebody writes: what is not committed is not in it
    with open_store(target) as copy:
        assert copy.rows.story("pact").story.title == "The pact"
        assert copy.library.search(Query("apologise")).hits.total == 2
    with pytest.raises(BadInput):
        backup(filled.path, target)
    with pytest.raises(DatabaseUnready):
        backup(tmp_path / "none", tmp_path / "to")


@pytest.mark.sqlite_file
def test_a_backup_that_fails_leaves_nothing_under_its_name(tmp_path: Path, filled: Store, monkeypatch) -> None:
    target = tmp_path / "copies" / "copy.sqlite3"

    def broken(growing: Path, target: Path) -> None:
        assert not target.exists()
        assert sql(growing, "PRAGMA integrity_check") == [("ok",)]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.store.schema.publish", broken)
    with pytest.raises(OSError, match="No space"):
        backup(filled.path, target)
    assert list(target.parent.iterdir()) == []


@pytest.mark.sqlite_file
def test_two_backups_to_one_name_never_mix(tmp_path: Path, filled: Store, monkeypatch) -> None:
    target, published = tmp_path / "copy.sqlite3", schema.publish

    def late(growing: Path, target: Path) -> None:
        target.write_bytes(b"another's")
        published(growing, target)

    monkeypatch.setattr("app.store.schema.publish", late)
    with pytest.raises(BadInput, match="exists"):
        backup(filled.path, target)
    assert target.read_bytes() == b"another's"


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE alignments SET status = 'maybe'", id="a status that is none"),
        pytest.param("UPDATE relations SET \"between\" = 'us'", id="a side that is none"),
        pytest.param("UPDATE flags SET state = 'odd'", id="a state that is none"),
        pytest.param("UPDATE articles SET outlet_id = 99", id="an outlet that is not there"),
        pytest.param("UPDATE claims SET local_id = 'c0'", id="two claims of one name"),
        pytest.param("UPDATE article_revisions SET article_id = 1", id="two current revisions"),
        pytest.param("UPDATE articles SET identity = 'same'", id="one article twice"),
        pytest.param("DELETE FROM stories", id="a story with articles"),
    ],
)
def test_the_schema_refuses(filled: Store, statement: str) -> None:
    with pytest.raises(IntegrityError), filled.write() as session:
        session.connection().execute(text(statement))


def test_a_store_without_tables_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    upgrade(path, to="0001")
    with pytest.raises(DatabaseUnready):
        open_store(path)
    upgrade(path)
    with open_store(path) as store:
        fill(store)


@pytest.mark.parametrize(
    "path", sorted((PROJECT / "migrations" / "versions").glob("0*.py")), ids=lambda path: path.stem
)
def test_no_revision_is_taken_back_and_it_says_what_is_the_way(path: Path) -> None:
    with pytest.raises(NotImplementedError, match="copy"):
        runpy.run_path(str(path))["downgrade"]()
