"""What each line of a page is: alone first, then among its neighbours."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from app.core import thresholds as t
from app.core.article import captions, shapes
from app.core.article.bylines import is_byline
from app.core.article.cohesion import is_cohesive, is_spaced
from app.core.article.cutoff import says_cut
from app.core.article.date_lines import printed_on
from app.core.article.datelines import dateline_of
from app.core.article.lines import Line
from app.core.article.phrases import load_phrases
from app.core.article.roles import ASIDE, Role

__all__ = ["roles_of", "signs_post"]


def roles_of(lines: Sequence[Line]) -> list[Role]:
    """The role of each line of a page, alone and among its neighbours."""
    roles = [_role_alone(line) for line in lines]
    _settle_offers(lines, roles)
    _settle_broken_off(lines, roles)
    _settle_posts(lines, roles)
    _settle_captions(lines, roles)
    _settle_repeats(lines, roles)
    return roles


def _role_alone(line: Line) -> Role:
    text = line.flat
    if shapes.is_marked_subhead(text):
        return Role.SUBHEAD
    known = load_phrases().role_of(text)
    if known is Role.CREDIT and printed_on(text):
        return Role.DATE
    if known:
        return known
    dateline = dateline_of(text)
    if dateline and not text[dateline.end :].strip():
        return Role.DATELINE
    if captions.is_credit(text):
        return Role.CREDIT
    if is_byline(text):
        return Role.BYLINE
    if printed_on(text):
        return Role.DATE
    if shapes.is_link_list(text):
        return Role.MENU
    return Role.PROSE if shapes.is_prose(text) else Role.SHORT


def _settle_offers(lines: Sequence[Line], roles: list[Role]) -> None:
    """A line that only sounds like an offer is prose where it stands among prose and speaks of the same things."""
    prose = [i for i, role in enumerate(roles) if role is Role.PROSE]
    around = [i for i, role in enumerate(roles) if role not in ASIDE]
    for at, i in enumerate(around):
        if roles[i] is not Role.OFFER:
            continue
        inside = 0 < at < len(around) - 1 and any(i < j for j in prose) and any(j < i for j in prose)
        beside = at > 0 and roles[around[at - 1]] is Role.PROSE
        if inside and beside and shapes.is_prose(lines[i].flat) and is_cohesive([i], prose, lines, hard=False):
            roles[i] = Role.PROSE
        else:
            roles[i] = Role.PROMO


def _settle_broken_off(lines: Sequence[Line], roles: list[Role]) -> None:
    """Half a sentence that says it is cut, or stands before an invitation to read on, is the paragraph the page breaks off in."""
    for i in range(1, len(roles)):
        text = lines[i].flat
        if (
            roles[i] is Role.SHORT
            and roles[i - 1] is Role.PROSE
            and not shapes.is_titlecase(text)
            and (
                says_cut(text)
                or (roles[i + 1 :][:1] == [Role.CUTOFF] and shapes.small_share(text) >= t.PAGE_PROSE_MIN_SMALL_SHARE)
            )
        ):
            roles[i] = Role.PROSE


_SIGNED = re.compile(r"^[—–-]{1,2} ?.{1,80}\(@[\w.-]{1,40}\)|^(?:view this post on|a post shared by)\b", re.IGNORECASE)


def signs_post(text: str) -> bool:
    """Ends a post that was embedded: "— Marta (@martak) March 9, 2021"."""
    return bool(_SIGNED.match(text))


def _settle_posts(lines: Sequence[Line], roles: list[Role]) -> None:
    """A line that signs an embedded post, and the post above it, are its author's and not the outlet's."""
    for i, line in enumerate(lines):
        if signs_post(line.flat):
            roles[i] = Role.POST
            if i and roles[i - 1] in {Role.PROSE, Role.SHORT}:
                roles[i - 1] = Role.POST


def _settle_captions(lines: Sequence[Line], roles: list[Role]) -> None:
    spaced = is_spaced(lines, roles)
    prose = [i for i, role in enumerate(roles) if role is Role.PROSE]
    last = prose[-1] if prose else -1
    for i, line in enumerate(lines):
        if roles[i] not in {Role.PROSE, Role.SHORT, Role.CONTACT}:
            continue
        text = line.flat
        before = _before(roles, i, {Role.CREDIT})
        labelled = before is not None and roles[before] is Role.CAPTION_LABEL and _names_caption(lines[before].flat)
        credit_follows = i + 1 < len(lines) and roles[i + 1] is Role.CREDIT
        twice = (
            any(0 <= j < len(lines) and shapes.folded(lines[j].flat) == shapes.folded(text) for j in (i - 1, i + 1))
            and shapes.count_sentences(text) == 1
        )
        if (
            (labelled and shapes.count_sentences(text) <= 4)
            or (
                captions.credit_at_end(text)
                and not (i == last or (captions.agency_only_in_brackets(text) and _late(i, prose)))
            )
            or (credit_follows and ((spaced and not lines[i + 1].apart) or captions.reads_like_caption(text)))
            or (before is not None and roles[before] is Role.CAPTION_LABEL and captions.reads_like_caption(text))
            or (i > 0 and roles[i - 1] is Role.CREDIT and captions.reads_like_caption(text))
            or (shapes.count_sentences(text) <= 3 and _says_picture(text))
            or (twice and captions.reads_like_caption(text))
        ):
            roles[i] = Role.CAPTION


def _says_picture(text: str) -> bool:
    """Names itself a picture's caption, without a quotation that may be of something else."""
    return captions.is_file_photo(text) and not any(mark in text for mark in '"“”')


def _names_caption(label: str) -> bool:
    return "caption" in label.casefold() and label.rstrip().endswith((":", "：", ","))


def _before(roles: Sequence[Role], i: int, skip: set[Role]) -> int | None:
    """The line before `i`, over those of the roles to skip."""
    i -= 1
    while i >= 0 and roles[i] in skip:
        i -= 1
    return i if i >= 0 else None


def _late(i: int, prose: Sequence[int]) -> bool:
    """Not among the first paragraphs, where captions stand."""
    return len(prose) > 2 and i > prose[1]


def _settle_repeats(lines: Sequence[Line], roles: list[Role]) -> None:
    """A paragraph said again, a pull quote and a teaser cut from the text are not the body's a second time."""
    seen: dict[str, int] = {}
    long = [(i, _bare(lines[i].flat)) for i, role in enumerate(roles) if role is Role.PROSE]
    for i, line in enumerate(lines):
        if roles[i] not in {Role.PROSE, Role.SHORT} or shapes.count_words(line.flat) < t.PAGE_REPEAT_MIN_WORDS:
            continue
        bare = _bare(line.flat)
        if bare in seen:
            roles[i] = Role.REPEAT if roles[i] is Role.PROSE else roles[i]
            continue
        seen[bare] = i
        stem = bare.rstrip(".… ") if line.text.rstrip().endswith(("…", "...")) else bare
        at = bisect_left(long, (i, ""))
        near = long[max(0, at - t.PAGE_REPEAT_REACH) : at + t.PAGE_REPEAT_REACH]
        if stem and any(
            j != i and len(other) > len(bare) and stem in other and roles[j] is Role.PROSE for j, other in near
        ):
            roles[i] = Role.REPEAT


def _bare(text: str) -> str:
    return shapes.folded(text).strip(" \"'.-—:")
