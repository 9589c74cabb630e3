"""Where a store is: a file, which SQLite keeps, or an address, at which PostgreSQL does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from app.errors import BadInput

__all__ = ["Address", "Place", "file_of", "place_named"]

_SCHEMES = ("postgresql+psycopg", "postgresql", "postgres")
_EXAMPLE = "Write it as postgresql+psycopg://name:password@host:5432/database."


@dataclass(frozen=True, slots=True)
class Address:
    """A database of a PostgreSQL server. Shown without its password, wherever it is shown.

    >>> str(Address("postgresql+psycopg://ann:secret@db.example/parallax"))
    'postgresql://ann@db.example/parallax'
    """

    url: str

    def __post_init__(self) -> None:
        """Raises `ValueError` saying what is wrong with it, and not what it is: it holds a password."""
        try:
            parts = urlsplit(self.url)
            _ = parts.port
        except ValueError:
            message = f"this is no address. {_EXAMPLE}"
            raise ValueError(message) from None
        if parts.scheme not in _SCHEMES:
            message = (
                f"only PostgreSQL is known by an address. {_EXAMPLE} A file of SQLite is named by PARALLAX_DATABASE"
            )
            raise ValueError(message)
        if not parts.path.strip("/") or "/" in parts.path.strip("/"):
            message = f"it names no database. {_EXAMPLE}"
            raise ValueError(message)

    @property
    def name(self) -> str:
        """What the database is called there."""
        return urlsplit(self.url).path.strip("/")

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        who, _, at = parts.netloc.rpartition("@")
        host = at or next(iter(parse_qs(parts.query).get("host", ())), "")
        return f"postgresql://{who.partition(':')[0]}{'@' if who else ''}{host}/{self.name}"

    def __repr__(self) -> str:
        return f"Address({self})"


Place = Path | Address


def place_named(name: str) -> Place:
    """What somebody typed: an address, or else a file. Raises `BadInput` for an address that is none of PostgreSQL's."""
    if not name.strip():
        raise BadInput("no database is named.", mend="Give a file, or an address of PostgreSQL's.")
    if "://" not in name:
        return Path(name)
    try:
        return Address(name)
    except ValueError as error:
        raise BadInput(f"{error}") from None


def file_of(place: Place, instead: str) -> Path:
    """The file that SQLite keeps; `BadInput` where PostgreSQL keeps the store, saying what is used there instead."""
    if isinstance(place, Address):
        raise BadInput("this database is PostgreSQL's, not a file.", where=str(place), mend=instead)
    return place
