"""Which lines of a page are the article's body.

1. `marking`   each line gets a role, alone and among its neighbours
2. `start`     the body starts at the first prose that belongs to the headline's report
3. `extent`    it goes on over asides; behind a break (offers, lists of other stories) a paragraph must share its words
4. `edges`     short sentences and lists that touch it belong to it
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core import thresholds as t
from app.core.article import shapes
from app.core.article.cutoff import is_cut
from app.core.article.edges import widened
from app.core.article.extent import extent_of
from app.core.article.lines import PageLine
from app.core.article.roles import ASIDE, LineRole
from app.core.article.start import body_start

__all__ = ["Body", "body_of"]


@dataclass(frozen=True, slots=True)
class Body:
    """`kept` are indices of body lines; what is before the first of them is the head, behind the last the tail."""

    lines: tuple[PageLine, ...]
    roles: tuple[LineRole, ...]
    kept: tuple[int, ...]
    cut_off: bool

    @property
    def text(self) -> str:
        return "\n\n".join(self.lines[i].text for i in self.kept)

    @property
    def head(self) -> range:
        return range(self.kept[0] if self.kept else len(self.lines))

    @property
    def tail(self) -> range:
        return range(self.kept[-1] + 1 if self.kept else len(self.lines), len(self.lines))


def body_of(lines: Sequence[PageLine], roles: Sequence[LineRole]) -> Body:
    """The body among these lines of one article; empty when there is none."""
    settled = list(roles)
    start = body_start(lines, settled)
    kept = widened(lines, settled, extent_of(lines, settled, start)) if start is not None else []
    end = kept[-1] if kept else len(lines)
    return Body(tuple(lines), tuple(settled), tuple(kept), _is_cut_off(lines, settled, kept, end))


def _is_cut_off(lines: Sequence[PageLine], roles: Sequence[LineRole], kept: Sequence[int], end: int) -> bool:
    """Ends in an ellipsis or "read more", or is followed by an invitation to read on."""
    if not kept:
        return False
    last = lines[kept[-1]].flat
    if is_cut(last):
        return True
    behind = [j for j in range(end + 1, min(end + 1 + t.PAGE_CUTOFF_REACH, len(lines))) if roles[j] not in ASIDE]
    if not behind or roles[behind[0]] is not LineRole.CUTOFF:
        return False
    return not shapes.ends_sentence(last) or shapes.count_words(lines[behind[0]].flat) > 2
