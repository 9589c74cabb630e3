"""What one finds things by: the front page, lists and the search; and what is found: an article, an actor, an outlet, a claim."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal

from app.store.methods.base import Room
from app.store.read import actors as read_actors
from app.store.read import article_list, front, page_copies, story_list
from app.store.read import articles as read_articles
from app.store.read import outlets as read_outlets
from app.store.read import positions as read_positions
from app.store.read import search as read_search
from app.store.read import versions as read_versions
from app.store.read.listing import ListWanted
from app.store.views import (
    ActorCard,
    ActorList,
    ActorView,
    ArticleList,
    ArticleRef,
    ArticleView,
    ClaimView,
    FrontView,
    Hit,
    OutletList,
    OutletPageView,
    OutletView,
    PageCopy,
    PositionView,
    Query,
    RevisedView,
    SearchView,
    Slice,
    StoryCard,
    StoryList,
    VersionsView,
)

__all__ = ["Library"]


class Library(Room):
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
        wanted = ListWanted(q, order, outlet, relation=relation, size=size)
        with self.reading() as connection:
            return story_list.stories(connection, wanted, cursor, limit)

    def story_list(self, wanted: ListWanted, *, cursor: str | None = None, limit: int = 20) -> StoryList:
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
        wanted = ListWanted(q, order, outlet, story, since=since, until=until)
        with self.reading() as connection:
            found = article_list.articles(connection, wanted, cursor, limit)
        return Slice(tuple(card.article for card in found.items), found.total, found.next, found.previous)

    def article_list(self, wanted: ListWanted, *, cursor: str | None = None, limit: int = 50) -> ArticleList:
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
            return read_actors.actors(connection, ListWanted(q, order, kind=kind), cursor, limit)

    def actor_list(self, wanted: ListWanted, *, cursor: str | None = None, limit: int = 50) -> ActorList:
        """The same, with how many there are of each kind."""
        with self.reading() as connection:
            return read_actors.actor_list(connection, wanted, cursor, limit)

    def outlet_list(self, wanted: ListWanted, *, cursor: str | None = None, limit: int = 50) -> OutletList:
        """Outlets that have articles, those of most articles first."""
        with self.reading() as connection:
            return read_outlets.outlet_list(connection, wanted, cursor, limit)

    def outlet(self, key: str, *, cursor: str | None = None, limit: int = 20) -> OutletPageView:
        """One outlet: what is kept of it, in which rows it stands; `cursor` and `limit` are of the rows it left out."""
        with self.reading() as connection:
            return read_outlets.outlet(connection, key, cursor, limit)

    def article(self, article_id: int, *, revision: int | None = None) -> ArticleView:
        with self.reading() as connection:
            return read_articles.article(connection, article_id, revision)

    def versions(self, article_id: int, *, before: int | None = None, after: int | None = None) -> VersionsView:
        """Two versions of an article (by number; the newest and the one before it where not given). Raises `NotFound`."""
        with self.reading() as connection:
            return read_versions.versions(connection, article_id, before, after)

    def revised(
        self,
        slug: str | None = None,
        article_id: int | None = None,
        *,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Slice[RevisedView]:
        """Versions that took another's place, the latest first: in a story, of an article, or all."""
        with self.reading() as connection:
            return read_versions.revised(connection, slug, article_id, cursor, limit)

    def page_copy(self, article_id: int, *, revision: int | None = None) -> PageCopy:
        """The page that a version of an article was read from, as it was fetched. Raises `NotFound` when none is kept."""
        with self.reading() as connection:
            return page_copies.copy_of(connection, article_id, revision)

    def page_copies(self, slug: str) -> Iterator[PageCopy]:
        """The pages of all versions of a story's articles, one at a time."""
        with self.reading() as connection:
            yield from page_copies.copies_of_story(connection, slug)

    def outlets(self) -> tuple[OutletView, ...]:
        """Outlets that have articles, by name."""
        with self.reading() as connection:
            return read_articles.outlets(connection)

    def actor(
        self,
        key: str,
        *,
        side: Literal["all", "by", "about"] = "all",
        outlet: str | None = None,
        story: str | None = None,
        since: date | None = None,
        until: date | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> ActorView:
        """Everything said by or about one actor in order of the date told (then of publication).

        Counts by side are those under the other filters; of outlets and stories, those under all but their own.
        """
        wanted = read_actors.ClaimsWanted(side, outlet, story, since, until)
        with self.reading() as connection:
            return read_actors.actor(connection, key, wanted, cursor, limit)

    def positions(self, actor_key: str) -> tuple[PositionView, ...]:
        """Where an actor stood on each matter, in order of time, matters by their first day; changes are marked."""
        with self.reading() as connection:
            return read_positions.positions(connection, actor_key)

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
            return read_search.one_claim(connection, claim_id)
