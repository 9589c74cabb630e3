"""What a page's markup says of its article: JSON-LD first, then meta tags and Open Graph, then marked tags and links."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urljoin

import lxml.html

from app.core.article.bylines import names_in
from app.core.article.dates import date_in_address, read_stamp
from app.core.links import safe_link
from app.core.records import Meta, PublishedFrom
from app.core.thresholds import HTML_TITLE_MAX_WORDS
from app.sources.json_ld import article_object, json_ld_name, json_ld_text
from app.sources.marked import element_words, marked_authors, marked_day

__all__ = ["meta_of"]

_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.created", "dcterms.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "parsely-pub-date",
    "sailthru.date", "article_date_original", "originalpublicationdate", "cxenseparse:recs:publishtime", "displaydate", "release_date", "ptime",
)  # fmt: skip
_AUTHOR_NAMES = (
    "author",
    "article:author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
)
_TITLE_NAMES = ("og:title", "twitter:title", "dc.title", "headline", "parsely-title", "title")

_Named = Mapping[str, Sequence[str]]


def meta_of(tree: lxml.html.HtmlElement, address: str | None) -> Meta:
    """The page's own words about itself; nothing is guessed from its text."""
    linked = article_object(tree)
    named = _named(tree)
    url = _url(tree, linked, named, address)
    stamps = [
        linked.get("datePublished"),
        *(v for n in _DATE_NAMES for v in named.get(n, ())),
        linked.get("dateCreated"),
    ]
    published = next((day for s in stamps if (day := read_stamp(_one(s)))), None) or marked_day(tree)
    found_in = PublishedFrom.META if published else None
    if published is None and (published := date_in_address(url or address)):
        found_in = PublishedFrom.URL
    site = _first(named, "og:site_name", "application-name") or json_ld_name(linked.get("publisher"))
    return Meta(
        headline=_headline(tree, linked, named, site),
        bylines=_bylines(linked, named) or marked_authors(tree),
        published=published,
        published_from=found_in,
        site_name=site or None,
        url=url,
        language=json_ld_text(linked.get("inLanguage"))
        or tree.get("lang")
        or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
    )


def _one(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _named(tree: lxml.html.HtmlElement) -> _Named:
    """What the page's meta tags say, by lower-case name, property or itemprop, in the page's order."""
    found: dict[str, list[str]] = defaultdict(list)
    for tag in tree.iter("meta"):
        content = " ".join((tag.get("content") or "").split())
        for attribute in ("property", "name", "itemprop"):
            if content and (name := tag.get(attribute)):
                found[name.strip().casefold()].append(content)
    return found


def _first(named: _Named, *names: str) -> str | None:
    return next((value for name in names for value in named.get(name, ())), None)


def _url(tree: lxml.html.HtmlElement, linked: dict[str, Any], named: _Named, address: str | None) -> str | None:
    canonical = next(
        (link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").casefold().split()),
        None,
    )
    for found in (canonical, _first(named, "og:url"), json_ld_text(linked.get("url")), address):
        if found:
            try:
                whole: str = urljoin(address or "", found.strip())
            except ValueError:
                continue
            if safe_link(whole):
                return whole
    return None


def _headline(tree: lxml.html.HtmlElement, linked: dict[str, Any], named: _Named, site: str | None) -> str | None:
    found = json_ld_text(linked.get("headline")) or _first(named, *_TITLE_NAMES)
    if not found:
        heads = [element_words(h) for h in tree.iter("h1")]
        found = heads[0] if len(heads) == 1 and 0 < len(heads[0].split()) <= HTML_TITLE_MAX_WORDS else None
    if not found:
        found = next((element_words(title) for title in tree.iter("title") if element_words(title)), None)
    return _without_site(found, site) if found else None


def _without_site(title: str, site: str | None) -> str:
    """The title without the site's name behind (or before) its last bar or dash."""
    if not site:
        return title
    name = re.escape(site.strip())
    bare = re.sub(rf"\s*[|–—:·•-]+\s*{name}\s*$|^{name}\s*[|–—:·•-]+\s*", "", title, flags=re.IGNORECASE)
    return bare.strip() or title


def _bylines(linked: dict[str, Any], named: _Named) -> tuple[str, ...]:
    """The writers whom the page's data name; of meta tags those of the first name that has any."""
    authors = linked.get("author")
    told = [json_ld_name(a) for a in (authors if isinstance(authors, list) else [authors]) if a]
    for said in (told, *(named.get(name, ()) for name in _AUTHOR_NAMES)):
        names = [name for s in said if "://" not in s for name in names_in(s) if len(name) <= 80 and "@" not in name]
        if names:
            return tuple(dict.fromkeys(names))
    return ()
