"""Which version of the reader read an article: a digest of all that a reading depends on.

That is the language model's name and version, the lexicon's words, the fitted weights, and the modules that read. So an
added cue, refitted weights or a mended rule each make articles that were read before them known as such. Names that users
added are no part of it: where they stand in, those articles are read anew when the name is added.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["reader_version"]

_READS = ("claims", "lexicon", "language.py", "text", "thresholds/claims.py")
_KINDS = (".py", ".toml", ".json")


def reader_version(reader: str) -> str:
    """16 hexadecimal digits for a reader's name ("en_core_web_sm 3.8.0", "rules") and this version of the modules."""
    return hashlib.sha256(f"{reader}\n{_digest()}".encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def _digest() -> str:
    found = hashlib.sha256()
    core = files("app.core")
    for name in _READS:
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
