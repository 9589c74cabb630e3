"""Everything a command names -> pages, lazily and in a stable order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from app.core.records import Hints, Page
from app.sources.contract import Limits, Unread

__all__ = ["read_targets"]


def read_targets(
    targets: Sequence[str],
    options: Hints,
    manifest: Path | None,
    limits: Limits,
    *,
    skipped: Callable[[Path, str], None] | None = None,
) -> Iterator[Page | Unread]:
    """Pages of files, folders, "-" (standard input), addresses and feeds, one at a time; what cannot be read is yielded.

    `skipped` hears of each file that a folder holds and that is not read, with the reason.
    """
    raise NotImplementedError
