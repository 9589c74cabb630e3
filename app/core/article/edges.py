"""The lines that touch a body at its first and last paragraph and belong to it: a sentence of a few words, a list.

"Nobody was hurt." is too short to be told from a button by its shape; where it stands next to the report tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.core import thresholds as t
from app.core.article import shapes
from app.core.article.cohesion import related_share
from app.core.article.lines import PageLine
from app.core.article.roles import LineRole

__all__ = ["widened"]


def widened(lines: Sequence[PageLine], roles: Sequence[LineRole], kept: Sequence[int]) -> list[int]:
    """The kept lines with what belongs to them right above the first and right below the last."""
    if not kept:
        return []
    above = _belonging(lines, roles, kept, range(kept[0] - 1, -1, -1))
    below = _belonging(lines, roles, kept, range(kept[-1] + 1, len(lines)))
    return [*sorted(above), *kept, *below]


def _belonging(
    lines: Sequence[PageLine], roles: Sequence[LineRole], kept: Sequence[int], away: Iterable[int]
) -> list[int]:
    found: list[int] = []
    items: list[int] = []
    for i in away:
        text = lines[i].flat
        if roles[i] is not LineRole.SHORT:
            break
        if shapes.starts_item(text):
            items.append(i)
        elif not items and _is_sentence(text):
            found.append(i)
        else:
            break
    return found + items if _is_list(items, lines, kept) else found


def _is_sentence(text: str) -> bool:
    """Two words or more (a quotation: one), closed by a full stop, and not set like a title; a question may be another story's title."""
    return (
        shapes.ends_sentence(text)
        and not text.rstrip("\"'”’)").endswith("?")
        and not shapes.is_titlecase(text)
        and (shapes.count_words(text) > 1 or text[:1] in '"“‘')
    )


def _is_list(items: Sequence[int], lines: Sequence[PageLine], kept: Sequence[int]) -> bool:
    """Do these items speak of the body's matter? Items set like titles are links to sections and other stories."""
    titles = sum(shapes.is_titlecase(shapes.without_item_mark(lines[i].flat)) for i in items)
    related = bool(items) and related_share(lines, items, kept, least=1) >= t.PAGE_COHESION_MIN_LINES_SEVERAL
    return related and 2 * titles < len(items)
