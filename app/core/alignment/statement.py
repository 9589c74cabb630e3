"""What of a statement is compared: its words, whom and how many it names, when, who says it, where in its article it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from app.core.alignment.terms import telling_stems
from app.core.claims.numbers.alike import stated_values
from app.core.records import Article, Claim, DateMention, Reading, Span, WordKind
from app.core.text import is_headline, stem

__all__ = ["Statement", "of_claim", "of_reading"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, ready to be compared. `clauses` are offsets into `text`, one at least."""

    text: str
    words: tuple[str, ...]  # stems without function words, repeated as often as they stand there
    verbs: tuple[str, ...]  # stems of what is done, without "said", "was" and the like
    nouns: tuple[str, ...]
    acts: frozenset[str]  # classes of the action lexicon
    values: frozenset[float]
    dates: frozenset[str]
    actors: frozenset[str]
    speaker: str | None
    clauses: tuple[Span, ...]
    opening: bool = False  # a headline, or the first statement of a body
    depth: float = 0.0  # where in its article it stands, from 0 at the top to 1

    @property
    def keys(self) -> tuple[str, ...]:
        """All that it may be looked up by: words, acts, actors, figures, dates; no two kinds are taken for each other."""
        figures = [f"{value:g}" for value in self.values]
        kinds = (("act", self.acts), ("actor", self.actors), ("figure", figures), ("date", self.dates))
        return (*self.words, *(f"{kind} {key}" for kind, keys in kinds for key in keys))


def of_claim(
    claim: Claim, article: Article, *, first: bool, names: Mapping[str, str] = MappingProxyType({})
) -> Statement:
    """A claim of an article; `first` says that no claim of the body stands before it, `names` by which keys actors are compared."""
    dates = [d for d in claim.dates if not _of_the_report(d, article.published)]
    headline = is_headline(claim, article)
    return Statement(
        text=claim.text,
        words=telling_stems(claim.text),
        verbs=_of_kind((claim,), "verb"),
        nouns=_of_kind((claim,), "noun"),
        acts=frozenset(a.cls for a in claim.actions),
        values=stated_values((claim,)),
        dates=frozenset(d.value[:10] for d in dates),
        actors=frozenset(names.get(a.key, a.key) for a in claim.actors),
        speaker=names.get(claim.speaker.key, claim.speaker.key) if claim.speaker else None,
        clauses=tuple((s - claim.start, e - claim.start) for s, e in claim.clauses) or ((0, len(claim.text)),),
        opening=headline or first,
        depth=0.0 if headline else claim.start / max(1, len(article.text)),
    )


def of_reading(reading: Reading) -> Statement:
    """A bare statement: everything that was read in it, as one."""
    text, claims = reading.article.text, reading.claims
    return Statement(
        text=text,
        words=telling_stems(text),
        verbs=_of_kind(claims, "verb"),
        nouns=_of_kind(claims, "noun"),
        acts=frozenset(a.cls for c in claims for a in c.actions),
        values=stated_values(claims),
        dates=frozenset(d.value[:10] for c in claims for d in c.dates),
        actors=frozenset(a.key for c in claims for a in c.actors),
        speaker=next((c.speaker.key for c in claims if c.speaker), None),
        clauses=((0, len(text)),),
    )


_WEAK = frozenset({"say", "tell", "be", "have", "do"})


def _of_kind(claims: Sequence[Claim], kind: WordKind) -> tuple[str, ...]:
    found = {(w.start, w.end): w for c in claims for w in c.words if w.kind == kind and w.lemma not in _WEAK}
    return tuple(sorted(stem(w.lemma) for w in found.values()))


def _of_the_report(mention: DateMention, published: date | None) -> bool:
    """A weekday next to the day of publication dates the report, not what is reported."""
    if published is None or mention.grain != "day" or any(c.isdigit() for c in mention.text):
        return False
    return abs((date.fromisoformat(mention.value[:10]) - published).days) <= 1
