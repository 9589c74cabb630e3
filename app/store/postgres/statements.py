"""Statements are written as SQLite reads them; here is what PostgreSQL wants otherwise, one line a difference.

What can be written so that both read it is written so, and needs no line. What stands inside quotes is left as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.store.lists import with_lists
from app.store.search import analyse

__all__ = ["Translated", "translated", "tsquery"]

_QUOTED = re.compile(r"('(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*)")
_OURS = re.compile(r"(?<![:\w]):([a-z_]\w*)", re.IGNORECASE)
_MADE = re.compile(r"%\((\w+)__(tsquery|forms)\)s")

_DIFFERENCES = tuple(
    (re.compile(there, re.IGNORECASE), here)
    for there, here in (
        # SQLite reads tables in this order when it is told CROSS; PostgreSQL knows how much is in them, and takes no ON after it
        (r"\bCROSS JOIN(?=\s+\w+(?:\s+AS\s+\w+)?\s+ON\b)", "JOIN"),
        # the index of words is a table, with a column that is made for searching
        (r"\bclaim_index MATCH %\((\w+)\)s", r"claim_index.found_by @@ CAST(%(\1__tsquery)s AS tsquery)"),
        (
            r"\bbm25\(claim_index, [^)]*\)",
            "-ts_rank(CAST(ARRAY[0, 0.6, 0.3, 1] AS real[]), found_by, CAST(%(match__tsquery)s AS tsquery), 1)",
        ),
        (r"\bhas_words\(([\w.]+), %\((\w+)\)s\)", r"has_words(\1, %(\2__forms)s)"),
        # a partial index of SQLite is asked for by its own words
        (r"\b(AND|WHERE|WHEN|NOT) ((?:\w+\.)?current)\b(?! *[=<>])", r"\1 \2 = 1"),
        # SQLite counts from the end where the place is below nought
        (r"\bsubstr\(", "cut("),
        # a column that SQLite is not to look up by
        (r"(?<=[\s(])\+(?=[a-z_])", ""),
        (r"\bIS\s+NOT\s+(?!NULL\b|TRUE\b|FALSE\b|DISTINCT\b)(?=\w|%)", "IS DISTINCT FROM "),
        (r"\bIS\s+(?!NOT\b|NULL\b|TRUE\b|FALSE\b|DISTINCT\b)(?=\w|%)", "IS NOT DISTINCT FROM "),
        (r"\bLIKE\b", "ILIKE"),
        # the words of revisions that add a column
        (r"(?<=ADD COLUMN )(\w+) VARCHAR(?:\(\d+\))?", r'\1 TEXT COLLATE "C"'),
        (r"(?<=ADD COLUMN )(\w+) INTEGER\b", r"\1 BIGINT"),
        (r"(?<=ADD COLUMN )(\w+) BOOLEAN\b", r"\1 SMALLINT"),
    )
)


@dataclass(frozen=True, slots=True)
class Translated:
    """`sql` takes its values by name, and `made` beside them: a name, and what it is made from and how."""

    sql: str
    made: tuple[tuple[str, str, Callable[[str], str]], ...] = ()

    def values(self, given: Mapping[str, object]) -> Mapping[str, object]:
        if not self.made:
            return given
        return {**given, **{name: make(str(given[of])) for name, of, make in self.made}}


@lru_cache(maxsize=4096)
def translated(statement: str, *, ours: bool) -> Translated:
    """A statement as PostgreSQL's driver takes it. `ours`: values stand in it as `:name`; else SQLAlchemy has put it together."""
    parts = _QUOTED.split(with_lists(statement, ids="json_ids"))
    for i, part in enumerate(parts):
        if ours:
            parts[i] = part.replace("%", "%%")
        if i % 2 == 0:
            parts[i] = _OURS.sub(r"%(\1)s", parts[i]) if ours else part
            for there, here in _DIFFERENCES:
                parts[i] = there.sub(here, parts[i])
    sql = "".join(parts)
    made = dict.fromkeys(m.groups() for m in _MADE.finditer(sql))
    return Translated(sql, tuple((f"{of}__{how}", of, _MAKERS[how]) for of, how in made))


_PHRASE = re.compile(
    r"""(?:(?P<where>\{forms\ names\}|forms)\ :\ )?"(?P<words>(?:[^"]|"")*)"(?P<prefix>\ \*)?|AND|OR""", re.VERBOSE
)
MOST_CHARS = 500
"""Of one word in the index: PostgreSQL keeps none of more than 2046 bytes."""


def tsquery(question: str) -> str:
    """What the index is asked for, in PostgreSQL's words; the question as `match_expression` writes it.

    >>> tsquery('("dam" OR {forms names} : "was clos" *)')
    "('dam' | 'was':BC <-> 'clos':*BC)"
    """
    return _PHRASE.sub(_asked, question)


def _asked(found: re.Match[str]) -> str:
    if found["words"] is None:
        return "&" if found.group() == "AND" else "|"
    words = [_lexeme(word) for word in found["words"].replace('""', '"').split()]
    where = "" if found["where"] is None else "B" if found["where"] == "forms" else "BC"
    last = f":*{where}" if found["prefix"] else f":{where}" if where else ""
    marks = [f":{where}" if where else ""] * (len(words) - 1) + [last]
    return " <-> ".join(f"{word}{mark}" for word, mark in zip(words, marks, strict=True))


def _lexeme(word: str) -> str:
    plain = word[:MOST_CHARS].replace("\\", "\\\\").replace("'", "''")
    return f"'{plain}'"


def _forms(words: str) -> str:
    return json.dumps([[token.form, token.stem] for token in analyse(words)])


_MAKERS: Mapping[str, Callable[[str], str]] = {"tsquery": tsquery, "forms": _forms}
