"""What an archive is written to while it is sent: it cannot be sought in, and gives away what it holds."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["Pipe"]


class Pipe:
    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def take(self) -> Iterator[bytes]:
        if self._parts:
            yield b"".join(self._parts)
            self._parts = []
