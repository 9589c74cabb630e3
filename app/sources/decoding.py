"""Bytes -> text: which encoding a file or answer is in, and what is no text at all."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from app.errors import BadInput, TooLarge
from app.sources.contract import Limits
from app.sources.legible import legible

__all__ = ["decode", "read_bounded", "read_file", "read_lines"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([\w:.-]{2,40})["']""", re.IGNORECASE)
_MAGIC = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
    b"RIFF": "a media file",
    b"OggS": "a media file",
    b"ID3": "a media file",
}
_WESTERN = frozenset({"cp1252", "iso8859-15"})
FEW_BAD = 0.1
"""Share of characters beyond ASCII up to which a text in UTF-8 may be broken: its good ones cannot be by chance."""
MOSTLY_ASCII = 0.05
"""Share of bytes for accented letters below which a text in no Unicode form is taken for Western European (cp1252)."""
_EASTERN = re.compile(rb"[\xA1-\xFE]{4}")
"""Two letters of Korean, Chinese or Japanese in most of their encodings; four such letters in a row stand in no western word."""
_FEW_CONTROLS = 4
"""Stray control bytes that make no text a binary file; they are cleaned away."""
_SPACES = " \n\u3000\u3002"
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_file(path: Path, limits: Limits) -> str:
    """The text of a file. Raises `BadInput` (missing, unreadable, empty, binary, undecodable) or `TooLarge`, naming the file."""
    where = str(path)
    try:
        size = path.stat().st_size
        if size > limits.max_body_bytes:
            raise _too_large(size, limits, where)
        with path.open("rb") as file:
            data = read_bounded(file, limits, where)
    except FileNotFoundError:
        raise BadInput("There is no such file.", where=where, mend="Check the path.") from None
    except OSError as error:
        raise BadInput(f"The file cannot be read: {error.strerror or error}.", where=where) from error
    return decode(data, where)


def read_lines(path: Path, limits: Limits) -> Iterator[str | BadInput]:
    """The lines of a file one by one: the limit holds for each line, so that a file of many articles may be large.

    A line that is too long or no text is yielded as its error, and the next one is read.
    """
    try:
        with path.open("rb") as file:
            if not path.stat().st_size:
                raise BadInput("It is empty.", where=str(path), mend="Write one JSON object a line.")
            number = 0
            while line := file.readline(limits.max_body_bytes + 1):
                number += 1
                where = f"{path}:{number}"
                if len(line) > limits.max_body_bytes:
                    while line and not line.endswith(b"\n"):
                        line = file.readline(limits.max_body_bytes)
                    yield BadInput("The line is too long.", where=where)
                    continue
                try:
                    yield decode(line, where) if line.strip() else ""
                except BadInput as error:
                    yield error
    except FileNotFoundError:
        raise BadInput("There is no such file.", where=str(path), mend="Check the path.") from None
    except OSError as error:
        raise BadInput(f"The file cannot be read: {error.strerror or error}.", where=str(path)) from error


def read_bounded(stream: IO[bytes], limits: Limits, where: str) -> bytes:
    """All bytes of a stream; raises `TooLarge` after one byte too many, without reading on."""
    data = stream.read(limits.max_body_bytes + 1)
    if len(data) > limits.max_body_bytes:
        raise _too_large(None, limits, where)
    return data


def decode(data: bytes, where: str, declared: str | None = None) -> str:
    """The text of these bytes: by byte order mark, `declared` (an HTTP header), the markup's own charset, UTF-8, or a guess.

    A Western encoding fits any bytes, and servers declare it unasked: UTF-8 goes before it where it fits. Raises `BadInput` when they are empty, no text, or in no encoding that fits.
    """
    if data.strip():
        text = _decoded(data, where, declared)
        if text.strip("\ufeff \t\r\n"):
            return text
    raise BadInput("It is empty.", where=where, mend="Give a file that holds the text of an article.")


def _decoded(data: bytes, where: str, declared: str | None) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            marked = _strictly(data, encoding, where)
            if encoding.startswith("utf-8") or legible(marked):
                return marked
            raise _binary("a binary file", where)
    if (text := _in_two_bytes(data)) is not None:
        return text
    _refuse_binary(data, where)
    said = [name for name in (declared, _said(_XML_CHARSET, data), _said(_META_CHARSET, data)) if name]
    sure = [name for name in said if _codec(name) not in _WESTERN]
    for name in (*sure, "utf-8", *said):
        if (text := _if_it_fits(data, name)) is not None:
            return text
    return _guessed(data, where)


def _too_large(size: int | None, limits: Limits, where: str) -> TooLarge:
    said = f"{size / 1e6:.1f} MB" if size is not None else f"more than {limits.max_body_bytes / 1e6:.1f} MB"
    return TooLarge(
        f"It holds {said}; at most {limits.max_body_bytes / 1e6:.1f} MB are read.",
        where=where,
        mend="Split it, or raise PARALLAX_MAX_BODY_BYTES.",
    )


def _refuse_binary(data: bytes, where: str) -> None:
    kind = next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), None)
    if kind is None and _many_controls(data):
        kind = "a binary file"
    if kind:
        raise _binary(kind, where)


def _many_controls(data: bytes) -> bool:
    head = data[:8192]
    return len(_CONTROL.findall(head)) > max(_FEW_CONTROLS, len(head) / 50)


def _binary(kind: str, where: str) -> BadInput:
    return BadInput(
        f"This is {kind}, not text.", where=where, mend="Save the article as text (.txt) or as a web page (.html)."
    )


def _in_two_bytes(data: bytes) -> str | None:
    """A text in UTF-16 that does not say so at its start: each space of it is a space beside a zero byte."""
    if len(data) % 2 or not _many_controls(data):
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _if_it_fits(data, encoding)
        if text and any(c in text for c in _SPACES) and "\0" not in text and legible(text):
            return text
    return None


def _said(form: re.Pattern[bytes], data: bytes) -> str | None:
    m = form.search(data[:4096])
    return m[1].decode("ascii", "replace") if m else None


def _codec(name: str) -> str | None:
    """The encoding that is meant; what is declared as Latin 1 is Windows' Western, as browsers read it."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return "cp1252" if found in {"iso8859-1", "ascii"} else found


def _if_it_fits(data: bytes, name: str) -> str | None:
    codec = _codec(name)
    try:
        return data.decode(codec) if codec else None
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _strictly(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise _undecodable(where) from None


def _guessed(data: bytes, where: str) -> str:
    from charset_normalizer import from_bytes

    mostly = data.decode("utf-8", "replace")
    if FEW_BAD * sum(c > "\x7f" for c in mostly) > mostly.count("\ufffd"):
        return mostly
    high = sum(byte >= 0xC0 for byte in data)
    if high < MOSTLY_ASCII * len(data) and _EASTERN.search(data):
        raise _undecodable(where)  # a name or two in one of several encodings, each of which would read another one
    if high < MOSTLY_ASCII * len(data) and (western := _if_it_fits(data, "cp1252")) is not None:
        return western
    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise _undecodable(where)
    text = _if_it_fits(data, best.encoding)
    if text is None or not legible(text):
        raise _undecodable(where)
    return text


def _undecodable(where: str) -> BadInput:
    return BadInput(
        "This is no text, or one whose encoding cannot be told.",
        where=where,
        mend="Save the article as text, in UTF-8.",
    )
