"""Every reviewed data file of the core, and what is wrong with one: where, what, and how to mend it.

A file is held against its own kind: unknown fields, values of another kind than elsewhere, words that stand twice, blanks at
a word's edge. The lexicon's own files are then checked for what they mean (`lint.py`). An edited copy can be checked before
it takes the place of the file that it was copied from; its name says which one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from app.core.lexicon.lint import lint_lexicon
from app.core.lexicon.load import instead

__all__ = ["DATA_FILES", "LexiconFault", "check_all", "check_file", "delivered_text"]

_FOLDERS = ("lexicon", "lexicon/outlets", "article")


@dataclass(frozen=True, slots=True, order=True)
class LexiconFault:
    """`line` is 0 when the fault is of no one line."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}{f':{self.line}' if self.line else ''}: {self.what}. {self.mend}"


@lru_cache(maxsize=1)
def data_files() -> tuple[str, ...]:
    """Every data file that people review, by its path in the core: "lexicon/actions.toml" and so on."""
    core = files("app.core")
    found = ((folder, item.name) for folder in _FOLDERS for item in core.joinpath(folder).iterdir())
    return tuple(sorted(f"{folder}/{name}" for folder, name in found if name.endswith(".toml")))


DATA_FILES = data_files()


def delivered_text(file: str) -> str:
    """The file as it is delivered."""
    return files("app.core").joinpath(file).read_text(encoding="utf-8")


def check_all() -> tuple[LexiconFault, ...]:
    """What is wrong with any file, sorted; nothing when all are sound."""
    return tuple(sorted(fault for file in DATA_FILES for fault in check_file(file, delivered_text(file))))


def check_file(file: str, text: str) -> tuple[LexiconFault, ...]:
    """What is wrong with `text` as the content of one of DATA_FILES."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        what = re.sub(r" \(at line.*", "", str(error))
        mend = "Look for a missing quotation mark, comma or bracket there or in the line before."
        return (LexiconFault(file, int(at[1]) if at else 0, f"this is no TOML: {what}", mend),)
    faults = [*_head(text), *_shape("", data, tomllib.loads(delivered_text(file))), *_doubles("", data)]
    if not faults and file.startswith("lexicon/"):
        name = file.removeprefix("lexicon/").removesuffix(".toml")
        with instead(name, data):
            faults = [f.partition(": ")[2] or f for f in _meaning() if f.startswith((f"{name}.toml", "?"))]
    return tuple(sorted({LexiconFault(file, _line(text, what), what, _mend(what)) for what in faults}))


def _meaning() -> list[str]:
    try:
        return lint_lexicon()
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        return [f"?: the file cannot be read with this in it ({error})"]


def _head(text: str) -> Iterator[str]:
    if not text.startswith("#"):
        yield "the head is missing that says what the fields mean"


def _shape(where: str, value: Any, like: Any) -> Iterator[str]:
    """Unknown fields and values of another kind, against the delivered file; names of entries are free."""
    if type(value) is not type(like) and not (isinstance(value, int | float) and isinstance(like, int | float)):
        yield f"{where or 'the file'} is {_kind(value)}, not {_kind(like)}"
    elif isinstance(value, Mapping):
        entries = [v for v in like.values() if isinstance(v, Mapping)]
        free = (len(entries) > 1 and len(entries) == len(like)) or (where and not entries)
        for key, inner in value.items():
            at = f"{where} [{key}]".strip()
            if key in like:
                yield from _shape(at, inner, like[key])
            elif not free:
                yield f"{at} is no field of this file; those are {', '.join(map(str, like))}"
            elif like:
                yield from _entry(at, inner, list(like.values()))
        if not free or not where:
            yield from (f"{where} [{key}] is missing".strip() for key in like if key not in value and not entries)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for number, inner in enumerate(value, 1):
            named = inner.get("name", inner.get("form", number)) if isinstance(inner, Mapping) else inner
            yield from _entry(f"{where} [{named}]".strip(), inner, list(like))


def _entry(where: str, entry: Any, others: Sequence[Any]) -> Iterator[str]:
    """One entry among others of its kind."""
    if not others:
        return
    if not any(type(entry) is type(o) for o in others):
        yield f"{where} is {_kind(entry)}, not {_kind(others[0])}"
    elif isinstance(entry, Mapping):
        alike = [o for o in others if isinstance(o, Mapping)]
        fields = {key: value for o in alike for key, value in o.items()}
        for key, value in entry.items():
            if key not in fields:
                yield f"{where}: {key!r} is no field; those are {', '.join(sorted(fields))}"
            elif not any(type(value) is type(o[key]) for o in alike if key in o):
                yield f"{where}: {key!r} is {_kind(value)}, not {_kind(fields[key])}"
        yield from (
            f"{where}: {key!r} is missing" for key in fields if key not in entry and all(key in o for o in alike)
        )


def _kind(value: Any) -> str:
    kinds = {str: "a text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an entry"}
    return kinds.get(type(value), "something else")


def _doubles(where: str, value: Any) -> Iterator[str]:
    """Words that stand twice in one list, empty ones, and ones with a blank at the edge."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key != "patterns":  # regular expressions may begin and end as they like
                yield from _doubles(f"{where} [{key}]".strip(), inner)
    elif isinstance(value, list):
        words = [w for w in value if isinstance(w, str)]
        yield from (f"{where}: {w!r} stands twice" for w in sorted({w for w in words if words.count(w) > 1}))
        yield from (f"{where}: {w!r} has a blank at its edge or is empty" for w in words if w != w.strip() or not w)
        for inner in value:
            if not isinstance(inner, str):
                named = inner.get("name", inner.get("form", "")) if isinstance(inner, Mapping) else ""
                yield from _doubles(f"{where} [{named}]".strip(), inner)


def _line(text: str, what: str) -> int:
    """The line of the entry or word that a fault names; 0 when it is nowhere."""
    names = re.findall(r"\[([^\]]+)\]", what)[::-1]
    words = re.findall(r"'([^']+)'", what)
    lines = text.splitlines()
    for entry in names:
        starts = [i for i, line in enumerate(lines, 1) if _names(line, entry)]
        for word in words:
            inside = [i for i, line in enumerate(lines, 1) if starts and i >= starts[0] and word in line]
            if inside:
                return inside[0]
        if starts:
            return starts[0]
    return next(
        (i for word in words for i, line in enumerate(lines, 1) if not line.startswith("#") and word in line), 0
    )


def _names(line: str, entry: str) -> bool:
    bare = line.strip()
    return (
        bare.startswith((f"[{entry}]", f"[[{entry}]]", f"{entry} ="))
        or bare in {f'name = "{entry}"', f'form = "{entry}"'}
        or (bare.startswith("[") and bare.endswith(f".{entry}]"))
    )


_MENDS = (
    (r"stands twice|stands in|belongs to|is both", "Keep it in one place only."),
    (r"unknown state", "Write the state's name as articles do; states.toml adds what is missing."),
    (
        r"unknown class|does not name it back|whose opposite",
        "Both classes must stand in actions.toml and name each other.",
    ),
    (r"lower case", "Write it in small letters."),
    (r"is no field", "Use one of those, or remove it."),
    (r"is missing", "Add it; the entries above show how."),
    (r", not an? ", 'Write texts in "quotation marks" and lists in [square brackets].'),
    (r"blank at its edge", "Remove the blank, or the empty word."),
    (r"head is missing", "Begin the file with lines that start with # and say what its fields mean."),
    (r"no object", "Write the verb, a plus and its objects: 'scrap + deal pact'."),
)


def _mend(what: str) -> str:
    return next(
        (mend for pattern, mend in _MENDS if re.search(pattern, what)),
        "The head of the file says how entries are written.",
    )
