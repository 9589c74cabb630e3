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
from app.core.article.lines import PageLine
from app.core.article.phrases import load_phrases
from app.core.article.roles import ASIDE, LineRole

__all__ = ["roles_of", "signs_post"]


def roles_of(lines: Sequence[PageLine]) -> list[LineRole]:
    """The role of each line of a page, alone and among its neighbours."""
    roles = [_role_alone(line) for line in lines]
    _settle_offers(lines, roles)
    _settle_broken_off(lines, roles)
    _settle_posts(lines, roles)
    _settle_captions(lines, roles)
    _settle_repeats(lines, roles)
    return roles


def _role_alone(line: PageLine) -> LineRole:
    text = line.flat
    if shapes.is_marked_subhead(text):
        return LineRole.SUBHEAD
    known = load_phrases().role_of(text)
    if known is LineRole.CREDIT and printed_on(text):
        return LineRole.DATE
    if known:
        return known
    dateline = dateline_of(text)
    if dateline and not text[dateline.end :].strip():
        return LineRole.DATELINE
    if captions.is_credit(text):
        return LineRole.CREDIT
    if is_byline(text):
        return LineRole.BYLINE
    if printed_on(text):
        return LineRole.DATE
    if shapes.is_link_list(text):
        return LineRole.MENU
    return LineRole.PROSE if shapes.is_prose(text) else LineRole.SHORT


def _settle_offers(lines: Sequence[PageLine], roles: list[LineRole]) -> None:
    """A line that only sounds like an offer is prose where it stands among prose and speaks of the same things."""
    prose = [i for i, role in enumerate(roles) if role is LineRole.PROSE]
    around = [i for i, role in enumerate(roles) if role not in ASIDE]
    for at, i in enumerate(around):
        if roles[i] is not LineRole.OFFER:
            continue
        inside = 0 < at < len(around) - 1 and any(i < j for j in prose) and any(j < i for j in prose)
        beside = at > 0 and roles[around[at - 1]] is LineRole.PROSE
        if inside and beside and shapes.is_prose(lines[i].flat) and is_cohesive([i], prose, lines, hard=False):
            roles[i] = LineRole.PROSE
        else:
            roles[i] = LineRole.PROMO


def _settle_broken_off(lines: Sequence[PageLine], roles: list[LineRole]) -> None:
    """Half a sentence that says it is cut, or stands before an invitation to read on, is the paragraph the page breaks off in."""
    for i in range(1, len(roles)):
        text = lines[i].flat
        if (
            roles[i] is LineRole.SHORT
            and roles[i - 1] is LineRole.PROSE
            and not shapes.is_titlecase(text)
            and (
                says_cut(text)
                or (
                    roles[i + 1 :][:1] == [LineRole.CUTOFF] and shapes.small_share(text) >= t.PAGE_PROSE_MIN_SMALL_SHARE
                )
            )
        ):
            roles[i] = LineRole.PROSE


_SIGNED = re.compile(r"^[—–-]{1,2} ?.{1,80}\(@[\w.-]{1,40}\)|^(?:view this post on|a post shared by)\b", re.IGNORECASE)


def signs_post(text: str) -> bool:
    """Ends a post that was embedded: "— Marta (@martak) March 9, 2021"."""
    return bool(_SIGNED.match(text))


def _settle_posts(lines: Sequence[PageLine], roles: list[LineRole]) -> None:
    """A line that signs an embedded post, and the post above it, are its author's and not the outlet's."""
    for i, line in enumerate(lines):
        if signs_post(line.flat):
            roles[i] = LineRole.POST
            if i and roles[i - 1] in {LineRole.PROSE, LineRole.SHORT}:
                roles[i - 1] = LineRole.POST


def _settle_captions(lines: Sequence[PageLine], roles: list[LineRole]) -> None:
    spaced = is_spaced(lines, roles)
    prose = [i for i, role in enumerate(roles) if role is LineRole.PROSE]
    last = prose[-1] if prose else -1
    for i, line in enumerate(lines):
        if roles[i] not in {LineRole.PROSE, LineRole.SHORT, LineRole.CONTACT}:
            continue
        text = line.flat
        before = _before(roles, i, {LineRole.CREDIT})
        labelled = before is not None and roles[before] is LineRole.CAPTION_LABEL and _names_caption(lines[before].flat)
        credit_follows = i + 1 < len(lines) and roles[i + 1] is LineRole.CREDIT
        twice = (
            any(
                0 <= j < len(lines) and shapes.folded_line(lines[j].flat) == shapes.folded_line(text)
                for j in (i - 1, i + 1)
            )
            and shapes.count_sentences(text) == 1
        )
        if (
            (labelled and shapes.count_sentences(text) <= 4)
            or (
                captions.credit_at_end(text)
                and not (i == last or (captions.agency_only_in_brackets(text) and _late(i, prose)))
            )
            or (credit_follows and ((spaced and not lines[i + 1].apart) or captions.reads_like_caption(text)))
            or (before is not None and roles[before] is LineRole.CAPTION_LABEL and captions.reads_like_caption(text))
            or (i > 0 and roles[i - 1] is LineRole.CREDIT and captions.reads_like_caption(text))
            or (shapes.count_sentences(text) <= 3 and _says_picture(text))
            or (twice and captions.reads_like_caption(text))
        ):
            roles[i] = LineRole.CAPTION


def _says_picture(text: str) -> bool:
    """Names itself a picture's caption, without a quotation that may be of something else."""
    return captions.is_file_photo(text) and not any(mark in text for mark in '"“”')


def _names_caption(label: str) -> bool:
    return "caption" in label.casefold() and label.rstrip().endswith((":", "：", ","))


def _before(roles: Sequence[LineRole], i: int, skip: set[LineRole]) -> int | None:
    """The line before `i`, over those of the roles to skip."""
    i -= 1
    while i >= 0 and roles[i] in skip:
        i -= 1
    return i if i >= 0 else None


def _late(i: int, prose: Sequence[int]) -> bool:
    """Not among the first paragraphs, where captions stand."""
    return len(prose) > 2 and i > prose[1]


def _settle_repeats(lines: Sequence[PageLine], roles: list[LineRole]) -> None:
    """A paragraph said again, a pull quote and a teaser cut from the text are not the body's a second time."""
    seen: dict[str, int] = {}
    long = [(i, _bare(lines[i].flat)) for i, role in enumerate(roles) if role is LineRole.PROSE]
    for i, line in enumerate(lines):
        if roles[i] not in {LineRole.PROSE, LineRole.SHORT} or shapes.count_words(line.flat) < t.PAGE_REPEAT_MIN_WORDS:
            continue
        bare = _bare(line.flat)
        if bare in seen:
            roles[i] = LineRole.REPEAT if roles[i] is LineRole.PROSE else roles[i]
            continue
        seen[bare] = i
        stem = bare.rstrip(".… ") if line.text.rstrip().endswith(("…", "...")) else bare
        at = bisect_left(long, (i, ""))
        near = long[max(0, at - t.PAGE_REPEAT_REACH) : at + t.PAGE_REPEAT_REACH]
        if stem and any(
            j != i and len(other) > len(bare) and stem in other and roles[j] is LineRole.PROSE for j, other in near
        ):
            roles[i] = LineRole.REPEAT


def _bare(text: str) -> str:
    return shapes.folded_line(text).strip(" \"'.-—:")
