"""Text handed on in parts of some size, so that a story of any length passes through in little memory; text that XML can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["PART", "in_parts", "xml_text"]

PART = 32_768
"""Characters gathered before a part is handed on."""


def in_parts(pieces: Iterator[str]) -> Iterator[str]:
    """The same text in fewer, larger pieces."""
    gathered: list[str] = []
    size = 0
    for piece in pieces:
        gathered.append(piece)
        size += len(piece)
        if size >= PART:
            yield "".join(gathered)
            gathered, size = [], 0
    if gathered:
        yield "".join(gathered)


_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(value: str) -> str:
    """The same without the characters that no XML may hold."""
    return _NOT_XML.sub("", value)
