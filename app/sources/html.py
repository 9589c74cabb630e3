"""HTML -> page: the body (`bodies`), and what the page's own markup says of it (`markup`); by an outlet's rule where it has one."""

from __future__ import annotations

import re
from dataclasses import replace

import lxml.etree
import lxml.html

from app.core.article.shapes import is_prose
from app.core.records import Hints, Meta, Page, PageKind
from app.core.text import clean
from app.errors import BadInput, NotAnArticle
from app.sources.bodies import body_of_html
from app.sources.bounds import check_markup, check_tree
from app.sources.entrance import entered
from app.sources.index_pages import is_index
from app.sources.json_ld import body_told
from app.sources.markup import meta_of
from app.sources.outlets import rule_for

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
    Raises `BadInput` when there is nothing, `TooLarge` when there is too much, `NotAnArticle` when the page holds no article.
    """
    where = origin or url or hints.url or "pasted page"
    html = clean(html)
    if not html.strip():
        raise BadInput("There is no text in it.", where=where, mend="Give the article's page.")
    check_markup(html, where)
    tree = _parsed(html)
    if tree is not None:
        check_tree(tree, where)
    meta = meta_of(tree, url or hints.url) if tree is not None else Meta()
    rule = rule_for(url or hints.url) if tree is not None else None
    by_rule = rule.body(tree) if rule else None
    if rule:
        meta = rule.meta(tree, meta)
    text = by_rule or (body_of_html(html, tree, url or hints.url, body_told(tree)) if tree is not None else None)
    prose = bool(text) and any(is_prose(line) for line in (text or "").split("\n\n"))
    if not text or not prose or (not by_rule and is_index(tree, text)):
        raise NotAnArticle(
            "No article was found in this page.",
            where=where,
            mend="Give the address of one article, or paste its text.",
        )
    if url and not hints.url:
        meta = replace(meta, url=meta.url or url)
    return entered(Page(origin=where, text=text, kind=PageKind.EXTRACTED, hints=hints, meta=meta))


def _parsed(html: str) -> lxml.html.HtmlElement | None:
    """The tree, whatever encoding the text once declared; None when there is no element in it."""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=False, recover=True)
    try:
        return lxml.html.document_fromstring(html.encode(), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return None
