"""How two statements stand among all that is asked along with them: likeness by words and by letters, and its rank.

Rarity is taken from the pool itself, so that what every statement of a matter says counts little. Time and memory grow
with the statements and the pairs asked, not with the square of the statements (`alignment/bags.py`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np

from app.core.alignment.bags import Bags, Floats, Neighbours
from app.core.relation.scan import scan

__all__ = ["POOL", "pool_features"]

_OF_A_BAG = ("cosine", "stands_out", "least_typical", "most_typical", "rank_best", "rank_worst", "density")
POOL = (*(f"words_{name}" for name in _OF_A_BAG), *(f"letters_{name}" for name in _OF_A_BAG), "pool_size")
_WORD = re.compile(r"\w+")
_LETTERS = 4


def pool_features(pairs: Sequence[tuple[str, str]]) -> Floats:
    """One row a pair, columns as in `POOL`; the same whichever text comes first. The pool is the texts of the pairs."""
    texts = sorted({text for pair in pairs for text in pair})
    place = {text: i for i, text in enumerate(texts)}
    a = np.array([place[x] for x, _ in pairs], np.intp)
    b = np.array([place[y] for _, y in pairs], np.intp)
    columns = []
    for rows in ([_stems(t) for t in texts], [_grams(t) for t in texts]):
        bags = Bags(rows)
        values = bags.unit(np.log((len(texts) + 1) / (bags.df + 0.5)))
        near = Neighbours.of(bags, values)
        same = bags.dot(values, a, b)
        typical = near.mean[a], near.mean[b]
        ranks = (near.near[a] > same[:, None]).mean(1), (near.near[b] > same[:, None]).mean(1)
        above = near.near[near.near > 0]
        columns += [
            same,
            same - typical[0] - typical[1],
            np.minimum(*typical),
            np.maximum(*typical),
            np.minimum(*ranks),
            np.maximum(*ranks),
            np.full(len(a), above.mean() if len(above) else 0.0),
        ]
    return np.column_stack([*columns, np.full(len(a), math.log(len(texts) or 1))])


def _stems(text: str) -> list[str]:
    return [w.stem for w in scan(text).words if w.content]


def _grams(text: str) -> list[str]:
    return [
        f" {word} "[i : i + _LETTERS]
        for word in _WORD.findall(text.lower())
        for i in range(max(1, len(word) + 3 - _LETTERS))
    ]
