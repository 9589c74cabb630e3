"""Two statements someone asks about: agree, diverge, conflict, updated, or nothing to do with each other."""

from __future__ import annotations

from app.core.records import Article, Between, Claim, PairScore, Reason, RelationKind

__all__ = ["relate"]


def relate(
    a: Claim, b: Claim, a_article: Article, b_article: Article, score: PairScore
) -> tuple[RelationKind | None, Between, tuple[Reason, ...]]:
    """The relation of two claims, whether it is between outlets or actors, and why; None when they speak of different things."""
    return (RelationKind.AGREE if score.aligned else None), Between.OUTLETS, ()
