"""Scored pairs of claims -> rows of the side-by-side view."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.records import Alignment, Reading

__all__ = ["align"]


def align(readings: Sequence[Reading], strictness: float | None = None) -> tuple[Alignment, ...]:
    """The rows of one story: claims of two or more articles, or of two actors in one article, on one proposition.

    Independent of the order of `readings` but for the indices in the refs. `strictness` is the least probability at
    which two claims may share a row; None takes the product's threshold.
    """
    raise NotImplementedError
