"""An article is kept: itself, its revision, its claims and everything in them, inside the caller's transaction."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import insert, update
from sqlmodel import Session, col, select

from app.core.records import Article, Attribution, Claim, Outlet, Polarity, Reading, Span
from app.core.text import slug
from app.errors import BadInput
from app.store import codec, index
from app.store.actors import ActorBook, count_claims, keep_actors
from app.store.dates import main_date, mention_bounds
from app.store.identity import article_identity, fingerprint, text_hash
from app.store.sql import fresh_ids
from app.store.stories import find_or_make_story, story_of_id, touch
from app.store.tables import (
    ActorMentionRow,
    ArticleRow,
    AttributionRow,
    ClaimRecordRow,
    ClaimRow,
    DateMentionRow,
    NumberMentionRow,
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
    _keep_revision(session, kept.id or 0, number, reading, content_hash, asked.source, now)
    touch(session, kept.story_id, now, stale=True)
    return kept.id or 0, outcome, story_of_id(session, kept.story_id).slug


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
    session: Session, article_id: int, number: int, reading: Reading, content_hash: str, source: str, now: datetime
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
        source=source or article.origin,
        kept_at=now,
    )
    session.add(revision)
    session.flush()
    book = keep_actors(session, reading)
    if reading.claims:
        _keep_claims(session, article_id, revision.id or 0, reading, book)
    count_claims(session.connection(), article_id)


def _keep_claims(session: Session, article_id: int, revision_id: int, reading: Reading, book: ActorBook) -> None:
    connection = session.connection()
    sentences = _Sentences.of(reading)
    rows = [
        {
            "revision_id": revision_id,
            "article_id": article_id,
            "current": True,
            "position": i,
            **_claim(reading, claim, sentences),
        }
        for i, claim in enumerate(reading.claims)
    ]
    ids = fresh_ids(connection, "claims", len(rows))
    connection.execute(insert(ClaimRow), [{"id": i, **row} for i, row in zip(ids, rows, strict=True)])
    children: dict[type, list[dict[str, Any]]] = {
        ClaimRecordRow: [],
        AttributionRow: [],
        ActorMentionRow: [],
        DateMentionRow: [],
        NumberMentionRow: [],
    }
    for claim_id, claim in zip(ids, reading.claims, strict=True):
        children[ClaimRecordRow].append({"claim_id": claim_id, "record": codec.write_claim(claim)})
        children[AttributionRow] += _attributions(claim_id, claim, book)
        children[ActorMentionRow] += _actor_mentions(claim_id, claim, book)
        children[DateMentionRow] += _date_mentions(claim_id, claim)
        children[NumberMentionRow] += _number_mentions(claim_id, claim)
    for table, values in children.items():
        if values:
            connection.execute(insert(table), values)
    index.add(
        connection,
        [index.entry(i, c.text, book.names(c)) for i, c in zip(ids, reading.claims, strict=True)],
    )


def _claim(reading: Reading, claim: Claim, sentences: _Sentences) -> dict[str, Any]:
    told = main_date(claim)
    days = mention_bounds(told) if told else None
    before, after = _around(reading, claim, sentences)
    return {
        "local_id": claim.id,
        "stands_in": claim.where,
        "start": claim.start,
        "end": claim.end,
        "text": claim.text,
        "before": before,
        "after": after,
        "fingerprint": fingerprint(claim.where, claim.text),
        "event_value": told.value if told else None,
        "event_grain": told.grain if told else None,
        "event_from": days[0].isoformat() if days else None,
        "event_to": days[1].isoformat() if days else None,
    }


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The sentences that an article's claims stand in, by their ends and by their starts."""

    by_end: tuple[Span, ...]
    by_start: tuple[Span, ...]

    @staticmethod
    def of(reading: Reading) -> _Sentences:
        spans = {_sentence(c) for c in reading.claims if c.where == "body"}
        return _Sentences(tuple(sorted(spans, key=lambda s: (s[1], s[0]))), tuple(sorted(spans)))


def _sentence(claim: Claim) -> Span:
    return claim.sentence if claim.sentence[1] > claim.sentence[0] else (claim.start, claim.end)


def _around(reading: Reading, claim: Claim, sentences: _Sentences) -> tuple[str, str]:
    """The sentences before and after, as far as the article was cut into sentences."""
    if claim.where != "body":
        return "", ""
    own = _sentence(claim)
    text = reading.article.text
    before = bisect_right(sentences.by_end, own[0], key=lambda s: s[1]) - 1
    after = bisect_left(sentences.by_start, own[1], key=lambda s: s[0])
    return (
        text[slice(*sentences.by_end[before])] if before >= 0 else "",
        text[slice(*sentences.by_start[after])] if after < len(sentences.by_start) else "",
    )


def stance_of(claim: Claim, attribution: Attribution, *, innermost: bool) -> str | None:
    """How a speaker stands to what the claim states. Denying a negative statement affirms; asking and hedging say nothing."""
    cue = attribution.cue.stance if attribution.cue else "asserts"
    if cue == "declines":
        return "declines"
    if cue not in ("asserts", "denies") or not innermost:
        return None
    negative = claim.action is not None and claim.action.polarity is Polarity.NEGATIVE
    return "denies" if negative != (cue == "denies") else "affirms"


def _attributions(claim_id: int, claim: Claim, book: ActorBook) -> list[dict[str, Any]]:
    return [
        {
            "claim_id": claim_id,
            "position": i,
            "actor_id": book.id_of(a.speaker.key, a.speaker.kind) if a.speaker else None,
            "text": (a.speaker.text or a.speaker.name) if a.speaker else "",
            "role": a.speaker.role if a.speaker else None,
            "cue": a.cue.text if a.cue else None,
            "stance": stance_of(claim, a, innermost=i == len(claim.attributions) - 1),
            "quoted": a.quoted,
        }
        for i, a in enumerate(claim.attributions)
    ]


def _actor_mentions(claim_id: int, claim: Claim, book: ActorBook) -> list[dict[str, Any]]:
    return [
        {
            "claim_id": claim_id,
            "position": i,
            "actor_id": book.id_of(m.key, m.kind),
            "text": m.text,
            "start": m.start,
            "end": m.end,
        }
        for i, m in enumerate(claim.actors)
    ]


def _date_mentions(claim_id: int, claim: Claim) -> list[dict[str, Any]]:
    out = []
    for i, m in enumerate(claim.dates):
        days = mention_bounds(m)
        out.append(
            {
                "claim_id": claim_id,
                "position": i,
                "text": m.text,
                "value": m.value,
                "grain": m.grain,
                "upto": m.upto,
                "approximate": m.approximate,
                "start": m.start,
                "end": m.end,
                "date_from": days[0].isoformat() if days else None,
                "date_to": days[1].isoformat() if days else None,
            }
        )
    return out


def _number_mentions(claim_id: int, claim: Claim) -> Sequence[dict[str, Any]]:
    return [
        {
            "claim_id": claim_id,
            "position": i,
            "text": m.text,
            "value": m.value,
            "upto": m.upto,
            "unit": m.unit,
            "counts": m.counts,
            "hedge": m.hedge,
            "start": m.start,
            "end": m.end,
        }
        for i, m in enumerate(claim.numbers)
    ]
