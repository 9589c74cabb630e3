"""Text handed on in parts of some size, so that a story of any length passes through in little memory."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["PART", "in_parts"]

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
