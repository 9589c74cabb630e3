"""Articles that are kept already, word for word, are found before they are read: an import that was cut short goes on from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.lexicon.outlets import load_outlets
from app.core.records import Article, Outlet
from app.sources import Unread

if TYPE_CHECKING:
    from app.store import Store

__all__ = ["Beside", "Held", "Parts", "registered_outlet", "without_held"]


@dataclass(frozen=True, slots=True)
class Held:
    """An article that was not read, since it is kept as it is."""

    article: Article


Beside = Unread | Held
"""What goes along in its place among what is to be read."""


class Parts:
    """Numbers the articles of one page that share its address, in the order they come."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, str | None]] = Counter()

    def number(self, article: Article) -> int:
        page = (article.origin, article.url)
        self._seen[page] += 1
        return self._seen[page] - 1


def registered_outlet(article: Article) -> Outlet | None:
    """The register's record of an article's outlet, or none."""
    return load_outlets().by_name(article.outlet) if article.outlet else None


def without_held(store: Store, found: Iterable[Article | Beside]) -> Iterator[Article | Beside]:
    """The same, with what is kept already marked as such."""
    parts = Parts()
    for item in found:
        if isinstance(item, Article) and store.articles.kept_as(
            item, outlet=registered_outlet(item), part=parts.number(item)
        ):
            yield Held(item)
        else:
            yield item
