"""What people correct of articles and stories, and that they undo it. Nothing of it is ever deleted.

An article or a story that is deleted stays as it is, and stands nowhere (`standing.py`); undoing brings it back with all that
people said of it. Articles that move take the rows along that people spoke of, once their stories are compared again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from app.errors import BadInput, Conflicting, NotFound
from app.store import audit, codec
from app.store.corrected import READ_BY
from app.store.correction_effects import (
    LeftToDo,
    article_rows_of,
    current_revision,
    set_deleted,
    show_article,
    standing_story,
    story_or_new,
    transfer,
)
from app.store.correction_records import article_correction, correction_audited, keep_correction, story_correction
from app.store.remarking import ask_whose
from app.store.sql import LARGEST_ID
from app.store.stories import make_story, story_named, story_of_id
from app.store.tables import ArticleRow, CorrectionRow, OutletRow, StoryRow
from app.store.terms import stamp
from app.store.typed_text import typed_name

__all__ = [
    "article_fields",
    "correct_article",
    "delete_article",
    "delete_story",
    "merge_stories",
    "move_article",
    "rename_story",
    "split_story",
    "standing_article",
    "undo_correction",
]


def standing_article(session: Session, article_id: int) -> ArticleRow:
    row = session.get(ArticleRow, min(article_id, LARGEST_ID))
    if row is None:
        raise NotFound(f"there is no article {article_id}.")
    if row.deleted_at is not None:
        raise Conflicting("this article was deleted.", where=f"article {article_id}", mend="Restore it first.")
    return row


def correct_article(session: Session, article_id: int, changes: Mapping[str, Any], by: str, now: datetime) -> LeftToDo:
    """`changes` as `CorrectionRow.value` has them, by field. What is so already changes nothing."""
    row = standing_article(session, article_id)
    now_is = article_fields(session, row)
    touched = LeftToDo()
    for name, value in changes.items():
        if now_is[name] == value:
            continue
        made = article_correction(row, name, value, now_is[name], by, now)
        touched.corrections.append(keep_correction(session, made))
    if touched.corrections:
        show_article(session, row, touched, now, anew=READ_BY & set(changes))
    return touched


def article_fields(session: Session, row: ArticleRow) -> dict[str, Any]:
    """What an article is now, by field of a correction."""
    outlet = session.get_one(OutletRow, row.outlet_id)
    bylines: Any = list(codec.read_article(current_revision(session, row).record, "").bylines)
    said = session.exec(
        select(CorrectionRow.value)
        .where(
            CorrectionRow.article_id == row.id,
            CorrectionRow.field == "bylines",
            col(CorrectionRow.undone_at).is_(None),
        )
        .order_by(col(CorrectionRow.id).desc())
    ).first()
    return {
        "headline": row.headline,
        "outlet": {"key": outlet.key, "name": outlet.name, "country": outlet.country},
        "bylines": json.loads(said) if said is not None else bylines,
        "published": row.published.isoformat() if row.published else None,
        "url": row.url,
    }


def move_article(
    session: Session, article_id: int, into: str | None, title: str | None, by: str, now: datetime
) -> LeftToDo:
    """Into the story `into`, or a new one called `title`."""
    row = standing_article(session, article_id)
    target = story_or_new(session, into, title, now)
    if target.id == row.story_id:
        return LeftToDo()
    made = article_correction(row, "story", None, None, by, now, story_id=row.story_id, into_id=target.id)
    touched = LeftToDo([keep_correction(session, made)])
    transfer(session, [row], target, touched, now)
    return touched


def delete_article(session: Session, article_id: int, by: str, now: datetime) -> LeftToDo:
    row = session.get(ArticleRow, min(article_id, LARGEST_ID))
    if row is None:
        raise NotFound(f"there is no article {article_id}.")
    if row.deleted_at is not None:
        return LeftToDo()
    touched = LeftToDo([keep_correction(session, article_correction(row, "deleted", True, False, by, now))])
    set_deleted(session, [row], touched, now)
    return touched


# --- stories


def rename_story(session: Session, slug: str, title: str, by: str, now: datetime) -> LeftToDo:
    """Its address stays."""
    row = standing_story(session, slug)
    plain = " ".join(title.split())
    if not plain or len(plain) > 200:
        raise BadInput("a title of 1 to 200 characters is needed.", where="title")
    if plain == row.title:
        return LeftToDo()
    made = story_correction(row, "title", plain, row.title, by, now)
    touched = LeftToDo([keep_correction(session, made)])
    row.title, row.revision, row.changed_at = plain, row.revision + 1, now
    session.add(row)
    return touched


def merge_stories(session: Session, slug: str, into: str, by: str, now: datetime) -> LeftToDo:
    """All articles of one story into another, whose address then answers for both."""
    if not into.strip():
        raise BadInput("the story to merge it into is needed.", where="into")
    row, target = standing_story(session, slug), standing_story(session, into)
    if row.id == target.id:
        raise BadInput("a story cannot be merged into itself.", where="into")
    articles = article_rows_of(session, row)
    made = story_correction(row, "merged", [a.id for a in articles], None, by, now, into_id=target.id)
    touched = LeftToDo([keep_correction(session, made)])
    transfer(session, articles, target, touched, now)
    row.merged_into_id = target.id
    session.add(row)
    return touched


def split_story(session: Session, slug: str, articles: Sequence[int], title: str, by: str, now: datetime) -> LeftToDo:
    """These articles of a story into a new one called `title`. Saying the same again changes nothing."""
    row = standing_story(session, slug)
    wanted = sorted(set(articles))
    again = _split_already(session, row, wanted)
    if again is not None:
        return LeftToDo([again])
    here = [a for a in article_rows_of(session, row) if a.deleted_at is None]
    going = [a for a in here if a.id in wanted]
    if len(going) != len(wanted) or not going:
        raise BadInput("only articles of this story can be split off.", where="articles")
    if len(going) == len(here):
        raise BadInput("something must stay in the story.", where="articles", mend="Rename it instead.")
    target = make_story(session, title or going[0].headline, None, now)
    made = story_correction(row, "split", wanted, None, by, now, into_id=target.id)
    touched = LeftToDo([keep_correction(session, made)])
    transfer(session, going, target, touched, now)
    return touched


def _split_already(session: Session, row: StoryRow, wanted: list[int]) -> int | None:
    """The split that put just these articles where all of them stand now."""
    for made in session.exec(
        select(CorrectionRow).where(
            CorrectionRow.story_id == row.id, CorrectionRow.field == "split", col(CorrectionRow.undone_at).is_(None)
        )
    ):
        there = session.exec(select(ArticleRow.id).where(ArticleRow.story_id == made.into_id)).all()
        if json.loads(made.value) == wanted and set(wanted) <= set(there):
            return made.id
    return None


def delete_story(session: Session, slug: str, by: str, now: datetime) -> LeftToDo:
    """All that stands in it is deleted with it."""
    row = story_named(session, slug)
    here = [a for a in article_rows_of(session, row) if a.deleted_at is None]
    if row.deleted_at is not None or row.merged_into_id is not None or not here:
        return LeftToDo()
    touched = LeftToDo(
        [keep_correction(session, story_correction(row, "deleted", [a.id for a in here], None, by, now))]
    )
    set_deleted(session, here, touched, now)
    return touched


# --- undo


def undo_correction(session: Session, correction_id: int, by: str, whose: str | None, now: datetime) -> LeftToDo:
    """Undoing twice is undoing once. Another person's is undone only by who says whose it is."""
    made = session.get(CorrectionRow, min(correction_id, LARGEST_ID))
    if made is None:
        raise NotFound(f"there is no correction {correction_id}.")
    if made.undone_at is not None:
        return LeftToDo([correction_id])
    name = typed_name(by)
    ask_whose("this correction", made.by, name, whose)
    made.undone_at, made.undone_by = now, name
    session.add(made)
    session.flush()
    touched = LeftToDo([correction_id])
    _undo(session, made, touched, now)
    told = {**correction_audited(made), "by": made.by}
    audit.record(session, now, by=name, what="undid", kind="correction", subject=made.id, before=told)
    return touched


def _undo(session: Session, made: CorrectionRow, touched: LeftToDo, now: datetime) -> None:
    if made.field == "deleted":
        ids = [made.article_id] if made.kind == "article" else json.loads(made.value)
        rows = session.exec(select(ArticleRow).where(col(ArticleRow.id).in_(ids))).all()
        set_deleted(session, rows, touched, now)
    elif made.field in ("story", "merged", "split"):
        ids = [made.article_id] if made.field == "story" else json.loads(made.value)
        rows = session.exec(
            select(ArticleRow).where(col(ArticleRow.id).in_(ids), ArticleRow.story_id == made.into_id)
        ).all()
        if ids and not rows:
            raise Conflicting("its articles were moved on since.", mend="Undo that first.")
        homes: dict[int, list[ArticleRow]] = defaultdict(list)
        for moved in rows:
            homes[_came_from(session, moved.id or 0, made)].append(moved)
        if not ids:
            homes[made.story_id or 0] = []
        for story_id, back in sorted(homes.items()):
            origin = story_of_id(session, story_id)
            origin.merged_into_id = None
            session.add(origin)
            transfer(session, back, origin, touched, now)
    elif made.field == "title":
        row = story_of_id(session, made.story_id or 0)
        row.title, row.revision, row.changed_at = _title(session, row), row.revision + 1, now
        session.add(row)
    elif made.article_id is not None:
        row_of = session.get_one(ArticleRow, made.article_id)
        show_article(session, row_of, touched, now, anew=READ_BY & {made.field})


def _came_from(session: Session, article_id: int, made: CorrectionRow) -> int:
    """Where an article stood before `made` moved it; if what had put it there was undone since, where it stood before that."""
    home, moved_at = made.story_id or 0, stamp(made.at)
    earlier = session.connection().execute(text(_PLACED_BEFORE), {"article": article_id, "id": made.id})
    for story_id, into_id, undone_at in earlier.all():
        if into_id != home or (undone_at is not None and undone_at < moved_at):
            continue
        if undone_at is None:
            break
        home = story_id
    return home


_PLACED_BEFORE = """
    SELECT story_id, into_id, undone_at FROM corrections WHERE id < :id AND (
        (field = 'story' AND article_id = :article)
        OR (field IN ('merged', 'split') AND EXISTS (SELECT 1 FROM json_each(corrections.value) WHERE CAST(json_each.value AS TEXT) = CAST(:article AS TEXT)))
    ) ORDER BY id DESC
"""


def _title(session: Session, row: StoryRow) -> str:
    """What the latest in force says; else what it was called before the first."""
    every = session.exec(
        select(CorrectionRow)
        .where(CorrectionRow.story_id == row.id, CorrectionRow.field == "title")
        .order_by(col(CorrectionRow.id))
    ).all()
    standing = [c for c in every if c.undone_at is None]
    found: str = json.loads(standing[-1].value if standing else every[0].was)
    return found
