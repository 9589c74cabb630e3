"""Claims made by hand from marked words, so that guards are tested without any reader.

    "Moon {state south-korea:Seoul} said {date 2019-08-23:Aug. 23} that {number 31 person at_least:at least 31} died"

Marks: `{date VALUE[..UPTO]:words}`, `{about VALUE:words}` (approximate), `{number VALUE[..UPTO] UNIT|- [hedge] [counts]:words}`,
`{person|state|organisation|treaty|unnamed KEY:words}`; `{says KEY [cue-stance]:words}` at the front makes everything
after it the content of that speaker, `{quotes KEY:words}` the same in the speaker's own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from app.core.relation.apart import speak_of_two_things
from app.core.relation.classify import classify, collect
from app.core.relation.context import Context

from app.core.records import (
    ActorKind,
    ActorMention,
    Article,
    Attribution,
    Claim,
    Cue,
    DateMention,
    Hedge,
    NumberMention,
    PairScore,
    Speaker,
    Word,
)

_MARK = re.compile(r"\{(\w+) ([^:{}]+):([^{}]*)\}")
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_VERBS = frozenset(
    "recover recovered pay paid steal stolen report reported raise raised inspect inspected explode exploded".split()
)


def _grain(value: str) -> str:
    if "W" in value:
        return "week"
    if "Q" in value:
        return "quarter"
    return {4: "year", 7: "month", 10: "day"}.get(len(value), "hour")


def make_claim(marked: str, identity: str = "c1", offset: int = 0) -> Claim:
    """The claim that the marked words describe; `offset` is where it starts in its article."""
    text, dates, numbers, actors, speaker, content = "", [], [], [], None, None
    cue, quoted, last = None, False, 0
    for m in _MARK.finditer(marked):
        text += marked[last : m.start()]
        start, end = offset + len(text), offset + len(text) + len(m[3])
        kind, parts = m[1], m[2].split()
        first, _, upto = parts[0].partition("..")
        if kind in ("date", "about"):
            dates.append(DateMention(m[3], first, _grain(first), start, end, upto or None, kind == "about"))
        elif kind == "number":
            unit = parts[1] if len(parts) > 1 and parts[1] != "-" else None
            hedge = Hedge(parts[2]) if len(parts) > 2 and parts[2] != "-" else Hedge.EXACT
            counts = parts[3] if len(parts) > 3 else None
            numbers.append(
                NumberMention(m[3], float(first), unit, start, end, hedge, float(upto) if upto else None, counts)
            )
        elif kind in ("says", "quotes"):
            who = ActorKind.PERSON if "-" in parts[0] else ActorKind.ORGANISATION
            speaker = Speaker(parts[0], m[3].split(" said")[0], who, start, start + len(m[3].split(" said")[0]))
            cue = Cue("said", end, end, parts[1] if len(parts) > 1 else "asserts")
            quoted, content = kind == "quotes", end
        else:
            actors.append(ActorMention(parts[0], m[3], ActorKind(kind), m[3], start, end))
        text += m[3]
        last = m.end()
    text += marked[last:]
    words = tuple(
        Word(w.group().lower(), "verb", offset + w.start(), offset + w.end())
        for w in _WORD.finditer(text)
        if w.group().lower() in _VERBS
    )
    span = (offset, offset + len(text))
    attributions = (Attribution(speaker, cue, ((content, span[1]),), quoted),) if speaker else ()
    return Claim(
        identity,
        *span,
        text,
        sentence=span,
        attributions=attributions,
        actors=tuple(actors),
        dates=tuple(dates),
        numbers=tuple(numbers),
        words=words,
    )


Maker = Callable[..., tuple[Claim, Claim, Context]]


@pytest.fixture(scope="session")
def pair() -> Maker:
    """`pair(a, b, a_day, b_day, inside=, score=)` -> two claims and their context."""

    def build(
        a: str, b: str, a_day: str | None = None, b_day: str | None = None, *, inside: bool = False, score: float = 0.7
    ) -> tuple[Claim, Claim, Context]:
        first, second = make_claim(a, "c1"), make_claim(b, "c2", offset=1000 if inside else 7)
        days = [date.fromisoformat(d) if d else None for d in (a_day, b_day)]
        if inside:
            body = first.text.ljust(1000) + second.text
            article = Article(body, outlet="Courier", published=days[0])
            return first, second, Context(article, article, PairScore(score, aligned=True), inside=True)
        return (
            first,
            second,
            Context(
                Article(first.text, outlet="Courier", published=days[0]),
                Article("before\n" + second.text, outlet="Herald", published=days[1] or days[0]),
                PairScore(score, aligned=True),
            ),
        )

    return build


@pytest.fixture(scope="session")
def judged():
    """What holds between two statements as the product reads them, standing in one row; with the guards' reasons."""

    def main_claim(reading):
        return max(reading.claims, key=lambda c: (c.within is None, c.end - c.start, -c.start))

    def of(first, second):
        a, b = (main_claim(reading) for reading in (first, second))
        reasons = collect(a, b, Context(first.article, second.article, PairScore(0.8, aligned=True)))
        return "none" if speak_of_two_things(a, b, reasons) else classify(reasons).value, reasons

    return of
