"""Pictures' captions and credits: sentences that belong to a picture, not to the report."""

from __future__ import annotations

import re
from functools import lru_cache

from app.core.article.phrases import load_phrases
from app.core.article.shapes import count_sentences, count_words
from app.core.lexicon.outlets import load_outlets

__all__ = ["agency_only_in_brackets", "credit_at_end", "is_credit", "is_file_photo", "is_scene", "reads_like_caption"]

_WORD = r"[A-Z][\w.’']{0,24}(?:-[\w.’']{1,24}){0,3}"
_MAKER = rf"{_WORD}(?: {_WORD}){{0,3}}"
_MOST_CHARS = 200
"""Characters of a credit; of a longer line its end is looked at."""
_SURE = re.compile(
    r"\bhide caption\b|^image (?:copyright|caption|source)\b|^\d{1,2} ?(?:/|of) ?\d{1,2} \w|\b(?:file|handout) (?:photo|picture|image|pic)\b|^FILE\b ?[-–—:]"
    r"|\bphoto (?:illustration|courtesy)\b|^(?:photo|image|picture)s? (?:taken|shows?|provided|released|made available)\b"
    r"|\b(?:in )?(?:this|undated) (?:[\w.,]+ ){0,6}(?:photo|image|picture|frame|screengrab)(?:,| (?:taken|shows|provided|released|issued|supplied|made|shot|from|by)\b)"
    r"|^(?:pictured|seen here)\b|\b(?:pictured|seen here)[.)]*$"
    r"|\bafp via getty\b|\bap photo\b|\b(?:reuters|afp|ap|getty|epa-efe)/|/(?:afp|reuters|ap|getty)\b|(?:[/|(©] ?|\bvia |\bfor )getty images\b|\bgetty images\W*$",
    re.IGNORECASE,
)
"""Words that stand in a picture's caption or credit and nowhere else."""
_SHOWN = re.compile(
    r"\b(?:pictured|seen here)\b(?:,? (?:in|at|on|with|here|far|left|right|centre|center)\b|[,.)])"
    r"|\((?:(?:\d(?:st|nd|rd|th)|second|third|far|top|bottom|front|back|center|centre) )?(?:left|right|center|centre|L|R|C|\d(?:nd|rd|th) [LRlr](?:eft|ight)?)\)"
    r"|, (?:left|right|center|centre|second from (?:left|right)),|\b(?:from left|clockwise from)\b"
    r"|\b(?:photo|image|picture)s? (?:taken|shows?|provided|released|made available)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:said|says|told|added|wrote|tweeted|according to|was|were|had|has|have|did|does|will|would|could|can|may|might|must|"
    r"showed|became|went|came|took|made|gave|found|lost|won|died|began|called|sued|resigned|denied)\b"
)
"""Words for what someone is shown as ("the mayor (left)"), which reports use too: there a verb tells what happened."""
_BY_NAME = re.compile(
    r"^\(?(?:[A-Z][\w.’'-]+ ){1,3}?[A-Z][\w.’'-]+ ?/ ?(?:[Tt]he )?[A-Z][\w.]+(?: [A-Z][\w.]+){0,3}\)?$"
)
"""A photographer and a publisher: "Jan Kral / Evening Post"."""
_HERE = re.compile(r"(?:^|[.!?]['\"”’]? )(?:Here|Above|Below|Left|Right|Top|Bottom|Pictured)[,:] ")
_SCENE = re.compile(
    r"\b(?:announces|speaks|attends|arrives|walks?|shakes? hands|poses?|looks? on|gestures?|waves?|holds?|stands?|sits?|"
    r"delivers|addresses|answers|leaves|greets|meets|talks|chat|marches?|protests?|shouts?|rally|rallies|gather|smiles?|listens?|inspects|"
    r"watch(?:es)?|enters?|takes? part|hold (?:up )?(?:signs|placards|banners)|is seen|are seen|was on display|is on display)\b"
)
_WHEN = re.compile(
    r"\b(?:on|in|at|,)\b[^.]{0,120}\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|"
    r"January|February|March|April|August|September|October|November|December)\b[^.]{0,30}\.?"
)


@lru_cache(maxsize=1)
def _agency() -> str:
    """Whom a picture is credited to: agencies, houses that sell pictures, and the words that stand for one."""
    houses = {form for o in load_outlets() if o.agency or o.pictures for form in o.forms}
    names = sorted(houses | set(load_phrases().credits), key=lambda n: (-len(n), n))
    return (
        "(?:(?:via )?(?:"
        + "|".join(re.escape(n) for n in names)
        + ")(?: (?:[Pp]hotos?|[Ii]mages|[Ff]ile|[Mm]ontage|Sports))?)"
    )


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    one = _agency()
    several = rf"{one}(?: ?[/|,-] ?(?:{one}|{_MAKER})){{0,4}}"
    alone = re.compile(
        rf"^[(\[]?(?:(?:Photo|Image|Picture)s?(?: by|:)? )?(?:{_MAKER}(?: ?[/|,(] ?| via | for | )?)?{several}[)\]]?\.?$"
    )
    bare_end = re.compile(
        rf"[.!?\"”’)] ?(?:[-–—/|©] ?)?(?:(?:Photo|Image|Picture)(?: by|:)? )?(?:{_MAKER}(?:/| / | via ))?{several}\.?$"
    )
    bracket_end = re.compile(
        rf"(?:\((?:(?:{_MAKER}|[Pp]hoto|[Ii]mage|[Ff]ile)[:/ ,]{{1,3}}(?:by |via )?){{0,4}}(?:[\w ]{{1,40}}/)?{several}\)"
        r"|\[(?:[Pp]hoto|[Ii]mage)[^\[\]]{0,120}\]|\((?:[Pp]hoto|[Ii]mage|[Pp]icture|[Cc]redit|[Cc]ourtesy)\b[^()]{0,120}\))\.?$"
    )
    return alone, bare_end, bracket_end


_MADE_BY = re.compile(
    rf"\b(?:Photograph|Photo|Image|Picture|Illustration|Composite|Credit)s?: ?[A-Z][^.]{{1,60}}$"
    rf"|[.!?\"”’] ?\({_MAKER}/(?:[Tt]he )?{_MAKER}\)$|\({_MAKER} for {_MAKER}\)$|\({_MAKER}, [\w ]{{0,40}}photo\w{{0,12}}\)$"
)
"""Ends with a maker in other forms than an agency's name: "Photograph: Ben Clay/Alamy", "(Ana Ruiz for The Post)"."""


def is_credit(line: str) -> bool:
    """Only a picture's source: "Reuters", "David Becker/Getty Images", "Photo by Ahn AP"."""
    return (
        len(line) <= _MOST_CHARS
        and count_words(line) <= 10
        and bool(_patterns()[0].match(line) or _BY_NAME.match(line))
    )


def credit_at_end(line: str) -> bool:
    """Text, then the source of a picture: "... on Thursday. Yonhap", "... (Kim Hong-Ji/Reuters)"."""
    end = line[-_MOST_CHARS:]
    _, bare, bracket = _patterns()
    return bool(bare.search(end) or bracket.search(end) or _MADE_BY.search(end))


def agency_only_in_brackets(line: str) -> bool:
    """Ends with nothing but an agency in brackets, as the last paragraph of its report often does."""
    return bool(re.search(rf"[.!?\"”’] ?\({_agency()}\)$", line[-_MOST_CHARS:]))


def reads_like_caption(line: str) -> bool:
    """Says itself that it describes a picture, or tells a scene with its date in one sentence or two."""
    if count_sentences(line) > 3:
        return False
    return is_file_photo(line) or is_scene(line)


def is_file_photo(line: str) -> bool:
    """Says itself that it describes a picture. A sentence of a report that only points at one ("the pier (pictured above) was") does not."""
    if _SURE.search(line) or _HERE.search(line):
        return True
    return bool(_SHOWN.search(line)) and not _TELLS.search(line)


def is_scene(line: str) -> bool:
    """One sentence in the present tense that says who does what, where and on which day."""
    return (
        count_sentences(line) == 1 and bool(_SCENE.search(line) and _WHEN.search(line)) and not re.search(r'["“]', line)
    )
