"""Features of a pair -> probability that both state the same proposition, with its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.records import Article, PairScore, Reading

__all__ = ["StatementPair", "score_statements"]


@dataclass(frozen=True, slots=True)
class StatementPair:
    """A pair to be scored: two bare statements as read by `read_statement`.

    `story` names the group that idf is fitted on (its statements and articles); without it, everything given.
    `a_article` and `b_article` are keys of the articles that the statements stand in, where known.
    """

    id: str | int
    a: Reading
    b: Reading
    story: str | None = None
    a_article: str | None = None
    b_article: str | None = None


def score_statements(asked: Sequence[StatementPair], articles: Mapping[str, Article]) -> list[PairScore]:
    """One score a pair, in order. Symmetric: a and b may change places."""
    raise NotImplementedError
