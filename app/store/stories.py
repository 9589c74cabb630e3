"""Stories are made, found and emptied; their slugs never change once made."""

from __future__ import annotations

from datetime import datetime

from rapidfuzz import fuzz, process
from sqlalchemy import text
from sqlmodel import Session, select

from app.core.records import Article
from app.core.text import fold, slug
from app.errors import BadInput, Conflicting, NotFound
from app.store.guards import SPOKEN_OF
from app.store.sql import LARGEST_ID, listed, tuples, well_formed
from app.store.tables import ArticleRow, StoryRow

__all__ = [
    "assign",
    "find_or_make_story",
    "make_story",
    "settle_story",
    "story_meant",
    "story_merged_into",
    "story_named",
    "story_of_id",
    "touch_story",
]

_SLUG_CHARS = 80
_LIKE = 60.0
"""RapidFuzz WRatio from which a title may be the one that was meant."""
_TITLE_CHARS = 200


def story_named(session: Session, name: str) -> StoryRow:
    """The story with that slug; raises `NotFound`."""
    row = session.exec(select(StoryRow).where(StoryRow.slug == name)).first()
    if row is None:
        raise NotFound(f"there is no story {name!r}.")
    return row


def story_meant(session: Session, said: str) -> StoryRow:
    """The story that stands and is meant by a slug, by what a slug was renamed or merged to, or by a title, capitals aside.

    Raises `NotFound`, which names those most like it, `BadInput` where several bear that title, `Conflicting` for a deleted one.
    """
    by_slug = session.exec(select(StoryRow).where(StoryRow.slug == said)).first()
    if by_slug is not None:
        found = story_merged_into(session, by_slug)
        if found.deleted_at is not None:
            raise _deleted()
        return found
    standing = {
        row.id: row for row in session.exec(select(StoryRow)) if row.deleted_at is None and row.merged_into_id is None
    }
    wanted = " ".join(fold(said).split())
    titled = [row for row in standing.values() if " ".join(fold(row.title).split()) == wanted]
    if len(titled) > 1:
        named = ", ".join(sorted(row.slug for row in titled))
        raise BadInput(f"{len(titled)} stories are called {said!r}.", where="story", mend=f"Write one of: {named}.")
    if titled:
        return titled[0]
    gone = (row for row in session.exec(select(StoryRow)) if row.deleted_at is not None)
    if any(" ".join(fold(row.title).split()) == wanted for row in gone):
        raise _deleted()
    near = process.extract(
        wanted, {i: fold(row.title) for i, row in standing.items()}, scorer=fuzz.WRatio, limit=3, score_cutoff=_LIKE
    )
    mend = f"Did you mean {' or '.join(f'“{standing[i].title}”' for _, _, i in near)}?" if near else None
    raise NotFound(f"there is no story {said!r}.", where="story", mend=mend)


def _deleted() -> Conflicting:
    return Conflicting("that story was deleted.", where="story", mend="Restore it on the page Corrections first.")


def story_merged_into(session: Session, row: StoryRow) -> StoryRow:
    """The story that answers for this one after merges."""
    seen = set[int | None]()
    while row.merged_into_id is not None and row.id not in seen:
        seen.add(row.id)
        row = story_of_id(session, row.merged_into_id)
    return row


def settle_story(session: Session, story_id: int, now: datetime) -> None:
    """A story all of whose articles were deleted is deleted; one that an article of stands in is there."""
    session.flush()
    counted = "SELECT count(*), count(deleted_at) FROM articles WHERE story_id = :story"
    every, deleted = session.connection().execute(text(counted), {"story": story_id}).one()
    row = story_of_id(session, story_id)
    row.deleted_at = (row.deleted_at or now) if every == deleted > 0 else None
    if every > deleted:
        row.merged_into_id = None
    session.add(row)
    session.flush()


def story_of_id(session: Session, story_id: int) -> StoryRow:
    row = session.get(StoryRow, story_id)
    if row is None:
        raise NotFound("there is no such story.")
    return row


def touch_story(session: Session, story_id: int, now: datetime) -> None:
    """Its articles or their readings changed: the story is stale until its rows are made from them anew."""
    row = story_of_id(session, story_id)
    row.changed_at, row.stale = now, True
    row.revision, row.basis = row.revision + 1, row.basis + 1
    session.add(row)
    session.flush()


def make_story(session: Session, title: str, wanted: str | None, now: datetime) -> StoryRow:
    """The story with the slug asked for, made when missing; without one a new story with a free slug of the title."""
    title = _words(well_formed(title, "the title"))[:_TITLE_CHARS]
    if not title:
        raise BadInput("a story needs a title.")
    if wanted is not None:
        name = slug(well_formed(wanted, "the story's name"))
        row = session.exec(select(StoryRow).where(StoryRow.slug == name)).first()
        if row is not None:
            return story_merged_into(session, row)
    else:
        name = _free_slug(session, _shortened(slug(title)))
    row = StoryRow(slug=name, title=title, made_at=now, changed_at=now)
    session.add(row)
    session.flush()
    return row


def find_or_make_story(session: Session, article: Article, wanted: str | None, title: str | None, now: datetime) -> int:
    """The story a new article goes to: the one asked for, else the article's own wish, else one of its own."""
    headline = _words(article.headline) or _words(article.text)[:_SLUG_CHARS]
    if wanted is not None:
        return make_story(session, title or headline, wanted, now).id or 0
    if _words(article.story):  # a name of nothing but blanks is none
        return make_story(session, title or article.story or "", article.story, now).id or 0
    return make_story(session, title or headline, None, now).id or 0


def _words(text: str | None) -> str:
    return " ".join((text or "").split())


def assign(session: Session, article_id: int, wanted: str, title: str | None, now: datetime) -> StoryRow:
    """Move an article. The story left behind is stale, or gone when this was its last article.

    Rows stay where they are until the new story is realigned: then those with flags or decisions follow their claims.
    """
    article = session.get(ArticleRow, min(article_id, LARGEST_ID))
    if article is None:
        raise NotFound(f"there is no article {article_id}.")
    story = make_story(session, title or _words(article.headline) or wanted, wanted, now)
    if story.id == article.story_id:
        return story
    if session.connection().execute(text(_PLACED), {"article": article.id}).first():
        return story_of_id(session, article.story_id)  # a person put it there
    left, article.story_id = article.story_id, story.id or 0
    session.add(article)
    session.flush()
    touch_story(session, left, now)
    touch_story(session, article.story_id, now)
    remove_if_empty(session, left)
    return story


_PLACED = """
    SELECT 1 FROM corrections WHERE undone_at IS NULL AND (
        (field = 'story' AND article_id = :article)
        OR (field IN ('merged', 'split') AND EXISTS (SELECT 1 FROM json_each(corrections.value) WHERE CAST(json_each.value AS TEXT) = CAST(:article AS TEXT)))
    ) LIMIT 1
"""


def remove_if_empty(session: Session, story_id: int) -> None:
    """A story without articles goes, unless people spoke about its rows or corrected it; rows nobody spoke about go with it."""
    connection = session.connection()
    values = {"story": story_id}
    if connection.execute(text("SELECT 1 FROM articles WHERE story_id = :story LIMIT 1"), values).first():
        return
    connection.execute(text(_DROP_SILENT_ROWS), values)
    left = connection.execute(text(_LEFT), values).first()
    if left is None:
        connection.execute(text("DELETE FROM stories WHERE id = :story"), values)
    else:
        connection.execute(text("UPDATE stories SET stale = 0 WHERE id = :story"), values)


_LEFT = """
    SELECT 1 FROM alignments WHERE story_id = :story
    UNION ALL SELECT 1 FROM corrections WHERE story_id = :story OR into_id = :story
    UNION ALL SELECT 1 FROM stories WHERE merged_into_id = :story LIMIT 1
"""
_DROP_SILENT_ROWS = f"DELETE FROM alignments WHERE story_id = :story AND by_hand = 0 AND NOT {SPOKEN_OF}"  # noqa: S608


def _shortened(name: str) -> str:
    return name if len(name) <= _SLUG_CHARS else name[:_SLUG_CHARS].rsplit("-", 1)[0]


def _free_slug(session: Session, name: str) -> str:
    """The name, or with the first number behind it that makes it one's own. Only stories of that name are looked at."""
    size, number = _NUMBERS, 1
    while True:
        wanted = [name if n == 1 else f"{name}-{n}" for n in range(number, number + size)]
        taken = {found for (found,) in tuples(session.connection(), _TAKEN, names=listed(wanted))}
        free = next((one for one in wanted if one not in taken), None)
        if free is not None:
            return free
        size, number = 2 * size, number + size


_NUMBERS = 8
_TAKEN = "SELECT slug FROM stories WHERE slug IN (SELECT value FROM words_of(:names))"
