"""The one door: whatever way a page comes in, its texts are cleaned here, once.

Characters that no text holds go (`core.text.clean`). Text that was broken by reading it in a wrong encoding ("â€œ" for "“") is put
right by ftfy, line by line where a line looks broken; a body that is to be kept to the letter is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, TypeVar

from app.core.records import Hints, Meta, Page, PageKind
from app.core.text import clean
from app.sources.bounds import check_text

__all__ = ["entered", "mended"]

_R = TypeVar("_R", Hints, Meta)
_LOST_BYTE = re.compile(r"â€(?=[\s,.;:!?)\]\"'—–-]|$)")
"""A closing quotation mark whose last byte has no sign in the wrong encoding, so that it was dropped."""


def entered(page: Page) -> Page:
    """The page with every text of it cleaned, what is said of it too. Raises `TooLarge`."""
    check_text(page.text, page.origin)
    way = clean if page.kind is PageKind.BODY else mended
    return replace(page, text=way(page.text), hints=_record(page.hints, clean), meta=_record(page.meta, way))


def mended(text: str) -> str:
    """The text cleaned, with lines put right that were read in a wrong encoding once.

    >>> mended("She said â€œnoâ€, the cafÃ©â€™s owner told us.")
    'She said “no”, the café’s owner told us.'
    """
    text = clean(text)
    if text.isascii():
        return text
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    return "".join(
        fix_encoding(_LOST_BYTE.sub("”", line)) if is_bad(line) else line for line in text.splitlines(keepends=True)
    )


def _record(record: _R, way: Callable[[str], str]) -> _R:
    changed: dict[str, Any] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if type(value) is str:  # a provenance is a string too, and stays what it is
            changed[field.name] = way(value)
        elif isinstance(value, tuple):
            changed[field.name] = tuple(way(v) for v in value)
    return replace(record, **changed)
