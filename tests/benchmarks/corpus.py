"""A corpus of news that never happened, with known truth: the same for the same seed, of any size, in words of our own.

Events are drawn from `kinds.toml`; each is told by one to six outlets within a few days, by some of its facts in wordings of their
own, now and then with another figure. What belongs together is known: `Told.event`.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.core.records import Article, PublishedFrom

__all__ = ["Told", "coined", "corpus", "digests", "long_story", "other_names"]

OUTLETS = ("Harbour Post", "Daily Ledger", "Northern Wire", "Evening Compass", "Civic Tribune", "Field Gazette", "The Lantern", "Riverside Times")  # fmt: skip
REPORTS = (1, 1, 2, 3, 3, 4, 6)
FIRST_DAY, DAYS = date(2021, 1, 4), 1400
SYLLABLES = ("ba", "do", "fe", "gi", "ho", "ju", "ka", "lu", "mo", "ne", "pi", "ra", "so", "ta", "ve", "zu")
_COINED = re.compile(rf"\b(?:{'|'.join(s.title() for s in SYLLABLES)})(?:{'|'.join(SYLLABLES)}){{2}}[nrlk]\b|\b(?:{'|'.join(SYLLABLES)}){{3}}[nrlk]\b")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """An article, and the number of the event that it tells of."""

    event: int
    article: Article


@lru_cache(maxsize=1)
def _kinds() -> list[dict[str, Any]]:
    return list(tomllib.loads(Path(__file__).with_name("kinds.toml").read_text("utf-8"))["kind"])


def coined(rng: random.Random) -> str:
    """A name of seven letters that nobody bears."""
    return ("".join(rng.choice(SYLLABLES) for _ in range(3)) + rng.choice("nrlk")).title()


@lru_cache(maxsize=65536)
def _instead(name: str, copy: int) -> str:
    made = coined(random.Random(f"{name.lower()} {copy}"))
    return made if name[0].isupper() else made.lower()


def other_names(text: str | None, copy: int) -> str | None:
    """The same text about others: each coined name is replaced by one of its length, so that no offset moves."""
    return _COINED.sub(lambda m: _instead(m.group(), copy), text) if text else text


def corpus(seed: int, articles: int) -> Iterator[Told]:
    """So many articles, event by event."""
    rng = random.Random(seed)
    told = event = 0
    while told < articles:
        for article in _event(rng, seed, event)[: articles - told]:
            yield Told(event, article)
            told += 1
        event += 1


def long_story(seed: int, reports: int) -> list[Article]:
    """One event that so many outlets tell, put into one story by its manifest."""
    outlets = [f"{name} {n}" for n in range(-(-reports // len(OUTLETS))) for name in OUTLETS][:reports]
    told = _event(random.Random(seed), seed, 0, outlets)
    return [replace(article, story=f"long-{seed}-{reports}") for article in told]


def digests(seed: int, events: int) -> list[Article]:
    """Two long articles of one story: each tells all of so many events, a paragraph one."""
    rng = random.Random(f"digests {seed}")
    told = [_event(rng, seed, number, OUTLETS[:2]) for number in range(events)]
    return [
        Article(
            "\n".join(reports[k].text for reports in told),
            outlet=outlet,
            headline="What happened in these years",
            published=FIRST_DAY + timedelta(days=DAYS + k),
            published_from=PublishedFrom.MANIFEST,
            url=f"https://digests.example/{seed}/{k}",
            origin=f"digest-{seed}-{k}",
            story=f"digest-{seed}",
        )
        for k, outlet in enumerate(OUTLETS[:2])
    ]


def _event(rng: random.Random, seed: int, number: int, outlets: Sequence[str] = ()) -> list[Article]:
    kind = rng.choice(_kinds())
    day = FIRST_DAY + timedelta(days=rng.randrange(DAYS))
    words = {
        "thing": rng.choice(kind["thing"]),
        "place": coined(rng),
        "land": coined(rng),
        "firm": f"{coined(rng)} {rng.choice(('Works', 'Group', 'Lines'))}",
        "chief": f"{rng.choice(('Anna', 'Tomas', 'Lena', 'Viktor'))} {coined(rng)}",
        "mayor": f"{rng.choice(('Ida', 'Pavel', 'Nora', 'Emil'))} {coined(rng)}",
        "day": f"{day:%A}",
        "few": str(rng.randrange(2, 40)),
        "many": str(rng.randrange(2, 90) * 100),
        "sum": str(rng.randrange(2, 300)),
        "year": str(rng.randrange(1990, 2019)),
    }
    outlets = outlets or rng.sample(OUTLETS, rng.choice(REPORTS))
    return [_report(rng, kind, words, outlet, day, f"{seed}-{number}-{k}") for k, outlet in enumerate(outlets)]


def _report(
    rng: random.Random, kind: dict[str, Any], words: dict[str, str], outlet: str, day: date, name: str
) -> Article:
    facts = [f for n, f in enumerate(kind["facts"]) if n == 0 or rng.random() < 0.8]
    mine = words | ({"few": str(int(words["few"]) + 1)} if rng.random() < 0.1 else {})
    text = " ".join(rng.choice(fact).format(**mine) for fact in facts)
    return Article(
        text,
        outlet=outlet,
        headline=rng.choice(kind["headline"]).format(**mine),
        published=day + timedelta(days=rng.randrange(3)),
        published_from=PublishedFrom.MANIFEST,
        origin=name,
    )
