"""What a page's markup says of its article: JSON-LD first, then meta tags and Open Graph, links and `<time>`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urljoin

import lxml.html

from app.core.article.dates import date_in_address, read_day
from app.core.records import Meta, PublishedFrom
from app.core.thresholds import HTML_TITLE_MAX_WORDS

__all__ = ["body_told", "meta_of"]

_ARTICLES = {
    "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BackgroundNewsArticle",
    "BlogPosting", "LiveBlogPosting", "Report", "Review", "ReviewNewsArticle", "AskPublicNewsArticle", "WebPage",
}  # fmt: skip
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


def meta_of(tree: lxml.html.HtmlElement, address: str | None) -> Meta:
    """The page's own words about itself; nothing is guessed from its text."""
    linked = _json_ld(tree)
    named = _named(tree)
    url = _url(tree, linked, named, address)
    published = _day(linked.get("datePublished")) or next((d for n in _DATE_NAMES if (d := _day(named.get(n)))), None)
    published = published or _time_tag(tree)
    found_in = PublishedFrom.META if published else None
    if published is None and (published := date_in_address(url or address)):
        found_in = PublishedFrom.URL
    site = named.get("og:site_name") or named.get("application-name") or _name(linked.get("publisher"))
    return Meta(
        headline=_headline(tree, linked, named, site),
        bylines=_bylines(linked, named) or _marked_authors(tree),
        published=published,
        published_from=found_in,
        site_name=site or None,
        url=url,
        language=_text(linked.get("inLanguage"))
        or tree.get("lang")
        or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
    )


def body_told(tree: lxml.html.HtmlElement) -> str | None:
    """The article's body as the page's JSON-LD gives it, a paragraph a line."""
    told = _json_ld(tree).get("articleBody")
    if isinstance(told, list):
        told = "\n".join(part for part in told if isinstance(part, str))
    if not isinstance(told, str):
        return None
    marked = re.sub(r"(?i)<br\s*/?>|</(?:p|div|li|h\d)>", "\n", told)
    lines = (_text(line) for line in marked.splitlines())
    return "\n".join(line for line in lines if line) or None


def _json_ld(tree: lxml.html.HtmlElement) -> dict[str, Any]:
    """The object of the page's article; a plain WebPage only where no article is declared."""
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").casefold():
            continue
        try:
            found += _objects(json.loads((script.text or "").strip().rstrip(";"), strict=False))
        except (ValueError, RecursionError):
            continue
    articles = [o for o in found if _types(o) & _ARTICLES]
    return min(articles, key=lambda o: "WebPage" in _types(o), default={})


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for entry in value:
            yield from _objects(entry)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(key))


def _types(value: dict[str, Any]) -> set[str]:
    kind = value.get("@type", ())
    return {str(k).rsplit("/", 1)[-1] for k in ([kind] if isinstance(kind, str) else kind or ())}


def _named(tree: lxml.html.HtmlElement) -> dict[str, str]:
    """The page's meta tags by lower-case name, property or itemprop; the first of several."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        content = " ".join((tag.get("content") or "").split())
        for attribute in ("property", "name", "itemprop"):
            if content and (name := tag.get(attribute)):
                found.setdefault(name.strip().casefold(), content)
    return found


def _url(tree: lxml.html.HtmlElement, linked: dict[str, Any], named: dict[str, str], address: str | None) -> str | None:
    canonical = next(
        (link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").casefold().split()),
        None,
    )
    for found in (canonical, named.get("og:url"), _text(linked.get("url")), address):
        if found:
            try:
                whole: str = urljoin(address or "", found.strip())
            except ValueError:
                continue
            if re.match(r"https?://[^/\s]+", whole):
                return whole
    return None


def _headline(
    tree: lxml.html.HtmlElement, linked: dict[str, Any], named: dict[str, str], site: str | None
) -> str | None:
    found = _text(linked.get("headline")) or next((named[n] for n in _TITLE_NAMES if n in named), None)
    if not found:
        heads = [_words(h) for h in tree.iter("h1")]
        found = heads[0] if len(heads) == 1 and 0 < len(heads[0].split()) <= HTML_TITLE_MAX_WORDS else None
    if not found:
        found = next((_words(title) for title in tree.iter("title") if _words(title)), None)
    return _without_site(found, site) if found else None


def _without_site(title: str, site: str | None) -> str:
    """The title without the site's name behind (or before) its last bar or dash."""
    if not site:
        return title
    name = re.escape(site.strip())
    bare = re.sub(rf"\s*[|–—:·•-]+\s*{name}\s*$|^{name}\s*[|–—:·•-]+\s*", "", title, flags=re.IGNORECASE)
    return bare.strip() or title


def _bylines(linked: dict[str, Any], named: dict[str, str]) -> tuple[str, ...]:
    authors = linked.get("author")
    names = [_name(a) for a in (authors if isinstance(authors, list) else [authors]) if a]
    if not any(names):
        names = [next((named[n] for n in _AUTHOR_NAMES if n in named and "://" not in named[n]), "")]
    parts = [
        part
        for name in names
        if name
        for part in re.split(r"\s*(?:;|,| and | & )\s*", re.sub(r"^(?:[Bb]y|BY)\s+", "", name))
    ]
    return tuple(dict.fromkeys(p.strip() for p in parts if p.strip() and len(p) <= 80 and "@" not in p))


def _marked_authors(tree: lxml.html.HtmlElement) -> tuple[str, ...]:
    """The names that the article's own links and tags mark as its authors, outside lists of other stories."""
    found: dict[str, None] = {}
    for tag in tree.iter("a", "span", "address"):
        marks = f"{tag.get('rel') or ''} {tag.get('itemprop') or ''}".casefold().split()
        if "author" not in marks or any(a.tag in {"aside", "nav", "footer", "li"} for a in tag.iterancestors()):
            continue
        name = re.sub(r"^(?:by|BY|By)\s+", "", _words(tag))
        if 2 <= len(name.split()) <= 6 and not re.search(r"[@\d|]", name):
            found.setdefault(name)
    return tuple(found)


def _time_tag(tree: lxml.html.HtmlElement) -> date | None:
    """The one day that `<time>` tags marked as publication, or the first inside the article, say."""
    for tag in tree.iter("time"):
        marked = tag.get("pubdate") is not None or "datepublished" in (tag.get("itemprop") or "").casefold()
        if (marked or any(a.tag in {"article", "header"} for a in tag.iterancestors())) and (
            found := _day(tag.get("datetime") or _words(tag))
        ):
            return found
    return None


def _day(value: Any) -> date | None:
    text = _text(value)
    if not text:
        return None
    if m := re.match(r"^((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6})?$", text):
        text = "-".join(m.groups())
    found = read_day(text)
    return found.whole if found else None


def _name(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return _text(value) or ""


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return (
        " ".join(lxml.html.fromstring(f"<i>{value}</i>").text_content().split())
        if isinstance(value, str) and value.strip() and re.search(r"[<&]", value)
        else (" ".join(value.split()) if isinstance(value, str) and value.strip() else None)
    )


def _words(element: Any) -> str:
    return " ".join(str(element.text_content()).split())
