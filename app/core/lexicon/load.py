"""Reading the data files of the lexicon, each once; what is drawn from them is remembered, and forgotten with them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files
from typing import Any, ParamSpec, TypeVar, cast

__all__ = ["instead", "load", "remembered", "word_set"]

_Given = ParamSpec("_Given")
_Drawn = TypeVar("_Drawn")

_INSTEAD: dict[str, dict[str, Any]] = {}
_REMEMBERED: list[Callable[[], None]] = []


def remembered(size: int) -> Callable[[Callable[_Given, _Drawn]], Callable[_Given, _Drawn]]:
    """`lru_cache` for what is drawn from the data files: forgotten while a file has another content."""

    def remember(draw: Callable[_Given, _Drawn]) -> Callable[_Given, _Drawn]:
        kept = lru_cache(maxsize=size)(draw)
        _REMEMBERED.append(kept.cache_clear)
        return cast(Callable[_Given, _Drawn], kept)

    return remember


@remembered(32)
def load(name: str) -> dict[str, Any]:
    """The content of `name`.toml in this package. Callers must not change what they are given."""
    if name in _INSTEAD:
        return _INSTEAD[name]
    return tomllib.loads(files("app.core.lexicon").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@remembered(64)
def word_set(name: str, field: str) -> frozenset[str]:
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
    for forget in _REMEMBERED:
        forget()
