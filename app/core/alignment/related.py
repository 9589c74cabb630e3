"""Which articles have anything to do with each other, told from each two articles alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.core.alignment.knots import knots
from app.core.alignment.term_vectors import TermVectors
from app.core.alignment.terms import background, telling_stems
from app.core.records import Article
from app.core.text import under_headline
from app.core.thresholds import RELATED_LIKENESS

__all__ = ["related_articles"]


def related_articles(articles: Sequence[Article]) -> list[list[int]]:
    """The articles in groups that share their telling words, directly or over others; lists of indices, in order.

    A pair is judged by its own words and the background counts, so an unrelated article stays alone and the rest are
    grouped as they were without it.
    """
    n = len(articles)
    bags = TermVectors([telling_stems(under_headline(a)) for a in articles])
    values = bags.unit(background().rarities(bags.vocabulary))
    i, j = np.triu_indices(n, 1)
    near = bags.dot(values, i.astype(np.intp), j.astype(np.intp)) >= RELATED_LIKENESS
    groups: dict[int, list[int]] = {}
    for k, name in enumerate(knots(n, zip(i[near].tolist(), j[near].tolist(), strict=True))):
        groups.setdefault(name, []).append(k)
    return list(groups.values())
