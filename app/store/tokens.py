"""Tokens: what they look like, how they are made, and how it is known that one is right.

    plx_<ten letters that name it>_<256 random bits>

The name part finds the row; of the rest only an argon2 hash is kept. A token that nobody has is checked as long as one that
somebody has, so that the time tells nothing. Checking takes memory and time by design, so one is checked at a time.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.turns import Turns

__all__ = ["NewToken", "cookie_hash", "key_hash", "named_by", "new_cookie", "new_key", "new_token", "proves"]

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_NAME_CHARS = 10
_TOKEN = re.compile(rf"plx_(?P<name>[{_LETTERS}]{{{_NAME_CHARS}}})_(?P<secret>[A-Za-z0-9_-]{{43}})")
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""What OWASP recommends at least: some 50 ms and 19 MiB. The secret itself is 256 random bits."""
_WAIT_SECONDS = 10.0
_turns = Turns("many are signing in", 32)


@dataclass(frozen=True, slots=True)
class NewToken:
    """`text` is shown once to whoever it is for; `prefix` and `hash` are kept."""

    text: str = field(repr=False)
    prefix: str
    hash: str = field(repr=False)


def new_token() -> NewToken:
    name = "".join(secrets.choice(_LETTERS) for _ in range(_NAME_CHARS))
    secret = secrets.token_urlsafe(32)
    return NewToken(f"plx_{name}_{secret}", name, _HASHER.hash(secret))


def named_by(text: str) -> str | None:
    """The part of a token that names it; None when it is no token at all."""
    found = _TOKEN.fullmatch(text)
    return found["name"] if found else None


def proves(text: str, kept: str | None) -> bool:
    """Whether the token is the one whose hash is kept; None: nobody has it, which takes as long to find out. Raises `Busy`."""
    found = _TOKEN.fullmatch(text)
    with _turns.turn(_WAIT_SECONDS):
        try:
            right = _HASHER.verify(kept or _nobodys(), found["secret"] if found else "")
        except (VerificationError, InvalidHashError):
            return False
    return right and kept is not None and found is not None


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_urlsafe(32))


def new_cookie() -> str:
    return secrets.token_urlsafe(32)


def cookie_hash(value: str) -> str:
    """What is kept of a cookie. Its value is 256 random bits, so a plain digest gives nothing away."""
    return sha256(value.encode("utf-8", "surrogatepass")).hexdigest()


def new_key() -> str:
    """A key to be typed or read out: 20 of 31 letters that cannot be taken for each other, 99 random bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))


def key_hash(typed: str) -> str:
    """What is kept of a key, however it was typed. Nobody tries 99 bits, so a plain digest gives nothing away.

    >>> key_hash(" ABCDE-fghjk ") == key_hash("abcdefghjk")
    True
    """
    return sha256("".join(c for c in typed.casefold() if c in _LETTERS).encode()).hexdigest()
