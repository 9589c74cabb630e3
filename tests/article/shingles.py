"""How much of a text another one has: F1 over runs of four words."""

from __future__ import annotations

import re
from collections import Counter

__all__ = ["f1"]


def f1(found: str, wanted: str) -> float:
    a, b = _shingles(found), _shingles(wanted)
    return 2 * sum((a & b).values()) / (sum(a.values()) + sum(b.values()))


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))
