"""Claims by what they say, whoever says it, when and where: a page of them with what narrows it down, or all."""

from __future__ import annotations

from collections.abc import Iterator

from app.store.methods.base import Base
from app.store.read import search as read_search
from app.store.views import ClaimView, Hit, Query, SearchView

__all__ = ["Searching"]


class Searching(Base):
    def search(self, query: Query, *, cursor: str | None = None, limit: int = 20) -> SearchView:
        """Claims that match, in the order that `read/found.py` promises."""
        with self.reading() as connection:
            return read_search.search(connection, query, cursor, limit)

    def claims(self, query: Query | None = None) -> Iterator[Hit]:
        """All claims that match (all claims by default), complete, for exports."""
        with self.reading() as connection:
            yield from read_search.claims(connection, query or Query())

    def claim(self, claim_id: int) -> ClaimView:
        with self.reading() as connection:
            return read_search.claim(connection, claim_id)
