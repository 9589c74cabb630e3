"""Which lines of a page are the article's body.

1. each line gets a role by itself: a known phrase, a credit, a date, prose, a short line
2. neighbours settle captions, repeats and pull quotes
3. the body starts at the first prose that belongs to the headline's report
4. it goes on over asides; behind a break (offers, lists of other stories) a paragraph must share the body's words
5. subheads and list items between kept paragraphs stay
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.core import thresholds as t
from app.core.article import captions, shapes
from app.core.article.bylines import is_byline
from app.core.article.datelines import dateline_of
from app.core.article.dates import date_of_line
from app.core.article.lines import Line
from app.core.article.phrases import load_phrases
from app.core.article.roles import ASIDE, BREAKS, Role

__all__ = ["CUT", "Body", "body_of", "roles_of"]

CUT = re.compile(
    r"(?:(?:…|\.{3}|\[…\]|\[\.{3}\])\s*(?:\(?(?:continue |keep )?read(?:ing)?(?: more| on)?\)?)?|\bread more|\[\+\d+ chars\])\s*[»>]*$",
    re.IGNORECASE,
)
"""How a line ends that does not end its report."""


@dataclass(frozen=True, slots=True)
class Body:
    """`kept` are indices of body lines; what is before the first of them is the head, behind the last the tail."""

    lines: tuple[Line, ...]
    roles: tuple[Role, ...]
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


def body_of(lines: Sequence[Line], roles: Sequence[Role]) -> Body:
    """The body among these lines of one article; empty when there is none."""
    settled = list(roles)
    start = _start(lines, settled)
    kept = _kept(lines, settled, start) if start is not None else []
    end = kept[-1] if kept else len(lines)
    return Body(tuple(lines), tuple(settled), tuple(kept), _is_cut_off(lines, settled, kept, end))


# --- 1 and 2: roles -------------------------------------------------------------------------------------------------


def roles_of(lines: Sequence[Line]) -> list[Role]:
    """The role of each line of a page, alone and among its neighbours."""
    roles = [_role_alone(line) for line in lines]
    _settle_offers(lines, roles)
    _settle_broken_off(lines, roles)
    _settle_captions(lines, roles)
    _settle_repeats(lines, roles)
    return roles


def _role_alone(line: Line) -> Role:
    text = line.flat
    if shapes.is_marked_subhead(text):
        return Role.SUBHEAD
    known = load_phrases().role_of(text)
    if known is Role.CREDIT and date_of_line(text):
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
    if date_of_line(text):
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
        if inside and beside and shapes.is_prose(lines[i].flat) and _cohesive([i], prose, lines, hard=False):
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
            and (_says_cut(text) or (roles[i + 1 :][:1] == [Role.CUTOFF] and _reads_on(text)))
        ):
            roles[i] = Role.PROSE


def _says_cut(text: str) -> bool:
    """Ends in an ellipsis and "read more", or in a count of the characters left out."""
    return bool(CUT.search(text)) and not re.search(r"(?<![….\]]) read more\W*$", text, re.IGNORECASE)


def _reads_on(text: str) -> bool:
    return shapes.small_share(text) >= t.PAGE_PROSE_MIN_SMALL_SHARE


def _settle_captions(lines: Sequence[Line], roles: list[Role]) -> None:
    spaced = _is_spaced(lines, roles)
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


def _is_spaced(lines: Sequence[Line], roles: Sequence[Role]) -> bool:
    """Do blank lines separate this page's paragraphs? Then lines that touch belong together."""
    prose = [lines[i].apart for i, role in enumerate(roles) if role is Role.PROSE]
    return sum(prose) > len(prose) / 2


def _settle_repeats(lines: Sequence[Line], roles: list[Role]) -> None:
    """A paragraph said again, a pull quote and a teaser cut from the text are not the body's a second time."""
    seen: dict[str, int] = {}
    long = [(i, _bare(lines[i].flat)) for i, role in enumerate(roles) if role is Role.PROSE]
    for i, line in enumerate(lines):
        if roles[i] not in {Role.PROSE, Role.SHORT} or shapes.count_words(line.text) < t.PAGE_REPEAT_MIN_WORDS:
            continue
        bare = _bare(line.flat)
        if bare in seen:
            roles[i] = Role.REPEAT if roles[i] is Role.PROSE else roles[i]
            continue
        seen[bare] = i
        stem = bare.rstrip(".… ") if line.text.rstrip().endswith(("…", "...")) else bare
        if stem and any(
            j != i and len(other) > len(bare) and stem in other and roles[j] is Role.PROSE for j, other in long
        ):
            roles[i] = Role.REPEAT


def _bare(text: str) -> str:
    return shapes.folded(text).strip(" \"'.-—:")


# --- 3: start -------------------------------------------------------------------------------------------------------


def _start(lines: Sequence[Line], roles: list[Role]) -> int | None:
    """The index of the body's first line; prose above it (slogans, captions) is given its role."""
    prose = [i for i, role in enumerate(roles) if role is Role.PROSE]
    if not prose:
        return None
    for nth, i in enumerate(prose[: t.PAGE_HEAD_MAX_PROSE + 2]):
        if (dateline := dateline_of(lines[i].flat)) and dateline.end < len(lines[i].flat):
            for j in prose[:nth]:
                if captions.reads_like_caption(lines[j].flat) or not _cohesive([j], prose[nth:], lines):
                    roles[j] = Role.CAPTION
            return next(k for k in prose if roles[k] is Role.PROSE)
    for i in prose[: t.PAGE_HEAD_MAX_PROSE + 1]:
        rest = [j for j in prose if j > i]
        if rest and _is_sentence_headline(i, rest, lines, roles):
            roles[i] = Role.SHORT
            continue
        if not rest or not _above_the_report(i, rest, lines, roles):
            return i
        roles[i] = Role.CAPTION
    return prose[min(t.PAGE_HEAD_MAX_PROSE + 1, len(prose) - 1)]


def _is_sentence_headline(i: int, rest: Sequence[int], lines: Sequence[Line], roles: Sequence[Role]) -> bool:
    """A sentence or two above byline, date or dateline, with no other title above it."""
    text = lines[i].flat
    return (
        shapes.count_words(text) <= t.PAGE_HEADLINE_MAX_WORDS
        and shapes.count_sentences(text) <= 2
        and any(roles[j] in {Role.BYLINE, Role.DATE, Role.DATELINE} for j in range(i + 1, rest[0]))
        and not any(
            roles[j] is Role.SHORT and shapes.count_words(lines[j].flat) >= t.PAGE_PROSE_MIN_WORDS
            for j in range(rest[0])
        )
        and not captions.reads_like_caption(text)
    )


def _above_the_report(i: int, rest: Sequence[int], lines: Sequence[Line], roles: Sequence[Role]) -> bool:
    """Is this prose above the report: a slogan before the headline, or a scene before byline, date or the next paragraph?"""
    text = lines[i].flat
    between = range(i + 1, rest[0])
    if not lines[rest[0]].text or shapes.count_sentences(text) > 2:
        return False
    if captions.is_scene(text) and any(
        roles[j] in {Role.BYLINE, Role.DATE, Role.CREDIT, Role.DATELINE} for j in between
    ):
        return True
    titled = any(
        roles[j] is Role.SHORT and shapes.count_words(lines[j].flat) >= t.PAGE_PROSE_MIN_WORDS for j in between
    )
    dated = any(roles[j] in {Role.BYLINE, Role.DATE, Role.DATELINE} for j in between)
    short = shapes.count_words(text) <= t.PAGE_SLOGAN_MAX_WORDS
    return titled and (short or dated) and not _cohesive([i], rest, lines)


# --- 4 and 5: extent ------------------------------------------------------------------------------------------------


def _kept(lines: Sequence[Line], roles: Sequence[Role], start: int) -> list[int]:
    kept = [start]
    gap: list[int] = []
    i = start + 1
    while i < len(lines):
        if roles[i] is not Role.PROSE:
            gap.append(i)
            i += 1
            continue
        if any(roles[j] is Role.END for j in gap) and not _resumes(lines, roles, kept, i):
            break
        stretch = _stretch(roles, i)
        broken = _is_broken(lines, roles, gap)
        run = _without_teaser(lines, roles, gap, stretch) if broken else stretch
        if not broken or (run and _belongs(lines, kept, gap, run, roles)):
            kept += [j for j in gap if _stays(j, gap, lines, roles)]
            kept += [j for j in range(run[0], run[-1] + 1) if j in run or roles[j] is Role.SUBHEAD]
            gap = []
        else:
            gap += stretch
        i = stretch[-1] + 1
    return kept


def _resumes(lines: Sequence[Line], roles: Sequence[Role], kept: Sequence[int], i: int) -> bool:
    """A copyright line ends the report, unless most of it is still to come (a notice above the text)."""
    ahead = [j for j in range(i, len(lines)) if roles[j] is Role.PROSE]
    return len(ahead) > 2 * len(kept) and _share(lines, ahead, kept) >= t.PAGE_COHESION_MIN_LINES


def _stretch(roles: Sequence[Role], i: int) -> list[int]:
    """The prose lines from `i` on that nothing but asides separates."""
    run = []
    while i < len(roles) and (roles[i] is Role.PROSE or roles[i] in ASIDE):
        if roles[i] is Role.PROSE:
            run.append(i)
        i += 1
    return run


def _is_broken(lines: Sequence[Line], roles: Sequence[Role], gap: Sequence[int]) -> bool:
    """Do the lines between two paragraphs break the report off, so that what follows must show that it belongs to it?

    One loose line does not, nor do list items, questions and short answers.
    """
    loose = [
        j
        for j in gap
        if roles[j] is Role.SHORT and not shapes.starts_item(lines[j].flat) and not shapes.ends_sentence(lines[j].flat)
    ]
    return any(roles[j] in BREAKS or roles[j] in {Role.PROSE, Role.END} for j in gap) or len(loose) > 1


def _without_teaser(lines: Sequence[Line], roles: Sequence[Role], gap: Sequence[int], stretch: list[int]) -> list[int]:
    """The stretch without a first line that touches, or is told by, the title of another story right above it."""
    above = gap[-1]
    if roles[above] is not Role.SHORT or not any(roles[j] in BREAKS for j in gap):
        return stretch
    touching = _is_spaced(lines, roles) and not lines[stretch[0]].apart
    return stretch[1:] if touching or _introduces(lines[above].flat, lines[stretch[0]].flat) else stretch


def _belongs(
    lines: Sequence[Line], kept: Sequence[int], gap: Sequence[int], stretch: Sequence[int], roles: Sequence[Role]
) -> bool:
    """Does this stretch of prose behind a break belong to the body?

    It does when it is longer than all before it. Several paragraphs do when enough of them speak of the body's matter; a
    single one must do so clearly. Behind the head of a list of other stories more is asked for, unless most of the page's
    prose is still to come.
    """
    words = sum(shapes.count_words(lines[j].flat) for j in stretch)
    behind = sum(shapes.count_words(lines[j].flat) for j in kept)
    ahead = sum(shapes.count_words(lines[j].flat) for j in range(stretch[0], len(lines)) if roles[j] is Role.PROSE)
    if len(stretch) > 1 and words > behind:
        return True
    if len(stretch) > 1:
        several = len(stretch) > t.PAGE_HEAD_MAX_PROSE or ahead > behind
        least = t.PAGE_COHESION_MIN_LINES_SEVERAL if several else t.PAGE_COHESION_MIN_LINES
        return _share(lines, stretch, kept) >= least
    last_break = max((j for j in gap if roles[j] in BREAKS), default=-1)
    if words >= t.PAGE_COHESION_MIN_WORDS and any(
        j > last_break and roles[j] in {Role.CAPTION, Role.CAPTION_LABEL} for j in gap
    ):
        return True  # pictures with captions belong to reports, not to lists
    hard = any(roles[j] in {Role.RELATED, Role.CUTOFF, Role.END} for j in gap) and ahead <= behind
    return words >= t.PAGE_COHESION_MIN_WORDS and _cohesive(stretch, kept, lines, hard=hard)


def _share(lines: Sequence[Line], some: Sequence[int], body: Sequence[int]) -> float:
    """The share of these lines that use at least two telling words of the body (a short line one)."""
    known = shapes.content_stems("\n".join(lines[j].flat for j in body)) | _titles(lines, body[0], some)
    related = 0
    for j in some:
        stems = shapes.content_stems(lines[j].flat)
        related += len(stems & known) >= min(2, len(stems))
    return related / len(some)


def _cohesive(some: Sequence[int], body: Sequence[int], lines: Sequence[Line], *, hard: bool = True) -> bool:
    """Do these lines as a whole use the telling words of the body?"""
    stems = shapes.content_stems("\n".join(lines[j].flat for j in some))
    known = shapes.content_stems("\n".join(lines[j].flat for j in body)) | _titles(lines, body[0], some)
    least = t.PAGE_COHESION_MIN_SHARE if hard else t.PAGE_COHESION_MIN_SHARE_SOFT
    return bool(stems) and len(stems & known) >= max(2, least * len(stems))


def _titles(lines: Sequence[Line], start: int, but: Sequence[int]) -> frozenset[str]:
    """The telling words of the last longer lines above the body: headline and deck, mostly."""
    above = [
        lines[j].flat
        for j in range(start)
        if j not in but and shapes.count_words(lines[j].flat) >= t.PAGE_PROSE_MIN_WORDS
    ]
    return shapes.content_stems("\n".join(above[-t.PAGE_TITLES_REACH :]))


def _introduces(title: str, text: str) -> bool:
    """Is the line the title of this very paragraph, as in a teaser of another story?"""
    stems = shapes.content_stems(title)
    return len(stems) >= 3 and len(stems & shapes.content_stems(text)) >= len(stems) / 2


def _stays(j: int, gap: Sequence[int], lines: Sequence[Line], roles: Sequence[Role]) -> bool:
    """Does this line between two kept paragraphs belong to them: a subhead, a list item, a short answer?"""
    text = lines[j].flat
    if roles[j] is Role.SUBHEAD:
        return True
    if roles[j] is Role.SHORT and j == gap[-1] and text.endswith("?"):
        return True
    if roles[j] is not Role.SHORT or any(roles[k] in BREAKS for k in gap):
        return False
    if shapes.starts_item(text) or shapes.ends_sentence(text):
        return True
    shorts = [k for k in gap if roles[k] is Role.SHORT]
    return len(shorts) == 1 and shapes.count_words(text) <= t.PAGE_PLAIN_SUBHEAD_MAX_WORDS


def _is_cut_off(lines: Sequence[Line], roles: Sequence[Role], kept: Sequence[int], end: int) -> bool:
    """Ends in an ellipsis or "read more", or is followed by an invitation to read on."""
    if not kept:
        return False
    last = lines[kept[-1]].flat
    if CUT.search(last):
        return True
    behind = [j for j in range(end + 1, min(end + 1 + t.PAGE_CUTOFF_REACH, len(lines))) if roles[j] not in ASIDE]
    if not behind or roles[behind[0]] is not Role.CUTOFF:
        return False
    return not shapes.ends_sentence(last) or shapes.count_words(lines[behind[0]].flat) > 2
