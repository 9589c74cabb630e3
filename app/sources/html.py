"""HTML -> page: the body by trafilatura, the rest from the page's own markup."""

from __future__ import annotations

import re
from dataclasses import replace

import lxml.etree
import lxml.html

from app.core.article.shapes import is_prose
from app.core.records import Hints, Meta, Page, PageKind
from app.errors import BadInput, NotAnArticle
from app.sources.markup import meta_of

__all__ = ["looks_like_html", "page_from_html"]


def looks_like_html(text: str) -> bool:
    """Markup at the start: a doctype, `<html`, or several block tags."""
    head = text[:4096].lstrip("\ufeff \t\r\n").casefold()
    return (
        head.startswith(("<!doctype html", "<html", "<head", "<body", "<article"))
        or len(re.findall(r"</?(?:p|div|h1|h2|article|section|body|head|meta|title)\b[^>]*>", head)) >= 4
    )


def page_from_html(html: str, url: str | None = None, hints: Hints = Hints(), *, origin: str | None = None) -> Page:
    """A page of the article's body, with what JSON-LD, meta tags and links say of it.

    Paragraphs are set apart by blank lines. Dates come from markup or address, never from a year in the text.
    Raises `BadInput` when there is nothing, `NotAnArticle` when the page holds no article.
    """
    where = origin or url or hints.url or "pasted page"
    if not html.strip():
        raise BadInput("There is no text in it.", where=where, mend="Give the article's page.")
    tree = _parsed(html)
    meta = meta_of(tree, url or hints.url) if tree is not None else Meta()
    text = _body(html, url or hints.url) if tree is not None else None
    if not text or not any(is_prose(line) for line in text.split("\n\n")):
        raise NotAnArticle(
            "No article was found in this page.",
            where=where,
            mend="Give the address of one article, or paste its text.",
        )
    if url and not hints.url:
        meta = replace(meta, url=meta.url or url)
    return Page(origin=where, text=text, kind=PageKind.EXTRACTED, hints=hints, meta=meta)


def _parsed(html: str) -> lxml.html.HtmlElement | None:
    """The tree, whatever encoding the text once declared; None when there is no element in it."""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=False, recover=True)
    try:
        return lxml.html.document_fromstring(html.encode("utf-8", "surrogatepass"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return None


def _body(html: str, url: str | None) -> str | None:
    import trafilatura

    def extracted(*, tables: bool) -> str:
        found = trafilatura.extract(
            html, url=url, output_format="txt", include_comments=False, include_tables=tables, include_formatting=False,
            include_links=False, include_images=False, deduplicate=False, favor_precision=False,
        )  # fmt: skip
        return found or ""

    found = extracted(tables=False)
    if len(found.split()) < _SHORT_WORDS and "<table" in html.casefold():
        whole = _cells(extracted(tables=True))  # a page laid out in tables has its text in them
        found = whole if len(whole.split()) > 2 * len(found.split()) else found
    return "\n\n".join(line.strip() for line in found.splitlines() if line.strip()) or None


_SHORT_WORDS = 200
"""Words below which a body found outside tables may be a rest of one laid out in them."""


def _cells(found: str) -> str:
    """Cells that hold running text, a line each; cells of figures and labels are no part of a body."""
    lines = (cell.strip() for line in found.splitlines() for cell in (line.split("|") if "|" in line else (line,)))
    return "\n".join(line for line in lines if is_prose(line))
