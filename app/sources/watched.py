"""What an address that is read again and again holds: a feed's entries, one report, or a list of links to reports.

No network and no database: it is done by other hands, since whoever writes a page decides how long it takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal
from urllib.parse import urldefrag, urljoin, urlsplit

import lxml.etree
import lxml.html

from app.core.article.shapes import count_words
from app.core.links import safe_link
from app.core.records import Hints, Page
from app.errors import BadInput, NotAnArticle
from app.sources.bounds import check_markup, check_tree
from app.sources.decoding import decode
from app.sources.feed import pages_of_feed
from app.sources.fetching import Fetched, answered_page, is_feed
from app.sources.outlets import rule_for

__all__ = ["SourceEntry", "Taken", "page_in", "taken_apart"]

_TITLE_MIN_WORDS = 4
"""Words of the shortest link on a page of links that is taken for a report's title: sections and tags have fewer."""
_MOST_LINKS = 60
"""Titles that are followed, from the top."""


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A report that a source names. `page` is what the source itself gives of it, and is enough where it is `whole`.

    `digest` is of what the source says of it: another one says that the report was changed.
    """

    url: str
    digest: str
    page: Page | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """`refused` tells of entries that cannot be used, `note` of what is to be looked into although it was read."""

    kind: Literal["feed", "page", "list"]
    entries: tuple[SourceEntry, ...]
    refused: tuple[str, ...] = ()
    note: str = ""


def taken_apart(answer: Fetched, hints: Hints, asked: str) -> Taken:
    """Raises `BadInput` when there is nothing in it that could be read."""
    if is_feed(answer):
        return _feed(answer, hints, asked)
    try:
        page = answered_page(answer, hints, asked=asked)
    except NotAnArticle:
        links = tuple(SourceEntry(url, "") for url in _links(answer, asked))
        if not links:
            raise
        return Taken("list", links)
    return Taken("page", (SourceEntry(asked, _digest(page), page, whole=True),), note=_of_rule(answer, asked))


def page_in(answer: Fetched, hints: Hints, asked: str) -> tuple[Page, str]:
    """The report at an address that a source named, and what is to be looked into although it was read. Raises `BadInput`."""
    if is_feed(answer):
        raise BadInput("This is a feed, not an article.", where=asked)
    return answered_page(answer, hints, asked=asked), _of_rule(answer, asked)


def _of_rule(answer: Fetched, asked: str) -> str:
    """Whether the outlet's rule found nothing, so that the page was read as any other."""
    rule = rule_for(answer.url)
    tree = _tree(answer, asked) if rule else None
    if rule is None or tree is None or rule.body(tree):
        return ""
    return f"The rule for {rule.name} finds no body in its pages any more: they are read as any page."


def _feed(answer: Fetched, hints: Hints, asked: str) -> Taken:
    """Entries in the feed's order, each address once: the first of it is the newest."""
    entries, refused = dict[str, SourceEntry](), list[str]()
    for found in pages_of_feed(answer.body, hints, origin=asked, links=True):
        if not isinstance(found, Page):
            refused.append(found.what)
            continue
        url = found.meta.url or f"{asked}#{sha256((found.meta.headline or found.text).encode()).hexdigest()[:16]}"
        whole = not found.excerpt or found.meta.url is None
        entries.setdefault(url, SourceEntry(url, _digest(found), found, whole=whole))
    return Taken("feed", tuple(entries.values()), tuple(refused))


def _digest(page: Page) -> str:
    return sha256(f"{page.meta.headline}\n{page.text}".encode("utf-8", "replace")).hexdigest()[:16]


def _links(answer: Fetched, asked: str) -> Iterator[str]:
    """Where the titles on a page of links lead, on the same site, in the page's order."""
    tree = _tree(answer, asked)
    if tree is None:
        return
    found = dict[str, None]()
    for link in tree.iter("a"):
        to = safe_link(urldefrag(urljoin(answer.url, (link.get("href") or "").strip())).url)
        title = " ".join(link.text_content().split())
        if to and to != answer.url and _site(to) == _site(answer.url) and count_words(title) >= _TITLE_MIN_WORDS:
            found[to] = None
    yield from list(found)[:_MOST_LINKS]


def _tree(answer: Fetched, asked: str) -> lxml.html.HtmlElement | None:
    html = decode(answer.body, asked, answer.charset)
    check_markup(html, asked)
    try:
        tree = lxml.html.document_fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8", recover=True))
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return None
    check_tree(tree, asked)
    return tree


def _site(url: str) -> str:
    return (urlsplit(url).netloc or "").casefold().removeprefix("www.")
