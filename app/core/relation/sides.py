"""Two claims side by side, with what a guard may know of the articles they stand in, and what a guard finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from app.core.claims.numbers.alike import numbers_apart, stated_numbers
from app.core.records import Article, Claim, Dimension, NumberMention, Outcome, PairScore, Reading, Reason, Span

__all__ = ["CLEAR_ACT", "MODEL", "ArticleTold", "Evidence", "Guard", "Sides", "article_told", "foremost"]

_P = TypeVar("_P", bound="_Placed")

CLEAR_ACT = "clear act"
"""The guard of acts where one known actor is said to do a thing and not to do it, or to do its opposite."""

MODEL = "model"
"""The guard that a model of the user's own is."""


@dataclass(frozen=True, slots=True)
class ArticleTold:
    """What an article tells anywhere: a value that the other side names too may belong to another statement of it."""

    article: Article
    numbers: Mapping[float, tuple[NumberMention, ...]]
    days: frozenset[str]

    def gives(self, number: NumberMention) -> bool:
        """Whether it names the value anywhere, of what may be the same thing."""
        return any(not numbers_apart(number, n) for n in self.numbers.get(number.value, ()))


def article_told(reading: Reading) -> ArticleTold:
    return _report(reading.article, reading.claims)


def _report(article: Article, claims: Iterable[Claim]) -> ArticleTold:
    told = tuple(claims)
    numbers: dict[float, tuple[NumberMention, ...]] = {}
    for n in stated_numbers(told):
        numbers[n.value] = (*numbers.get(n.value, ()), n)
    return ArticleTold(
        article,
        numbers,
        frozenset(d.value for c in told for d in c.dates),
    )


@dataclass(frozen=True, slots=True)
class Sides:
    """Claims `a` and `b`; `inside` when both stand in one article. `score` says how likely the two state one proposition."""

    a: Claim
    b: Claim
    a_report: ArticleTold
    b_report: ArticleTold
    score: PairScore

    @classmethod
    def of(cls, a: Claim, b: Claim, a_article: Article, b_article: Article, score: PairScore) -> Sides:
        """Two claims that are compared as wholes, with nothing else known of their articles."""
        return cls(a, b, _report(a_article, (a,)), _report(b_article, (b,)), score)

    @property
    def inside(self) -> bool:
        return self.a_report.article is self.b_report.article

    @property
    def days_between(self) -> int | None:
        """Days from the first article's publication to the second's; None when one is undated."""
        first, second = self.a_report.article.published, self.b_report.article.published
        return None if first is None or second is None else (second - first).days

    @property
    def turned(self) -> Sides:
        """The other way round."""
        return replace(
            self,
            a=self.b,
            b=self.a,
            a_report=self.b_report,
            b_report=self.a_report,
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a guard found in one dimension, with the words it stands on and the signs by which its worth is judged.

    `guard` names the fitted weights; `signs` are its features by name, each symmetric.
    """

    guard: str
    dimension: Dimension
    outcome: Outcome
    a: Span | None
    b: Span | None
    say: str
    signs: Mapping[str, float]

    def reason(self, sides: Sides) -> Reason:
        return Reason(
            self.dimension, self.outcome, _words(sides.a, self.a), _words(sides.b, self.b), self.say, self.a, self.b
        )


def _words(claim: Claim, span: Span | None) -> str:
    return claim.text[span[0] - claim.start : span[1] - claim.start] if span else ""


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def foremost(sides: Sides, pairs: Sequence[tuple[_P, _P]]) -> list[tuple[_P, _P]]:
    """Of pairs that all say the same the one nearest to the front of both claims, if there is any; whichever side is called first."""

    def place(pair: tuple[_P, _P]) -> tuple[int, list[str]]:
        offsets = pair[0].start - sides.a.start, pair[1].start - sides.b.start
        words = (_words(c, (x.start, x.end)) for c, x in zip((sides.a, sides.b), pair, strict=True))
        return sum(offsets), sorted(words)

    return sorted(pairs, key=place)[:1]


Guard = Callable[[Sides], list[Evidence]]
"""What one guard finds between two claims; nothing where they do not both speak of its slot."""
