"""Linked statements -> groups, each of one proposition: a partition that no weak link chains.

A claim stands in as many groups as it holds statements; a statement stands in one.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations

import numpy as np

from app.core.alignment.links import Group, Links
from app.core.alignment.partition import partition

__all__ = ["Group", "groups_of"]


def groups_of(links: Links, cut: float, leave: Collection[int] = ()) -> list[Group]:
    """Groups of statements of two articles or more whose mean probability is at least `cut`, without the entries `leave`.

    Groups that hold the same claims, by other clauses, are one.
    """
    facts = links.facts
    xy, p = links.fact_pairs
    if leave:
        gone = np.isin([i for i, _ in facts], sorted(leave))
        kept = ~(gone[xy[:, 0]] | gone[xy[:, 1]])
        xy, p = xy[kept], p[kept]
    article = links.pool.article[[i for i, _ in facts]] if facts else np.zeros(0, np.intp)
    labels = partition(len(facts), xy, p, cut, article=article)
    within = np.array(labels, np.intp)[xy]
    inside = within[:, 0] == within[:, 1]
    known = dict(zip(map(tuple, xy[inside].tolist()), p[inside].tolist(), strict=True))
    members: dict[int, list[int]] = {}
    for x, label in enumerate(labels):
        members.setdefault(label, []).append(x)
    out: dict[tuple[int, ...], Group] = {}
    for some in members.values():
        group = _one_each(some, facts, known)
        if len({links.entries[i].article for i in group}) > 1:
            out.setdefault(tuple(sorted(group)), group)
    return list(out.values())


def _one_each(some: list[int], facts: list[tuple[int, int]], known: dict[tuple[int, int], float]) -> Group:
    """Each claim with one of its statements in the group, so chosen that they fit each other: the surest pair, then whatever fits
    those chosen best. Copies of one sentence then stand by the same part of it.
    """

    def fit(x: int, y: int) -> float:
        return known.get((min(x, y), max(x, y)), 0.0)

    pairs = [(x, y) for x, y in combinations(some, 2) if facts[x][0] != facts[y][0]]
    first = max(pairs, key=lambda xy: (fit(*xy), *(-n for n in xy)), default=(some[0],))
    chosen = {facts[x][0]: x for x in first}
    open_ = {x: sum(fit(x, y) for y in first) for x in some if facts[x][0] not in chosen}
    while open_:
        best = max(open_, key=lambda x: (open_[x], -x))
        chosen[facts[best][0]] = best
        open_ = {x: so_far + fit(x, best) for x, so_far in open_.items() if facts[x][0] not in chosen}
    return {i: facts[x][1] for i, x in chosen.items()}
