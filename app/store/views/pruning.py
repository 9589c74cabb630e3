"""What may be deleted because it is old."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Prunable"]


@dataclass(frozen=True, slots=True)
class Prunable:
    """A kind of thing, how much of it goes, and about how many bytes that are."""

    name: str
    say: str
    many: int
    bytes: int
