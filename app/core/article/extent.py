"""How far the body goes: over asides freely, over breaks only with paragraphs that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from app.core import thresholds as t
from app.core.article import shapes
from app.core.article.cohesion import introduces, is_cohesive, is_spaced, related_share
from app.core.article.lines import PageLine
from app.core.article.roles import ASIDE, BREAKS, LineRole

__all__ = ["extent_of"]


def extent_of(lines: Sequence[PageLine], roles: Sequence[LineRole], start: int) -> list[int]:
    """The indices of the body's lines, from `start` on."""
    kept = [start]
    gap: list[int] = []
    spaced = is_spaced(lines, roles)
    words = [
        shapes.count_words(line.flat) if role is LineRole.PROSE else 0 for line, role in zip(lines, roles, strict=True)
    ]
    ahead = list(accumulate(reversed(words)))[::-1]
    i = start + 1
    while i < len(lines):
        if roles[i] is not LineRole.PROSE:
            gap.append(i)
            i += 1
            continue
        if any(roles[j] is LineRole.END for j in gap) and not _resumes(lines, roles, kept, i):
            break
        stretch = _stretch(roles, i)
        broken = _is_broken(lines, roles, gap)
        run = _without_teaser(lines, roles, gap, stretch, spaced=spaced) if broken else stretch
        if not broken or (run and _belongs(lines, kept, gap, run, roles, ahead[run[0]])):
            kept += [j for j in gap if _stays(j, gap, lines, roles)]
            kept += [
                j for j in range(run[0], run[-1] + 1) if roles[j] is LineRole.PROSE or roles[j] is LineRole.SUBHEAD
            ]
            gap = []
        else:
            gap += stretch
        i = stretch[-1] + 1
    return kept


def _resumes(lines: Sequence[PageLine], roles: Sequence[LineRole], kept: Sequence[int], i: int) -> bool:
    """A copyright line ends the report, unless most of it is still to come (a notice above the text)."""
    ahead = [j for j in range(i, len(lines)) if roles[j] is LineRole.PROSE]
    return len(ahead) > 2 * len(kept) and related_share(lines, ahead, kept) >= t.PAGE_COHESION_MIN_LINES


def _stretch(roles: Sequence[LineRole], i: int) -> list[int]:
    """The prose lines from `i` on that nothing but asides separates."""
    run = []
    while i < len(roles) and (roles[i] is LineRole.PROSE or roles[i] in ASIDE):
        if roles[i] is LineRole.PROSE:
            run.append(i)
        i += 1
    return run


def _is_broken(lines: Sequence[PageLine], roles: Sequence[LineRole], gap: Sequence[int]) -> bool:
    """Do the lines between two paragraphs break the report off, so that what follows must show that it belongs to it?

    One loose line does not, nor do list items, questions and short answers.
    """
    loose = [
        j
        for j in gap
        if roles[j] is LineRole.SHORT
        and not shapes.starts_item(lines[j].flat)
        and not shapes.ends_sentence(lines[j].flat)
    ]
    return any(roles[j] in BREAKS or roles[j] in {LineRole.PROSE, LineRole.END} for j in gap) or len(loose) > 1


def _without_teaser(
    lines: Sequence[PageLine], roles: Sequence[LineRole], gap: Sequence[int], stretch: list[int], *, spaced: bool
) -> list[int]:
    """The stretch without a first line that touches, or is told by, the title of another story right above it."""
    above = gap[-1]
    if roles[above] is not LineRole.SHORT or not any(roles[j] in BREAKS for j in gap):
        return stretch
    touching = spaced and not lines[stretch[0]].apart
    return stretch[1:] if touching or introduces(lines[above].flat, lines[stretch[0]].flat) else stretch


def _belongs(
    lines: Sequence[PageLine],
    kept: Sequence[int],
    gap: Sequence[int],
    stretch: Sequence[int],
    roles: Sequence[LineRole],
    ahead: int,
) -> bool:
    """Does this stretch of prose behind a break belong to the body?

    It does when it is longer than all before it. Several paragraphs do when enough of them speak of the body's matter; a
    single one must do so clearly. Behind the head of a list of other stories more is asked for, unless most of the page's
    prose is still to come.
    """
    words = sum(shapes.count_words(lines[j].flat) for j in stretch)
    behind = sum(shapes.count_words(lines[j].flat) for j in kept)
    if len(stretch) > 1 and words > behind:
        return True
    if len(stretch) > 1:
        several = len(stretch) > t.PAGE_HEAD_MAX_PROSE or ahead > behind
        least = t.PAGE_COHESION_MIN_LINES_SEVERAL if several else t.PAGE_COHESION_MIN_LINES
        return related_share(lines, stretch, kept) >= least
    last_break = max((j for j in gap if roles[j] in BREAKS), default=-1)
    if words >= t.PAGE_COHESION_MIN_WORDS and any(
        j > last_break and roles[j] in {LineRole.CAPTION, LineRole.CAPTION_LABEL} for j in gap
    ):
        return True  # pictures with captions belong to reports, not to lists
    hard = any(roles[j] in {LineRole.RELATED, LineRole.CUTOFF, LineRole.END} for j in gap) and ahead <= behind
    return words >= t.PAGE_COHESION_MIN_WORDS and is_cohesive(stretch, kept, lines, hard=hard)


def _stays(j: int, gap: Sequence[int], lines: Sequence[PageLine], roles: Sequence[LineRole]) -> bool:
    """Does this line between two kept paragraphs belong to them: a subhead, a list item, a short answer?"""
    text = lines[j].flat
    if roles[j] is LineRole.SUBHEAD:
        return True
    if roles[j] is LineRole.SHORT and j == gap[-1] and text.endswith("?"):
        return True
    if roles[j] is not LineRole.SHORT or any(roles[k] in BREAKS for k in gap):
        return False
    if shapes.starts_item(text) or shapes.ends_sentence(text):
        return True
    shorts = [k for k in gap if roles[k] is LineRole.SHORT]
    return len(shorts) == 1 and shapes.count_words(text) <= t.PAGE_PLAIN_SUBHEAD_MAX_WORDS
