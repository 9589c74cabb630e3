"""What a line of a page is."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["ASIDE", "BREAKS", "LineRole"]


class LineRole(StrEnum):
    PROSE = "prose"  # running text: the body, if it stands in the right place
    SHORT = "short"  # a title, a label, a link: what it is depends on its neighbours
    SUBHEAD = "subhead"  # a title set off by its own marks
    DATELINE = "dateline"  # "Tokyo (AFP) Aug 23, 2019 -" on a line of its own
    BYLINE = "byline"
    DATE = "date"
    CREDIT = "credit"  # a picture's source
    CAPTION = "caption"
    CAPTION_LABEL = "caption-label"  # "Photo caption:"
    REPEAT = "repeat"  # said before: a pull quote, a teaser of the page itself
    RESIDUE = "residue"  # template marks, script, icon names
    POST = "post"  # what somebody wrote elsewhere, embedded: not the outlet's words
    MENU = "menu"
    SHARE = "share"
    PLAYER = "player"
    ADVERT = "advert"
    CONTACT = "contact"  # e-mail lines, "follow her on", inline links to other stories
    RELATED = "related"  # head of a list of other stories
    PROMO = "promo"  # offers, newsletters, cookies, donations
    OFFER = "offer"  # speaks to the reader of a publisher's goods: promo, unless it proves to be part of the report
    CUTOFF = "cutoff"  # "continue reading"
    END = "end"  # copyright and the like: nothing of this article follows


ASIDE = frozenset(
    {LineRole.ADVERT, LineRole.SHARE, LineRole.PLAYER, LineRole.CREDIT, LineRole.CAPTION, LineRole.CAPTION_LABEL, LineRole.REPEAT, LineRole.SUBHEAD,
     LineRole.CONTACT, LineRole.RESIDUE, LineRole.DATE, LineRole.POST}
)  # fmt: skip
"""Lines that stand between two paragraphs without breaking the article off."""

BREAKS = frozenset({LineRole.RELATED, LineRole.PROMO, LineRole.MENU, LineRole.CUTOFF})
"""Lines after which a paragraph must prove that it belongs to the article."""
