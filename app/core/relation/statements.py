"""Two statements someone asks about: agree, diverge, conflict, updated, or nothing to do with each other."""

from __future__ import annotations

from app.core.records import Article, Between, Claim, Outcome, PairScore, Reason, RelationKind
from app.core.relation.apart import speak_of_two_things
from app.core.relation.classify import between, classify, collect
from app.core.relation.context import Context

__all__ = ["relate"]


def relate(
    a: Claim, b: Claim, a_article: Article, b_article: Article, score: PairScore
) -> tuple[RelationKind | None, Between, tuple[Reason, ...]]:
    """The relation of two claims, whether it is between outlets or actors, and why.

    The kind is None when they speak of different things: the score does not align them and no guard found one thing
    that both tell differently.
    """
    context = Context(a_article, b_article, score)
    reasons = collect(a, b, context)
    kind: RelationKind | None = classify(reasons)
    if speak_of_two_things(a, b, reasons) or (
        not score.aligned and not any(r.outcome is Outcome.EXCLUDES for r in reasons)
    ):
        kind = None
    return kind, between(a, b, context, reasons), reasons
