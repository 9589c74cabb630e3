"""The claims of a revision are kept, with everything found in them, in one statement a table."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlmodel import Session, col

from app.core.records import Attribution, Claim, Polarity, Reading, Span
from app.core.text import is_headline
from app.store import codec, index
from app.store.actors import KeptActors
from app.store.dates import main_date, mention_bounds
from app.store.identity import fingerprint
from app.store.sql import fresh_ids
from app.store.tables import (
    ActorMentionRow,
    AttributionRow,
    ClaimRecordRow,
    ClaimRow,
    DateMentionRow,
    NumberMentionRow,
)

__all__ = ["keep_claims"]


def keep_claims(
    session: Session,
    article_id: int,
    revision_id: int,
    reading: Reading,
    book: KeptActors,
    known: Mapping[int, int] | None = None,
    *,
    read: Reading | None = None,
    aside: Collection[str] = (),
    current: bool = True,
) -> None:
    """Write them all. `known`: claims that are kept already, by index, with their ids; they are written over.

    `reading` is what is shown; `read`, where people corrected claims, the same as it was read: it is what is kept, and what a claim
    is known again by. Claims set `aside`, and all where the article is not `current`, are kept and nowhere shown.
    """
    read = read or reading
    known = known or {}
    connection = session.connection()
    sentences = _Sentences.of(reading)
    rows = [
        {
            "revision_id": revision_id,
            "article_id": article_id,
            "current": current and claim.id not in aside,
            "aside": claim.id in aside,
            "position": i,
            **_claim(reading, claim, sentences),
            "fingerprint": fingerprint(as_read.where, as_read.text),
        }
        for i, (claim, as_read) in enumerate(zip(reading.claims, read.claims, strict=True))
    ]
    fresh = iter(fresh_ids(connection, "claims", len(rows) - len(known)))
    ids = [known[i] if i in known else next(fresh) for i in range(len(rows))]
    new = [{"id": ids[i], **row} for i, row in enumerate(rows) if i not in known]
    if new:
        connection.execute(insert(ClaimRow), new)
    again = [{"the_id": ids[i], "superseded": False, **row} for i, row in enumerate(rows) if i in known]
    if again:
        connection.execute(update(ClaimRow).where(col(ClaimRow.id) == bindparam("the_id")), again)
    children: dict[type, list[dict[str, Any]]] = {
        ClaimRecordRow: [],
        AttributionRow: [],
        ActorMentionRow: [],
        DateMentionRow: [],
        NumberMentionRow: [],
    }
    for claim_id, claim, as_read in zip(ids, reading.claims, read.claims, strict=True):
        children[ClaimRecordRow].append({"claim_id": claim_id, "record": codec.write_claim(as_read)})
        children[AttributionRow] += _attributions(claim_id, claim, book)
        children[ActorMentionRow] += _actor_mentions(claim_id, claim, book)
        children[DateMentionRow] += _date_mentions(claim_id, claim)
        children[NumberMentionRow] += _number_mentions(claim_id, claim)
    for table, values in children.items():
        if values:
            connection.execute(insert(table), values)
    index.add_entries(
        connection,
        [
            index.entry(i, c.text, book.names(c))
            for i, c in zip(ids, reading.claims, strict=True)
            if current and c.id not in aside
        ],
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
        spans = {_sentence(c) for c in reading.claims if not is_headline(c, reading.article)}
        return _Sentences(tuple(sorted(spans, key=lambda s: (s[1], s[0]))), tuple(sorted(spans)))


def _sentence(claim: Claim) -> Span:
    return claim.sentence if claim.sentence[1] > claim.sentence[0] else (claim.start, claim.end)


def _around(reading: Reading, claim: Claim, sentences: _Sentences) -> tuple[str, str]:
    """The sentences before and after, as far as the article was cut into sentences."""
    if is_headline(claim, reading.article):
        return "", ""
    own = _sentence(claim)
    text = reading.article.text
    before = bisect_right(sentences.by_end, own[0], key=lambda s: s[1]) - 1
    after = bisect_left(sentences.by_start, own[1], key=lambda s: s[0])
    return (
        text[slice(*sentences.by_end[before])] if before >= 0 else "",
        text[slice(*sentences.by_start[after])] if after < len(sentences.by_start) else "",
    )


def speaker_stance(claim: Claim, attribution: Attribution, *, innermost: bool) -> str | None:
    """How a speaker stands to what the claim states. Denying a negative statement affirms; asking and hedging say nothing."""
    cue = attribution.cue.stance if attribution.cue else "asserts"
    if cue == "declines":
        return "declines"
    if cue not in ("asserts", "denies") or not innermost:
        return None
    negative = claim.action is not None and claim.action.polarity is Polarity.NEGATIVE
    return "denies" if negative != (cue == "denies") else "affirms"


def _attributions(claim_id: int, claim: Claim, book: KeptActors) -> list[dict[str, Any]]:
    return [
        {
            "claim_id": claim_id,
            "position": i,
            "actor_id": book.id_of(a.speaker.key, a.speaker.kind) if a.speaker else None,
            "text": (a.speaker.text or a.speaker.name) if a.speaker else "",
            "role": a.speaker.role if a.speaker else None,
            "cue": a.cue.text if a.cue else None,
            "stance": speaker_stance(claim, a, innermost=i == len(claim.attributions) - 1),
            "quoted": a.quoted,
        }
        for i, a in enumerate(claim.attributions)
    ]


def _actor_mentions(claim_id: int, claim: Claim, book: KeptActors) -> list[dict[str, Any]]:
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
