"""What a PostgreSQL server, or the way to it, says, told in our words; what it cannot keep."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_up import the_readings
from postgres import Server

from app.errors import BadInput, Busy, DatabaseUnready, DiskFull, OnlyReadable, ParallaxError
from app.places import Address
from app.store import Store, check_ready, is_blank, open_store, upgrade

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: nothing is tried on PostgreSQL")


def test_a_server_that_is_away(tmp_path: Path) -> None:
    away = Address(f"postgresql://ann:secret@/news?host={tmp_path}")
    for look in (check_ready, open_store, upgrade, is_blank):
        with pytest.raises(DatabaseUnready, match="does not answer") as raised:
            look(away)
        assert "secret" not in str(raised.value)


def test_no_such_database_and_no_tables(server: Server) -> None:
    with pytest.raises(DatabaseUnready, match="no such database"):
        check_ready(server.address("nowhere"))
    empty = server.made()
    assert is_blank(empty)
    with pytest.raises(DatabaseUnready, match="no tables yet"):
        open_store(empty)
    server.dropped(empty)


@pytest.mark.parametrize(
    ("error", "kind", "said"),
    [
        (psycopg.OperationalError('FATAL:  password authentication failed for user "ann"'), DatabaseUnready, "let us in"),
        (psycopg.OperationalError("fe_sendauth: no password supplied"), DatabaseUnready, "let us in"),
        (psycopg.OperationalError("FATAL:  sorry, too many clients already"), Busy, "too many connections"),
        (psycopg.errors.DiskFull(), DiskFull, "disk is full"),
        (psycopg.errors.ReadOnlySqlTransaction(), OnlyReadable, "only be read"),
        (psycopg.errors.AdminShutdown(), DatabaseUnready, "does not answer"),
        (psycopg.errors.InsufficientPrivilege(), OnlyReadable, "does not allow"),
        (psycopg.errors.LockNotAvailable(), Busy, "others are writing"),
        (psycopg.errors.UniqueViolation(), None, ""),
        (psycopg.errors.UndefinedColumn(), None, ""),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)  # fmt: skip
def test_what_is_refused_is_said_in_our_words(error: Exception, kind: type[ParallaxError] | None, said: str) -> None:
    from app.store.troubles import trouble_of

    meant = trouble_of(error, Address("postgresql://ann:secret@db/news"))
    assert (type(meant) if meant else None) is kind
    assert said in str(meant)
    assert "secret" not in str(meant)


def test_reading_goes_on_when_the_server_is_back(kept: Store, server: Server) -> None:
    kept.articles.keep_article(the_readings()[0])
    server.admin(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{kept.place.name}'")
    assert kept.library.outlets()
    assert kept.articles.create_story("Afterwards").title == "Afterwards"


def test_an_older_server_and_another_encoding_are_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.store.postgres import preparing

    server.admin("CREATE DATABASE ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C' LOCALE_PROVIDER libc")
    with pytest.raises(DatabaseUnready, match="SQL_ASCII"):
        upgrade(server.address("ascii"))
    server.dropped(server.address("ascii"))
    empty = server.made()
    monkeypatch.setattr(preparing, "_OLDEST", 99)
    with pytest.raises(DatabaseUnready, match="99 or newer"):
        upgrade(empty)
    server.dropped(empty)


def test_what_cannot_be_kept_or_looked_for(store: Store) -> None:
    for text_with in ("A\0B", "\0", "A\ud800"):
        with pytest.raises(BadInput):
            store.articles.create_story(text_with)
        with pytest.raises(BadInput):
            store.library.actor(text_with)
    for nowhere in (10**25, -(10**25)):
        with pytest.raises(BadInput):
            store.rows.alignment(nowhere)
