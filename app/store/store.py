"""One `Store` a database file: what may be written to it and what may be read from it.

Everything the rest of the house needs is a method here, typed, one transaction each; how it is done lives in the modules
beside it. The clock is handed in (`now`), so that tests own the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from sqlmodel import Session

from app.core.records import Alignment, Article, Outlet, Reading, Status
from app.store import keep, readings, review, schema
from app.store import stories as writing
from app.store.engine import make_engine
from app.store.keep_rows import keep_rows
from app.store.read import actors as read_actors
from app.store.read import alignments as read_alignments
from app.store.read import articles as read_articles
from app.store.read import search as read_search
from app.store.read import stories as read_stories
from app.store.views import (
    ActorCard,
    ActorView,
    AlignmentView,
    ArticleRef,
    ArticleView,
    ClaimView,
    ConflictView,
    DecisionView,
    FlagView,
    FrontView,
    Hit,
    OutletView,
    Query,
    RowView,
    SearchView,
    Slice,
    StoryCard,
    StoryRef,
    StoryView,
)

__all__ = ["DecisionKind", "FlagState", "Kept", "KeptArticle", "RowSort", "Store", "open_store", "utc_now"]

DecisionKind = Literal["confirm", "reject", "merge", "split", "relabel"]
FlagState = Literal["open", "confirmed", "dismissed"]
RowSort = Literal["matter", "event", "reading"]
DateOf = Literal["event", "published"]


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an article: `new`, `same` (nothing changed) or `revised` (the old version stays readable)."""

    article_id: int
    outcome: Literal["new", "same", "revised"]
    story_slug: str


@dataclass(frozen=True, slots=True)
class KeptArticle:
    """An article as it is kept now (its current revision), for grouping new ones against."""

    article_id: int
    story_slug: str
    article: Article


def utc_now() -> datetime:
    return datetime.now(UTC)


def open_store(path: Path, *, now: Callable[[], datetime] = utc_now) -> Store:
    """The store on an existing database of this version.

    Raises `DatabaseUnready` when the file is missing, older or newer (`schema.upgrade` mends the first two).
    """
    schema.check(path)
    return Store(path, now=now)


class Store:
    """Reads and writes on one database file. Safe to share between threads; close it when done (or use `with`)."""

    def __init__(self, path: Path, *, now: Callable[[], datetime] = utc_now) -> None:
        self.path = path
        self.now = now
        self._readers = make_engine(path, writing=False)
        self._writers = make_engine(path, writing=True)

    def close(self) -> None:
        self._readers.dispose()
        self._writers.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, what: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the database throughout and cannot write."""
        with Session(self._readers) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A write transaction: waits for other writers first, commits at the end, keeps nothing when the block raises."""
        with Session(self._writers) as session, session.begin():
            yield session

    # --- articles and stories ------------------------------------------------------------------------------------

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
    ) -> Kept:
        """Keep one article with everything read from it, in one transaction: all of it or nothing.

        The same article again (outlet + canonical URL; without URL outlet + headline + date; else its words) changes
        nothing. Other words under the same identity become a new revision, whose claims take the old ones' place.
        `story_slug` puts a new article into that story (made when missing, titled `story_title` or the headline); without
        it the article's own `story` is used, else a story of its own is made. An article kept before stays in its story.
        `outlet` is the registry's record; without it the article's outlet name is used. `part` numbers the articles of
        one page that share its URL (0 for the first). `content_hash` defaults to a hash of headline and body.
        The story is then stale until `keep_alignments` is called for it. Raises `BadInput` for what cannot be kept.
        """
        asked = keep.Asked(content_hash, story_slug, story_title, own_words, source, outlet, part)
        with self.write() as session:
            article_id, outcome, slug = keep.keep(session, reading, asked, self.now())
        return Kept(article_id, outcome, slug)

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

    def kept_articles(self, *, since: date | None = None, until: date | None = None) -> tuple[KeptArticle, ...]:
        """All articles (published in the window, or undated), in order of id, for grouping new ones against."""
        with self.read() as session:
            return tuple(KeptArticle(*a) for a in readings.kept_articles(session.connection(), since, until))

    def readings_of(self, story_slug: str) -> tuple[tuple[int, Reading], ...]:
        """The current readings of a story as they were kept, to the letter, in order of publication, with article ids."""
        with self.read() as session:
            return readings.of_story(session.connection(), story_slug)

    def reading_of(self, article_id: int, revision: int | None = None) -> Reading:
        """One article's reading: the current one or that of an older revision (numbered from 1)."""
        with self.read() as session:
            return readings.of_article(session.connection(), article_id, revision)

    def stale_stories(self) -> tuple[str, ...]:
        """Slugs of stories whose articles changed since they were last aligned (an import that was cut short, for one)."""
        with self.read() as session:
            return readings.stale_stories(session.connection())

    # --- rows ----------------------------------------------------------------------------------------------------

    def keep_alignments(self, story_slug: str, alignments: Sequence[Alignment], article_ids: Sequence[int]) -> None:
        """Replace the machine's rows of a story, in one transaction, keeping what people said.

        `ClaimRef.article` indexes `article_ids`. Claims that stand in no row get a single-source row each. A new row takes
        over the id (with flags and decisions) of the old one that it shares most with; an old row with flags or decisions
        and no successor stays readable as retired. The same alignments again change nothing.
        """
        with self.write() as session:
            keep_rows(session, story_slug, alignments, article_ids, self.now())

    # --- what people say -----------------------------------------------------------------------------------------

    def flag(self, alignment_id: int, *, by: str, note: str = "") -> FlagView:
        """Mark a row as conflicting. One flag a person and row: flagging again only changes the note."""
        with self.write() as session:
            flag_id = review.flag(session, alignment_id, by, note, self.now())
            session.flush()
            return read_alignments.flag(session.connection(), flag_id)

    def withdraw_flag(self, flag_id: int, *, by: str) -> FlagView:
        """Take a flag back (undo). It goes from the row and stays in its history."""
        with self.write() as session:
            review.withdraw_flag(session, flag_id, by, self.now())
            session.flush()
            return read_alignments.flag(session.connection(), flag_id)

    def decide_flag(self, flag_id: int, state: FlagState, *, by: str, note: str | None = None) -> FlagView:
        """Confirm or dismiss a flag, or open it again (undo). Works on the machine's flags in the queue too.

        A confirmed flag makes the row a conflict; when every flag of a conflict is dismissed the row shows as diverge.
        """
        with self.write() as session:
            review.decide_flag(session, flag_id, state, by, note, self.now())
            session.flush()
            return read_alignments.flag(session.connection(), flag_id)

    def decide(
        self,
        alignment_id: int,
        kind: DecisionKind,
        *,
        by: str,
        value: str | None = None,
        note: str = "",
        claims: Sequence[int] = (),
    ) -> DecisionView:
        """Keep a person's change to a row beside the machine's value.

        confirm: the row is right. reject: its claims do not belong together, each stands alone. merge: into the row whose
        id is `value`. split: the claims with ids `claims` (or comma-separated in `value`) get a row of their own. relabel:
        `value` is the new label, or one of the statuses conflict, diverge, updated, agree to change the verdict.
        Raises `NotFound`, `BadInput` for a value that does not fit, `Conflicting` for a row that no longer stands.
        """
        with self.write() as session:
            decision_id = review.decide(session, alignment_id, kind, by, value, note, claims, self.now())
            session.flush()
            return read_alignments.decision(session.connection(), decision_id)

    def undo_decision(self, decision_id: int, *, by: str) -> DecisionView:
        """Take a decision back: the row shows as if it had never been. Undone decisions stay in the history."""
        with self.write() as session:
            review.undo_decision(session, decision_id, by, self.now())
            session.flush()
            return read_alignments.decision(session.connection(), decision_id)

    # --- read models ---------------------------------------------------------------------------------------------

    def front(self, *, cursor: str | None = None, limit: int = 20) -> FrontView:
        with self.read() as session:
            return read_stories.front(session.connection(), cursor, limit)

    def stories(self, *, cursor: str | None = None, limit: int = 20) -> Slice[StoryCard]:
        """Stories, those that changed last first."""
        with self.read() as session:
            return read_stories.stories(session.connection(), cursor, limit)

    def story(
        self,
        slug: str,
        *,
        status: Status | str | None = None,
        outlet: str | None = None,
        actor: str | None = None,
        since: date | None = None,
        until: date | None = None,
        date_of: DateOf = "event",
        only_differences: bool = False,
        sort: RowSort = "matter",
        cursor: str | None = None,
        limit: int = 50,
    ) -> StoryView:
        """The side-by-side view: `limit` rows from `cursor`; counts are those under all filters but `status`.

        `sort`: matter (conflicts first, then by outlets), event (by the date told), reading (as the earliest article runs).
        """
        filters = read_stories.Filters(status, outlet, actor, since, until, date_of, only_differences, sort)
        with self.read() as session:
            return read_stories.story(session.connection(), slug, filters, cursor, limit)

    def rows(self, slug: str) -> Iterator[RowView]:
        """Every row of a story, complete, for exports: read in one state of the database, a page at a time."""
        with self.read() as session:
            yield from read_stories.all_rows(session.connection(), slug)

    def alignment(self, alignment_id: int) -> AlignmentView:
        """One row with everything behind it. A merged row's id gives the row it went into; a retired one still answers."""
        with self.read() as session:
            return read_alignments.alignment(session.connection(), alignment_id)

    def alignments(
        self,
        slug: str,
        *,
        status: Status | str | None = None,
        outlet: str | None = None,
        actor: str | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Slice[RowView]:
        """The rows of `story` alone, for the API."""
        with self.read() as session:
            filters = read_stories.Filters(status, outlet, actor)
            return read_stories.rows(session.connection(), slug, filters, cursor, limit)[0]

    def article(self, article_id: int, *, revision: int | None = None) -> ArticleView:
        with self.read() as session:
            return read_articles.article(session.connection(), article_id, revision)

    def articles(
        self, *, story: str | None = None, outlet: str | None = None, cursor: str | None = None, limit: int = 50
    ) -> Slice[ArticleRef]:
        """Articles, the latest published first."""
        with self.read() as session:
            return read_articles.articles(session.connection(), story, outlet, cursor, limit)

    def outlets(self) -> tuple[OutletView, ...]:
        """Outlets that have articles, by name."""
        with self.read() as session:
            return read_articles.outlets(session.connection())

    def actor(
        self,
        key: str,
        *,
        side: Literal["all", "by", "about"] = "all",
        outlet: str | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> ActorView:
        """Everything said by or about one actor in order of the date told (then of publication)."""
        with self.read() as session:
            return read_actors.actor(session.connection(), key, side, outlet, cursor, limit)

    def actors(self, q: str = "", *, cursor: str | None = None, limit: int = 50) -> Slice[ActorCard]:
        """Named actors whose name or alias has a word beginning with each word of `q`; most claims first."""
        with self.read() as session:
            return read_actors.actors(session.connection(), q, cursor, limit)

    def search(self, query: Query, *, cursor: str | None = None, limit: int = 20) -> SearchView:
        """Claims that match; best match first, or in order of date when the query has no words."""
        with self.read() as session:
            return read_search.search(session.connection(), query, cursor, limit)

    def claims(self, query: Query | None = None) -> Iterator[Hit]:
        """All claims that match (all claims by default), complete, for exports."""
        with self.read() as session:
            yield from read_search.claims(session.connection(), query or Query())

    def claim(self, claim_id: int) -> ClaimView:
        with self.read() as session:
            return read_search.claim(session.connection(), claim_id)

    def conflicts(
        self,
        *,
        state: FlagState | None = None,
        story: str | None = None,
        cursor: str | None = None,
        limit: int = 20,
    ) -> Slice[ConflictView]:
        """The review queue: rows in conflict or flagged by a person; undecided first."""
        with self.read() as session:
            return read_alignments.conflicts(session.connection(), state, story, cursor, limit)
