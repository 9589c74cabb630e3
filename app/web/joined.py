"""Files of one kind served as one: styles and scripts stay many small files in static/, and a page asks for few.

`/static/joined/tokens+base+layout.css` holds those style sheets, in the order of `ORDER`, without their comments.
`/static/joined/all.js` holds every script: each module in a scope of its own, which gives its `start`.
They are made from the files when they are first asked for, and again when one of these has changed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from app.settings import PROJECT

__all__ = ["ORDER", "PREFIX", "SHARED", "joined_file", "sheet_name", "sheets"]

PREFIX = "joined/"
STATIC = PROJECT / "static"
SHARED = ("tokens", "base", "layout", "common", "claim", "filters", "print")
"""Style sheets that every page needs; the others go with the pages that have a use for them (`styles.py`)."""
ORDER = (*SHARED, "sides", "reports", "pair", "pictures", "cards", "article", "facing", "lists")
"""Later ones win; those that are not named follow, by name."""
_LAST = ("behaviours", "main")
"""Scripts that stand in no scope of their own: what the others call, and what begins."""


def sheets() -> dict[str, Path]:
    """Every style sheet by its name, in their order."""
    found = {file.stem: file for file in [*STATIC.glob("css/*.css"), *STATIC.glob("css/blocks/*.css")]}
    rank = {name: n for n, name in enumerate(ORDER)}
    return {name: found[name] for name in sorted(found, key=lambda name: (rank.get(name, len(rank)), name))}


def sheet_name(names: tuple[str, ...]) -> str:
    """What the joined sheet of these is called, below /static/."""
    return f"{PREFIX}{'+'.join(name for name in sheets() if name in names)}.css"


def joined_file(path: str) -> tuple[bytes, str] | None:
    """What stands at `joined/...` below /static/, and its media type; None where nothing does."""
    name = path.removeprefix(PREFIX)
    if name == path:
        return None
    if name == "all.js":
        scripts = sorted(STATIC.glob("js/*.js"), key=lambda f: (_LAST.index(f.stem) if f.stem in _LAST else -1, f.stem))
        return _scripts(_dated(scripts)), "text/javascript"
    known = sheets()
    names = name.removesuffix(".css").split("+")
    if not name.endswith(".css") or len(set(names)) < len(names) or not known.keys() >= set(names):
        return None
    return _styles(_dated([known[n] for n in known if n in names])), "text/css"


def _dated(files: list[Path]) -> tuple[tuple[Path, int], ...]:
    return tuple((file, file.stat().st_mtime_ns) for file in files)


@lru_cache(maxsize=128)
def _styles(files: tuple[tuple[Path, int], ...]) -> bytes:
    text = "\n".join(file.read_text("utf-8") for file, _ in files)
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", bare).strip().encode()


@lru_cache(maxsize=4)
def _scripts(files: tuple[tuple[Path, int], ...]) -> bytes:
    return "\n".join(_scoped(file) for file, _ in files).encode()


def _scoped(file: Path) -> str:
    """A module as a part of the one: what it imports stands beside it, what it exports is what its scope gives."""
    text = re.sub(r"^import .*\n", "", file.read_text("utf-8"), flags=re.MULTILINE)
    text = re.sub(r"^\s*//.*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^export (?=function )", "", text, flags=re.MULTILINE)
    return text if file.stem in _LAST else f"const {file.stem} = (() => {{\n{text}return {{ start }};\n}})();"
