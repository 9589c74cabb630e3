"""Whether an article is kept already, and in what it differs from what is given: asked before it is kept again."""

from __future__ import annotations

from sqlmodel import Session, col, select

from app.core.records import Article, Outlet
from app.store.correcting import article_fields
from app.store.identity import text_hash
from app.store.keep import held
from app.store.stories import story_of_id
from app.store.tables import ArticleRow, RevisionRow
from app.store.views import HeldView, StoryRef

__all__ = ["holding"]


def holding(session: Session, article: Article, outlet: Outlet | None, part: int = 0) -> HeldView | None:
    """The article that keeping this one would find; else one of just these words, whoever is said to have published it."""
    row = held(session, article, outlet, part) or _of_these_words(session, article)
    if row is None:
        return None
    kept = {name: _read(value) for name, value in article_fields(session, row).items()}
    given = {
        "headline": article.headline or "",
        "outlet": (outlet.name if outlet else article.outlet) or "",
        "bylines": "; ".join(article.bylines),
        "published": article.published.isoformat() if article.published else "",
        "url": article.url or "",
    }
    hashes = session.exec(select(RevisionRow.content_hash).where(RevisionRow.article_id == row.id)).all()
    story = story_of_id(session, row.story_id)
    return HeldView(
        article_id=row.id or 0,
        headline=row.headline,
        story=StoryRef(story.slug, story.title),
        differs=tuple((n, kept[n], g) for n, g in given.items() if g and g != kept[n]),
        words=text_hash(article) not in hashes,
        deleted=row.deleted_at is not None,
    )


def _of_these_words(session: Session, article: Article) -> ArticleRow | None:
    same = (
        select(ArticleRow)
        .join(RevisionRow, col(RevisionRow.article_id) == ArticleRow.id)
        .where(RevisionRow.content_hash == text_hash(article))
        .order_by(col(ArticleRow.id))
    )
    return session.exec(same).first()


def _read(value: object) -> str:
    """A field as people read it."""
    if isinstance(value, dict):
        return str(value["name"])
    return "; ".join(value) if isinstance(value, list) else str(value or "")
