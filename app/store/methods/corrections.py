"""What people correct of articles and stories; what follows from it (reading anew, comparing again) is told and done elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from app.core.records import Article, Outlet
from app.store import correcting, correcting_claims, holding
from app.store.correction_effects import LeftToDo
from app.store.methods.base import Room
from app.store.read import corrections as read
from app.store.views import CorrectedView, CorrectionView, HeldView, Slice

__all__ = ["Corrections"]


class Corrections(Room):
    """Every method gives what it kept and what is to follow; what is so already changes nothing and gives nothing."""

    def correct_article(self, article_id: int, changes: Mapping[str, Any], *, by: str) -> CorrectedView:
        """`changes`: by field what it is to be: `headline`, `outlet` {key, name, country}, `bylines`, `published` (ISO or None), `url`.

        Raises `NotFound`, and `Conflicting` for an article that was deleted.
        """
        with self.write() as session:
            return _told(session, correcting.correct_article(session, article_id, changes, by, self.now()))

    def move_article(
        self, article_id: int, *, by: str, story: str | None = None, title: str | None = None
    ) -> CorrectedView:
        """Into the story of that slug, or a new one of that title. Rows that people spoke of follow their claims."""
        with self.write() as session:
            return _told(session, correcting.move_article(session, article_id, story, title, by, self.now()))

    def delete_article(self, article_id: int, *, by: str) -> CorrectedView:
        """It stands nowhere until that is undone; nothing of it is lost, and importing it again does not bring it back."""
        with self.write() as session:
            return _told(session, correcting.delete_article(session, article_id, by, self.now()))

    def rename_story(self, slug: str, title: str, *, by: str) -> CorrectedView:
        with self.write() as session:
            return _told(session, correcting.rename_story(session, slug, title, by, self.now()))

    def merge_stories(self, slug: str, into: str, *, by: str) -> CorrectedView:
        """All articles of the story into the other one, whose address answers for both."""
        with self.write() as session:
            return _told(session, correcting.merge_stories(session, slug, into, by, self.now()))

    def split_story(self, slug: str, articles: Sequence[int], title: str, *, by: str) -> CorrectedView:
        """These articles into a new story of that title."""
        with self.write() as session:
            return _told(session, correcting.split_story(session, slug, articles, title, by, self.now()))

    def delete_story(self, slug: str, *, by: str) -> CorrectedView:
        """The story with all articles that stand in it."""
        with self.write() as session:
            return _told(session, correcting.delete_story(session, slug, by, self.now()))

    def correct_claim(self, claim_id: int, changes: Mapping[str, Any], *, by: str) -> CorrectedView:
        """`changes`: `speaker` {name, kind?} (a key, a name; None for the outlet's own voice), `date` (a day, month or year; None for
        none), `span` (its words, as they stand in the article), `aside` (True: it is no claim of the article; undone to bring it back).

        Raises `NotFound`, `BadInput` for what does not fit, `Conflicting` for a claim that an older reading found.
        """
        with self.write() as session:
            return _told(session, correcting_claims.correct_claim(session, claim_id, changes, by, self.now()))

    def undo_correction(self, correction_id: int, *, by: str, whose: str | None = None) -> CorrectedView:
        """What was corrected is as before; what was deleted is there again. Raises `NotFound`, `NotYours`, `Conflicting`."""
        with self.write() as session:
            return _told(session, correcting.undo_correction(session, correction_id, by, whose, self.now()))

    def corrections(
        self,
        *,
        article: int | None = None,
        story: str | None = None,
        cursor: str | None = None,
        limit: int = 50,
        every_word: bool = True,
    ) -> Slice[CorrectionView]:
        """The latest first, those undone among them; of one article, or of a story and the articles in it.

        `every_word`: those of what was deleted too, which are for whoever may restore it.
        """
        with self.read() as session:
            return read.corrections(session.connection(), article, story, cursor, limit, every_word=every_word)

    def held(self, article: Article, *, outlet: Outlet | None = None, part: int = 0) -> HeldView | None:
        """Whether this article is kept already, and in what it differs; `outlet` is the registry's record of it."""
        with self.read() as session:
            return holding.holding(session, article, outlet, part)

    def merged_into(self, slug: str) -> str | None:
        """The slug of the story that answers for one that was merged."""
        with self.read() as session:
            return read.merged_into(session.connection(), slug)


def _told(session: Session, touched: LeftToDo) -> CorrectedView:
    session.flush()
    found = read.corrections_of(session.connection(), touched.corrections)
    return CorrectedView(found, tuple(dict.fromkeys(touched.articles)), tuple(dict.fromkeys(touched.stories)))
