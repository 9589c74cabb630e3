"""Stage 3, article -> claims: sentences, attribution, actors, dates, numbers, actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from app.core.language import LanguageReader
from app.core.records import Article, Reading

__all__ = ["read_claims", "read_many", "read_statement", "read_statements"]


def read_claims(article: Article, reader: LanguageReader) -> Reading:
    """The claims of one article, headline first, then in order of offset, with its actors."""
    return next(read_many((article,), reader))


def read_many(articles: Iterable[Article], reader: LanguageReader) -> Iterator[Reading]:
    """Read articles in order; sentences are parsed in shared batches, each once."""
    raise NotImplementedError


def read_statement(
    text: str, reader: LanguageReader, published: date | None = None, outlet: str | None = None
) -> Reading:
    """Read a bare sentence as if it were an article's body."""
    return read_statements((text,), reader, published=(published,), outlets=(outlet,))[0]


def read_statements(
    texts: Sequence[str],
    reader: LanguageReader,
    published: Sequence[date | None] | None = None,
    outlets: Sequence[str | None] | None = None,
) -> list[Reading]:
    """Read many bare sentences in one go, in order; `published` and `outlets` run beside `texts`."""
    articles = (
        Article(
            text=text,
            published=published[i] if published else None,
            outlet=outlets[i] if outlets else None,
            origin="statement",
        )
        for i, text in enumerate(texts)
    )
    return list(read_many(articles, reader))
