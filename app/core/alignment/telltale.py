"""What an article is looked up by when its story is sought: its rarest words and names, each with how much it tells.

Two reports of one event share such words, two of different events hardly any, so that a table of them finds the few articles
that a new one is to be held against, however many there are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log

import numpy as np

from app.core.alignment.term_vectors import Ints
from app.core.alignment.terms import background, name_stems, stems
from app.core.records import Article
from app.core.text import under_headline
from app.core.thresholds import LEAD_LETTERS, STORY_TERM_HOLDERS, STORY_TERM_SHARE, STORY_TERMS, STORY_TOLD

__all__ = ["telltale_weight", "telltales", "worth_asking"]

_ROWS = 2048
"""Articles whose shared words are added up at once."""


def telltales(article: Article) -> dict[str, float]:
    """The terms (stems) that tell most, at most `STORY_TERMS`, with their weights. They depend on the words alone.

    Weighed by rarity in the news at large, by how often the article has them, and doubled where its lead has or it is a name.
    """
    whole = under_headline(article)
    counts = Counter(stems(whole))
    opening, named = set(stems(whole[:LEAD_LETTERS])), set(name_stems(whole))
    at_large = background()
    weights = {
        term: at_large.rarity(term) * (1 + log(n)) * (1 + (term in opening)) * (1 + (term in named))
        for term, n in counts.items()
        if len(term) > 1 and at_large.share(term) <= STORY_TERM_SHARE
    }
    most = sorted(weights, key=lambda t: (-weights[t], t))[:STORY_TERMS]
    return {term: weights[term] for term in most}


def telltale_weight(weight: float, holders: int) -> float:
    """How much it tells that two articles share a term, of which so many were found to hold it."""
    return weight * log(1 + STORY_TERM_HOLDERS / max(1, holders))


def worth_asking(articles: Sequence[Article], asked: Ints) -> Ints:
    """Of these articles (by index) the pairs that share enough to be of one event."""
    held: dict[str, list[int]] = defaultdict(list)
    most: dict[str, float] = defaultdict(float)
    for place, i in enumerate(asked.tolist()):
        for term, weight in telltales(articles[i]).items():
            held[term].append(place)
            most[term] = max(most[term], weight)
    terms = [
        (np.array(held[t], np.intp), telltale_weight(most[t], len(held[t]))) for t in sorted(held) if len(held[t]) > 1
    ]
    found = [np.zeros((0, 2), np.intp)]
    for start in range(0, len(asked), _ROWS):
        shared = np.zeros((min(_ROWS, len(asked) - start), len(asked)))
        for holders, told in terms:
            mine = holders[(holders >= start) & (holders < start + _ROWS)] - start
            shared[np.ix_(mine, holders)] += told
        pairs = np.argwhere(shared >= STORY_TOLD) + np.array([start, 0])
        found.append(pairs[pairs[:, 0] < pairs[:, 1]])
    return np.asarray(asked[np.concatenate(found)], np.intp).reshape(-1, 2)
