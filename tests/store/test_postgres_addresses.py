"""Addresses of a PostgreSQL server: as they are named, and as they are shown, without the password."""

from __future__ import annotations

from pathlib import Path

import pytest
from postgres import Server, named

from app.errors import BadInput, DatabaseUnready
from app.places import Address, place_named
from app.settings import Settings
from app.store import Store, upgrade


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
