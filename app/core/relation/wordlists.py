"""The closed word lists of this stage, read once from `data/*.toml` and compiled for matching."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from app.core.text import fold
from app.core.text import stem as plain_stem

__all__ = ["Axis", "Group", "Lists", "load_lists", "phrases", "stem"]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem by which words of this stage are compared: paid -> pay, apology -> apologis."""
    folded = fold(word)
    folded = _irregular().get(folded, folded)
    return plain_stem(_kin().get(folded, folded))


@lru_cache(maxsize=1)
def _kin() -> dict[str, str]:
    rows = (row.split() for row in _read("words.toml")["kin"]["rows"])
    plain = {other: first for first, *rest in rows for other in rest}
    return plain | {other + "s": first + "s" for other, first in plain.items() if not other.endswith("s")}


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    rows = (row.split() for row in _read("words.toml")["irregular"]["forms"])
    return {form: base for base, *forms in rows for form in forms}


@dataclass(frozen=True, slots=True)
class Axis:
    """One thing that can be so (`yes`) or not so (`no`), each told by many words (rows of them)."""

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
    strong: bool = False  # goes before a group whose word merely stands nearer


@dataclass(frozen=True, slots=True)
class Lists:
    axes: dict[str, tuple[tuple[tuple[str, ...], Axis, int], ...]]  # by the first word of the row
    groups: dict[str, tuple[tuple[tuple[str, ...], Group], ...]]
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


def inflected(word: str) -> frozenset[str]:
    """A word with its regular endings; those that do not exist match nothing.

    >>> sorted(inflected("deny"))
    ['denied', 'denies', 'deny', 'denying']
    >>> "stopped" in inflected("stop"), "terminal" in inflected("terminate")
    (True, False)
    """
    if word.endswith("e"):
        return frozenset({word, word + "s", word + "d", word[:-1] + "ing"})
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return frozenset({word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"})
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return frozenset({word, word + "es", word + "ed", word + "ing"})
    forms = {word, word + "s", word + "ed", word + "ing"}
    if word[-1:] in "bdglmnprt" and word[-2:-1] in "aeiou":
        forms |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return frozenset(forms)


def _rows(words: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Rows of words to look for; the first word of each in all its regular forms."""
    return frozenset((form, *rest) for row in words for first, *rest in (row.split(),) for form in inflected(first))


def _by_first(axes: Iterable[Axis]) -> dict[str, tuple[tuple[tuple[str, ...], Axis, int], ...]]:
    """For each word the rows that start with it, the longest first."""
    out: dict[str, list[tuple[tuple[str, ...], Axis, int]]] = {}
    for axis in axes:
        for rows, sign in ((axis.no, -1), (axis.yes, 1)):
            for row in rows:
                out.setdefault(row[0], []).append((row, axis, sign))
    return {w: tuple(sorted(rows, key=lambda r: (-len(r[0]), r[0], r[1].name, r[2]))) for w, rows in out.items()}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("app.core.relation").joinpath("data", name).read_text(encoding="utf-8"))


def _groups(groups: Iterable[Group]) -> dict[str, tuple[tuple[tuple[str, ...], Group], ...]]:
    out: dict[str, list[tuple[tuple[str, ...], Group]]] = {}
    for group in groups:
        for row in group.words:
            out.setdefault(row[0], []).append((row, group))
    return {w: tuple(sorted(rows, key=lambda r: (-len(r[0]), r[0], r[1].name))) for w, rows in out.items()}


@lru_cache(maxsize=1)
def load_lists() -> Lists:
    """Every list of `data/axes.toml`, `data/counted.toml` and `data/words.toml`."""
    words = _read("words.toml")
    return Lists(
        axes=_by_first(
            Axis(a["name"], _rows(a["yes"]), _rows(a["no"]), a.get("settled", False), frozenset(a.get("needs", ())))
            for a in _read("axes.toml")["axis"]
        ),
        groups=_groups(
            Group(g["name"], _rows(g["words"]), g.get("grows", False), g.get("strong", False))
            for g in _read("counted.toml")["group"]
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
