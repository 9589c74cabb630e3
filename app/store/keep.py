"""An article is kept: itself, its revision, its claims and everything in them, inside the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import func, or_, update
from sqlmodel import Session, col, select

from app.core.records import Article, Outlet, Reading
from app.core.text import slug
from app.errors import BadInput
from app.store import audit, codec, index, telling_words
from app.store.actors import claims_in, keep_actors, recount
from app.store.corrected import READ_BY, article_as, corrections_in_force, reading_as
from app.store.identity import article_identity, text_hash
from app.store.keep_claims import keep_claims
from app.store.outbox import tell_article
from app.store.pages import keep_copy
from app.store.stories import find_or_make_story, settle_story, story_of_id, touch_story
from app.store.tables import (
    ArticleRow,
    ClaimRow,
    OutletRow,
    RevisionRow,
)
from app.store.views import PageCopy

__all__ = ["UNKNOWN_OUTLET", "KeepOptions", "as_it_is", "describe", "held", "keep", "keep_outlet"]

UNKNOWN_OUTLET = Outlet(key="unknown", name="Unknown outlet")
_HEADLINE_CHARS = 90


@dataclass(frozen=True, slots=True)
class KeepOptions:
    """How an article is to be kept: see `Store.articles.keep_article`."""

    content_hash: str | None
    story_slug: str | None
    story_title: str | None
    own_words: bool
    source: str
    outlet: Outlet | None
    part: int
    reader_version: str = ""
    by: str | None = None
    page: PageCopy | None = None
    watched: int | None = None


def keep(
    session: Session, reading: Reading, asked: KeepOptions, now: datetime
) -> tuple[int, Literal["new", "same", "revised", "deleted"], str]:
    """(article id, outcome, story slug); `deleted`: a person deleted it, and nothing changes. Nothing of the article is kept unless the transaction commits."""
    article = reading.article
    _refuse_unkeepable(article)
    outlet_id, outlet_key = keep_outlet(session, asked.outlet or _named(article.outlet))
    content_hash = asked.content_hash or text_hash(article)
    identity = article_identity(article, outlet_key, content_hash, asked.part)
    kept = _known(session, identity, content_hash, outlet_id)
    if kept is not None and kept.deleted_at is not None:
        return kept.id or 0, "deleted", story_of_id(session, kept.story_id).slug
    before: dict[int, int] = {}
    if kept is None:
        story = find_or_make_story(session, article, asked.story_slug, asked.story_title, now)
        kept = ArticleRow(identity=identity, outlet_id=outlet_id, story_id=story, headline="", kept_at=now)
        kept.own_words = asked.own_words
        number = 1
        outcome: Literal["new", "revised"] = "new"
    else:
        have = _version(session, kept, content_hash)
        if have is not None:
            keep_copy(session, have, asked.page)
            return kept.id or 0, "same", story_of_id(session, kept.story_id).slug
        of_article = select(func.max(RevisionRow.number)).where(RevisionRow.article_id == kept.id)
        number, outcome = (session.exec(of_article).one() or 0) + 1, "revised"
        before = claims_in(session.connection(), kept.id or 0)
        _retire_revision(session, kept.id or 0)
    describe(session, kept, article)
    _keep_revision(session, kept.id or 0, number, reading, content_hash, asked, now)
    recount(session.connection(), before, claims_in(session.connection(), kept.id or 0))
    touch_story(session, kept.story_id, now)
    settle_story(session, kept.story_id, now)
    slug_of = story_of_id(session, kept.story_id).slug
    if asked.by is not None:
        told = {"story": slug_of, "outlet": outlet_key, "revision": number}
        if asked.watched is not None:
            told["source"] = asked.watched
        what = "added" if outcome == "new" else "revised"
        audit.record(session, now, by=asked.by, what=what, kind="article", subject=kept.id, after=told)
    if outcome == "new":
        tell_article(session.connection(), kept.id or 0, now, by=asked.by, source=asked.watched)
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


def keep_outlet(session: Session, outlet: Outlet) -> tuple[int, str]:
    row = session.exec(select(OutletRow).where(OutletRow.key == outlet.key)).first()
    if row is None:
        row = OutletRow(key=outlet.key, name=outlet.name)
    row.country = row.country or outlet.country
    session.add(row)
    session.flush()
    return row.id or 0, row.key


def held(session: Session, article: Article, outlet: Outlet | None, part: int) -> ArticleRow | None:
    """The article that keeping this one would find to be there already."""
    named = outlet or _named(article.outlet)
    of_outlet = session.exec(select(OutletRow.id).where(OutletRow.key == named.key)).first()
    content_hash = text_hash(article)
    return _known(session, article_identity(article, named.key, content_hash, part), content_hash, of_outlet or 0)


def as_it_is(
    session: Session, article: Article, outlet: Outlet | None, part: int
) -> tuple[ArticleRow, int | None] | None:
    """The article that keeping this one would leave as it is, with the version that has these words (none: it was deleted)."""
    row = held(session, article, outlet, part)
    if row is None:
        return None
    if row.deleted_at is not None:
        return row, None
    have = _version(session, row, text_hash(article))
    return None if have is None else (row, have)


def _version(session: Session, row: ArticleRow, content_hash: str) -> int | None:
    """The revision of an article that has these words."""
    return session.exec(
        select(RevisionRow.id).where(RevisionRow.article_id == row.id, RevisionRow.content_hash == content_hash)
    ).first()


def _known(session: Session, identity: str, content_hash: str, outlet_id: int) -> ArticleRow | None:
    """By its identity as read or as corrected; or the same words from the same outlet under another address, or none.

    One that stands goes before one that was deleted.
    """
    found = session.exec(
        select(ArticleRow)
        .where(or_(col(ArticleRow.identity) == identity, col(ArticleRow.also) == identity))
        .order_by(col(ArticleRow.deleted_at).is_not(None), col(ArticleRow.identity) != identity, col(ArticleRow.id))
    ).first()
    if found is not None:
        return found
    same = (
        select(ArticleRow)
        .join(RevisionRow, col(RevisionRow.article_id) == ArticleRow.id)
        .where(
            RevisionRow.content_hash == content_hash,
            or_(col(ArticleRow.outlet_id) == outlet_id, col(ArticleRow.read_outlet_id) == outlet_id),
        )
        .order_by(col(ArticleRow.deleted_at).is_not(None), col(ArticleRow.id))
    )
    return session.exec(same).first()


def describe(session: Session, row: ArticleRow, article: Article) -> None:
    """Headline, outlet, date and address of the current version, as people corrected them."""
    session.add(row)
    session.flush()
    laid = corrections_in_force(session.connection(), [row.id or 0])[row.id or 0]
    outlets = [one.value for one in laid if one.field == "outlet"]
    read_outlet = row.read_outlet_id or row.outlet_id
    row.outlet_id, row.read_outlet_id = read_outlet, None
    if outlets:
        known = Outlet(outlets[-1]["key"], outlets[-1]["name"], outlets[-1]["country"])
        row.outlet_id, row.read_outlet_id = keep_outlet(session, known)[0], read_outlet
    _tell(row, article_as(article, laid))
    row.also = None
    if any(one.field in ("headline", "outlet", "published", "url") for one in laid):
        key = session.get_one(OutletRow, row.outlet_id).key
        shown = article_as(article, laid)
        row.also = article_identity(shown, key, text_hash(article))
        row.also = None if row.also == row.identity else row.also
    session.add(row)
    session.flush()


def _tell(row: ArticleRow, article: Article) -> None:
    row.headline = article.headline or _first_words(article.text)
    row.published = article.published
    row.published_from = article.published_from
    row.published_key = article.published.isoformat() if article.published else ""
    row.url = article.url
    row.excerpt = article.excerpt


def _first_words(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _HEADLINE_CHARS else plain[:_HEADLINE_CHARS].rsplit(" ", 1)[0] + " …"


def _retire_revision(session: Session, article_id: int) -> None:
    """The current revision becomes an old one: readable, but neither searched nor aligned."""
    connection = session.connection()
    ids = session.exec(select(ClaimRow.id).where(ClaimRow.article_id == article_id, col(ClaimRow.current))).all()
    index.drop_entries(connection, [i for i in ids if i is not None])
    connection.execute(
        update(ClaimRow).where(col(ClaimRow.article_id) == article_id).values(current=False, row_id=None)
    )
    connection.execute(update(RevisionRow).where(col(RevisionRow.article_id) == article_id).values(current=False))


def _keep_revision(
    session: Session,
    article_id: int,
    number: int,
    reading: Reading,
    content_hash: str,
    asked: KeepOptions,
    now: datetime,
) -> None:
    """One of an article by whose corrections claims are read is to be read anew: it was read as its page has it."""
    article = reading.article
    laid = corrections_in_force(session.connection(), [article_id])[article_id]
    revision = RevisionRow(
        article_id=article_id,
        number=number,
        current=True,
        content_hash=content_hash,
        text=article.text,
        record=codec.write_article(article),
        actors=codec.write_actors(reading.actors),
        reader=reading.reader,
        reader_version="" if any(one.field in READ_BY for one in laid) else asked.reader_version,
        source=asked.source or article.origin,
        kept_at=now,
    )
    session.add(revision)
    session.flush()
    keep_copy(session, revision.id or 0, asked.page)
    shown, aside = reading_as(reading, laid)
    telling_words.keep_terms(session.connection(), article_id, article_as(article, laid))
    book = keep_actors(session, shown)
    if reading.claims:
        keep_claims(session, article_id, revision.id or 0, shown, book, read=reading, aside=aside)
