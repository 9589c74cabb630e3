"""Shapes of real sites: the body comes out whole and alone, never worse than by trafilatura alone, with what is said of it."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
import trafilatura
from html_pages import HtmlPage, all_html_pages
from shingles import f1

from app.core.article import articles_of
from app.core.lexicon.outlets import Outlets
from app.core.records import Article, Page, PublishedFrom
from app.errors import NotAnArticle
from app.sources import page_from_html
from app.sources.decoding import decode

PAGES = all_html_pages()
WITH_ARTICLE = [page for page in PAGES if page.expected.get("articles") != "0"]
IMPERFECT = {
    "live-blog": 0.96,  # trafilatura leaves out the entries' own titles
    "malformed": 0.67,  # tags closed in the wrong order end the body half way
}


@cache
def opened(name: str) -> Page:
    page = next(p for p in PAGES if p.name == name)
    return page_from_html(decode(page.data, page.name), origin=page.name)


def read(page: HtmlPage, outlets: Outlets, today: date) -> Article:
    return articles_of(opened(page.name), outlets, today)[0]


@pytest.mark.parametrize("page", WITH_ARTICLE, ids=lambda p: p.name)
def test_body(page: HtmlPage, outlets: Outlets, today: date) -> None:
    wanted = "\n".join(page.body)
    ours = f1(read(page, outlets, today).text, wanted)
    theirs = f1(trafilatura.extract(page.html, include_comments=False) or "", wanted)
    assert ours >= theirs - 1e-9
    assert ours >= IMPERFECT.get(page.name, 0.999)


@pytest.mark.parametrize("page", WITH_ARTICLE, ids=lambda p: p.name)
def test_what_is_said_of_it(page: HtmlPage, outlets: Outlets, today: date) -> None:
    article, wanted = read(page, outlets, today), page.expected
    assert (str(article.published), article.published_from) == (wanted["published"], PublishedFrom.META)
    assert article.excerpt == (wanted.get("excerpt") == "yes")
    if "bylines" in wanted:
        assert "; ".join(article.bylines) == wanted["bylines"]
    if "headline" in wanted:
        assert article.headline == wanted["headline"]
    if "outlet" in wanted:
        assert article.outlet == wanted["outlet"]


@pytest.mark.parametrize("page", [p for p in PAGES if p not in WITH_ARTICLE], ids=lambda p: p.name)
def test_pages_without_an_article_say_so(page: HtmlPage, outlets: Outlets, today: date) -> None:
    with pytest.raises(NotAnArticle):
        read(page, outlets, today)
