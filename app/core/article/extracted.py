"""A body that an extractor or a feed gave: only what is certainly no article text is taken out.

Subheads, list items and short answers stay; phrases of the page, credits, captions and paragraphs said twice go. Where the
extractor visibly took menus or lists of other stories along, the body is looked for as on a flat page, unless that would
cost more than a fair share of the words.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core import thresholds as t
from app.core.article.body import Body, body_of
from app.core.article.cutoff import is_cut
from app.core.article.lines import Line
from app.core.article.marking import roles_of
from app.core.article.roles import BREAKS, Role
from app.core.article.shapes import content_stems, count_words, folded

__all__ = ["body_of_extracted"]

_DROPPED = {
    Role.RESIDUE, Role.SHARE, Role.ADVERT, Role.PLAYER, Role.CAPTION_LABEL, Role.CREDIT, Role.PROMO, Role.CUTOFF, Role.END,
    Role.REPEAT, Role.BYLINE, Role.DATE, Role.CONTACT, Role.RELATED, Role.DATELINE, Role.CAPTION,
}  # fmt: skip


def body_of_extracted(lines: Sequence[Line], headline: str | None = None) -> Body:
    """The body among extracted lines; empty when none of them is running text."""
    roles = roles_of(lines)
    kept = [i for i, role in enumerate(roles) if role not in _DROPPED and not _is_button(lines[i], role)]
    if not any(roles[i] is Role.PROSE for i in kept):
        kept = [i for i, role in enumerate(roles) if role is Role.CAPTION]
    elif _is_noisy(roles):
        flat = body_of(lines, roles)
        if _words(lines, flat.kept) >= t.PAGE_EXTRACTED_MIN_SHARE * _words(lines, kept):
            kept = list(flat.kept)
    if headline and kept and _repeats(lines[kept[0]].flat, headline, roles[kept[0]]):
        kept = kept[1:]
    cut = bool(kept) and (is_cut(lines[kept[-1]].flat) or Role.CUTOFF in roles[kept[-1] + 1 :][:3])
    return Body(tuple(lines), tuple(roles), tuple(kept), cut)


def _is_noisy(roles: Sequence[Role]) -> bool:
    """Did the extractor take menus, offers or lists of other stories for the article?"""
    return sum(role in BREAKS or role is Role.END for role in roles) > 1


def _words(lines: Sequence[Line], kept: Sequence[int]) -> int:
    return sum(count_words(lines[i].flat) for i in kept)


def _is_button(line: Line, role: Role) -> bool:
    return role is Role.MENU and not line.flat[-1:].isalnum()


def _repeats(line: str, headline: str, role: Role) -> bool:
    """Is the first line the headline once more, in full or in another version?"""
    if folded(line).strip() == folded(headline).strip():
        return True
    a, b = content_stems(line), content_stems(headline)
    return role is Role.SHORT and bool(a and b) and 2 * len(a & b) >= min(len(a), len(b))
