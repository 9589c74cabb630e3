"""What people correct of claims: who states it, when it happened, which words it is; or that it is no claim at all.

A claim is known by the digest of its words as they were read, so a correction holds for every statement of its article in the
same words, in every later reading and version that states it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from app.core.records import ActorKind, Claim, Reading
from app.core.text import slug
from app.errors import BadInput, Conflicting, NotFound
from app.store import readings
from app.store.corrected import corrections_in_force, reading_as, sentence_print
from app.store.correcting import standing_article
from app.store.correction_effects import LeftToDo, show_article
from app.store.correction_records import keep_correction
from app.store.dates import day_bounds, main_date
from app.store.read.whom import resolve
from app.store.sql import LARGEST_ID, ask_ids
from app.store.tables import ClaimRow, CorrectionRow
from app.store.typed_text import typed_name

__all__ = ["correct_claim"]


def correct_claim(session: Session, claim_id: int, changes: Mapping[str, Any], by: str, now: datetime) -> LeftToDo:
    """`changes`: by field what was typed; see `Store.corrections.correct_claim`. What is so already changes nothing."""
    row = session.get(ClaimRow, min(claim_id, LARGEST_ID))
    if row is None:
        raise NotFound(f"there is no claim {claim_id}.")
    article = standing_article(session, row.article_id)
    if row.superseded or not (row.current or row.aside):
        raise Conflicting("this claim is of an older reading of its article.", where=f"claim {claim_id}")
    read = readings.reading_of_article(session.connection(), row.article_id, None)
    shown, aside = reading_as(read, corrections_in_force(session.connection(), [row.article_id])[row.article_id])
    was, now_is = _of(read, row.local_id), _of(shown, row.local_id)
    wanted = {name: _meant(session, name, value, read, was) for name, value in changes.items()}
    before = _fields(now_is, was, aside=row.local_id in aside)
    touched = LeftToDo()
    for name, value in wanted.items():
        if value == before[name]:
            continue
        made = CorrectionRow(
            kind="claim",
            article_id=row.article_id,
            fingerprint=row.fingerprint,
            sentence=sentence_print(was, read.article),
            words=" ".join(now_is.text.split())[:200],
            field=name,
            value=json.dumps(value, ensure_ascii=False),
            was=json.dumps(before[name], ensure_ascii=False),
            by=typed_name(by),
            at=now,
        )
        touched.corrections.append(keep_correction(session, made))
    if touched.corrections:
        show_article(session, article, touched, now)
    return touched


def _of(reading: Reading, local_id: str) -> Claim:
    return next(c for c in reading.claims if c.id == local_id)


def _fields(claim: Claim, was: Claim, *, aside: bool) -> dict[str, Any]:
    """What a claim is now, as `CorrectionRow.value` has it."""
    speaker, told = claim.speaker, main_date(claim) or next(iter(claim.dates), None)
    return {
        "speaker": {"key": speaker.key, "name": speaker.name, "kind": speaker.kind.value} if speaker else None,
        "date": told.value if told else None,
        "span": [claim.start - was.start, claim.end - was.start, claim.text],
        "aside": aside,
    }


def _meant(session: Session, name: str, value: Any, read: Reading, was: Claim) -> Any:
    if name == "speaker":
        return _speaker(session, value)
    if name == "date":
        return _date(value)
    return _span(value, read, was) if name == "span" else bool(value)


def _speaker(session: Session, typed: Mapping[str, str] | None) -> dict[str, str] | None:
    """Somebody known by key or name, else a new actor; None for the outlet's own voice."""
    name = " ".join((typed or {}).get("name", "").split())
    if not name:
        return None
    if len(name) > 200 or not any(c.isalnum() for c in name):
        raise BadInput("this is no name.", where="speaker")
    connection = session.connection()
    rows = ask_ids(
        connection,
        "SELECT actors.key, name, kind FROM ids_of(:ids) AS wanted JOIN actors ON actors.id = wanted.value ORDER BY claims DESC, actors.key",
        resolve(connection, name),
    )
    exact = [r for r in rows if name in (r["key"], r["name"])]
    found = exact or rows
    if len(found) > 1:
        known = ", ".join(r["key"] for r in found[:5])
        raise BadInput(f"several are called {name!r}.", where="speaker", mend=f"Give one of: {known}.")
    if found:
        return {"key": found[0]["key"], "name": found[0]["name"], "kind": found[0]["kind"]}
    kind = (typed or {}).get("kind") or ActorKind.PERSON.value
    if kind not in set(ActorKind):
        raise BadInput(f"there is no kind {kind!r}.", where="kind", mend=f"Use one of {', '.join(ActorKind)}.")
    return {"key": slug(name), "name": name, "kind": kind}


def _date(typed: str | None) -> str | None:
    value = (typed or "").strip()
    if not value:
        return None
    if len(value) not in (4, 7, 10) or day_bounds(value) is None or "W" in value or "Q" in value:
        raise BadInput(
            "this is not a date.", where="date", mend="Write a day, month or year: 2019-11-26, 2019-11, 2019."
        )
    return value


def _span(typed: str, read: Reading, was: Claim) -> list[Any]:
    """The place of these words in the article, the nearest to where the claim stood."""
    text = (read.article.headline or "") if was.where == "headline" else read.article.text
    words = typed.replace("\r\n", "\n").strip()
    places = [i for i in range(len(text)) if words and text.startswith(words, i)]
    if not places:
        raise BadInput(
            "these words do not stand in the article.", where="words", mend="Copy them from it, as they stand."
        )
    start = min(places, key=lambda i: abs(i - was.start))
    if not (start < was.end and was.start < start + len(words)):
        raise BadInput("these words stand elsewhere in the article.", where="words", mend="Give words of this claim.")
    return [start - was.start, start + len(words) - was.start, words]
