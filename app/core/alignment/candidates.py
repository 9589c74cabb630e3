"""Which pairs of claims are worth scoring: an inverted index over telling terms, never all pairs at scale."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from app.core.alignment.concepts import MARKS
from app.core.alignment.statement import Statement
from app.core.alignment.wording import near_duplicates
from app.core.thresholds import CANDIDATE_KEYS, CANDIDATE_TERM_CLAIMS

__all__ = ["candidate_pairs"]


def candidate_pairs(statements: Sequence[Statement]) -> list[tuple[int, int]]:
    """Pairs (i < j) that share enough keys: telling words, actors, acts, things, dates, figures, one actor's kind of act.

    A key that more than `CANDIDATE_TERM_CLAIMS` claims bear says too little to be looked up, so work grows with the
    claims and not with their square. Near-duplicates, and one speaker quoted twice, are scored whatever words they share.
    """
    index: dict[str, list[int]] = defaultdict(list)
    for i, statement in enumerate(statements):
        for key in _keys(statement):
            index[key].append(i)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for members in index.values():
        if len(members) <= CANDIDATE_TERM_CLAIMS:
            for pair in combinations(members, 2):
                shared[pair] += 1
    alike = near_duplicates([s.wording for s in statements]) | near_duplicates([s.text for s in statements])
    return sorted({pair for pair, n in shared.items() if n >= CANDIDATE_KEYS} | alike | _quoted(statements))


def _quoted(statements: Sequence[Statement]) -> set[tuple[int, int]]:
    """Pairs of claims that quote one speaker, unless he is quoted all over."""
    index: dict[str, list[int]] = defaultdict(list)
    for i, statement in enumerate(statements):
        for speaker in sorted({q.speaker for q in statement.quotes}):
            index[speaker].append(i)
    return {pair for m in index.values() if len(m) <= CANDIDATE_TERM_CLAIMS for pair in combinations(m, 2)}


def _keys(statement: Statement) -> set[str]:
    keys = {f"w:{w}" for w in statement.telling}
    keys |= {f"c:{c}" for c in statement.concepts if c[0] in MARKS}
    keys |= {f"n:{n}" for n in statement.figures}
    keys |= {f"a:{deed}" for deed in statement.deeds}
    return keys
