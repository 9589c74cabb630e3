"""The lists one finds things by: the front page, stories, articles, actors, outlets, and the page of an outlet."""

from __future__ import annotations

from datetime import date, datetime

from app.store.methods.base import Base
from app.store.read import actors as read_actors
from app.store.read import article_list, front, story_list
from app.store.read import outlets as read_outlets
from app.store.read.listing import Wanted
from app.store.views import (
    ActorCard,
    ActorList,
    ArticleList,
    ArticleRef,
    FrontView,
    OutletList,
    OutletPageView,
    Slice,
    StoryCard,
    StoryList,
)

__all__ = ["Finding"]


class Finding(Base):
    """`q` finds titles and names that hold each of its words, in any form or as the beginning of one.

    Orders are those of `read.listing.ORDERS`; a `cursor` belongs to the order it came from.
    """

    def front(
        self,
        *,
        order: str | None = None,
        since: datetime | None = None,
        cursor: str | None = None,
        limit: int = 12,
    ) -> FrontView:
        """Stories, the newest first; `since` is when the reader was here before, None for who never was."""
        with self.reading() as connection:
            return front.front(connection, order, since, cursor, limit)

    def stories(
        self,
        q: str = "",
        *,
        outlet: str | None = None,
        relation: str | None = None,
        size: str | None = None,
        order: str = "changed",
        cursor: str | None = None,
        limit: int = 20,
    ) -> Slice[StoryCard]:
        """Stories, those that changed last first. `relation`: that hold a row of this status; `size`: one article, or many."""
        wanted = Wanted(q, order, outlet, relation=relation, size=size)
        with self.reading() as connection:
            return story_list.stories(connection, wanted, cursor, limit)

    def story_list(self, wanted: Wanted, *, cursor: str | None = None, limit: int = 20) -> StoryList:
        """The same, with what it could be narrowed by."""
        with self.reading() as connection:
            return story_list.story_list(connection, wanted, cursor, limit)

    def articles(
        self,
        q: str = "",
        *,
        story: str | None = None,
        outlet: str | None = None,
        since: date | None = None,
        until: date | None = None,
        order: str | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Slice[ArticleRef]:
        """Articles, the latest published first; between two days of publication, if they are given."""
        wanted = Wanted(q, order, outlet, story, since=since, until=until)
        with self.reading() as connection:
            found = article_list.articles(connection, wanted, cursor, limit)
        return Slice(tuple(card.article for card in found.items), found.total, found.next, found.previous)

    def article_list(self, wanted: Wanted, *, cursor: str | None = None, limit: int = 50) -> ArticleList:
        """The same, each with its story and number of claims, and with what the list could be narrowed by."""
        with self.reading() as connection:
            return article_list.article_list(connection, wanted, cursor, limit)

    def actors(
        self,
        q: str = "",
        *,
        kind: str | None = None,
        order: str | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Slice[ActorCard]:
        """Named actors whose name or alias has a word beginning with each word of `q`; most claims first."""
        with self.reading() as connection:
            return read_actors.actors(connection, Wanted(q, order, kind=kind), cursor, limit)

    def actor_list(self, wanted: Wanted, *, cursor: str | None = None, limit: int = 50) -> ActorList:
        """The same, with how many there are of each kind."""
        with self.reading() as connection:
            return read_actors.actor_list(connection, wanted, cursor, limit)

    def outlet_list(self, wanted: Wanted, *, cursor: str | None = None, limit: int = 50) -> OutletList:
        """Outlets that have articles, those of most articles first."""
        with self.reading() as connection:
            return read_outlets.outlet_list(connection, wanted, cursor, limit)

    def outlet(self, key: str, *, cursor: str | None = None, limit: int = 20) -> OutletPageView:
        """One outlet: what is kept of it, in which rows it stands; `cursor` and `limit` are of the rows it left out."""
        with self.reading() as connection:
            return read_outlets.outlet(connection, key, cursor, limit)
