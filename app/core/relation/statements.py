"""Two statements someone asks about: agree, diverge, conflict, updated, or nothing to do with each other."""

from __future__ import annotations

from app.core.records import Article, Between, Claim, Outcome, PairScore, Reason, RelationKind
from app.core.relation.apart import speak_of_two_things
from app.core.relation.classify import between, classify, collect
from app.core.relation.context import Context
from app.core.relation.stance import applies, features, load_model

__all__ = ["relate"]


_STANCES = {"agree": RelationKind.AGREE, "contradict": RelationKind.DIVERGE, "neutral": None}


def relate(
    a: Claim, b: Claim, a_article: Article, b_article: Article, score: PairScore
) -> tuple[RelationKind | None, Between, tuple[Reason, ...]]:
    """The relation of two claims, whether it is between outlets or actors, and why.

    Guards decide what the score aligns, and what they find excluded of one thing. Of the rest, two longer statements
    without articles are asked whether one backs or weakens the other (`stance.py`). None: they speak of different things.
    """
    context = Context(a_article, b_article, score)
    reasons = collect(a, b, context)
    return _kind(a, b, context, reasons), between(a, b, context, reasons), reasons


def _kind(a: Claim, b: Claim, context: Context, reasons: tuple[Reason, ...]) -> RelationKind | None:
    if speak_of_two_things(a, b, reasons):
        return None
    if context.score.aligned or any(r.outcome is Outcome.EXCLUDES for r in reasons):
        return classify(reasons)
    bare = context.a_article.headline is None and context.b_article.headline is None
    if bare and applies(a, b):
        return _STANCES[load_model().answer(features(a, b, context.score, reasons))]
    return None
