"""A body that an extractor or a feed gave: only what is certainly no article text is taken out.

Subheads, list items and short answers stay; phrases of the page, credits, captions and paragraphs said twice go. Where the
extractor visibly took menus or lists of other stories along, the body is looked for as on a flat page: then what stands
behind it goes and short lines inside it, but no paragraph before its end, and nothing when that would cost more than a
fair share of the words. So the body is never much less than the extractor's.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core import thresholds as t
from app.core.article.body import Body, body_of
from app.core.article.cohesion import introduces
from app.core.article.cutoff import is_cut
from app.core.article.lines import PageLine
from app.core.article.marking import roles_of
from app.core.article.roles import BREAKS, LineRole
from app.core.article.shapes import content_stems, count_words, ends_sentence, folded_line

__all__ = ["body_of_extracted"]

_DROPPED = {
    LineRole.RESIDUE, LineRole.SHARE, LineRole.ADVERT, LineRole.PLAYER, LineRole.CAPTION_LABEL, LineRole.CREDIT, LineRole.PROMO, LineRole.CUTOFF, LineRole.END,
    LineRole.REPEAT, LineRole.BYLINE, LineRole.DATE, LineRole.CONTACT, LineRole.RELATED, LineRole.DATELINE, LineRole.CAPTION, LineRole.POST,
}  # fmt: skip


_CERTAIN = {
    LineRole.RESIDUE,
    LineRole.SHARE,
    LineRole.ADVERT,
    LineRole.PLAYER,
    LineRole.CUTOFF,
    LineRole.REPEAT,
    LineRole.END,
    LineRole.MENU,
    LineRole.POST,
}


def body_of_extracted(lines: Sequence[PageLine], headline: str | None = None) -> Body:
    """The body among extracted lines; empty when none of them is running text."""
    roles = roles_of(lines)
    listed = _listed(lines, roles)
    kept = [
        i for i, role in enumerate(roles) if role not in _DROPPED and i not in listed and not _is_button(lines[i], role)
    ]
    told = [i for i, role in enumerate(roles) if role not in _CERTAIN]
    if not any(roles[i] is LineRole.PROSE for i in kept):
        kept = [i for i, role in enumerate(roles) if role is LineRole.CAPTION]
    elif _is_noisy(roles):
        found = set(body_of(lines, roles).kept)
        shorter = [i for i in kept if i in found or (i < max(found, default=-1) and _is_paragraph(lines[i]))]
        if _words(lines, shorter) >= t.PAGE_EXTRACTED_MIN_SHARE * _words(lines, kept):
            kept = shorter
    elif _words(lines, kept) < t.PAGE_EXTRACTED_LEAST_SHARE * _words(lines, told):
        kept = told  # so much cannot all be wrong: the extractor is believed
    if headline and kept and _repeats(lines[kept[0]].flat, headline, roles[kept[0]]):
        kept = kept[1:]
    cut = bool(kept) and (is_cut(lines[kept[-1]].flat) or LineRole.CUTOFF in roles[kept[-1] + 1 :][:3])
    return Body(tuple(lines), tuple(roles), tuple(kept), cut)


def _listed(lines: Sequence[PageLine], roles: Sequence[LineRole]) -> set[int]:
    """The titles of other stories right below "Read also" and the like, with the line that each of them introduces."""
    found: set[int] = set()
    for head in (i for i, role in enumerate(roles) if role is LineRole.RELATED):
        i = head + 1
        while i < len(roles) and roles[i] is LineRole.SHORT and not ends_sentence(lines[i].flat):
            found.add(i)
            i += 1
            if i < len(roles) and roles[i] is LineRole.PROSE and introduces(lines[i - 1].flat, lines[i].flat):
                found.add(i)
                i += 1
    return found


def _is_paragraph(line: PageLine) -> bool:
    """Long enough for running text in any tongue, and finished: an extractor does not take such a line along by chance."""
    return ends_sentence(line.flat) and count_words(line.flat) >= t.PAGE_EXTRACTED_PARAGRAPH_WORDS


def _is_noisy(roles: Sequence[LineRole]) -> bool:
    """Did the extractor take menus, offers or lists of other stories for the article?"""
    return sum(role in BREAKS or role is LineRole.END for role in roles) > 1


def _words(lines: Sequence[PageLine], kept: Sequence[int]) -> int:
    return sum(count_words(lines[i].flat) for i in kept)


def _is_button(line: PageLine, role: LineRole) -> bool:
    return role is LineRole.MENU and not line.flat[-1:].isalnum()


def _repeats(line: str, headline: str, role: LineRole) -> bool:
    """Is the first line the headline once more, in full or in another version?"""
    if folded_line(line).strip() == folded_line(headline).strip():
        return True
    a, b = content_stems(line), content_stems(headline)
    return role is LineRole.SHORT and bool(a and b) and 2 * len(a & b) >= min(len(a), len(b))
