"""What stands in every cell of a page, as filters: an icon, a verdict, a date, an address. A page may hold a thousand of each, and a
filter costs a tenth of a macro; what looks the same each time is drawn once.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from app.store.views import ArticleRef, ClaimView
from app.web import dates
from app.web.words import WORDS

__all__ = ["add_pieces", "article_address", "claim_address", "published", "told"]


def add_pieces(environment: Environment) -> None:
    """Make them filters of these templates; the HTML of what is drawn stands in `blocks/`."""

    def drawn_once(template: str, macro: str) -> Any:
        @lru_cache(maxsize=64)
        def draw(name: str) -> Markup:
            drawn: Markup = getattr(environment.get_template(template).module, macro)(name)
            return drawn

        return draw

    environment.filters.update(
        icon=drawn_once("blocks/icons.html", "icon"),
        verdict=drawn_once("blocks/verdict.html", "verdict"),
        published=published,
        told=told,
        article_address=article_address,
        claim_address=claim_address,
    )


def published(article: Any) -> Markup | str:
    """When an article, or whatever has a date of publication, was published.

    >>> from types import SimpleNamespace as Report
    >>> str(published(Report(published=date(2019, 8, 22)))), published(Report(published=None))
    ('<time datetime="2019-08-22">22 Aug 2019</time>', 'undated')
    """
    day: date | None = article.published
    return _time(day.isoformat(), dates.day(day)) if day else WORDS.undated


def told(value: str) -> Markup:
    """A date as it is told, at its grain; as plain words where HTML has no form for it.

    >>> str(told("2019-11")), str(told("2019-Q3")), str(told("<soon>"))
    ('<time datetime="2019-11">Nov 2019</time>', 'quarter 3 of 2019', '<time datetime="&lt;soon&gt;">&lt;soon&gt;</time>')
    """
    iso = dates.iso_value(value)
    return _time(iso, dates.when(value)) if iso else escape(dates.when(value))


@lru_cache(maxsize=4096)
def _time(iso: str, words: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(iso, words)


def article_address(article: ArticleRef) -> str:
    """An article, in the version that is meant: what was frozen leads to what it was frozen from."""
    return f"/articles/{article.id}?revision={article.revision}" if article.revision else f"/articles/{article.id}"


def claim_address(claim: ClaimView) -> str:
    return f"{article_address(claim.article)}#c{claim.id}"
