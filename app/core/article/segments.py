"""Several reports on one page: where each begins.

A report begins at a title that is followed, at once or after a byline or date, by a dateline, or by byline or date and
then prose, once a report before it has had its paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.article import shapes
from app.core.article.datelines import dateline_of
from app.core.article.lines import PageLine
from app.core.article.roles import LineRole

__all__ = ["segments_of"]

_HEAD = {
    LineRole.BYLINE,
    LineRole.DATE,
    LineRole.CREDIT,
    LineRole.CAPTION,
    LineRole.CAPTION_LABEL,
    LineRole.SHARE,
    LineRole.DATELINE,
}


def segments_of(lines: Sequence[PageLine], roles: Sequence[LineRole]) -> tuple[range, ...]:
    """The page's reports as runs of lines, the first from the page's start on; one run when there is one report."""
    starts = [0]
    prose_since = 0
    for i, role in enumerate(roles):
        if role is LineRole.PROSE:
            prose_since += 1
        if prose_since >= 2 and _begins(i, lines, roles):
            starts.append(i)
            prose_since = 0
    return tuple(range(a, b) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True))


def _begins(i: int, lines: Sequence[PageLine], roles: Sequence[LineRole]) -> bool:
    """Is line `i` the title of a new report?"""
    text = lines[i].flat
    if roles[i] is not LineRole.SHORT or shapes.starts_item(text) or shapes.count_words(text) < 3:
        return False
    j = i + 1
    seen: set[LineRole] = set()
    while j < len(lines) and roles[j] in _HEAD:
        seen.add(roles[j])
        j += 1
    prose_follows = j < len(lines) and roles[j] is LineRole.PROSE
    if LineRole.DATELINE in seen or (prose_follows and j == i + 1 and _opens_with_dateline(lines[j])):
        return prose_follows
    after = [k for k in range(j, min(j + 3, len(lines))) if roles[k] is LineRole.PROSE]
    return prose_follows and bool(seen & {LineRole.BYLINE, LineRole.DATE}) and len(after) >= 2


def _opens_with_dateline(line: PageLine) -> bool:
    found = dateline_of(line.flat)
    return found is not None and (
        found.agency is not None or found.day is not None or found.day_without_year is not None
    )
