"""What follows from a correction in the tables: articles shown anew, deleted or there, in another story."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session, col, select

from app.errors import BadInput, Conflicting
from app.store import codec
from app.store.keep import describe
from app.store.labels_left import relabel_left
from app.store.reread import lay_over
from app.store.stories import make_story, settle_story, story_merged_into, story_named, story_of_id, touch_story
from app.store.tables import ArticleRow, RevisionRow, StoryRow

__all__ = [
    "LeftToDo",
    "article_rows_of",
    "current_revision",
    "set_deleted",
    "show_article",
    "standing_story",
    "story_or_new",
    "transfer",
]


@dataclass
class LeftToDo:
    """What a correction leaves to be done: `articles` to be read anew, `stories` (slugs) to be compared again."""

    corrections: list[int] = field(default_factory=list)
    articles: list[int] = field(default_factory=list)
    stories: list[str] = field(default_factory=list)


def show_article(
    session: Session, row: ArticleRow, touched: LeftToDo, now: datetime, *, anew: Iterable[str] = ()
) -> None:
    """An article and its claims are shown anew, as what is in force says."""
    article = codec.read_article(current_revision(session, row).record, current_revision(session, row).text)
    describe(session, row, article)
    touched.stories.append(lay_over(session, row.id or 0, now))
    session.connection().execute(text(_WRITTEN_ANEW), {"id": row.id})
    if list(anew):
        mark = "UPDATE article_revisions SET reader_version = '' WHERE current AND article_id = :id"
        session.connection().execute(text(mark), {"id": row.id})
        touched.articles.append(row.id or 0)


_WRITTEN_ANEW = """
    UPDATE alignments SET digest = 'corrected' WHERE digest <> '' AND id IN (
        SELECT alignment_id FROM alignment_members JOIN claims ON claims.id = claim_id WHERE claims.article_id = :id
    )
"""
"""What reasons point at counts from a claim's start, which may be another now: its rows are written anew once compared."""


def set_deleted(session: Session, rows: Sequence[ArticleRow], touched: LeftToDo, now: datetime) -> None:
    """Articles are deleted, or there, as what is in force says of them."""
    session.flush()
    stories = set[int]()
    for row in rows:
        gone = session.connection().execute(text(_DELETED), {"id": row.id}).first() is not None
        if gone == (row.deleted_at is not None):
            continue
        row.deleted_at = now if gone else None
        session.add(row)
        session.flush()
        lay_over(session, row.id or 0, now)
        stories.add(row.story_id)
    for story_id in sorted(stories):
        settle_story(session, story_id, now)
        story = story_of_id(session, story_id)
        if story.deleted_at is None:  # the rows of one that was wait as they are for its return
            touched.stories.append(story.slug)


_DELETED = """
    SELECT 1 FROM corrections WHERE field = 'deleted' AND undone_at IS NULL AND (
        article_id = :id
        OR (kind = 'story' AND EXISTS (SELECT 1 FROM json_each(corrections.value) WHERE CAST(json_each.value AS TEXT) = CAST(:id AS TEXT)))
    ) LIMIT 1
"""


def transfer(session: Session, rows: Sequence[ArticleRow], target: StoryRow, touched: LeftToDo, now: datetime) -> None:
    """Articles stand in another story from now on; one left without any hands its address on."""
    left = {row.story_id for row in rows} - {target.id}
    for row in rows:
        row.story_id = target.id or 0
        session.add(row)
    session.flush()
    for row in rows:
        relabel_left(session.connection(), row.id or 0)
    settle_story(session, target.id or 0, now)
    touch_story(session, target.id or 0, now)
    touched.stories.append(target.slug)
    for story_id in sorted(left):
        touch_story(session, story_id, now)
        settle_story(session, story_id, now)
        story = story_of_id(session, story_id)
        if session.exec(select(ArticleRow.id).where(ArticleRow.story_id == story_id)).first() is None:
            story.merged_into_id = target.id
            session.add(story)
        touched.stories.append(story.slug)
    session.flush()


def standing_story(session: Session, slug: str) -> StoryRow:
    row = story_merged_into(session, story_named(session, slug))
    if row.deleted_at is not None:
        raise Conflicting("this story was deleted.", where=slug, mend="Restore it first.")
    return row


def story_or_new(session: Session, into: str | None, title: str | None, now: datetime) -> StoryRow:
    if into:
        return standing_story(session, into)
    if not (title or "").strip():
        raise BadInput("a story to move it to is needed, or the title of a new one.", where="story")
    return make_story(session, title or "", None, now)


def article_rows_of(session: Session, row: StoryRow) -> Sequence[ArticleRow]:
    return session.exec(select(ArticleRow).where(ArticleRow.story_id == row.id).order_by(col(ArticleRow.id))).all()


def current_revision(session: Session, row: ArticleRow) -> RevisionRow:
    return session.exec(select(RevisionRow).where(RevisionRow.article_id == row.id, col(RevisionRow.current))).one()
