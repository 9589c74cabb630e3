"""What all revisions make on a PostgreSQL server: what the tables say, all of it or nothing; sound, and guarded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from behind import replacing
from clock import Clock
from made_up import the_readings
from postgres import Server, named
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from typer.testing import CliRunner

from app.cli import app
from app.errors import BadInput, DatabaseUnready
from app.places import Address
from app.settings import get_settings
from app.store import CheckAnswer, Store, backup, check_ready, is_blank, restore, upgrade, vacuum
from app.store.tables import Table

BoolDumper = pytest.importorskip("psycopg.types.bool").BoolDumper


def test_all_revisions_make_what_the_tables_say(kept: Store) -> None:
    def ours(thing: object, name: str | None, kind: str, *_: object) -> bool:
        return not (kind == "table" and name in ("claim_index", "claim_words", "known_texts", "given_ids"))

    kept._readers.dialect.supports_native_boolean = True  # the server's own tables have yes and no
    with kept.reading() as connection:
        connection.connection.driver_connection.adapters.register_dumper(bool, BoolDumper)
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, Table.metadata) == []
    assert kept.checks.answer("guards").faults == ()


def test_an_upgrade_that_fails_leaves_nothing(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.store import guards

    def broken(_: object) -> None:
        raise RuntimeError

    empty = server.made()
    with monkeypatch.context() as patch:
        patch.setattr(guards, "put_guards", broken)
        with pytest.raises(RuntimeError):
            upgrade(empty)
    assert is_blank(empty)
    server.dropped(empty)


def test_a_newer_database_is_left_alone(kept: Store) -> None:
    with kept.write() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for look in (check_ready, upgrade):
        with pytest.raises(DatabaseUnready, match="newer Parallax"):
            look(kept.place)


def test_copies_are_the_server_s_own_business(kept: Store, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="pg_dump"):
        backup(kept.place, tmp_path / "copy")
    with pytest.raises(BadInput, match="pg_restore"):
        restore(kept.place, tmp_path / "copy")
    assert vacuum(kept.place, 1).after > 0


def test_what_is_said_of_bytes_is_true_of_a_server(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_DATABASE_URL", named(kept.place))
    get_settings.cache_clear()
    ran = CliRunner().invoke(app, ["vacuum"])
    get_settings.cache_clear()
    assert (ran.exit_code, "used again" in ran.stderr) == (0, True)
    assert re.fullmatch(r"[\d,]+ bytes before, [\d,]+ after\n", ran.stdout)


def faults(store: Store) -> list[CheckAnswer]:
    return [answer for answer in store.checks.questions() if answer.faults and not answer.harmless]


def test_a_store_is_sound_and_its_indexes_can_be_made_anew(kept: Store) -> None:
    for reading in the_readings():
        kept.articles.keep_article(reading)
    assert faults(kept) == []
    for question in ("pages", "search", "index", "terms", "guards", "counts"):
        kept.checks.repair(question)
    assert faults(kept) == []


def test_every_guard_refuses(example_address: Address, server: Server) -> None:
    from test_guards import REFUSED, said

    with server.lent(example_address.name) as address, Store(address, now=Clock()) as store:
        said(store)
        with store.write() as session:
            for statement in REFUSED:
                with pytest.raises(IntegrityError), session.begin_nested():
                    session.connection().execute(text(replacing(store, statement)))
            with pytest.raises(IntegrityError), session.begin_nested():
                session.connection().execute(text("TRUNCATE decisions"))
