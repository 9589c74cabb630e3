"""Reading the data files of the lexicon, each once."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

__all__ = ["load", "words_of"]


@lru_cache(maxsize=32)
def load(name: str) -> dict[str, Any]:
    """The content of `name`.toml in this package. Callers must not change what they are given."""
    return tomllib.loads(files("app.core.lexicon").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def words_of(name: str, field: str) -> frozenset[str]:
    """A field of words, written as a list or as one text with blanks between, as a set."""
    value = load(name)[field]
    return frozenset(value.split() if isinstance(value, str) else value)
