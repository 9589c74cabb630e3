"""What hangs together by pairs: the one home of groups that are made by joining."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["knots"]


def knots(n: int, ties: Iterable[tuple[int, int]]) -> list[int]:
    """For each of `n` things the least one that ties lead to, whatever their order.

    >>> knots(5, [(3, 1), (4, 3)])
    [0, 1, 2, 1, 1]
    """
    above = list(range(n))

    def top(i: int) -> int:
        while above[i] != i:
            above[i] = above[above[i]]
            i = above[i]
        return i

    for i, j in ties:
        x, y = top(i), top(j)
        above[max(x, y)] = min(x, y)
    return [top(i) for i in range(n)]
