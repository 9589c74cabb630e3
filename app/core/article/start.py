"""Where on a page the body starts: below slogans, captions and titles that are sentences."""

from __future__ import annotations

from collections.abc import Sequence

from app.core import thresholds as t
from app.core.article import captions, shapes
from app.core.article.cohesion import is_cohesive
from app.core.article.datelines import dateline_of
from app.core.article.lines import PageLine
from app.core.article.roles import LineRole

__all__ = ["body_start"]


def body_start(lines: Sequence[PageLine], roles: list[LineRole]) -> int | None:
    """The index of the body's first line; prose above it (slogans, captions) is given its role."""
    prose = [i for i, role in enumerate(roles) if role is LineRole.PROSE]
    if not prose:
        return None
    for nth, i in enumerate(prose[: t.PAGE_HEAD_MAX_PROSE + 2]):
        if (dateline := dateline_of(lines[i].flat)) and dateline.end < len(lines[i].flat):
            for j in prose[:nth]:
                if captions.reads_like_caption(lines[j].flat) or not is_cohesive([j], prose[nth:], lines):
                    roles[j] = LineRole.CAPTION
            return next(k for k in prose if roles[k] is LineRole.PROSE)
    for i in prose[: t.PAGE_HEAD_MAX_PROSE + 1]:
        rest = [j for j in prose if j > i]
        if rest and _is_sentence_headline(i, rest, lines, roles):
            roles[i] = LineRole.SHORT
            continue
        if not rest or not _above_the_report(i, rest, lines, roles):
            return i
        roles[i] = LineRole.CAPTION
    return prose[min(t.PAGE_HEAD_MAX_PROSE + 1, len(prose) - 1)]


def _is_sentence_headline(i: int, rest: Sequence[int], lines: Sequence[PageLine], roles: Sequence[LineRole]) -> bool:
    """A sentence or two above byline, date or dateline, with no other title above it."""
    text = lines[i].flat
    return (
        shapes.count_words(text) <= t.PAGE_HEADLINE_MAX_WORDS
        and shapes.count_sentences(text) <= 2
        and any(roles[j] in {LineRole.BYLINE, LineRole.DATE, LineRole.DATELINE} for j in range(i + 1, rest[0]))
        and not any(
            roles[j] is LineRole.SHORT and shapes.count_words(lines[j].flat) >= t.PAGE_PROSE_MIN_WORDS
            for j in range(rest[0])
        )
        and not captions.reads_like_caption(text)
    )


def _above_the_report(i: int, rest: Sequence[int], lines: Sequence[PageLine], roles: Sequence[LineRole]) -> bool:
    """Is this prose above the report: a slogan before the headline, or a scene before byline, date or the next paragraph?"""
    text = lines[i].flat
    between = range(i + 1, rest[0])
    if shapes.count_sentences(text) > 2:
        return False
    if captions.is_scene(text) and any(
        roles[j] in {LineRole.BYLINE, LineRole.DATE, LineRole.CREDIT, LineRole.DATELINE} for j in between
    ):
        return True
    titled = any(
        roles[j] is LineRole.SHORT and shapes.count_words(lines[j].flat) >= t.PAGE_PROSE_MIN_WORDS for j in between
    )
    dated = any(roles[j] in {LineRole.BYLINE, LineRole.DATE, LineRole.DATELINE} for j in between)
    short = shapes.count_words(text) <= t.PAGE_SLOGAN_MAX_WORDS
    return titled and (short or dated) and not is_cohesive([i], rest, lines)
