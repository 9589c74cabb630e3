"""Claims made by hand from marked words, so that guards are tested without any reader.

    "Moon {state south-korea:Seoul} said {date 2019-08-23:Aug. 23} that {number 31 person at_least:at least 31} died"

Marks: `{date VALUE[..UPTO] [EVENT]:words}` (18h07 for a time of day), `{about VALUE:words}` (approximate), `{number VALUE[..UPTO] UNIT|- [hedge|-]
[counts|-] [fate]:words}`, `{does CLASS [not] [MODALITY] [AGENT>TARGET]:words}` (an act of the lexicon; `-` for nobody),
`{person|state|organisation|treaty|unnamed KEY:words}`; `{says KEY [cue-stance]:words}` at the front makes everything after it
the content of that speaker, `{quotes KEY:words}` the same in the speaker's own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from app.core.records import (
    Action,
    ActorKind,
    ActorMention,
    Article,
    Attribution,
    Claim,
    Cue,
    DateMention,
    Hedge,
    Modality,
    NumberMention,
    PairScore,
    Polarity,
    Speaker,
    Stance,
    Word,
)
from app.core.relation.sides import Sides

_MARK = re.compile(r"\{(\w+) ([^:{}]+):([^{}]*)\}")
_WORD = re.compile(r"[\w'-]+")
_SMALL = frozenset(
    "a an the of in on at to by for with and or that is was were has have had it its his her not".split()
)


def _grain(value: str) -> str:
    if "W" in value:
        return "week"
    if "Q" in value:
        return "quarter"
    if "T" in value:
        return "minute" if ":" in value else "hour"
    return {4: "year", 7: "month", 10: "day"}[len(value)]


def make_claim(marked: str, identity: str = "c1", offset: int = 0) -> Claim:
    """The claim that the marked words describe; `offset` is where it starts in its article."""
    text, dates, numbers, actors, acts, speaker, content = "", [], [], [], [], None, None
    cue, quoted, last = None, False, 0
    for m in _MARK.finditer(marked):
        text += marked[last : m.start()]
        start, end = offset + len(text), offset + len(text) + len(m[3])
        kind, parts = m[1], m[2].split()
        first, _, upto = parts[0].replace("h", ":").partition("..") if kind == "date" else parts[0].partition("..")
        if kind in ("date", "about"):
            event = parts[1] if len(parts) > 1 else None
            dates.append(
                DateMention(m[3], first, _grain(first), start, end, upto or None, kind == "about", event=event)
            )
        elif kind == "number":
            given = [None if p == "-" else p for p in (*parts[1:], *"----")]
            numbers.append(
                NumberMention(
                    m[3], float(first), given[0], start, end, Hedge(given[1] or "exact"), float(upto) if upto else None,
                    given[2], given[3],
                )
            )  # fmt: skip
        elif kind == "does":
            who = next((p for p in parts if ">" in p), "->-")
            agent, _, target = who.rpartition(">")
            modality = next((Modality(p) for p in parts[1:] if p in {x.value for x in Modality}), Modality.FACT)
            sign = Polarity.NEGATIVE if "not" in parts else Polarity.POSITIVE
            named = [None if key.strip("-") == "" else key for key in (agent, target)]
            acts.append(Action(parts[0], sign, modality, start, end, *named))
        elif kind in ("says", "quotes"):
            who = ActorKind.PERSON if "-" in parts[0] else ActorKind.ORGANISATION
            who = ActorKind.UNNAMED if parts[0] == "source" else who
            name = m[3].split(" said")[0].split(" denied")[0]
            speaker = Speaker(parts[0], name, who, start, start + len(name))
            cue = Cue(
                m[3][len(name) :].strip() or "said",
                start + len(name) + 1,
                end,
                Stance(parts[1] if len(parts) > 1 else "asserts"),
            )
            quoted, content = kind == "quotes", end
        else:
            actors.append(ActorMention(parts[0], m[3], ActorKind(kind), m[3], start, end))
        text += m[3]
        last = m.end()
    text += marked[last:]
    words = tuple(
        Word(w.group().lower(), "noun", offset + w.start(), offset + w.end())
        for w in _WORD.finditer(text)
        if w.group().lower() not in _SMALL
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
        actions=tuple(acts[:1]),
        acts=tuple(acts),
        words=words,
    )


Maker = Callable[..., Sides]


@pytest.fixture(scope="session")
def pair() -> Maker:
    """`pair(a, b, a_day, b_day, inside=, score=)` -> two claims side by side, of the Courier and the Herald."""

    def build(
        a: str, b: str, a_day: str | None = None, b_day: str | None = None, *, inside: bool = False, score: float = 0.9
    ) -> Sides:
        first, second = make_claim(a, "c1"), make_claim(b, "c2", offset=1000 if inside else 7)
        days = [date.fromisoformat(d) if d else None for d in (a_day, b_day)]
        body = first.text.ljust(1000) + second.text if inside else first.text
        article = Article(body, outlet="Courier", published=days[0])
        other = Article("before\n" + second.text, outlet="Herald", published=days[1] or days[0])
        return Sides.of(first, second, article, article if inside else other, PairScore(score, aligned=True))

    return build


@pytest.fixture(scope="session")
def asked():
    """What `parallax pairs` makes of two statements as the product reads them, of which it is known that they are aligned."""
    from app.core.encoder import load_encoder
    from app.core.relation import PairInContext, relate_all

    def main_claim(reading):
        return max(reading.claims, key=lambda c: (c.within is None, c.end - c.start, -c.start))

    def of(pairs):
        return relate_all(
            [
                PairInContext(main_claim(a), main_claim(b), a.article, b.article, PairScore(0.8, aligned=True))
                for a, b in pairs
            ],
            encoder=load_encoder(),
        )

    return of
