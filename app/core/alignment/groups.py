"""Scored pairs -> groups of claims: a partition that no weak link chains, guests, and no strays."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from app.core.alignment.bags import Ints
from app.core.alignment.entries import overlap
from app.core.alignment.links import Links
from app.core.alignment.partition import partition
from app.core.thresholds import (
    ROW_GUEST_SCORE,
    ROW_GUEST_SCORE_ALONE,
    ROW_MEMBER_SCORE,
    ROW_SCORE_SAME_ARTICLE,
)

__all__ = ["Group", "groups_of", "loose_groups"]

Group = list[int]


def groups_of(links: Links, cut: float) -> list[Group]:
    """Groups of entries whose mean probability is at least `cut`, with their guests and without strays."""
    own = _parted(links, range(len(links.entries)), cut)
    guests = _guests(links, own)
    return [_fitting(links, group + guests.get(n, []), ROW_MEMBER_SCORE) for n, group in enumerate(own)]


def loose_groups(links: Links, rest: Sequence[int], cut: float) -> list[Group]:
    """Groups among the entries that are left over, at a lower bar. None sends a guest."""
    return [_fitting(links, group, cut) for group in _parted(links, rest, cut)]


def _parted(links: Links, members: Sequence[int], cut: float) -> list[Group]:
    if not len(links):
        return []
    wanted = list(members)
    place = np.full(len(links.entries), -1, np.intp)
    place[wanted] = np.arange(len(wanted))
    ij = place[links.ij]
    among = (ij >= 0).all(1)
    labels = partition(
        len(wanted), ij[among], links.p[among], cut, counted=links.counted[among], apart=_apart(links, wanted)
    )
    groups: dict[int, Group] = {}
    for i, name in zip(wanted, labels, strict=True):
        groups.setdefault(name, []).append(i)
    return list(groups.values())


def _apart(links: Links, members: Sequence[int]) -> Ints:
    """Claims of one article share a row only when one repeats the other."""
    entries = links.entries
    by_article: dict[int, list[tuple[int, int]]] = {}
    for x, i in enumerate(members):
        by_article.setdefault(entries[i].article, []).append((x, i))
    out = [
        (x, y)
        for own in by_article.values()
        for (x, i), (y, j) in combinations(own, 2)
        if not overlap(entries[i], entries[j]) and links.probability(i, j) < ROW_SCORE_SAME_ARTICLE
    ]
    return np.array(out, np.intp).reshape(-1, 2)


def _guests(links: Links, rows: list[Group]) -> dict[int, Group]:
    """Claims that state the proposition of a second row beside their own: a long sentence may say two things.

    A claim is the guest of one row, the one it fits best, and only for an article that the row lacks, which sends
    one claim.
    """
    entries = links.entries
    home = np.zeros(len(entries), np.intp)
    for n, group in enumerate(rows):
        home[group] = n
    hosts = np.concatenate([home[links.ij[:, 0]], home[links.ij[:, 1]]])
    asking = np.concatenate([links.ij[:, 1], links.ij[:, 0]])
    keys, back = np.unique(hosts * len(entries) + asking, return_inverse=True)
    totals = np.bincount(back.reshape(-1), np.tile(links.p, 2), len(keys))
    sizes = np.array([len(group) for group in rows])
    means = totals / sizes[keys // max(1, len(entries))] if len(keys) else totals
    offers = []
    for at in np.flatnonzero(means >= min(ROW_GUEST_SCORE, ROW_GUEST_SCORE_ALONE)).tolist():
        n, k = divmod(int(keys[at]), len(entries))
        present = {entries[i].article for i in rows[n]}
        least = ROW_GUEST_SCORE if len(present) > 1 else ROW_GUEST_SCORE_ALONE
        if entries[k].article not in present and means[at] >= least:
            offers.append((-float(means[at]), k, n))
    out: dict[int, Group] = {}
    sent: set[tuple[int, int]] = set()
    placed: set[int] = set()
    for _, k, n in sorted(offers):
        alone = len(rows[n]) == 1
        if k in placed or (alone and rows[n][0] in placed) or (entries[k].article, n) in sent:
            continue
        placed.add(k)
        sent.add((entries[k].article, n))
        out.setdefault(n, []).append(k)
        if alone:
            placed.add(rows[n][0])
    return out


def _fitting(links: Links, group: Group, least: float) -> Group:
    return _without_strays(links, _without_overlaps(links, group), least)


def _without_overlaps(links: Links, group: Group) -> Group:
    """Of overlapping claims the one that fits the row best."""
    entries = links.entries
    fit = {i: sum(links.probability(i, j) for j in group if entries[j].article != entries[i].article) for i in group}
    kept: Group = []
    for i in sorted(group, key=lambda i: (-fit[i], i)):
        if not any(overlap(entries[i], entries[j]) for j in kept):
            kept.append(i)
    return kept


def _without_strays(links: Links, group: Group, least: float) -> Group:
    """Without claims that fit the claims of other articles badly, the worst first: what is left fits better or worse."""
    kept = list(group)
    while len(kept) > 2:
        fit = {i: links.fit(i, kept) for i in kept}
        worst = min(kept, key=lambda i: (fit[i], i))
        if fit[worst] >= least:
            break
        kept.remove(worst)
    return kept
