"""RSS and Atom -> pages, one an entry.

An entry that brings its whole text is read from the feed. One that brings a summary is fetched at its link when there is
a fetcher; without one, or when that fails, the summary stands as an excerpt.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

import lxml.etree
import lxml.html

from app.core.article.bylines import names_in
from app.core.article.dates import read_stamp
from app.core.article.shapes import count_words
from app.core.links import safe_link
from app.core.records import Hints, Meta, Page, PageKind, PublishedFrom
from app.core.text import clean
from app.core.thresholds import FEED_FULL_TEXT_WORDS, FEED_MAX_FETCHED
from app.errors import BadInput, ParallaxError
from app.sources.bounds import check_feed, check_markup
from app.sources.entrance import entered

__all__ = ["looks_like_feed", "pages_of_feed"]

_BLOCKS = frozenset("p div br li ul ol h1 h2 h3 h4 h5 h6 blockquote tr section article figure".split())
_LEFT_OUT = frozenset("script style figure figcaption iframe svg noscript".split())
_BREAK = "\0"
_NUMBERED = re.compile(rb"&#([xX][0-9a-fA-F]{1,8}|[0-9]{1,10});?")


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
    data: bytes,
    options: Hints,
    *,
    origin: str,
    read_link: Callable[[str, Hints], Page] | None = None,
    links: bool = False,
) -> Iterator[Page | BadInput]:
    """The feed's entries in its order. Yields an error that names the entry for one without text; raises `BadInput` without any entry.

    Of entries that bring a summary only so many are fetched; one error tells how many were left out. `links`: an entry that
    has nothing but a link is one too.
    """
    import feedparser

    check_feed(data, origin)
    source = io.BytesIO(_NUMBERED.sub(_character, data))
    try:
        feed: Any = feedparser.parse(source, sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError) as error:
        raise BadInput(
            f"The feed cannot be read: {error}.", where=origin, mend="Check that it is well formed."
        ) from error
    if not feed.entries:
        raise BadInput("The feed has no entries.", where=origin, mend="Check that it is an RSS or Atom feed.")
    site = " ".join(str(feed.feed.get("title", "")).split()) or None
    home = urljoin(origin, str(feed.feed.get("link", "")))
    fetched = left_out = 0
    for number, entry in enumerate(feed.entries, start=1):
        where = f"{origin}#{number}"
        try:
            page = _page(entry, options, site, home, where)
        except BadInput as error:
            yield error
            continue
        if read_link and page.meta.url and page.excerpt:
            if fetched >= FEED_MAX_FETCHED:
                left_out += 1
                continue
            fetched += 1
            try:
                page = read_link(page.meta.url, options)
            except ParallaxError as error:
                if not page.text:
                    yield BadInput(f"The entry has no text, and its page none either: {error.what}", where=where)
                    continue
        usable = page.text or (links and page.meta.url)
        yield page if usable else BadInput("The entry has no text.", where=where)
    if left_out:
        yield BadInput(
            f"Only the pages of the first {FEED_MAX_FETCHED} entries are fetched; {left_out} were left out.",
            where=origin,
            mend="Import the addresses that you need.",
        )


def _character(reference: re.Match[bytes]) -> bytes:
    """A character said by its number; one that is no character is U+FFFD, where the parser would fail."""
    said = reference[1].decode()
    number = int(said[1:], 16) if said[0] in "xX" else int(said)
    fine = number in {9, 10, 13} or (32 <= number < 0x110000 and not 0xD800 <= number < 0xE000)
    return reference[0] if fine else b"&#xFFFD;"


def _page(entry: Any, options: Hints, site: str | None, home: str, where: str) -> Page:
    contents = [str(c.get("value", "")) for c in entry.get("content", ())] + [str(entry.get("summary", ""))]
    texts = [_text(c, where) for c in contents if c.strip()]
    text = max(texts, key=len, default="")
    stamps = (read_stamp(entry[field]) for field in ("published", "updated") if field in entry)
    published = next((day for day in stamps if day), None)
    link = urljoin(home, str(entry.link)) if "link" in entry else ""
    return entered(
        Page(
            origin=where,
            text=text,
            kind=PageKind.EXTRACTED,
            hints=options,
            meta=Meta(
                headline=_text(str(entry.get("title", "")), where).replace("\n", " ") or None,
                bylines=tuple(dict.fromkeys(_writers(entry))),
                published=published,
                published_from=PublishedFrom.META if published else None,
                site_name=site,
                url=safe_link(link),
            ),
            excerpt=count_words(text) < FEED_FULL_TEXT_WORDS,
        )
    )


def _writers(entry: Any) -> Iterator[str]:
    """The names of an entry's authors; of "nora@paper.example (Nora Feld)" the name."""
    for author in entry.get("authors", ()):
        if not author.get("email"):
            yield from names_in(str(author.get("name", "")))
    said = str(entry.get("author", ""))
    if m := re.fullmatch(r"\S+@\S+ \(([^()]+)\)", said.strip()[:300]):
        yield from names_in(m[1])


def _text(markup: str, where: str) -> str:
    """The words of a fragment, block by block, apart by blank lines. Raises `TooLarge`."""
    markup = clean(markup)
    if not re.search(r"<\w|&\w+;|&#", markup):
        return "\n\n".join(" ".join(line.split()) for line in markup.splitlines() if line.strip())
    check_markup(markup, where)
    try:
        root = lxml.html.fragment_fromstring(markup, create_parent="div")
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return ""
    return "\n\n".join(bare for block in "".join(_pieces(root)).split(_BREAK) if (bare := " ".join(block.split())))


def _pieces(root: Any) -> Iterator[str]:
    """The fragment's texts in order, with a mark where a block begins or ends; no depth of tags is too much."""
    walk = lxml.etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        block = element.tag in _BLOCKS
        if event == "start":
            yield _BREAK if block else ""
            if element.tag in _LEFT_OUT:
                walk.skip_subtree()
            else:
                yield element.text or ""
        else:
            yield _BREAK if block else ""
            yield element.tail or ""
