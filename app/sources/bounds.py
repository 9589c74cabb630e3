"""How much of a page is read: more than any report holds, less than what holds a parser for long.

Parsers compare each attribute of a tag with the others, and the finder of bodies each child of an element; so both are
bounded before they are asked.
"""

from __future__ import annotations

import re

import lxml.html

from app.core.thresholds import (
    FEED_MAX_ENTRIES,
    HTML_MAX_ATTRIBUTES,
    HTML_MAX_CHILDREN,
    HTML_MAX_ELEMENTS,
    PAGE_MAX_CHARS,
    PAGE_MAX_LINES,
)
from app.errors import TooLarge
from app.sources.tags import around_code

__all__ = ["check_feed", "check_markup", "check_text", "check_tree"]

_TAG = re.compile(r"""<[a-zA-Z][^\s/>]*+(?:[^>=]|=\s*+(?:"[^"]*+"|'[^']*+')?)*+""")
_QUOTED = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_ATTRIBUTE = re.compile(r"[\s/][^\s/=]")
_ENTRY = re.compile(rb"<(?:item|entry)\b", re.IGNORECASE)


def check_text(text: str, where: str) -> None:
    """Raises `TooLarge` for a text of too many characters or paragraphs."""
    if len(text) > PAGE_MAX_CHARS:
        raise _too_large("characters", len(text), PAGE_MAX_CHARS, where)
    lines = sum(not line.isspace() for line in text.splitlines() if line)
    if lines > PAGE_MAX_LINES:
        raise _too_large("paragraphs", lines, PAGE_MAX_LINES, where)


def check_markup(source: str, where: str, *, most_tags: int = HTML_MAX_ELEMENTS) -> None:
    """Raises `TooLarge` for a source with too many tags, or with a tag of too many attributes."""
    tags = 0
    for piece in around_code(source):
        for tag in _TAG.finditer(piece):
            tags += 1
            if len(tag[0]) > 2 * HTML_MAX_ATTRIBUTES:
                found = len(_ATTRIBUTE.findall(_QUOTED.sub(" ", tag[0])))
                if found > HTML_MAX_ATTRIBUTES:
                    raise _too_large("attributes in one tag", found, HTML_MAX_ATTRIBUTES, where)
    if tags > most_tags:
        raise _too_large("tags", tags, most_tags, where)


def check_tree(tree: lxml.html.HtmlElement, where: str) -> None:
    """Raises `TooLarge` when one element holds too many others directly."""
    most = max((len(element) for element in tree.iter()), default=0)
    if most > HTML_MAX_CHILDREN:
        raise _too_large("elements side by side", most, HTML_MAX_CHILDREN, where)


def check_feed(data: bytes, where: str) -> None:
    """Raises `TooLarge` for a feed of too many entries, or with a tag of too many attributes."""
    entries = len(_ENTRY.findall(data))
    if entries > FEED_MAX_ENTRIES:
        raise _too_large("entries", entries, FEED_MAX_ENTRIES, where)
    check_markup(data.decode("latin-1"), where, most_tags=len(data))


def _too_large(what: str, found: int, most: int, where: str) -> TooLarge:
    return TooLarge(f"It holds {found:,} {what}; at most {most:,} are read.", where=where, mend="Split it.")
