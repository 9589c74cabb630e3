"""RSS and Atom -> pages, one an entry.

An entry that brings its whole text is read from the feed. One that brings a summary is fetched at its link when there is
a fetcher; without one, or when that fails, the summary stands as an excerpt.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import lxml.etree
import lxml.html

from app.core.article.shapes import count_words
from app.core.records import Hints, Meta, Page, PageKind, PublishedFrom
from app.errors import BadInput, ParallaxError

__all__ = ["looks_like_feed", "pages_of_feed"]

FULL_TEXT_WORDS = 150
"""Words from which an entry's content is taken for the whole article."""

_BLOCKS = {
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "tr",
    "section",
    "article",
    "figure",
}
_LEFT_OUT = {"script", "style", "figure", "figcaption", "iframe", "svg", "noscript"}


def looks_like_feed(data: bytes) -> bool:
    """The root element is RSS's, Atom's or RDF's."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return bool(
        re.match(
            rb"(?:<\?xml[^>]*>\s*|<\?xml-stylesheet[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE rss[^>]*>\s*)*<(?:rss|feed|rdf:RDF)\b",
            head,
            re.DOTALL | re.IGNORECASE,
        )
    )


def pages_of_feed(
    data: bytes, options: Hints, *, origin: str, read_link: Callable[[str, Hints], Page] | None = None
) -> Iterator[Page | BadInput]:
    """The feed's entries in its order. Yields an error that names the entry for one without text; raises `BadInput` without any entry."""
    import feedparser

    feed: Any = feedparser.parse(io.BytesIO(data))
    if not feed.entries:
        raise BadInput("The feed has no entries.", where=origin, mend="Check that it is an RSS or Atom feed.")
    site = " ".join(str(feed.feed.get("title", "")).split()) or None
    for number, entry in enumerate(feed.entries, start=1):
        where = f"{origin}#{number}"
        page = _page(entry, options, site, where)
        if read_link and page.meta.url and page.excerpt:
            try:
                page = read_link(page.meta.url, options)
            except ParallaxError as error:
                if not page.text:
                    yield BadInput(f"The entry has no text, and its page none either: {error.what}", where=where)
                    continue
        if page.text:
            yield page
        else:
            yield BadInput("The entry has no text.", where=where)


def _page(entry: Any, options: Hints, site: str | None, where: str) -> Page:
    contents = [str(c.get("value", "")) for c in entry.get("content", ())] + [str(entry.get("summary", ""))]
    texts = [_text(c) for c in contents if c.strip()]
    text = max(texts, key=len, default="")
    published = _day(entry, "published") or _day(entry, "updated")
    link = str(entry.get("link", ""))
    author = " ".join(str(entry.get("author", "")).split())
    return Page(
        origin=where,
        text=text,
        kind=PageKind.EXTRACTED,
        hints=options,
        meta=Meta(
            headline=_text(str(entry.get("title", ""))).replace("\n", " ") or None,
            bylines=(author,) if author and "@" not in author else (),
            published=published,
            published_from=PublishedFrom.META if published else None,
            site_name=site,
            url=link if link.startswith(("http://", "https://")) else None,
        ),
        excerpt=count_words(text) < FULL_TEXT_WORDS,
    )


def _day(entry: Any, field: str) -> date | None:
    """The day as the feed's own clock has it: the parser's is that of Greenwich, a day off for a morning in Seoul."""
    if field not in entry:
        return None
    said = str(entry[field]).strip()
    try:
        return (datetime.fromisoformat(said) if said[:4].isdigit() else parsedate_to_datetime(said)).date()
    except ValueError:
        parsed = entry.get(f"{field}_parsed")
        return date(parsed.tm_year, parsed.tm_mon, parsed.tm_mday) if parsed else None


def _text(markup: str) -> str:
    """The words of a fragment, block by block, apart by blank lines."""
    if not re.search(r"<\w|&\w+;|&#", markup):
        return "\n\n".join(" ".join(line.split()) for line in markup.splitlines() if line.strip())
    try:
        root = lxml.html.fragment_fromstring(markup, create_parent="div")
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return ""
    blocks: list[str] = [""]
    _walk(root, blocks)
    return "\n\n".join(bare for block in blocks if (bare := " ".join(block.split())))


def _walk(element: Any, blocks: list[str]) -> None:
    if not isinstance(element.tag, str) or element.tag in _LEFT_OUT:
        blocks[-1] += element.tail or ""
        return
    block = element.tag in _BLOCKS
    if block:
        blocks.append("")
    blocks[-1] += element.text or ""
    for child in element:
        _walk(child, blocks)
    if block:
        blocks.append("")
    blocks[-1] += element.tail or ""
