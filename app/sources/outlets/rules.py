"""An outlet's rule: read from its file, applied to a page, held against its sample."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.etree
import lxml.html

from app.core.article.bylines import names_in
from app.core.article.dates import read_stamp
from app.core.records import Meta, PublishedFrom
from app.errors import BadInput
from app.settings import get_settings

__all__ = ["STALE_AFTER", "OutletRule", "faults", "load_rules", "rule_for"]

STALE_AFTER = timedelta(days=365)
"""How long after somebody looked at an outlet's markup it is to be looked at again."""
_SHIPPED = Path(__file__).resolve().parent
_PARTS = ("body", "leave_out", "headline", "byline", "published")
_BLOCKS = ("p", "h2", "h3", "h4", "li", "blockquote")


@dataclass(frozen=True)
class OutletRule:
    """`find` holds a compiled XPath a part; `sample` what the file says of its sample, beside which it lies."""

    name: str
    domains: tuple[str, ...]
    find: Mapping[str, lxml.etree.XPath]
    sample: Mapping[str, Any]
    file: Path

    def holds_for(self, host: str) -> bool:
        return any(host == domain or host.endswith(f".{domain}") for domain in self.domains)

    def body(self, tree: lxml.html.HtmlElement) -> str | None:
        """The body's paragraphs between blank lines; None when it finds none."""
        found = self._found("body", self._bare(tree))
        lines = [line for thing in found for line in _paragraphs(thing)]
        return "\n\n".join(lines) or None

    def meta(self, tree: lxml.html.HtmlElement, said: Meta) -> Meta:
        """What the page's markup says, with what the rule finds in its place."""
        bare = self._bare(tree)
        headline, day = (next(iter(self._words(part, bare)), None) for part in ("headline", "published"))
        bylines = tuple(dict.fromkeys(name for words in self._words("byline", bare) for name in names_in(words)))
        published = read_stamp(day) if day else None
        return replace(
            said,
            headline=headline or said.headline,
            bylines=bylines or said.bylines,
            published=published or said.published,
            published_from=PublishedFrom.META if published else said.published_from,
        )

    def _bare(self, tree: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
        if "leave_out" not in self.find:
            return tree
        bare = copy.deepcopy(tree)
        for thing in self._found("leave_out", bare):
            if isinstance(thing, lxml.html.HtmlElement) and thing.getparent() is not None:
                thing.drop_tree()
        return bare

    def _found(self, part: str, tree: lxml.html.HtmlElement) -> list[Any]:
        found = self.find[part](tree) if part in self.find else []
        return found if isinstance(found, list) else [found]

    def _words(self, part: str, tree: lxml.html.HtmlElement) -> Iterator[str]:
        for thing in self._found(part, tree):
            words = " ".join(_text(thing).split())
            if words:
                yield words


def _text(thing: Any) -> str:
    return thing.text_content() if isinstance(thing, lxml.html.HtmlElement) else str(thing)


def _paragraphs(thing: Any) -> Iterator[str]:
    """Those in a box, one by one; what is none is one itself."""
    inner = list(thing.iterdescendants(*_BLOCKS)) if isinstance(thing, lxml.html.HtmlElement) else []
    for each in inner or [thing]:
        words = " ".join(_text(each).split())
        if words:
            yield words


def rule_for(url: str | None) -> OutletRule | None:
    """The rule for pages of this address, if there is one. Raises `BadInput` for a file of one's own that cannot be used."""
    try:
        host = (urlsplit(url or "").hostname or "").casefold()
    except ValueError:
        return None
    return next((rule for rule in load_rules(get_settings().rules) if rule.holds_for(host)), None) if host else None


@lru_cache(maxsize=4)
def load_rules(own: Path | None = None) -> tuple[OutletRule, ...]:
    """One's own first, then those that ship, by file."""
    folders = [*([own] if own else []), _SHIPPED]
    return tuple(_read(file) for folder in folders for file in sorted(folder.glob("*.toml")))


def _read(file: Path) -> OutletRule:
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        find, sample = told["find"], told["sample"]
        if unknown := set(find) - set(_PARTS):
            raise BadInput(f"no part of a page is called {min(unknown)}.", where=str(file))
        compiled = {part: lxml.etree.XPath(path, smart_strings=False) for part, path in find.items()}
        return OutletRule(str(told["name"]), tuple(map(str, told["domains"])), compiled, dict(sample), file)
    except (OSError, ValueError, KeyError, TypeError, lxml.etree.XPathError) as error:
        said = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)
        mend = "The head of app/sources/outlets/__init__.py says what it holds."
        raise BadInput(f"this rule cannot be used: {said}.", where=str(file), mend=mend) from None


# --- does it still read what it was made for?


def faults(rule: OutletRule, today: date) -> list[str]:
    """What is stale of a rule, each in a sentence; nothing when it is well."""
    found = []
    taken = rule.sample.get("taken")
    if not isinstance(taken, date):
        found.append(f"{rule.name}: its sample says no day")
    elif today - taken > STALE_AFTER:
        found.append(f"{rule.name}: its sample is of {taken}; look at the outlet's pages again")
    try:
        html = rule.file.with_name(str(rule.sample.get("file", ""))).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return [*found, f"{rule.name}: its sample cannot be read"]
    return found + [f"{rule.name}: {said}" for said in _missed(rule, html)]


def _missed(rule: OutletRule, html: str) -> Iterator[str]:
    tree = lxml.html.document_fromstring(html)
    meta, lines = rule.meta(tree, Meta()), (rule.body(tree) or "").split("\n\n")
    have = {
        "headline": meta.headline,
        "bylines": list(meta.bylines),
        "published": meta.published,
        "begins": lines[0],
        "ends": lines[-1],
        "paragraphs": len(lines) if lines[0] else 0,
    }
    for part, wanted in rule.sample.items():
        if part in have and have[part] != wanted:
            yield f"its sample's {part} is {wanted!r}, and {have[part]!r} is found"
