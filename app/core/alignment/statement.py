"""What of a statement is compared: its words, what happens in it, who and when, each as a bag of terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.core.alignment.concepts import concepts
from app.core.alignment.terms import COMMON, background, figures, names, stems
from app.core.alignment.wording import Quote, quotes_of, resolved
from app.core.records import Article, Claim, DateMention, Polarity, Reading
from app.core.text import stem

__all__ = ["Main", "Statement", "of_claim", "of_reading"]


@dataclass(frozen=True, slots=True)
class Main:
    """What a statement says is done, and by whom."""

    cls: str
    agent: str | None
    negative: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, ready to be compared. Bags are tuples of terms, repeated as often as they stand there."""

    text: str
    words: tuple[str, ...]
    telling: tuple[str, ...]  # words without function words
    verbs: tuple[str, ...]
    happenings: tuple[str, ...]  # verbs and nouns
    names: tuple[str, ...]
    figures: tuple[str, ...]
    actors: tuple[str, ...]
    actions: tuple[str, ...]
    dates: tuple[str, ...]
    concepts: tuple[str, ...]
    deeds: tuple[str, ...]  # kinds of acts with who does them
    main: Main | None
    framed: bool  # somebody is quoted
    wording: str  # the concepts as one string
    quotes: tuple[Quote, ...]
    reported: tuple[str, ...] = ()  # telling words of what is stated, without the reporting frame
    values: tuple[str, ...] = ()  # numbers with what they count
    speaker: str | None = None


_REPORTING = frozenset({"said", "say", "told", "tell", "report", "accord"})  # stems
_WEAK = frozenset({"say", "tell", "be", "have", "do"})


def of_reading(reading: Reading) -> Statement:
    """A bare statement: everything that was read in it, as one."""
    return _statement(reading.article.text, reading.claims)


def of_claim(claim: Claim, article: Article) -> Statement:
    """A claim of an article. A weekday next to the day of publication dates the report, not what is reported."""
    dates = tuple(d for d in claim.dates if not _of_the_report(d, article.published))
    return _statement(claim.text, (replace(claim, dates=dates),), article.published)


def _of_the_report(mention: DateMention, published: date | None) -> bool:
    if published is None or mention.grain != "day" or any(c.isdigit() for c in mention.text):
        return False
    return abs((date.fromisoformat(mention.value[:10]) - published).days) <= 1


def _statement(text: str, claims: Sequence[Claim], published: date | None = None) -> Statement:
    words = stems(text)
    telling = [w for w in words if background().share(w) < COMMON]
    seen = {(w.start, w.end): w for c in claims for w in c.words}
    verbs = [stem(w.lemma) for w in seen.values() if w.kind == "verb" and w.lemma not in _WEAK]
    nouns = [stem(w.lemma) for w in seen.values() if w.kind == "noun"]
    meant = concepts(claims, published)
    return Statement(
        text=text,
        words=tuple(words),
        telling=tuple(telling),
        verbs=tuple(sorted(verbs)),
        happenings=tuple(sorted(verbs + nouns)),
        names=tuple(names(text)),
        figures=tuple(figures(text)),
        actors=tuple(sorted({a.key for c in claims for a in c.actors})),
        actions=tuple(sorted({a.cls for c in claims for a in c.actions})),
        dates=tuple(sorted({d.value for c in claims for d in c.dates})),
        concepts=meant,
        deeds=tuple(sorted({f"{a.cls} {a.agent}" for c in claims for a in c.actions if a.agent})),
        main=next(
            (Main(c.action.cls, c.action.agent, c.action.polarity is Polarity.NEGATIVE) for c in claims if c.action),
            None,
        ),
        framed=not _REPORTING.isdisjoint(words),
        wording=resolved(meant),
        quotes=quotes_of(claims),
        reported=tuple(w for w in stems(_reported(text, claims)) if background().share(w) < COMMON),
        values=tuple(sorted({f"{n.value:g} {n.unit or n.counts or ''}" for c in claims for n in c.numbers})),
        speaker=next((c.speaker.key for c in claims if c.speaker), None),
    )


def _reported(text: str, claims: Sequence[Claim]) -> str:
    parts = [c.text[max(0, a - c.start) : max(0, b - c.start)] for c in claims for a, b in c.content]
    return " ".join(p for p in parts if p) if len(claims) == 1 else text
