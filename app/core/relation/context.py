"""Two claims side by side, with what a guard may know of the articles they stand in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.core.records import Article, Claim, PairScore, Reason

__all__ = ["Context", "Guard"]


@dataclass(frozen=True, slots=True)
class Context:
    """`inside` is true when both claims stand in one article: then only actors can be at odds, never outlets."""

    a_article: Article
    b_article: Article
    score: PairScore
    inside: bool = False

    @property
    def days_between(self) -> int | None:
        """Days from the first article's publication to the second's; None when one is undated."""
        if self.a_article.published is None or self.b_article.published is None:
            return None
        return (self.b_article.published - self.a_article.published).days

    @property
    def names(self) -> tuple[str, str]:
        """How a sentence names the two reports."""
        first, second = self.a_article.outlet, self.b_article.outlet
        if first and second and first != second:
            return first, second
        return "One report", "the other"


Guard = Callable[[Claim, Claim, Context], Reason | None]
