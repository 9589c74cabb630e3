"""HTML -> page: the body by trafilatura, the rest from the page's own markup."""

from __future__ import annotations

from app.core.records import Hints, Page

__all__ = ["page_from_html"]


def page_from_html(html: str, url: str | None = None, hints: Hints = Hints(), *, origin: str | None = None) -> Page:
    """A page of the article's body, with what JSON-LD, meta tags and links say of it.

    Raises `NotAnArticle` when the page holds none.
    """
    raise NotImplementedError
