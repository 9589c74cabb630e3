"""A PostgreSQL server of the tests' own: Debian's, on a socket in a folder of its own, started when the first test asks.

Nothing that it keeps outlives the tests, so it waits for no disk. A database costs a copy of one that is there already; one that is
lent costs what a test wrote into it, which is taken out again (`Lent`). Where there is no PostgreSQL, the tests that ask for it are
skipped and say so.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import chain, count
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest

from app.places import Address, Place

__all__ = ["Server", "named"]

_DEBIAN = "/usr/lib/postgresql"
_QUICK = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "max_connections=60",
    "jit=off",
)
_LOCALE = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en")
"""A server that sorts text as people do: what is kept is sorted by its characters all the same."""
_USER = "parallax"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sqlite_file: about the file that SQLite keeps; not tried on PostgreSQL")


def named(place: Place) -> str:
    """What another program is told, to find the same place; of an address all of it, with the password."""
    return place.url if isinstance(place, Address) else str(place)


class Server:
    """A running server. `made` gives a new database, a copy of another one; `lent` one that was made so already, where there is one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._names = (f"t{token_hex(3)}_{n}" for n in count(1))
        self._admin: Any = None
        self._free: dict[str, list[Lent]] = defaultdict(list)

    def address(self, name: str) -> Address:
        return Address(f"postgresql+psycopg://{_USER}@/{name}?host={self.folder}")

    def made(self, template: str = "template0") -> Address:
        name = next(self._names)
        self.admin(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return self.address(name)

    def dropped(self, address: Address) -> None:
        self.admin(f'DROP DATABASE IF EXISTS "{address.name}" WITH (FORCE)')

    @contextmanager
    def lent(self, template: str) -> Iterator[Address]:
        """A database that holds what the template holds, to whoever asks; what is written there is gone afterwards."""
        free = self._free[template]
        one = free.pop() if free else Lent(self.made(template), self.connected)
        try:
            yield one.address
        finally:
            if one.as_it_was():
                free.append(one)
            else:
                one.close()
                self.dropped(one.address)

    def admin(self, statement: str) -> None:
        if self._admin is None or self._admin.closed:
            self._admin = self.connected("postgres")
        self._admin.execute(statement)

    def connected(self, name: str) -> Any:
        import psycopg

        return psycopg.connect(f"host={self.folder} user={_USER} dbname={name}", autocommit=True)

    def close(self) -> None:
        for one in chain.from_iterable(self._free.values()):
            one.close()
        if self._admin is not None:
            self._admin.close()


class Lent:
    """A database whose rows can be put back as they were at first, unless somebody changed more than rows."""

    def __init__(self, address: Address, connected: Callable[[str], Any]) -> None:
        self.address = address
        self._connection = connected(address.name)
        self._connection.execute(
            "SET session_replication_role = replica; SET lock_timeout = 1000; CREATE SCHEMA at_first"
        )
        tables = self._connection.execute(_TABLES).fetchall()
        self._put_back = "; ".join(self._kept(table, columns) for table, columns in tables)
        self._made = self._shape()

    def _kept(self, table: str, columns: str) -> str:
        """Its rows are kept; how they are put back."""
        emptied = f"DELETE FROM {table}"
        if self._connection.execute(f"CREATE TABLE at_first.{table} AS SELECT {columns} FROM {table}").rowcount:
            return f"{emptied}; INSERT INTO {table} ({columns}) SELECT * FROM at_first.{table}"
        return emptied

    def as_it_was(self) -> bool:
        """Whether it is as it was again: then it can be lent anew."""
        import psycopg

        try:
            self._connection.execute(_ALONE)
            if self._shape() != self._made:
                return False
            self._connection.execute(self._put_back)
        except psycopg.Error:
            return False
        return True

    def close(self) -> None:
        self._connection.close()

    def _shape(self) -> object:
        """Another one as soon as anybody made, changed or dropped anything but rows."""
        return self._connection.execute(_SHAPE).fetchone()


_SHAPE = f"""SELECT count(*), max(born::text::bigint) FROM ({
    " UNION ALL ".join(
        f"SELECT xmin AS born FROM {catalogue} WHERE {column} >= 16384"
        for catalogue, column in {
            "pg_class": "oid",
            "pg_attribute": "attrelid",
            "pg_index": "indexrelid",
            "pg_constraint": "oid",
            "pg_attrdef": "adrelid",
            "pg_trigger": "oid",
            "pg_proc": "oid",
            "pg_type": "oid",
            "pg_namespace": "oid",
            "pg_description": "objoid",
            "pg_rewrite": "oid",
            "pg_db_role_setting": "setdatabase",
        }.items()
    )
}) AS ours"""
_TABLES = """SELECT relname, string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped AND attgenerated = '' GROUP BY relname"""
_ALONE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def _program(name: str) -> str | None:
    """Debian keeps them out of the way."""
    newest = sorted(Path(_DEBIAN).glob(f"*/bin/{name}"), reverse=True) if Path(_DEBIAN).is_dir() else []
    return next((str(p) for p in newest), None) or shutil.which(name)


def _whose() -> str | None:
    """Whom it runs as: the server refuses to be started by root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), None)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Started once, by each worker of its own; or the one whose socket's folder `PARALLAX_TEST_POSTGRES` names."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: nothing is tried on PostgreSQL")
    if running := os.environ.get("PARALLAX_TEST_POSTGRES"):
        with closing(Server(Path(running))) as there:
            yield there
        return
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    user = _whose()
    if initdb is None or pg_ctl is None or (os.geteuid() == 0 and user is None):
        pytest.skip("there is no PostgreSQL here: nothing is tried on it")
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # a socket's path has at most 107 characters
    if user is not None:
        shutil.chown(folder, user)
    data = folder / "data"

    def run(*command: str) -> None:
        done = subprocess.run(command, user=user, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr + done.stdout

    started = Server(folder)
    try:
        run(initdb, "-D", str(data), "-U", _USER, "-A", "trust", "-E", "UTF8", *_LOCALE, "--no-sync")
        options = " ".join(f"-c {o}" for o in (*_QUICK, f"unix_socket_directories={folder}", "listen_addresses="))
        run(pg_ctl, "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield started
        finally:
            started.close()
            run(pg_ctl, "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def blank_address(server: Server) -> Address:
    """An empty database of this version. Copy it before writing to it."""
    from app.store import upgrade

    address = server.made()
    upgrade(address)
    return address
