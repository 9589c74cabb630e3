"""What is of PostgreSQL alone: addresses, what the server says, who waits, who does the work in the background."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from behind import replacing
from clock import Clock
from fastapi.testclient import TestClient
from made_up import the_readings
from postgres import Server, named
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.errors import BadInput, Busy, DatabaseUnready, DiskFull, OnlyReadable, ParallaxError
from app.places import Address, place_named
from app.settings import PROJECT, Settings
from app.store import Store, backup, check, is_blank, open_store, restore, upgrade, vacuum
from app.store.tables import Table
from app.web.app import create_app

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: nothing is tried on PostgreSQL")
BoolDumper = pytest.importorskip("psycopg.types.bool").BoolDumper


@pytest.fixture
def address(server: Server, blank_address: Address) -> Iterator[Address]:
    with server.lent(blank_address.name) as made:
        yield made


@pytest.fixture
def kept(address: Address) -> Iterator[Store]:
    with Store(address, now=Clock()) as store:
        yield store


# --- addresses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "shown"),
    {
        "with a password": ("postgresql+psycopg://ann:hush:hush@db.example:5433/news", "postgresql://ann@db.example:5433/news"),
        "short": ("postgresql://db/news", "postgresql://db/news"),
        "a socket": ("postgresql://ann@/news?host=/run/postgresql", "postgresql://ann@/run/postgresql/news"),
        "a password asked for": ("postgresql://db/news?password=hush&host=x", "postgresql://db/news"),
    }.values(),
)  # fmt: skip
def test_an_address_is_shown_without_its_password(url: str, shown: str) -> None:
    address = Address(url)
    assert (str(address), place_named(named(address))) == (shown, address)
    assert "hush" not in f"{address} {address!r} {Settings(_env_file=None, database_url=url)!r}"


@pytest.mark.parametrize(
    "url",
    ["mysql://db/news", "news", "postgresql://db", "postgresql://db/a/b", "postgresql://db:x/news", "sqlite:///a"],
)
def test_no_address_is_said_so_without_its_password(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.settings import get_settings

    monkeypatch.setenv("PARALLAX_DATABASE_URL", url.replace("://", "://ann:secret@"))
    get_settings.cache_clear()
    with pytest.raises(BadInput, match="PARALLAX_DATABASE_URL") as raised:
        get_settings()
    assert "secret" not in str(raised.value)
    get_settings.cache_clear()


def test_a_password_with_a_blank_is_used_and_never_shown(server: Server, address: Address) -> None:
    there = Address(f"postgres://parallax:hush%20S3CRET%40@/{address.name}?host={server.folder}&application_name=other")
    with Store(there) as store:
        assert store.library.stories().items == ()
    unknown = Address(f"{there.url}&passwrd=hush")
    with pytest.raises(DatabaseUnready, match="does not know") as raised:
        upgrade(unknown)
    assert "hush" not in str(raised.value)


def test_a_file_is_named_as_before() -> None:
    with pytest.raises(BadInput, match="no database is named"):
        place_named(" ")
    assert Settings(_env_file=None, database="x.sqlite3", database_url="  ").place == Path("x.sqlite3")
    assert Settings(_env_file=None, database="x.sqlite3", database_url="").place == Path("x.sqlite3")


# --- what the server says --------------------------------------------------------------------------------------------


def test_a_server_that_is_away(tmp_path: Path) -> None:
    away = Address(f"postgresql://ann:secret@/news?host={tmp_path}")
    for look in (check, open_store, upgrade, is_blank):
        with pytest.raises(DatabaseUnready, match="does not answer") as raised:
            look(away)
        assert "secret" not in str(raised.value)


def test_no_such_database_and_no_tables(server: Server) -> None:
    with pytest.raises(DatabaseUnready, match="no such database"):
        check(server.address("nowhere"))
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
    from app.store.troubles import told

    meant = told(error, Address("postgresql://ann:secret@db/news"))
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


# --- revisions -------------------------------------------------------------------------------------------------------


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
        patch.setattr(guards, "put", broken)
        with pytest.raises(RuntimeError):
            upgrade(empty)
    assert is_blank(empty)
    server.dropped(empty)


def test_a_newer_database_is_left_alone(kept: Store) -> None:
    with kept.write() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for look in (check, upgrade):
        with pytest.raises(DatabaseUnready, match="newer Parallax"):
            look(kept.place)


def test_copies_are_the_server_s_own_business(kept: Store, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="pg_dump"):
        backup(kept.place, tmp_path / "copy")
    with pytest.raises(BadInput, match="pg_restore"):
        restore(kept.place, tmp_path / "copy")
    assert vacuum(kept.place, 1).after > 0


# --- several programs ------------------------------------------------------------------------------------------------


def test_a_lock_that_stays_is_an_error_and_keeps_nothing(address: Address) -> None:
    with Store(address, now=Clock()) as holder, Store(address, now=Clock(), patience=0.1) as impatient:
        with holder.write(), pytest.raises(Busy, match="others are writing") as raised:
            impatient.articles.create_story("Late")
        assert raised.value.retry_after
        assert impatient.articles.create_story("Late").title == "Late"


ASKING = """
import sys
from app.places import place_named
from app.store import Store
with Store(place_named(sys.argv[1])) as store:
    for _ in sys.stdin:
        print(store.chosen(), flush=True)
"""


def test_one_program_works_in_the_background_and_another_goes_on_when_it_is_killed(address: Address) -> None:
    command = [sys.executable, "-c", ASKING, named(address)]
    running = [
        subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]

    def asked(program: subprocess.Popen[str]) -> bool:
        assert program.stdin
        assert program.stdout
        program.stdin.write("?\n")
        program.stdin.flush()
        return program.stdout.readline() == "True\n"

    first, second = running
    try:
        assert [asked(first), asked(second), asked(first), asked(second)] == [True, False, True, False]
        first.kill()
        first.wait()
        assert any(asked(second) for _ in range(2000)), "the lock is free as soon as its connection ends"
        with Store(address) as third:
            assert not third.chosen()
            second.kill()
            second.wait()
            assert any(third.chosen() for _ in range(2000))
    finally:
        for program in running:
            program.kill()
            program.communicate()


def test_whoever_lost_the_connection_is_not_the_one_any_more(kept: Store, server: Server) -> None:
    assert kept.chosen()
    with closing(Store(kept.place)) as other:
        server.admin(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{kept.place.name}'")
        assert any(other.chosen() for _ in range(2000))
        assert not kept.chosen()
        assert not kept.chosen()


# --- what statements mean --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "value"),
    {
        "text by its characters' numbers": ("SELECT CASE WHEN min(name) = 'Zeta' THEN 1 END FROM outlets", 1),
        "the last characters": ("SELECT substr('abcdef', -3)", "def"),
        "some of the last": ("SELECT substr('abcdef', -3, 2)", "de"),
        "the first ones": ("SELECT substr('abcdef', 2, 2)", "bc"),
        "the smaller of two": ("SELECT min(2, (SELECT count(*) FROM outlets))", 2),
        "like, whatever the case": ("SELECT CASE WHEN 'ABC' LIKE 'a%' THEN 1 END", 1),
        "a place in a list": ("SELECT json_extract('[1,[\"x\",{\"y\":7}]]', '$[1][1].y') || ''", "7"),
        "nothing there": ("SELECT json_extract('{}', '$.a.b')", None),
        "percent": ("SELECT '5 %' || :sign", "5 %!"),
        "a colon in words": ("SELECT ' :sign' || :sign", " :sign!"),
        "null is null": ("SELECT CASE WHEN NULL IS :none THEN 1 END", 1),
        "a sum is a whole number": ("SELECT sum(id) FROM outlets", 3),
    }.values(),
)  # fmt: skip
def test_a_statement_means_the_same_on_both(store: Store, statement: str, value: object) -> None:
    from app.store.sql import tuples

    with store.write() as session:
        for name in ("alpha", "Zeta"):
            session.connection().execute(text("INSERT INTO outlets (key, name) VALUES (:n, :n)"), {"n": name})
    with store.reading() as connection:
        ((found,),) = tuples(connection, statement, sign="!", none=None)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    "title",
    ["Café «Zürich»", "STRASSE Straße", "문재인 安倍", "it’s", "", "'; DROP TABLE stories --", "a\\b", "x" * 3000],
)
def test_names_are_compared_as_our_own_program_does(kept: Store, title: str) -> None:
    from app.core.text import fold
    from app.store.search import has_words
    from app.store.sql import tuples

    with kept.write() as session:
        connection = session.connection()
        connection.execute(text("INSERT INTO outlets (key, name) VALUES ('k', :title)"), {"title": title})
        for q in ("zurich", "stras", "재인", "its", "drop", "", "x"):
            ((found, has),) = tuples(connection, "SELECT fold(name), has_words(name, :q) FROM outlets", q=q)
            assert (found, has) == (fold(title), has_words(title, q)), q
    with kept.reading() as connection:
        assert tuples(connection, "SELECT fold(name) FROM outlets") == [(fold(title),)]


@pytest.mark.parametrize(
    "asked",
    ['"', "'", "\\", "a:b", "c++", "don't", '"one two" OR three', "x*", "安", "a & b | !c <-> d", "U.S.", "1,000.5", "word " * 90],
)  # fmt: skip
def test_whatever_is_typed_is_a_question(kept: Store, asked: str) -> None:
    from app.store.views import Query

    kept.articles.keep_article(the_readings()[0])
    kept.library.search(Query(asked))


KINDS: dict[str, Callable[[Store], object]] = {
    "check": lambda s: [a for a in s.checks.questions() if a.faults and not a.harmless]
}


def test_a_store_is_sound_and_its_indexes_can_be_made_anew(kept: Store) -> None:
    for reading in the_readings():
        kept.articles.keep_article(reading)
    assert KINDS["check"](kept) == []
    for question in ("pages", "search", "index", "terms", "guards", "counts"):
        kept.checks.repair(question)
    assert KINDS["check"](kept) == []


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


# --- pages and API ---------------------------------------------------------------------------------------------------

ASKED = (
    "/", "/stories/pact", "/stories/pact?status=conflict", "/alignments/1", "/articles/1", "/articles?q=pact", "/search?q=apolog",
    "/search?q=apologised&outlet=alpha-wire", "/actors", "/actors?q=jap", "/actors/japan", "/outlets", "/outlets/alpha-wire",
    "/conflicts", "/corrections", "/api/v1/stories", "/api/v1/stories/pact/alignments", "/api/v1/alignments/1", "/api/v1/articles/1",
    "/api/v1/actors", "/api/v1/conflicts", "/stories/pact/export.json", "/readyz", "/search?q=apoligised",
)  # fmt: skip


def test_pages_are_the_same_on_both(example: Path, example_address: Address, server: Server) -> None:
    def client(store: Store) -> TestClient:
        app = create_app(Settings(_env_file=None, database=example, watch=False), store, bound="127.0.0.1")
        return TestClient(app, base_url="http://127.0.0.1")

    with (
        server.lent(example_address.name) as address,
        Store(example, now=Clock()) as file,
        Store(address, now=Clock()) as there,
    ):
        one, other = client(file), client(there)
        for asked in ASKED:
            answers = [c.get(asked, follow_redirects=False) for c in (one, other)]
            assert answers[0].status_code == answers[1].status_code, asked
            assert answers[0].text == answers[1].text, asked


@pytest.mark.parametrize(("asked", "kind"), [("/", "text/html"), ("/api/v1/stories", "application/problem+json")])
def test_a_server_that_is_away_is_a_503_until_it_is_back(
    asked: str, kind: str, server: Server, blank_address: Address
) -> None:
    """The database is not there when the program starts, and is when it is asked again."""
    later = server.address(f"later_{kind[:4]}")
    app = create_app(Settings(_env_file=None, database_url=later, watch=False), bound="127.0.0.1")
    with TestClient(app, base_url="http://127.0.0.1") as client:
        away = client.get(asked, headers={"Accept": kind})
        assert (away.status_code, away.headers["content-type"].split(";")[0]) == (503, kind)
        assert "no such database" in away.text
        server.admin(f'CREATE DATABASE "{later.name}" TEMPLATE "{blank_address.name}"')
        assert client.get(asked).status_code == 200
        server.admin(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{later.name}'")
        assert client.get(asked).status_code == 200
    server.dropped(later)
