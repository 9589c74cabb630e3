"""Countries and languages by their English names, as CLDR has them."""

from __future__ import annotations

from functools import lru_cache

from babel.core import Locale

__all__ = ["country", "language"]


@lru_cache(maxsize=1)
def _english() -> Locale:
    return Locale("en")


def country(code: str | None) -> str:
    """The name of a country by its ISO 3166 code; the code itself where there is no name.

    >>> country("KR"), country("XX-1"), country(None)
    ('South Korea', 'XX-1', '')
    """
    return str(_english().territories.get(code or "", code or ""))


def language(code: str) -> str:
    """The name of a language by its code.

    >>> language("en"), language("ko"), language("q-none")
    ('English', 'Korean', 'q-none')
    """
    return str(_english().languages.get(code, code))
