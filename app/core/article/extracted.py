"""A body that an extractor or a feed gave: only what is certainly no article text is taken out.

Subheads, list items and short answers stay; phrases of the page, credits and paragraphs said twice go.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.article.body import CUT, Body, roles_of
from app.core.article.lines import Line
from app.core.article.roles import Role
from app.core.article.shapes import content_stems, folded

__all__ = ["body_of_extracted"]

_DROPPED = {
    Role.RESIDUE, Role.SHARE, Role.ADVERT, Role.PLAYER, Role.CAPTION_LABEL, Role.CREDIT, Role.PROMO, Role.CUTOFF, Role.END,
    Role.REPEAT, Role.BYLINE, Role.DATE, Role.CONTACT, Role.RELATED, Role.DATELINE,
}  # fmt: skip


def body_of_extracted(lines: Sequence[Line], headline: str | None = None) -> Body:
    """The body among extracted lines; empty when none of them is running text."""
    roles = roles_of(lines)
    kept = [i for i, role in enumerate(roles) if role not in _DROPPED and not _is_button(lines[i], role)]
    if not any(roles[i] in {Role.PROSE, Role.CAPTION} for i in kept):
        kept = []
    if headline and kept and _repeats(lines[kept[0]].flat, headline, roles[kept[0]]):
        kept = kept[1:]
    cut = bool(kept) and (bool(CUT.search(lines[kept[-1]].flat)) or Role.CUTOFF in roles[kept[-1] + 1 :][:3])
    return Body(tuple(lines), tuple(roles), tuple(kept), cut)


def _is_button(line: Line, role: Role) -> bool:
    return role is Role.MENU and not line.flat[-1:].isalnum()


def _repeats(line: str, headline: str, role: Role) -> bool:
    """Is the first line the headline once more, in full or in another version?"""
    if folded(line).strip() == folded(headline).strip():
        return True
    a, b = content_stems(line), content_stems(headline)
    return role is Role.SHORT and bool(a and b) and 2 * len(a & b) >= min(len(a), len(b))
