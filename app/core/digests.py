"""Which version read an article, and which one made a story's rows: digests of all that a reading and that rows depend on.

The words of the lexicon, the fitted weights and the modules that work with them are parts of it; what ran besides is told: the
language model by name and version, the encoder, and weights or a relation model of the user's own. So an added cue, refitted
weights or a mended rule each make what was read or compared before them known as such. Names that users added are no part of
it: where they stand in, those articles are read anew when the name is added.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["comparer_version", "reader_version"]

_READING = ("claims", "lexicon", "language.py", "text", "thresholds/claims.py")
_ROWS = (
    "alignment",
    "article/datelines.py",
    "article/dates.py",
    "claims",
    "encoder.py",
    "language.py",
    "lexicon",
    "records",
    "relation",
    "text",
    "thresholds",
)
"""Places in the core; a test holds the second against what the modules import."""
_KINDS = (".py", ".toml", ".json")


def reader_version(reader: str) -> str:
    """16 hexadecimal digits for a reader's name ("en_core_web_sm 3.8.0", "rules") and this version of the modules."""
    return _version(_READING, reader)


def comparer_version(compared_with: str, *own: str) -> str:
    """16 hexadecimal digits for what compares ("all-MiniLM-L6-v2 int8", "words alone"), digests of what the user chose in place
    of what ships or beside it, and this version of the modules.
    """
    return _version(_ROWS, compared_with, *own)


def _version(places: tuple[str, ...], *told: str) -> str:
    return hashlib.sha256("\n".join((*told, _digest(places))).encode()).hexdigest()[:16]


@lru_cache(maxsize=2)
def _digest(places: tuple[str, ...]) -> str:
    found = hashlib.sha256()
    core = files("app.core")
    for name in places:
        for path, content in _files(core.joinpath(name), name):
            found.update(f"{path}\n{len(content)}\n".encode())
            found.update(content)
    return found.hexdigest()


def _files(at: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    """Every module and data file under a place, by path; line ends as on one system."""
    if at.is_file():
        if path.endswith(_KINDS):
            yield path, at.read_bytes().replace(b"\r\n", b"\n")
        return
    for inner in sorted(at.iterdir(), key=lambda t: t.name):
        yield from _files(inner, f"{path}/{inner.name}")
