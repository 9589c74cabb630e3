"""What tags of a page mark as its day and its writers: itemprop, rel, `<time>`, and names of classes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import lxml.html

from app.core.article.bylines import bylines_of, names_in
from app.core.article.date_lines import DateSaid, printed_on
from app.core.article.dates import read_stamp

__all__ = ["element_words", "marked_authors", "marked_day"]

_ASIDES = frozenset({"aside", "nav", "footer", "figure", "form"})
_ROOMS = frozenset({"article", "main", "header"})
_STAMPS = ("datetime", "content", "data-timestamp", "data-datetime", "data-date", "data-time", "data-published")
_DAY_CLASSES = frozenset("date datetime pubdate published publish posted dateline timestamp time".split())
_CHANGED = frozenset("modified datemodified updated update lastmod lastupdated".split())
_WRITER_CLASSES = frozenset("byline author authors writer".split())
_MOST_CHARS = 300
_NAME_WORDS = 6
"""Words of the longest name; a longer link in a list leads to another story."""


def marked_day(tree: lxml.html.HtmlElement) -> date | None:
    """The day that tags say the article came out: those marked as publication, then `<time>`, then a date line of its class.

    A day marked as the last change is none.
    """
    published = (e for e in tree.iter() if "datepublished" in _itemprops(e) or e.get("pubdate") is not None)
    times = (e for e in tree.iter("time") if _is_inside(e))
    classed = (
        e for e in tree.iter("span", "div", "p", "small", "abbr") if _is_inside(e) and _classes(e) & _DAY_CLASSES
    )
    for tags, stamped in ((published, True), (times, True), (classed, False)):
        for tag in tags:
            if not _is_changed(tag) and (day := _day_of(tag, stamped=stamped)):
                return day
    return None


def marked_authors(tree: lxml.html.HtmlElement) -> tuple[str, ...]:
    """The names that the article's own tags mark as its writers, outside lists of other stories."""
    found: dict[str, None] = {}
    for tag in tree.iter("a", "span", "address", "div", "p", "em", "strong"):
        linked = "author" in f"{tag.get('rel') or ''} {' '.join(_itemprops(tag))}".casefold().split()
        if not (linked or _classes(tag) & _WRITER_CLASSES) or _is_aside(tag):
            continue
        words = element_words(tag)
        names = bylines_of(words) or (names_in(words) if linked else ())
        found |= dict.fromkeys(n for n in names if 2 <= len(n.split()) <= _NAME_WORDS and not re.search(r"[@\d|]", n))
    return tuple(found)


def element_words(element: lxml.html.HtmlElement) -> str:
    """The element's words on one line, of a long one its beginning."""
    return " ".join(" ".join(_texts(element)).split())


def _texts(element: lxml.html.HtmlElement) -> Iterator[str]:
    taken = 0
    for text in element.itertext():
        yield str(text)
        taken += len(text)
        if taken > _MOST_CHARS:
            return


def _day_of(tag: lxml.html.HtmlElement, *, stamped: bool) -> date | None:
    words = element_words(tag)
    printed = printed_on(words)
    if printed and printed.said is not DateSaid.PLAIN:  # it says itself which day is which
        return printed.day if printed.said is DateSaid.PUBLISHED else None
    stamp = next((day for name in _STAMPS if (day := read_stamp(tag.get(name)))), None)
    return stamp or (read_stamp(words) if stamped else printed.day if printed else None)


def _is_changed(tag: lxml.html.HtmlElement) -> bool:
    around = [tag, *([tag.getparent()] if tag.getparent() is not None else [])]
    return any((_classes(e) | _itemprops(e)) & _CHANGED for e in around) or bool(
        re.search(r"(?i)\b(?:updated|modified)\W*(?:on|at)?\W*$", _said_before(tag))
    )


def _said_before(tag: lxml.html.HtmlElement) -> str:
    """The words right before a tag, in the same paragraph."""
    previous, parent = tag.getprevious(), tag.getparent()
    if previous is not None:
        return element_words(previous)[-60:] + " " + (previous.tail or "")[-60:]
    return (parent.text or "")[-60:] if parent is not None else ""


def _is_inside(tag: lxml.html.HtmlElement) -> bool:
    return any(a.tag in _ROOMS for a in tag.iterancestors()) and not _is_aside(tag)


def _is_aside(tag: lxml.html.HtmlElement) -> bool:
    """In the page's furniture, or in the list item of another story."""
    return any(a.tag in _ASIDES or (a.tag == "li" and _is_card(a)) for a in tag.iterancestors())


def _is_card(item: lxml.html.HtmlElement) -> bool:
    return any(link.get("href") and len(element_words(link).split()) > _NAME_WORDS for link in item.iter("a"))


def _classes(tag: lxml.html.HtmlElement) -> set[str]:
    """The parts of a tag's class and id: "entry-date published" is entry, date, published."""
    said = f"{tag.get('class') or ''} {tag.get('id') or ''}"[:_MOST_CHARS]
    return set(re.split(r"[\s_-]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", said).casefold()))


def _itemprops(tag: lxml.html.HtmlElement) -> set[str]:
    return set((tag.get("itemprop") or "").casefold().split()) if isinstance(tag.tag, str) else set()
