"""People's corrections laid over what was read: an article as corrected, claims as corrected; what was read stays as it was kept.

A claim is known again by the digest of its words; where a later reader cut it otherwise, by that of its sentence, if one claim
alone stands in that. Of two corrections of one field the later one counts.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from app.core.records import (
    Actor,
    ActorKind,
    Article,
    Attribution,
    Claim,
    DateMention,
    PublishedFrom,
    Reading,
    Speaker,
)
from app.store.identity import fingerprint
from app.store.sql import ask_ids

__all__ = ["READ_BY", "Laid", "article_as", "as_read", "corrections_in_force", "reading_as", "sentence_print"]

READ_BY = frozenset({"headline", "published"})
"""Fields that claims are read by: their correction has the article read anew."""


@dataclass(frozen=True, slots=True)
class Laid:
    """One correction in force. `value` as its JSON says."""

    field: str
    value: Any
    fingerprint: str = ""
    sentence: str = ""


_IN_FORCE = """
    SELECT article_id, field, corrections.value, fingerprint, sentence FROM ids_of(:ids) AS wanted
    JOIN corrections ON corrections.article_id = wanted.value AND undone_at IS NULL
    ORDER BY corrections.id
"""


def corrections_in_force(connection: Connection, article_ids: Iterable[int]) -> dict[int, list[Laid]]:
    """What was corrected of these articles and of claims in them, by article, the earliest first."""
    found: dict[int, list[Laid]] = defaultdict(list)
    for r in ask_ids(connection, _IN_FORCE, article_ids):
        found[r["article_id"]].append(Laid(r["field"], json.loads(r["value"]), r["fingerprint"], r["sentence"]))
    return found


def article_as(article: Article, laid: Sequence[Laid]) -> Article:
    """The article as people corrected it."""
    changed: dict[str, Any] = {}
    for one in laid:
        if one.field in ("headline", "url"):
            changed[one.field] = one.value
        elif one.field == "bylines":
            changed["bylines"] = tuple(one.value)
        elif one.field == "outlet":
            changed["outlet"] = one.value["name"]
        elif one.field == "published":
            changed["published"] = date.fromisoformat(one.value) if one.value else None
            changed["published_from"] = PublishedFrom.CORRECTED
    return replace(article, **changed) if changed else article


def as_read(article: Article, kept: Article, laid: Sequence[Laid]) -> Article:
    """Of an article that was read anew as corrected: with what was read at first where people corrected it, to be kept."""
    fields = {one.field for one in laid} & {"headline", "url", "bylines", "outlet", "published"}
    if "published" in fields:
        fields.add("published_from")
    return replace(article, **{name: getattr(kept, name) for name in fields}) if fields else article


def sentence_print(claim: Claim, article: Article) -> str:
    """The digest of the sentence that a claim stands in."""
    text = article.headline or "" if claim.where == "headline" else article.text
    words = text[slice(*claim.sentence)] if claim.sentence[1] > claim.sentence[0] else claim.text
    return fingerprint(claim.where, words)


def reading_as(reading: Reading, laid: Sequence[Laid]) -> tuple[Reading, frozenset[str]]:
    """The reading with its claims as corrected, and the ids of those that were set aside (they are in it still)."""
    told = [one for one in laid if one.fingerprint]
    if not told:
        return reading, frozenset()
    claims, aside, named = list(reading.claims), set[str](), list[Actor]()
    places = _places(reading, told)
    for i, changes in places.items():
        for field, value in changes.items():
            if field == "aside":
                aside |= {claims[i].id} if value else set()
            elif field == "span":
                claims[i] = _cut(claims[i], reading, *value)
        for field, value in changes.items():
            if field == "speaker":
                claims[i] = _said_by(claims[i], value)
                named += [_actor(value)] if value else []
            elif field == "date":
                claims[i] = _dated(claims[i], value)
    known = {a.key for a in reading.actors}
    actors = (*reading.actors, *{a.key: a for a in named if a.key not in known}.values())
    return replace(reading, claims=tuple(claims), actors=actors), frozenset(aside)


def _places(reading: Reading, told: Sequence[Laid]) -> dict[int, dict[str, Any]]:
    """What was said of each claim, by its index: the latest of each field."""
    by_words, by_sentence = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for i, claim in enumerate(reading.claims):
        by_words[fingerprint(claim.where, claim.text)].append(i)
        by_sentence[sentence_print(claim, reading.article)].append(i)
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for one in told:
        places = by_words.get(one.fingerprint, [])
        if not places and len(alone := by_sentence.get(one.sentence, [])) == 1:
            places = alone
        for i in places:
            found[i][one.field] = one.value
    return found


def _actor(value: Mapping[str, str]) -> Actor:
    return Actor(value["key"], value["name"], ActorKind(value["kind"]))


def _said_by(claim: Claim, value: Mapping[str, str] | None) -> Claim:
    """Whose statement it is: the innermost speaker is another, or nobody (the outlet's own voice)."""
    if value is None:
        return replace(claim, attributions=())
    speaker = Speaker(value["key"], value["name"], ActorKind(value["kind"]))
    if not claim.attributions:
        return replace(claim, attributions=(Attribution(speaker, None, ((claim.start, claim.end),)),))
    *outer, inner = claim.attributions
    return replace(claim, attributions=(*outer, replace(inner, speaker=speaker)))


def _dated(claim: Claim, value: str | None) -> Claim:
    """When what it states happened: one day, month or year; or no date at all. The words of the first date stand for it."""
    if value is None:
        return replace(claim, dates=())
    grain = {4: "year", 7: "month"}.get(len(value), "day")
    start, end, text = claim.start, claim.start, ""  # no words of it tell it
    if claim.dates:
        start, end, text = claim.dates[0].start, claim.dates[0].end, claim.dates[0].text
    return replace(claim, dates=(DateMention(text, value, grain, start, end),))  # type: ignore[arg-type]


def _cut(claim: Claim, reading: Reading, start: int, end: int, words: str) -> Claim:
    """The claim over other words of its article (counted from its start), with what its article's claims found there."""
    text = reading.article.headline or "" if claim.where == "headline" else reading.article.text
    start, end = claim.start + start, claim.start + end
    if text[start:end] != words or not words:
        return claim  # the words it was said of are gone

    def inside(a: int, b: int) -> bool:
        return start <= a and b <= end

    beside = [claim, *(c for c in reading.claims if c.where == claim.where and c.start < end and start < c.end)]

    def gathered(name: str) -> tuple[Any, ...]:
        found = {
            (m.start, m.end, type(m).__name__): m for c in beside for m in getattr(c, name) if inside(m.start, m.end)
        }
        return tuple(found[at] for at in sorted(found))

    clauses = tuple(sorted({s for c in beside for s in c.clauses if inside(*s)})) or ((start, end),)
    content = tuple(
        replace(
            a,
            content=tuple((max(s, start), min(e, end)) for s, e in a.content if s < end and start < e)
            or ((start, end),),
        )
        for a in claim.attributions
    )
    sentences = [c.sentence for c in beside if c.sentence[1] > c.sentence[0]]
    around = (min((s for s, _ in sentences), default=start), max((e for _, e in sentences), default=end))
    changed: dict[str, Any] = {
        "start": start,
        "end": end,
        "text": text[start:end],
        "sentence": (min(around[0], start), max(around[1], end)),
        "attributions": content,
        "clauses": clauses,
        **{name: gathered(name) for name in ("actors", "dates", "numbers", "actions", "acts", "words")},
    }
    return replace(claim, **changed)
