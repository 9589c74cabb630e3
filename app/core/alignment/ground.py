"""Which articles of a story the others are seen against.

Where a story has fewer than `GROUND_LEAST` articles there is no ground, and it is compared as a whole. Else, of articles that have to do
with each other, all that were there when it was last taken are ground, until there are more than `GROUND_GROWTH` times as many, or
one of them is gone or was changed: then all are ground again, as they are for another version of rules and weights. So what rows are
made of depends on the story and its ground, and not on the order in which articles came after that.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.core.thresholds import GROUND_GROWTH

__all__ = ["ground_of"]


def ground_of(articles: Iterable[str], grounds: Iterable[frozenset[str]]) -> frozenset[str]:
    """The ground of related articles (digests) of a story, one of those that it had before or all of them."""
    here = frozenset(articles)
    standing = [g for g in grounds if g <= here and len(here) <= GROUND_GROWTH * len(g)]
    return max(standing, key=lambda g: (len(g), sorted(g)), default=here)
