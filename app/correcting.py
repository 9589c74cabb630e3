"""What people correct: what they typed is understood, kept, and what follows from it is done.

What follows: articles are read anew whose headline or date changed, and the stories touched are compared again. Kept is the
correction in any case; what could not be done at once waits, is known to, and is done by a running server or `parallax reread`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from app import pipeline, rereading
from app.core.alignment import shared_title
from app.core.lexicon.outlets import load_outlets
from app.core.records import Outlet
from app.core.text import slug
from app.errors import BadInput, Busy, TooHeavy
from app.pipeline import HERE, Hands
from app.store import Store
from app.store.views import CorrectedView, CorrectionView

__all__ = ["FIELDS", "Corrected", "claim_changes_of", "follow", "proposed_title", "typed_changes"]

FIELDS = ("headline", "outlet", "bylines", "published", "url")
_EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Corrected:
    """What was kept, how many articles were read anew for it, the stories compared again, and those that wait for it."""

    corrections: Sequence[CorrectionView]
    read: int
    stories: Sequence[str]
    waiting: Sequence[str]


def typed_changes(given: Mapping[str, str]) -> dict[str, Any]:
    """What somebody typed for fields of an article, as the store takes it; raises `BadInput` that names the field."""
    read = {"headline": _headline, "outlet": _outlet, "bylines": _bylines, "published": _published, "url": _url}
    return {name: read[name](" ".join(typed.split())) for name, typed in given.items()}


def claim_changes_of(given: Mapping[str, str]) -> dict[str, Any]:
    """The same of a claim: `speaker`, `kind`, `date`, `words`, `aside`."""
    changes: dict[str, Any] = {}
    if "speaker" in given:
        name = given["speaker"].strip()
        changes["speaker"] = {"name": name, "kind": given.get("kind") or ""} if name else None
    if "date" in given:
        changes["date"] = given["date"].strip() or None
    if "words" in given:
        changes["span"] = given["words"]
    if given.get("aside"):
        changes["aside"] = True
    return changes


def follow(store: Store, done: CorrectedView, hands: Hands = HERE) -> Corrected:
    """Read anew and compare again what a correction touched."""
    read, compared = 0, set[str]()
    with suppress(Busy, TooHeavy):
        if done.articles:
            again = rereading.reread(store, done.articles, hands=hands)
            read, compared = again.articles, again.stories
        for name in done.stories:
            if name not in compared:
                pipeline.realign(store, name, hands=hands)
    stale = set(store.articles.stale_stories())
    waiting = tuple(name for name in done.stories if name in stale)
    return Corrected(done.corrections, read, done.stories, waiting)


def proposed_title(store: Store, story: str) -> str | None:
    """What the articles of a story share, as a title that is no outlet's; None where they share too little."""
    return shared_title([reading for _, reading in store.articles.readings_of(story)])


def _headline(typed: str) -> str:
    if not 0 < len(typed) <= 500:
        raise BadInput("a headline of 1 to 500 characters is needed.", where="headline")
    return typed


def _outlet(typed: str) -> dict[str, str | None]:
    if len(typed) > 200 or not any(c.isalnum() for c in typed):
        raise BadInput("the name of an outlet is needed.", where="outlet")
    found = load_outlets().by_name(typed) or Outlet(slug(typed), typed)
    return {"key": found.key, "name": found.name, "country": found.country}


def _bylines(typed: str) -> list[str]:
    names = [n.strip() for n in typed.split(";") if n.strip()]
    if len(names) > 20 or any(len(n) > 200 for n in names):
        raise BadInput("these are too many names, or too long ones.", where="bylines", mend="Part them by semicolons.")
    return names


def _published(typed: str) -> str | None:
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise BadInput(
            "this is not a date.", where="published", mend="Write year-month-day, for example 2019-11-26."
        ) from None
    if not _EARLIEST <= day <= datetime.now(UTC).date():
        raise BadInput("an article is published after 1899 and not in the future.", where="published")
    return day.isoformat()


def _url(typed: str) -> str | None:
    if not typed:
        return None
    try:
        parts = urlsplit(typed)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or len(typed) > 2000:
        raise BadInput("an address begins with https:// or http://.", where="url")
    return typed
