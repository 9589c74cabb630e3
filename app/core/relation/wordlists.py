"""The closed word lists of this stage, read once from `data/*.toml` and compiled for matching."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import snowballstemmer

from app.core.text import fold

__all__ = ["Axis", "Group", "Lists", "load_lists", "phrases", "stem"]

_stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem by which words of this stage are compared: apologised, apologising -> apologis."""
    return str(_stemmer.stemWord(fold(word)))


@dataclass(frozen=True, slots=True)
class Axis:
    """One thing that can be so (`yes`) or not so (`no`), each told by many words (rows of stems)."""

    name: str
    yes: frozenset[tuple[str, ...]]
    no: frozenset[tuple[str, ...]]
    settled: bool = False
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Group:
    """What happened to those a number counts."""

    name: str
    words: frozenset[tuple[str, ...]]
    grows: bool = False


@dataclass(frozen=True, slots=True)
class Lists:
    axes: tuple[Axis, ...]
    groups: tuple[Group, ...]
    negation: re.Pattern[str]
    denial: re.Pattern[str]
    shift: re.Pattern[str]
    not_negation: re.Pattern[str]
    modality: tuple[tuple[str, re.Pattern[str]], ...]
    clause_starts: frozenset[str]
    clause_marks: frozenset[str]
    announcing: frozenset[str]
    later: re.Pattern[str]
    wrong: re.Pattern[str]
    statement: frozenset[str]
    dispute: frozenset[str]
    function: frozenset[str]


def phrases(words: Iterable[str]) -> re.Pattern[str]:
    """One pattern for exact words and rows of words, the longest first, at word bounds, in folded text."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return re.compile(r"(?<![\w'])(?:" + "|".join(re.escape(w) for w in ordered) + r")(?!\w)")


def _rows(words: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(stem(w) for w in row.split()) for row in words)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("app.core.relation").joinpath("data", name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def load_lists() -> Lists:
    """Every list of `data/axes.toml`, `data/counted.toml` and `data/words.toml`."""
    words = _read("words.toml")
    return Lists(
        axes=tuple(
            Axis(
                a["name"],
                _rows(a["yes"]),
                _rows(a["no"]),
                a.get("settled", False),
                frozenset(stem(w) for w in a.get("needs", ())),
            )
            for a in _read("axes.toml")["axis"]
        ),
        groups=tuple(
            Group(g["name"], _rows(g["words"]), g.get("grows", False)) for g in _read("counted.toml")["group"]
        ),
        negation=phrases(words["negation"]["plain"]),
        denial=phrases(words["negation"]["denial"]),
        shift=phrases(words["negation"]["shift"]),
        not_negation=phrases(words["negation"]["not_negation"]),
        modality=tuple((kind, phrases(listed)) for kind, listed in words["modality"].items()),
        clause_starts=frozenset(words["clause"]["starts"]),
        clause_marks=frozenset(words["clause"]["marks"]),
        announcing=frozenset(stem(w) for w in words["announcing"]["stems"]),
        later=phrases(words["later"]["words"]),
        wrong=phrases(words["dispute"]["wrong"]),
        statement=frozenset(words["dispute"]["object"]),
        dispute=frozenset(words["dispute"]["verbs"]),
        function=frozenset(words["function"]["words"]),
    )
