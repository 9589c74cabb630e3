"""Articles, stories and the machine's rows are kept; readings are read back to the letter."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from app.core.records import UNTOLD, Alignment, Article, Comparer, Outlet, Reading
from app.store import keep, readings, telling_words
from app.store import stories as writing
from app.store.keep_rows import NO_WORK, Work, keep_rows, prepare
from app.store.keep_work import kept_work_of
from app.store.methods.base import Room
from app.store.names import refuse_other_names
from app.store.pages import keep_copy
from app.store.reread import reread
from app.store.sql import LARGEST_ID
from app.store.views import PageCopy, StoryRef

__all__ = ["Articles", "AsItIs", "KeptArticle", "KeptOutcome", "ToCompare"]


@dataclass(frozen=True, slots=True)
class KeptOutcome:
    """What became of an article: `new`, `same` (nothing changed), `revised` (the old version stays readable), or `deleted`
    (a person deleted it here, and nothing changed).
    """

    article_id: int
    outcome: Literal["new", "same", "revised", "deleted"]
    story_slug: str


@dataclass(frozen=True, slots=True)
class AsItIs:
    """An article that was not kept again, and how many claims are kept of it."""

    kept: KeptOutcome
    claims: int


@dataclass(frozen=True, slots=True)
class KeptArticle:
    """An article as it is kept now (its current revision), for grouping new ones against. `alone`: the only one of its story."""

    article_id: int
    story_slug: str
    article: Article
    alone: bool


@dataclass(frozen=True, slots=True)
class ToCompare:
    """What a story's rows are made from: its current readings with their article ids, in order of publication.

    `basis` is the state of the story they belong to; `Store.articles.keep_alignments` refuses rows made from another. `work` is what
    was worked out of the story when it was compared before.
    """

    basis: int
    article_ids: tuple[int, ...]
    readings: tuple[Reading, ...]
    work: Mapping[str, bytes] = field(default_factory=dict)


class Articles(Room):
    def keep_article(
        self,
        reading: Reading,
        *,
        content_hash: str | None = None,
        story_slug: str | None = None,
        story_title: str | None = None,
        own_words: bool = False,
        source: str = "",
        outlet: Outlet | None = None,
        part: int = 0,
        reader_version: str = "",
        names: str | None = None,
        by: str | None = None,
        page: PageCopy | None = None,
        watched: int | None = None,
    ) -> KeptOutcome:
        """Keep one article with everything read from it, in one transaction: all of it or nothing.

        The same article again (outlet + canonical URL; without URL outlet + headline + date; else its words) changes
        nothing. Other words under the same identity become a new revision, whose claims take the old ones' place.
        `story_slug` puts a new article into that story (made when missing, titled `story_title` or the headline); without
        it the article's own `story` is used, else a story of its own is made. An article kept before stays in its story.
        `outlet` is the registry's record; without it the article's outlet name is used. `part` numbers the articles of
        one page that share its URL (0 for the first). `content_hash` defaults to a hash of headline and body.
        `reader_version` is a digest of all that the reading depends on (see `outdated`), `names` the mark of the added
        names it was read with (see `names_in_force`), `by` who adds it, `page` what it was
        fetched as, `watched` the source by which it came. The story is then stale until `keep_alignments` is called for it.
        Raises `BadInput` for what cannot be kept, `Moved` when a name was added or removed meanwhile.
        """
        asked = keep.KeepOptions(
            content_hash, story_slug, story_title, own_words, source, outlet, part, reader_version, by, page, watched
        )
        with self.write() as session:
            refuse_other_names(session.connection(), names)
            article_id, outcome, slug = keep.keep(session, reading, asked, self.now())
        return KeptOutcome(article_id, outcome, slug)

    def kept_as(self, article: Article, *, outlet: Outlet | None = None, part: int = 0) -> bool:
        """Whether keeping this article would change nothing, since it is kept with these words, or was deleted."""
        with self.read() as session:
            return keep.as_it_is(session, article, outlet, part) is not None

    def keep_as_it_is(
        self, article: Article, *, outlet: Outlet | None = None, part: int = 0, page: PageCopy | None = None
    ) -> AsItIs | None:
        """What `keep_article` would do with an article whose words are kept, which needs not be read for it; none if they are not."""
        with self.write() if page else self.read() as session:
            found = keep.as_it_is(session, article, outlet, part)
            if found is None:
                return None
            row, revision = found
            slug = writing.story_of_id(session, row.story_id).slug
            if revision is None:
                return AsItIs(KeptOutcome(row.id or 0, "deleted", slug), 0)
            keep_copy(session, revision, page)
            return AsItIs(
                KeptOutcome(row.id or 0, "same", slug), readings.claims_held(session.connection(), row.id or 0)
            )

    def reread(self, article_id: int, reading: Reading, *, reader_version: str = "", names: str | None = None) -> str:
        """Put another reading of an article's current words in the place of the one kept; gives the story's slug.

        Statements found again keep their ids, so flags and decisions stay. The story is then stale until
        `keep_alignments` is called for it. Raises `Moved` when these are not the words kept now, or a name was added or
        removed since those whose mark is `names`.
        """
        with self.write() as session:
            refuse_other_names(session.connection(), names)
            return reread(session, article_id, reading, reader_version, self.now())

    def create_story(self, title: str, slug: str | None = None) -> StoryRef:
        """A new story. The slug is made from the title when not given, with a number when taken (given and taken: that story)."""
        with self.write() as session:
            row = writing.make_story(session, title, slug, self.now())
            return StoryRef(row.slug, row.title)

    def assign_story(self, article_id: int, slug: str, *, title: str | None = None) -> StoryRef:
        """Move an article into a story, made when missing. Both stories are stale until realigned; an emptied one goes."""
        with self.write() as session:
            row = writing.assign(session, article_id, slug, title, self.now())
            return StoryRef(row.slug, row.title)

    def article_ids(
        self, *, since: date | None = None, until: date | None = None, most: int = LARGEST_ID - 1
    ) -> tuple[int, ...]:
        """Ids of all articles published in the window, or undated; more than `most` says that there are more than that."""
        with self.read() as session:
            return readings.ids_between(session.connection(), since, until, most)

    def related_to(
        self, fresh: Mapping[int, Article], room: int, most: int
    ) -> Iterator[tuple[Collection[int], tuple[KeptArticle, ...], frozenset[int]]]:
        """Part by part: ids of these articles, what they are to be held against when they look for their stories (themselves
        among it), in order of id, and which of it is only there to show what the news is like otherwise.

        All in one part with what was published near one of them, where that is no more than `room` beside them; else in
        parts by day, each with those that share most with one of it, `most` in all, and others where these are fewer than `room`.
        What comes next is read when it is asked for: as it is after what was done with the part before.
        """
        days = [a.published for a in fresh.values() if a.published]
        since = min(days) - telling_words.STORY_WINDOW if days else None
        until = max(days) + telling_words.STORY_WINDOW if days else None
        with self.read() as session:
            connection, near_all = session.connection(), room + len(fresh)
            wanted = fresh.keys() | readings.ids_between(connection, since, until, near_all)
            parts: Sequence[tuple[Collection[int], Collection[int]]] = [(fresh.keys(), wanted)]
            whole = len(wanted) <= near_all
            if not whole:
                parts = telling_words.near_in_parts(connection, fresh, most)
        for mine, held in parts:
            with self.read() as session:
                connection = session.connection()
                free = 0 if whole else max(0, room - len(held))
                others = frozenset(telling_words.sample(connection, free)).difference(held)
                found = readings.kept_articles(connection, others.union(held))
            yield mine, tuple(KeptArticle(*a) for a in found), others

    def lone_stories(self) -> tuple[str, ...]:
        """Slugs of stale stories of one article: what an import that was cut short left to be grouped."""
        with self.read() as session:
            return readings.lone_stories(session.connection())

    def readings_of(self, story_slug: str) -> tuple[tuple[int, Reading], ...]:
        """The current readings of a story as they were kept, to the letter, in order of publication, with article ids."""
        with self.read() as session:
            return readings.readings_of_story(session.connection(), story_slug)

    def to_compare(self, story_slug: str) -> ToCompare:
        """The current readings of a story, with what tells whether they are current still. Raises `NotFound`."""
        with self.read() as session:
            basis = readings.basis_of(session.connection(), story_slug)
            found = readings.readings_of_story(session.connection(), story_slug)
            work = kept_work_of(session.connection(), story_slug)
        return ToCompare(basis, tuple(i for i, _ in found), tuple(r for _, r in found), work)

    def reading_of(self, article_id: int, revision: int | None = None) -> Reading:
        """One article's reading: the current one or that of an older revision (numbered from 1)."""
        with self.read() as session:
            return readings.reading_of_article(session.connection(), article_id, revision)

    def stale_stories(self, *, quiet_since: datetime | None = None) -> tuple[str, ...]:
        """Slugs of stories whose articles changed since they were last aligned (an import that was cut short, for one).

        `quiet_since`: only those that nobody has changed after it.
        """
        with self.read() as session:
            return readings.stale_stories(session.connection(), quiet_since)

    def outdated_stories(self, version: str) -> tuple[str, ...]:
        """Slugs of stories that are compared, and whose rows another version of what compares made than this one."""
        with self.read() as session:
            return readings.not_compared_by(session.connection(), version)

    def keep_alignments(
        self,
        story_slug: str,
        alignments: Sequence[Alignment],
        article_ids: Sequence[int],
        *,
        basis: int | None = None,
        comparer: Comparer = UNTOLD,
        work: Work = NO_WORK,
    ) -> None:
        """Replace the machine's rows of a story, in one transaction, keeping what people said.

        `ClaimRef.article` indexes `article_ids`. Claims that stand in no row get a single-source row each. A new row takes
        over the id (with flags and decisions) of the old one that it shares most with; an old row with flags or decisions
        and no successor stays readable as retired. The same alignments again change nothing.
        `basis`: the state of the story that they were made from (see `to_compare`); `Moved` when it is another now.
        `comparer`: what made them (see `outdated_stories`). `work`: what was worked out for them and is to be kept (see `to_compare`).
        """
        with self.read() as session:
            prepared = prepare(session, story_slug, alignments, article_ids, basis, comparer, work)
        with self.write() as session:
            keep_rows(session, prepared, self.now())
