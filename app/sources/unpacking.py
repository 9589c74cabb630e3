"""The body of an answer: unpacked piece by piece, never more than one byte over the limit in memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

__all__ = ["PACKINGS", "TooMuch", "unpacked_body"]

PACKINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_GZIP_MAGIC = b"\x1f\x8b\x08"


class TooMuch(Exception):
    """More came out than was allowed."""


def unpacked_body(pieces: Iterable[bytes], packing: str, limit: int) -> bytes:
    """All bytes of a body. Raises `TooMuch`, or `zlib.error` when it is broken.

    A body may be several gzip members on end (RFC 1952). One that is packed without saying so is unpacked all the same;
    what is called deflate comes with a zlib head or without.
    """
    body = bytearray()
    unpack: _Unpacker | None = None
    for number, piece in enumerate(pieces):
        if number == 0 and (packing not in {"", "identity"} or piece.startswith(_GZIP_MAGIC)):
            unpack = _Unpacker(piece)
        body += unpack.take(piece, limit + 1 - len(body)) if unpack else piece
        if len(body) > limit:
            raise TooMuch
    return bytes(body)


class _Unpacker:
    def __init__(self, first: bytes) -> None:
        is_gzip, has_head = first.startswith(b"\x1f\x8b"), first[:1] and first[0] & 0x0F == 8
        self._window = zlib.MAX_WBITS | 16 if is_gzip else zlib.MAX_WBITS if has_head else -zlib.MAX_WBITS
        self._member = zlib.decompressobj(self._window)

    def take(self, piece: bytes, most: int) -> bytes:
        out = bytearray()
        while piece and len(out) < most:
            if self._member.eof:
                if not piece.startswith(_GZIP_MAGIC[:2]):  # padding behind the last member
                    break
                self._member = zlib.decompressobj(self._window)
            out += self._member.decompress(piece, most - len(out))
            piece = self._member.unused_data
        return bytes(out)
