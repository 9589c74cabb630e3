"""Stages 1 and 2: an outlet, a page as it came, an article as it was read off it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PublishedFrom(StrEnum):
    """Where a publication date comes from, most trusted first."""

    CORRECTED = "corrected"  # by a person, after it was kept
    MANIFEST = "manifest"
    OPTION = "option"
    META = "meta"
    URL = "url"
    TEXT = "text"


class PageKind(StrEnum):
    FLAT = "flat"  # the text of a whole page, menus and captions included: to be cleaned
    EXTRACTED = "extracted"  # a body that an HTML extractor or a feed gave: to be checked, hardly cleaned
    BODY = "body"  # a body already: kept to the letter (`--as-is`)


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher. `names` are the forms its name takes in site names, datelines and options; `weak` ones mean other things too."""

    key: str
    name: str
    country: str | None = None  # ISO 3166 alpha-2
    domains: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    agency: bool = False  # others carry its reports under its line
    pictures: bool = False  # it sells pictures
    state: str | None = None  # the one it speaks for

    @property
    def forms(self) -> tuple[str, ...]:
        """All forms of its name."""
        return (self.name, *self.names)

    @property
    def sure_forms(self) -> tuple[str, ...]:
        """Those that mean nothing else."""
        return tuple(form for form in self.forms if form not in self.weak)


@dataclass(frozen=True, slots=True)
class Hints:
    """What a person said of a page (manifest row, command option, form field); goes before what is found."""

    id: str | None = None
    outlet: str | None = None
    published: date | None = None
    published_from: PublishedFrom | None = None
    url: str | None = None
    headline: str | None = None
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Meta:
    """What the page's own markup says (JSON-LD, meta, Open Graph, canonical link, feed entry)."""

    headline: str | None = None
    bylines: tuple[str, ...] = ()
    published: date | None = None
    published_from: PublishedFrom | None = None
    site_name: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One fetched or pasted page as text, with what is known about it. `origin` names it in messages."""

    origin: str
    text: str
    kind: PageKind = PageKind.FLAT
    hints: Hints = Hints()
    meta: Meta = Meta()
    excerpt: bool = False  # known to be a part of the article only (a feed's summary)


@dataclass(frozen=True, slots=True)
class Article:
    """One report. `text` is the body in the outlet's own words; nothing in it is rewritten."""

    text: str
    id: str | None = None
    outlet: str | None = None
    headline: str | None = None
    bylines: tuple[str, ...] = ()
    published: date | None = None
    published_from: PublishedFrom | None = None
    url: str | None = None
    language: str = "en"
    story: str | None = None  # asked for by manifest or option
    excerpt: bool = False  # the body is cut off ("read more", an ellipsis at the end)
    origin: str = ""
