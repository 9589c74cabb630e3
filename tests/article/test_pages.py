"""Golden pages in our own words: which lines are the body, and what stands around it."""

from __future__ import annotations

from datetime import date

import pytest
from golden_pages import Golden, all_pages

from app.core.article import articles_of
from app.core.lexicon.outlets import Outlets
from app.core.records import Article, Page
from app.errors import NotAnArticle

GOLDEN = all_pages()


def read(page: Golden, outlets: Outlets, today: date) -> tuple[Article, ...]:
    try:
        return articles_of(Page(page.name, page.text, hints=page.hints), outlets, today)
    except NotAnArticle:
        return ()


@pytest.mark.parametrize("page", GOLDEN, ids=lambda p: p.name)
def test_body_is_kept_and_boilerplate_dropped(page: Golden, outlets: Outlets, today: date) -> None:
    found = [tuple(line for line in a.text.splitlines() if line) for a in read(page, outlets, today)]
    assert found == list(page.bodies)


@pytest.mark.parametrize("page", GOLDEN, ids=lambda p: p.name)
def test_what_stands_around(page: Golden, outlets: Outlets, today: date) -> None:
    articles = read(page, outlets, today)
    assert len(articles) == int(page.expected.get("articles", "1"))
    for article, suffix in zip(articles, ("", "2"), strict=False):
        found = {
            "headline": article.headline,
            "outlet": article.outlet,
            "published": article.published.isoformat() if article.published else None,
            "from": article.published_from.value if article.published_from else None,
            "bylines": ", ".join(article.bylines),
            "excerpt": str(article.excerpt).lower(),
        }
        expected = {"excerpt": "false"} if not suffix else {}
        expected |= {k: page.expected[k + suffix] for k in found if k + suffix in page.expected}
        assert {k: found[k] for k in expected} == expected


@pytest.mark.parametrize("page", GOLDEN, ids=lambda p: p.name)
def test_same_page_same_articles(page: Golden, outlets: Outlets, today: date) -> None:
    assert read(page, outlets, today) == read(page, outlets, today)
