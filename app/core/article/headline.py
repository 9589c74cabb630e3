"""The headline among the lines above a body: the title that shares most of its words with the report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.core import thresholds as t
from app.core.article.body import Body
from app.core.article.roles import LineRole
from app.core.article.shapes import content_stems, count_words, starts_item

__all__ = ["headline_of"]


def headline_of(body: Body) -> int | None:
    """The index of the headline's line, or None when no line above the body can be one."""
    report = content_stems(" ".join(body.lines[i].flat for i in body.kept[: t.PAGE_HEADLINE_REACH]))
    best: tuple[float, int] | None = None
    for i in _candidates(body):
        stems = content_stems(body.lines[i].flat)
        shared = len(stems & report)
        if not stems or shared < min(t.PAGE_HEADLINE_MIN_SHARED, len(stems)):
            continue
        score = (shared + 1) ** 2 / (len(stems) + 1)
        if count_words(body.lines[i].flat) < t.PAGE_HEADLINE_FULL_WORDS:
            score /= 2  # a section's or series' name
        if best is None or score > best[0] * t.PAGE_HEADLINE_LATER_FACTOR:
            best = (score, i)
    return best[1] if best else _nearest(body)


def _candidates(body: Body) -> Iterable[int]:
    for i in body.head:
        if (
            i + 1 in body.head
            and body.roles[i + 1] in {LineRole.CAPTION, LineRole.CREDIT}
            and not body.lines[i + 1].apart
        ):
            continue  # what a picture shows, above its caption
        words = count_words(body.lines[i].flat)
        if (
            body.roles[i] in {LineRole.SHORT, LineRole.REPEAT}
            and 3 <= words <= t.PAGE_HEADLINE_MAX_WORDS
            and not starts_item(body.lines[i].flat)
        ):
            yield i


def _nearest(body: Body) -> int | None:
    """Without shared words (a playful title): the longest short line among the last few above the body."""
    near: Sequence[int] = [i for i in _candidates(body) if count_words(body.lines[i].flat) > 3][-3:]
    return max(near, key=lambda i: (count_words(body.lines[i].flat), -i)) if near else None
