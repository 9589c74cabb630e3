"""An Atom feed (RFC 4287) as text: what is new, with ids that stay the same wherever the entry is seen again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from xml.sax.saxutils import escape, quoteattr

from app.exports.parts import xml_text

__all__ = ["MEDIA_TYPE", "Feed", "FeedEntry", "tag_uri", "write_atom"]

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    id: str
    title: str
    link: str
    published: datetime
    updated: datetime
    summary: str
    category: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """`updated` is the time of the latest entry, or of the story itself when there is none."""

    id: str
    title: str
    subtitle: str
    link: str  # the page it is the feed of
    self_link: str
    updated: datetime
    author: str
    entries: Sequence[FeedEntry]


def tag_uri(host: str, day: date, what: str) -> str:
    """A tag URI (RFC 4151): minted by a host on a day, never to be taken back.

    >>> tag_uri("News.Example:8000", date(2024, 5, 14), "alignments/7")
    'tag:news.example,2024-05-14:alignments/7'
    """
    name = re.sub(r":\d*$", "", host.strip().lower()).rstrip(".")
    return f"tag:{name if _NAME.fullmatch(name) else 'localhost'},{day.isoformat()}:{what}"


def write_atom(feed: Feed) -> str:
    """The whole feed. Characters that XML cannot hold are left out; everything else stays the text it was."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"<id>{_text(feed.id)}</id>",
        f"<title>{_text(feed.title)}</title>",
        f"<subtitle>{_text(feed.subtitle)}</subtitle>",
        f"<updated>{_time(feed.updated)}</updated>",
        f"<author><name>{_text(feed.author)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={_attribute(feed.self_link)}/>',
        f'<link rel="alternate" type="text/html" href={_attribute(feed.link)}/>',
    ]
    for entry in feed.entries:
        lines += [
            "<entry>",
            f"<id>{_text(entry.id)}</id>",
            f"<title>{_text(entry.title)}</title>",
            f'<link rel="alternate" type="text/html" href={_attribute(entry.link)}/>',
            f"<published>{_time(entry.published)}</published>",
            f"<updated>{_time(entry.updated)}</updated>",
            *([f"<category term={_attribute(entry.category)}/>"] if entry.category else []),
            f"<summary>{_text(entry.summary)}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def _text(value: str) -> str:
    return escape(xml_text(value))


def _attribute(value: str) -> str:
    return quoteattr(xml_text(value))


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
