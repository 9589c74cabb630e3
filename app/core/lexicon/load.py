"""Reading the data files of the lexicon, each once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files
from typing import Any

__all__ = ["instead", "load", "words_of"]

_INSTEAD: dict[str, dict[str, Any]] = {}


@lru_cache(maxsize=32)
def load(name: str) -> dict[str, Any]:
    """The content of `name`.toml in this package. Callers must not change what they are given."""
    if name in _INSTEAD:
        return _INSTEAD[name]
    return tomllib.loads(files("app.core.lexicon").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def words_of(name: str, field: str) -> frozenset[str]:
    """A field of words, written as a list or as one text with blanks between, as a set."""
    value = load(name)[field]
    return frozenset(value.split() if isinstance(value, str) else value)


@contextmanager
def instead(name: str, content: dict[str, Any]) -> Iterator[None]:
    """For the linter alone: the lexicon with another content of one file. Not while anything else reads."""
    _INSTEAD[name] = content
    _forget()
    try:
        yield
    finally:
        del _INSTEAD[name]
        _forget()


def _forget() -> None:
    from app.core.lexicon import actions, outlets, registry, spelling

    load.cache_clear()
    words_of.cache_clear()
    for module in (actions, outlets, registry, spelling):
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()
