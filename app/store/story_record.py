"""One story in one state of the database: for what writes it out more than once (a bundle) or says what it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256

from sqlalchemy import Connection

from app.store.names import aliases
from app.store.read import stories
from app.store.read.corrections import corrections_in_a_sheet
from app.store.read.cursor import MOST
from app.store.read.filters import EVERY_ROW, Filters
from app.store.read.page_copies import copies_of_story
from app.store.sql import ask
from app.store.store import Store
from app.store.views import AliasView, CorrectionView, PageCopy, RowView, Slice, StoryView

__all__ = ["StoryRecord", "text_hashes", "whole"]


@dataclass(frozen=True, slots=True)
class StoryRecord:
    """`rows()` gives every row, the same ones each time it is asked while the story is held; the `first` of them are read once."""

    view: StoryView  # without rows
    first: Slice[RowView]
    rows: Callable[[], Iterator[RowView]]
    texts: tuple[tuple[int, str], ...]  # article id, SHA-256 of the text that was read, in the order of the columns
    pages: Callable[[], Iterator[PageCopy]]  # what its articles were fetched as, where they were
    corrected: Callable[
        [], tuple[CorrectionView, ...]
    ]  # it, its articles, their claims; by time, without what was undone
    names: tuple[AliasView, ...] = ()  # that people added to actors who speak or are spoken of in it


@contextmanager
def whole(store: Store, slug: str, filters: Filters = EVERY_ROW) -> Iterator[StoryRecord]:
    """The story under these filters, held in one read transaction until the block ends. Raises `NotFound`, `BadInput`."""
    with store.read() as session:
        connection = session.connection()
        view = stories.story(connection, slug, filters, None, MOST)
        first = view.rows
        hashes = text_hashes(connection, slug)
        texts = tuple((a.id, hashes[a.id]) for a in view.columns if a.id in hashes)
        shown = {a.id for a in view.columns}
        yield StoryRecord(
            replace(view, rows=Slice((), first.total)),
            first,
            lambda: stories.all_rows(connection, slug, filters, first),
            texts,
            lambda: (copy for copy in copies_of_story(connection, slug) if copy.article_id in shown),
            lambda: corrections_in_a_sheet(connection, slug),
            _names(connection, slug),
        )


_TEXTS = """
    SELECT articles.id, article_revisions.text
    FROM standing_stories AS stories
    JOIN standing_articles AS articles ON articles.story_id = stories.id
    JOIN article_revisions ON article_revisions.article_id = articles.id AND article_revisions.current
    WHERE stories.slug = :slug
"""


def text_hashes(connection: Connection, slug: str) -> dict[int, str]:
    """The SHA-256 of each article's body as UTF-8, by article id: what anybody can compute from the text."""
    return {r["id"]: sha256(r["text"].encode()).hexdigest() for r in ask(connection, _TEXTS, slug=slug)}


_WHO = " UNION ".join(
    f"""
    SELECT actors.key FROM standing_stories AS stories
    JOIN standing_articles AS articles ON articles.story_id = stories.id
    JOIN claims ON claims.article_id = articles.id AND claims.current
    JOIN {told} AS told ON told.claim_id = claims.id JOIN actors ON actors.id = told.actor_id
    WHERE stories.slug = :slug"""  # noqa: S608 - constants only
    for told in ("attributions", "actor_mentions")
)


def _names(connection: Connection, slug: str) -> tuple[AliasView, ...]:
    added = aliases(connection, None)
    here = {r["key"] for r in ask(connection, _WHO, slug=slug)} if added else set()
    return tuple(a for a in added if a.actor.key in here)
