"""Plain text -> page: what a reader pasted or a .txt or .md file holds."""

from __future__ import annotations

from app.core.records import Hints, Page, PageKind
from app.errors import BadInput

__all__ = ["page_from_text"]


def page_from_text(
    text: str, hints: Hints = Hints(), *, origin: str = "pasted text", kind: PageKind = PageKind.FLAT
) -> Page:
    """A page of that very text. Raises `BadInput` when it is empty or blank."""
    if not text.strip():
        raise BadInput("There is no text in it.", where=origin, mend="Give the text of an article.")
    return Page(origin=origin, text=text, kind=kind, hints=hints)
