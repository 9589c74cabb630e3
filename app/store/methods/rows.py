"""The side-by-side view of a story, its rows, what became of them with time, and the queue of those to be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from app.core.records import Status
from app.store.methods.base import Room
from app.store.read import alignments as read_alignments
from app.store.read import chains as read_chains
from app.store.read import changes as read_changes
from app.store.read import stories as read_stories
from app.store.read.queue import Queued
from app.store.views import (
    AlignmentView,
    ChainView,
    ChangeView,
    ConflictView,
    QueueCounts,
    RowView,
    Slice,
    StoryRef,
    StoryView,
)

if TYPE_CHECKING:
    from app.store.methods.review import FlagState, WorkState

__all__ = ["RowSort", "Rows"]

RowSort = Literal["matter", "event", "reading"]
DateOf = Literal["event", "published"]


class Rows(Room):
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
        strictness: float | None = None,
        outlets: Sequence[str] = (),
        cursor: str | None = None,
        limit: int = 50,
    ) -> StoryView:
        """The side-by-side view: `limit` rows from `cursor`; counts are those under all filters but `status`.

        `sort`: matter (conflicts first, then by outlets), event (by the date told), reading (as the earliest article runs).
        `strictness` (0 to 1, `ROW_SCORE_SHOWN` when None): rows of a lesser score vanish and each of their claims counts as
        single-source, unless a person decided on the row. `outlets`: only their articles stand side by side, and rows, verdicts,
        counts and pictures are of their claims alone; rows without any vanish. However it is asked, every row has one status
        and the counts add up.
        """
        filters = read_stories.Filters(
            status, outlet, actor, since, until, date_of, only_differences, sort, strictness, tuple(outlets)
        )
        return self.story_of(slug, filters, cursor=cursor, limit=limit)

    def story_of(
        self, slug: str, filters: read_stories.Filters, *, cursor: str | None = None, limit: int = 50
    ) -> StoryView:
        """The same, under filters that stand together already."""
        with self.reading() as connection:
            return read_stories.story(connection, slug, filters, cursor, limit)

    def named(self, slug: str, filters: read_stories.Filters = read_stories.EVERY_ROW) -> StoryRef:
        """The story alone. Raises what `story` raises for a slug, outlets or a strictness that there is not."""
        with self.reading() as connection:
            return read_stories.named(connection, slug, filters)

    def every(self, slug: str) -> Iterator[RowView]:
        """Every row of a story, complete: read in one state of the database, a page at a time."""
        with self.reading() as connection:
            yield from read_stories.all_rows(connection, slug)

    def alignment(self, alignment_id: int, *, cursor: str | None = None, limit: int = 20) -> AlignmentView:
        """One row with everything behind it; `cursor` and `limit` are of its pairs.

        A merged row's id gives the row it went into; a retired one still answers.
        """
        with self.reading() as connection:
            return read_alignments.alignment(connection, alignment_id, cursor, limit)

    def alignments(
        self,
        slug: str,
        *,
        status: Status | str | None = None,
        outlet: str | None = None,
        actor: str | None = None,
        strictness: float | None = None,
        outlets: Sequence[str] = (),
        cursor: str | None = None,
        limit: int = 50,
    ) -> Slice[RowView]:
        """The rows of `story` alone, for the API."""
        with self.reading() as connection:
            filters = read_stories.Filters(status, outlet, actor, strictness=strictness, outlets=tuple(outlets))
            return read_stories.rows(connection, slug, filters, cursor, limit)[0]

    def chain(self, claim_id: int) -> ChainView:
        """Who reports one claim from whom. Raises `NotFound`."""
        with self.reading() as connection:
            return read_chains.chain(connection, claim_id)

    def changes(
        self, slug: str | None = None, actor: str | None = None, limit: int = 50, *, outlet: str | None = None
    ) -> tuple[ChangeView, ...]:
        """Rows in conflict by when they were first seen so, the latest first: of a story, of an actor or outlet (key), or all.

        Raises `NotFound` for a story or an actor that is not there.
        """
        with self.reading() as connection:
            return read_changes.changes(connection, slug, actor, outlet, limit)

    def conflicts(
        self,
        *,
        state: FlagState | None = None,
        story: str | None = None,
        assigned: str | None = None,
        work: WorkState | None = None,
        outlet: str | None = None,
        dimension: str | None = None,
        likely: float | None = None,
        order: str | None = None,
        cursor: str | None = None,
        limit: int = 20,
    ) -> Slice[ConflictView]:
        """The review queue: rows in conflict or flagged by a person; undecided first, or by probability (`QUEUE_ORDERS`).

        `assigned`: only what that person looks into.
        """
        wanted = Queued(state, story, outlet, dimension, likely, order, assigned, work)
        return self.queued(wanted, cursor=cursor, limit=limit)

    def queued(self, wanted: Queued, *, cursor: str | None = None, limit: int = 20) -> Slice[ConflictView]:
        """The same, narrowed by what stands together already."""
        with self.reading() as connection:
            return read_alignments.conflicts(connection, wanted, cursor, limit)

    def queue_counts(self, wanted: Queued) -> QueueCounts:
        """How many rows of the queue each choice would leave."""
        with self.reading() as connection:
            return read_alignments.queue_counts(connection, wanted)
