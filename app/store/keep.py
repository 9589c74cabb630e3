"""An article is kept: itself, its revision, its claims and everything in them, inside the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import update
from sqlmodel import Session, col, select

from app.core.records import Article, Outlet, Reading
from app.core.text import slug
from app.errors import BadInput
from app.store import audit, codec, index
from app.store.actors import actors_of, count_claims, keep_actors
from app.store.identity import article_identity, text_hash
from app.store.keep_claims import keep_claims
from app.store.outbox import tell_article
from app.store.stories import find_or_make_story, story_of_id, touch
from app.store.tables import (
    ArticleRow,
    ClaimRow,
    OutletRow,
    RevisionRow,
)

__all__ = ["UNKNOWN_OUTLET", "Asked", "keep"]

UNKNOWN_OUTLET = Outlet(key="unknown", name="Unknown outlet")
_HEADLINE_CHARS = 90


@dataclass(frozen=True, slots=True)
class Asked:
    """How an article is to be kept: see `Store.keep_article`."""

    content_hash: str | None
    story_slug: str | None
    story_title: str | None
    own_words: bool
    source: str
    outlet: Outlet | None
    part: int
    reader_version: str = ""
    by: str | None = None


def keep(
    session: Session, reading: Reading, asked: Asked, now: datetime
) -> tuple[int, Literal["new", "same", "revised"], str]:
    """(article id, outcome, story slug). Nothing of the article is kept unless the transaction commits."""
    article = reading.article
    _refuse_unkeepable(article)
    outlet_id, outlet_key = _keep_outlet(session, asked.outlet or _named(article.outlet))
    content_hash = asked.content_hash or text_hash(article)
    identity = article_identity(article, outlet_key, content_hash, asked.part)
    kept = session.exec(select(ArticleRow).where(ArticleRow.identity == identity)).first()
    if kept is None:  # the same words from the same outlet under another address, or first without one
        same = (
            select(ArticleRow)
            .join(RevisionRow, col(RevisionRow.article_id) == ArticleRow.id)
            .where(RevisionRow.content_hash == content_hash, ArticleRow.outlet_id == outlet_id)
        )
        kept = session.exec(same).first()
    if kept is None:
        story = find_or_make_story(session, article, asked.story_slug, asked.story_title, now)
        kept = ArticleRow(identity=identity, outlet_id=outlet_id, story_id=story, headline="", kept_at=now)
        kept.own_words = asked.own_words
        number = 1
        outcome: Literal["new", "revised"] = "new"
    else:
        numbers = session.exec(
            select(RevisionRow.number, RevisionRow.content_hash).where(RevisionRow.article_id == kept.id)
        ).all()
        if content_hash in {h for _, h in numbers}:
            return kept.id or 0, "same", story_of_id(session, kept.story_id).slug
        number, outcome = max(n for n, _ in numbers) + 1, "revised"
        _retire_revision(session, kept.id or 0)
    _describe(kept, article)
    session.add(kept)
    session.flush()
    _keep_revision(session, kept.id or 0, number, reading, content_hash, asked, now)
    touch(session, kept.story_id, now)
    slug_of = story_of_id(session, kept.story_id).slug
    if asked.by is not None:
        told = {"story": slug_of, "outlet": outlet_key, "revision": number}
        what = "added" if outcome == "new" else "revised"
        audit.record(session, now, by=asked.by, what=what, kind="article", subject=kept.id, after=told)
    if outcome == "new":
        tell_article(session.connection(), kept.id or 0, now, by=asked.by)
    return kept.id or 0, outcome, slug_of


def _refuse_unkeepable(article: Article) -> None:
    where = article.origin or article.url or article.headline
    if not article.text.strip():
        raise BadInput("the article has no text.", where=where)
    try:
        (article.text + (article.headline or "") + "".join(article.bylines)).encode()
    except UnicodeEncodeError as error:
        raise BadInput(
            "the text holds half a character (a lone surrogate).",
            where=where,
            mend="Read the file in its own encoding.",
        ) from error


def _named(name: str | None) -> Outlet:
    return Outlet(key=slug(name), name=name.strip()) if name and name.strip() else UNKNOWN_OUTLET


def _keep_outlet(session: Session, outlet: Outlet) -> tuple[int, str]:
    row = session.exec(select(OutletRow).where(OutletRow.key == outlet.key)).first()
    if row is None:
        row = OutletRow(key=outlet.key, name=outlet.name)
    row.country = row.country or outlet.country
    session.add(row)
    session.flush()
    return row.id or 0, row.key


def _describe(row: ArticleRow, article: Article) -> None:
    row.headline = article.headline or _first_words(article.text)
    row.published = article.published
    row.published_from = article.published_from
    row.published_key = article.published.isoformat() if article.published else ""
    row.url = article.url or row.url
    row.excerpt = article.excerpt


def _first_words(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _HEADLINE_CHARS else plain[:_HEADLINE_CHARS].rsplit(" ", 1)[0] + " …"


def _retire_revision(session: Session, article_id: int) -> None:
    """The current revision becomes an old one: readable, but neither searched nor aligned."""
    connection = session.connection()
    ids = session.exec(select(ClaimRow.id).where(ClaimRow.article_id == article_id, col(ClaimRow.current))).all()
    index.drop(connection, [i for i in ids if i is not None])
    connection.execute(
        update(ClaimRow).where(col(ClaimRow.article_id) == article_id).values(current=False, row_id=None)
    )
    connection.execute(update(RevisionRow).where(col(RevisionRow.article_id) == article_id).values(current=False))


def _keep_revision(
    session: Session, article_id: int, number: int, reading: Reading, content_hash: str, asked: Asked, now: datetime
) -> None:
    article = reading.article
    revision = RevisionRow(
        article_id=article_id,
        number=number,
        current=True,
        content_hash=content_hash,
        text=article.text,
        record=codec.write_article(article),
        actors=codec.write_actors(reading.actors),
        reader=reading.reader,
        reader_version=asked.reader_version,
        source=asked.source or article.origin,
        kept_at=now,
    )
    session.add(revision)
    session.flush()
    book = keep_actors(session, reading)
    if reading.claims:
        keep_claims(session, article_id, revision.id or 0, reading, book)
    count_claims(session.connection(), actors_of(session.connection(), article_id))
