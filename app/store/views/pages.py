"""Fetched pages as they were."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from datetime import datetime

__all__ = ["FetchedPage", "PageCopy"]


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """What an address answered when a version of an article was read from it; its bytes are a `PageCopy`'s.

    `url` is where the last redirect led, `sha256` is of the bytes as they were before they were packed, `size` their number.
    """

    url: str
    at: datetime
    status: int
    media_type: str
    charset: str | None
    headers: tuple[tuple[str, str], ...]  # never a cookie
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class PageCopy:
    """The same with its bytes, packed with gzip; of which article and version, once it is kept."""

    page: FetchedPage
    packed: bytes
    article_id: int = 0
    revision: int = 0

    @property
    def body(self) -> bytes | None:
        """The bytes; None when they are not what was packed."""
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            found = unpack.decompress(self.packed, self.page.size + 1)
        except zlib.error:
            return None
        return found if len(found) == self.page.size and unpack.eof else None

    @staticmethod
    def pack(body: bytes) -> bytes:
        """The same bytes whenever they are packed."""
        return gzip.compress(body, mtime=0)
