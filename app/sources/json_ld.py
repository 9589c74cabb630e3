"""The JSON-LD of a page: the object of its article, read as leniently as search engines do."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import lxml.html

__all__ = ["article_object", "body_told", "json_ld_name", "json_ld_text"]

_ARTICLES = {
    "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BackgroundNewsArticle",
    "BlogPosting", "LiveBlogPosting", "Report", "Review", "ReviewNewsArticle", "AskPublicNewsArticle", "WebPage",
}  # fmt: skip
_MOST_CHARS = 2_000_000
_OPENING = re.compile(r"<!--|(?://|/\*)?\s{0,9}<!\[CDATA\[\s{0,9}(?:\*/)?")
_CLOSING = re.compile(r"(?:-->|(?://|/\*)?\s{0,9}\]\]>\s{0,9}(?:\*/)?|;)$")
"""What stands around the data that old browsers were not to see: comments, and comments around CDATA marks."""
_STRING_OR_EXCESS = re.compile(r'"(?:[^"\\]|\\.)*"|/\*.*?\*/|,(?=\s*[}\]])', re.DOTALL)


def article_object(tree: lxml.html.HtmlElement) -> dict[str, Any]:
    """The object of the page's article, references inside it followed; a plain WebPage only where no article is declared."""
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").casefold():
            found += _objects(_read(script.text_content() or ""))
    named = {str(o["@id"]): o for o in reversed(found) if "@id" in o and len(o) > 1}
    articles = [o for o in found if _types(o) & _ARTICLES]
    best: dict[str, Any] = min(articles, key=lambda o: "WebPage" in _types(o), default={})
    return {key: _followed(value, named) for key, value in best.items()}


def body_told(tree: lxml.html.HtmlElement) -> str | None:
    """The article's body as its JSON-LD gives it, a paragraph a line."""
    told = article_object(tree).get("articleBody")
    if isinstance(told, list):
        told = "\n".join(part for part in told if isinstance(part, str))
    if not isinstance(told, str):
        return None
    marked = re.sub(r"(?i)<br\s*/?>|</(?:p|div|li|h\d)>", "\n", told)
    lines = (json_ld_text(line) for line in marked.splitlines())
    return "\n".join(line for line in lines if line) or None


def json_ld_name(value: Any) -> str:
    """The name of a person or house: a text, an object with a name, or the first of several."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return json_ld_text(value) or ""


def json_ld_text(value: Any) -> str | None:
    """The words of a value, tags and entities read; None when it has none."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str) or not value.strip():
        return None
    if re.search(r"[<&]", value):
        value = str(lxml.html.fromstring(f"<i>{value}</i>").text_content())
    return " ".join(value.split()) or None


def _read(source: str) -> Any:
    """The value, also inside an HTML comment or CDATA, with commas too many, comments, or quotation marks as entities."""
    bare = source[:_MOST_CHARS].strip()
    while mark := _OPENING.match(bare):
        bare = bare[mark.end() :].lstrip()
    while mark := _CLOSING.search(bare, max(0, len(bare) - 40)):
        bare = bare[: mark.start()].rstrip()
    mended = _STRING_OR_EXCESS.sub(lambda m: m[0] if m[0][0] == '"' else "", bare)
    for attempt in (bare, mended, html.unescape(mended)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


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


def _followed(value: Any, named: dict[str, dict[str, Any]]) -> Any:
    """{"@id": "#p1"} as the object of that name."""
    if isinstance(value, list):
        return [_followed(entry, named) for entry in value]
    if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
        return named.get(str(value.get("@id")), value)
    return value
