"""Do paragraphs speak of the same things? Judged by the telling words they share."""

from __future__ import annotations

from collections.abc import Sequence

from app.core import thresholds as t
from app.core.article import shapes
from app.core.article.lines import PageLine
from app.core.article.roles import LineRole

__all__ = ["introduces", "is_cohesive", "is_spaced", "related_share"]


def is_spaced(lines: Sequence[PageLine], roles: Sequence[LineRole]) -> bool:
    """Do blank lines separate this page's paragraphs? Then lines that touch belong together."""
    prose = [lines[i].apart for i, role in enumerate(roles) if role is LineRole.PROSE]
    return sum(prose) > len(prose) / 2


def related_share(lines: Sequence[PageLine], some: Sequence[int], body: Sequence[int], *, least: int = 2) -> float:
    """The share of these lines that use at least so many telling words of the body (of a shorter line, all)."""
    known = _known(lines, body, some)
    related = 0
    for j in some:
        stems = shapes.content_stems(lines[j].flat)
        related += len(stems & known) >= min(least, len(stems))
    return related / len(some)


def is_cohesive(some: Sequence[int], body: Sequence[int], lines: Sequence[PageLine], *, hard: bool = True) -> bool:
    """Do these lines as a whole use the telling words of the body?"""
    stems = shapes.content_stems("\n".join(lines[j].flat for j in some))
    known = _known(lines, body, some)
    least = t.PAGE_COHESION_MIN_SHARE if hard else t.PAGE_COHESION_MIN_SHARE_SOFT
    return bool(stems) and len(stems & known) >= max(2, least * len(stems))


def _known(lines: Sequence[PageLine], body: Sequence[int], but: Sequence[int]) -> frozenset[str]:
    """The telling words of a body (of a long one, of its first and last paragraphs) and of the titles above it."""
    some = (
        body
        if len(body) <= 2 * t.PAGE_COHESION_REACH
        else (*body[: t.PAGE_COHESION_REACH], *body[-t.PAGE_COHESION_REACH :])
    )
    return frozenset().union(*(shapes.content_stems(lines[j].flat) for j in some)) | _titles(lines, body[0], but)


def _titles(lines: Sequence[PageLine], start: int, but: Sequence[int]) -> frozenset[str]:
    """The telling words of the last longer lines above the body: headline and deck, mostly."""
    above = [
        lines[j].flat
        for j in range(start)
        if j not in but and shapes.count_words(lines[j].flat) >= t.PAGE_PROSE_MIN_WORDS
    ]
    return shapes.content_stems("\n".join(above[-t.PAGE_TITLES_REACH :]))


def introduces(title: str, text: str) -> bool:
    """Is the line the title of this very paragraph, as in a teaser of another story?"""
    stems = shapes.content_stems(title)
    return len(stems) >= 3 and len(stems & shapes.content_stems(text)) >= len(stems) / 2
