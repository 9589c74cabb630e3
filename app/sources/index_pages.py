"""Pages that list reports and hold none: a section's front, a search's hits, an archive.

A card is a title that is a link, with a summary in the same box or right below. A body most of whose words stand in cards
is no article.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import lxml.html

from app.core.article.cohesion import introduces
from app.core.article.shapes import count_words
from app.core.thresholds import HTML_CARD_MAX_WORDS, HTML_INDEX_MIN_CARDS

__all__ = ["is_index"]

_BOXES = ("div", "li", "article", "section", "tr", "td", "p", "a")
_TITLES = ("a", "h1", "h2", "h3", "h4", "h5", "h6", "p", "dt", "div")
_LOOKED_AT = 200
"""Cards and lines that are looked at: what the first of a page are, the others are too."""


def is_index(tree: lxml.html.HtmlElement, body: str) -> bool:
    """Is most of this body summaries of reports that stand elsewhere?"""
    cards = list(islice(_cards(tree), _LOOKED_AT))
    if len(cards) < HTML_INDEX_MIN_CARDS:
        return False
    told = "\n".join(cards)
    lines = [line.lstrip("-• ").strip() for line in body.splitlines() if line.strip()][:_LOOKED_AT]
    inside = sum(count_words(line) for line in lines if line in told)
    return 2 * inside > sum(count_words(line) for line in lines)


def _cards(tree: lxml.html.HtmlElement) -> Iterator[str]:
    """The words of each card, title and summary."""
    for box in tree.iter(*_BOXES):
        words = _words(box)
        title = _title_of(box)
        if title and len(title) < len(words) and count_words(words) <= HTML_CARD_MAX_WORDS:
            yield words
    for head in tree.iter(*_TITLES):
        below = head.getnext()
        if below is not None and _is_link(head):
            words, title = _words(below), _words(head)
            if head.tag == "dt" or (introduces(title, words) and count_words(words) <= HTML_CARD_MAX_WORDS):
                yield f"{title} {words}"


def _title_of(box: lxml.html.HtmlElement) -> str | None:
    """The title that opens a box and leads elsewhere: a link with nothing behind it on its line."""
    if box.tag == "a" and box.get("href"):
        head = next((e for e in box.iterdescendants("h1", "h2", "h3", "h4", "h5", "h6")), None)
        return _words(head) if head is not None else None
    link = next((a for a in box.iter("a") if a.get("href") and count_words(_words(a)) > 1), None)
    if link is None or not _words(box).startswith(_words(link)):
        return None
    end = link
    while end is not box and not (end.tail or "").strip() and end.getnext() is None:
        end = end.getparent()
    alone = end is not box and not (end.tail or "").strip()
    return _words(link) if alone and end.getnext().tag not in {"a", "b", "i", "em", "strong", "span"} else None


def _is_link(element: lxml.html.HtmlElement) -> bool:
    """All its words, two or more, are a link."""
    words = _words(element)
    return count_words(words) > 1 and any(
        _words(a) == words for a in element.iter("a") if a.get("href") and isinstance(a.tag, str)
    )


def _words(element: lxml.html.HtmlElement) -> str:
    """The element's words, of a long one only so many that it is known to be no card."""
    pieces: list[str] = []
    size = 0
    for text in element.itertext():
        pieces.append(text)
        size += len(text)
        if size > 20 * HTML_CARD_MAX_WORDS:
            break
    return " ".join(" ".join(pieces).split())
