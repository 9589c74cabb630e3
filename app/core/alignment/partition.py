"""Bottom-up joining by the mean likeness between groups: one weak link cannot chain two groups together."""

from __future__ import annotations

import numpy as np

from app.core.alignment.bags import Floats, Ints

__all__ = ["partition"]


def partition(
    n: int, ij: Ints, p: Floats, cut: float, *, counted: Floats | None = None, apart: Ints | None = None
) -> list[int]:
    """Labels, each the least index of its group.

    The two groups of the highest mean pair likeness are joined while that mean is at least `cut`; a pair that is not in
    `ij` counts 0. `counted` is 0 for pairs that say nothing either way. Groups that hold a pair of `apart` never join.
    Ties are broken by index, so the result depends on the values alone.
    """
    total = np.zeros((n, n))
    weight = np.ones((n, n))
    total[ij[:, 0], ij[:, 1]] = total[ij[:, 1], ij[:, 0]] = p
    if counted is not None:
        weight[ij[:, 0], ij[:, 1]] = weight[ij[:, 1], ij[:, 0]] = counted
        total[ij[:, 0], ij[:, 1]] = total[ij[:, 1], ij[:, 0]] = p * counted
    barred = np.eye(n, dtype=bool)
    if apart is not None and len(apart):
        barred[apart[:, 0], apart[:, 1]] = barred[apart[:, 1], apart[:, 0]] = True
    label = np.arange(n)
    mean = _mean(total, weight, barred)
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
        barred[keep] |= barred[gone]
        barred[:, keep] = barred[keep]
        barred[gone] = barred[:, gone] = True
        label[label == gone] = keep
        mean[keep] = _mean(total[keep], weight[keep], barred[keep])
        mean[:, keep] = mean[keep]
        mean[gone] = mean[:, gone] = -1.0
        for k in [*np.flatnonzero((best == keep) | (best == gone)).tolist(), keep, gone]:
            best[k] = mean[k].argmax()
            top[k] = mean[k, best[k]]
        better = mean[:, keep] > top
        best[better], top[better] = keep, mean[better, keep]
    return [int(x) for x in label]


def _mean(total: Floats, weight: Floats, barred: np.ndarray) -> Floats:
    out = np.where(weight > 0, total / np.maximum(weight, 1e-9), -1.0)
    out[barred] = -1.0
    return np.asarray(out)
