"""What the server, or the way to it, says in its own terms, said in ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg

from app.errors import (
    BadInput,
    Busy,
    Damaged,
    DatabaseUnready,
    DiskFailing,
    DiskFull,
    OnlyReadable,
    ParallaxError,
)
from app.places import Address

__all__ = ["told_of"]

_AGAIN = "Nothing of it was done: send it again."


def told_of(error: BaseException | None, address: Address) -> ParallaxError | None:
    """The error it means; None for a mistake of ours (a constraint, a statement)."""
    if not isinstance(error, psycopg.Error):
        return None
    code = error.sqlstate or ""
    kind = _KINDS.get(code) or _KINDS.get(code[:2])
    if kind is not None:
        return kind(str(address))
    if isinstance(error, psycopg.DataError) and "NUL" in str(error):
        return BadInput("a text holds a character (NUL) that cannot be kept.")
    if isinstance(error, psycopg.ProgrammingError) and not code and "connection option" in str(error):
        return _no_option(str(address))
    return _of_the_way(str(error), str(address)) if isinstance(error, psycopg.OperationalError) else None


def _of_the_way(said: str, where: str) -> ParallaxError:
    """The driver gives no code for what happens before a connection stands."""
    for words, kind in _SAID:
        if all(word in said for word in words):
            return kind(where)
    return _away(where)


def _unready(what: str, mend: str) -> Callable[[str], ParallaxError]:
    return lambda where: DatabaseUnready(what, where=where, mend=mend)


def _busy(what: str) -> Callable[[str], ParallaxError]:
    return lambda _where: Busy(what, mend=_AGAIN)


def _disk(kind: type[Any], what: str, mend: str) -> Callable[[str], ParallaxError]:
    return lambda where: kind(what, where=where, mend=mend)


_away = _unready(
    "the database server does not answer.",
    "Start it, or look at PARALLAX_DATABASE_URL. Reading goes on when it is back.",
)
_refused = _unready(
    "the database server does not let us in.",
    "Look at the name and the password in PARALLAX_DATABASE_URL, and at the server's pg_hba.conf.",
)
_no_database = _unready(
    "there is no such database on this server.", "Make it with `createdb`, then run `parallax db upgrade`."
)
_no_option = _unready(
    "this address asks for something behind its ? that PostgreSQL does not know.",
    "Look at the words behind the ? in PARALLAX_DATABASE_URL; sslmode and host are such.",
)
_full_house = _busy("the database server has too many connections.")

_KINDS: dict[str, Callable[[str], ParallaxError]] = {
    "08": _away,
    "57P01": _away,
    "57P02": _away,
    "57P03": _away,
    "28": _refused,
    "3D000": _no_database,
    "42501": _disk(
        OnlyReadable,
        "the database server does not allow this to its user.",
        "Give the user of PARALLAX_DATABASE_URL the database, or all rights on it. What may be read is read meanwhile.",
    ),
    "53300": _full_house,
    "55P03": _busy("others are writing to the database."),
    "40": _busy("others are writing to the database."),
    "53100": _disk(
        DiskFull,
        "nothing can be written: the database server's disk is full.",
        "Free some space there, then do it again. Reading goes on meanwhile.",
    ),
    "25006": _disk(
        OnlyReadable,
        "nothing can be written: the database server can only be read.",
        "Name the server that takes writes. Reading goes on meanwhile.",
    ),
    "XX001": _disk(
        Damaged,
        "a part of the database is damaged and cannot be read.",
        "Look at the server's log; put a backup in its place.",
    ),
    "XX002": _disk(Damaged, "an index of the database is damaged.", "REINDEX the database; look at the server's log."),
    "58030": _disk(
        DiskFailing, "the database server's disk does not answer as it should.", "Look at its log and at the disk."
    ),
}
_SAID: tuple[tuple[tuple[str, ...], Callable[[str], ParallaxError]], ...] = (
    (("database", "does not exist"), _no_database),
    (("authentication failed",), _refused),
    (("no password supplied",), _refused),
    (("no pg_hba.conf entry",), _refused),
    (("role", "does not exist"), _refused),
    (("too many",), _full_house),
    (("remaining connection slots",), _full_house),
)
