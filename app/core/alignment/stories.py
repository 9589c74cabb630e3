"""Articles -> stories."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.records import Article

__all__ = ["group_articles"]


def group_articles(articles: Sequence[Article]) -> tuple[int, ...]:
    """For each article the index of the first article of its story. The grouping does not depend on the order."""
    raise NotImplementedError
