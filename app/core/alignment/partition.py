"""Bottom-up joining by the mean likeness between groups: one weak link cannot chain two groups together."""

from __future__ import annotations

import numpy as np

from app.core.alignment.knots import knots
from app.core.alignment.term_vectors import Floats, Ints

__all__ = ["partition"]


def partition(n: int, ij: Ints, p: Floats, cut: float, *, article: Ints | None = None) -> list[int]:
    """Labels, each the least index of its group. Time and memory are linear in the pairs but for what hangs together.

    The two groups of the highest mean pair likeness are joined while that mean is at least `cut`; a pair that is not in
    `ij` counts 0, but for two of one `article`, which say nothing either way. Ties are broken by index, so the result
    depends on the values alone.

    A mean of `cut` needs a pair of `cut` or more, so groups form only among what such pairs tie together: each knot is
    joined for itself, with the same result.
    """
    ties = ij[p >= cut]
    knot = np.array(knots(n, ties.tolist()), np.intp)
    label = np.arange(n)
    members: dict[int, list[int]] = {}
    for i in np.unique(ties).tolist():
        members.setdefault(int(knot[i]), []).append(i)
    place = np.full(n, -1, np.intp)
    ends = knot[ij]
    own = np.where(ends[:, 0] == ends[:, 1], ends[:, 0], -1)
    order = np.argsort(own, kind="stable")
    starts = np.searchsorted(own[order], np.arange(n + 1))
    for name, some in members.items():
        place[some] = np.arange(len(some))
        at = order[starts[name] : starts[name + 1]]
        found = _joined(len(some), place[ij[at]], p[at], cut, None if article is None else article[some])
        label[some] = np.array(some)[found]
    return [int(x) for x in label]


def _joined(n: int, ij: Ints, p: Floats, cut: float, article: Ints | None) -> Ints:
    total = np.zeros((n, n))
    weight = np.ones((n, n)) if article is None else (article[:, None] != article[None, :]).astype(float)
    total[ij[:, 0], ij[:, 1]] = total[ij[:, 1], ij[:, 0]] = p
    gone_or_same = np.eye(n, dtype=bool)
    label = np.arange(n)
    mean = _mean(total, weight, gone_or_same)
    best = mean.argmax(1) if n else np.zeros(0, np.intp)
    top = mean[np.arange(n), best]
    for _ in range(n - 1):
        i = int(top.argmax())
        if top[i] < cut:
            break
        keep, gone = sorted((i, int(best[i])))
        for matrix in (total, weight):
            matrix[keep] += matrix[gone]
            matrix[:, keep] = matrix[keep]
        gone_or_same[gone] = gone_or_same[:, gone] = True
        label[label == gone] = keep
        mean[keep] = _mean(total[keep], weight[keep], gone_or_same[keep])
        mean[:, keep] = mean[keep]
        mean[gone] = mean[:, gone] = -1.0
        for k in [*np.flatnonzero((best == keep) | (best == gone)).tolist(), keep, gone]:
            best[k] = mean[k].argmax()
            top[k] = mean[k, best[k]]
        better = mean[:, keep] > top
        best[better], top[better] = keep, mean[better, keep]
    return label


def _mean(total: Floats, weight: Floats, barred: np.ndarray) -> Floats:
    out = np.where(weight > 0, total / np.maximum(weight, 1e-9), -1.0)
    out[barred] = -1.0
    return np.asarray(out)
