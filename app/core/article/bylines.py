"""Bylines: who wrote the report, as a line above or below it or a page's own markup says."""

from __future__ import annotations

import re

from app.core.article.dates import DAY
from app.core.article.shapes import is_titlecase
from app.core.lexicon.outlets import load_outlets

__all__ = ["bylines_of", "is_byline", "names_in"]

_UPPER = "A-ZÀ-ÖØ-ÞĀ-Ž"
_PARTICLES = "de|da|di|del|dos|du|der|den|van|von|ter|bin|ibn|al|el|la|le"
_WORD = rf"[{_UPPER}][\w.’'‘-]*"
_NAME = rf"{_WORD}(?: (?:{_WORD}|{_PARTICLES}|Mc\w+)){{1,4}}"
_MOST_WORDS, _MOST_CHARS = 30, 400
_BY = re.compile(
    r"^(?:(?:Written|Story|Report|Reported|Reporting|Words|Text|Analysis|Article|Posted|Published) )?(?:(?:[Bb]y|BY)[: ]+|By(?=[A-Z][a-z]))(?P<names>\S.*)$"
)
_ROLE = re.compile(
    r"(?i)\b(?:(?:staff|senior|chief|special|political|diplomatic|business|foreign|contributing) )*"
    r"(?:writers?|reporters?|correspondents?|editors?|journalists?|columnists?|producer|bureau chief|contributor|news|staff)\b.*$"
)
_SUFFIXED = re.compile(r",? (Jr\.?|Sr\.?|II|III|IV)(?!\w)")
_DEGREE = re.compile(r",? (?:M\.?D|Ph\.?D|Esq)\b\.?")
_JOINT = r"(?:[,;/&|·•]|\b(?i:and|with)\b)"
_SPLIT = re.compile(rf" ?{_JOINT}(?: ?{_JOINT})* ?")
_AFTER = re.compile(rf"[|•·—–]| - |,? {DAY}|\b(?i:updated|published|posted)\b")
_AT = re.compile(r" (?:in|at|of|for|from) ")
_DISTRICT = re.compile(r"^(?:[A-Z]\.){2,}$")  # "in Washington, D.C."
_LEAD = re.compile(r"^(?:[Bb]y|BY)[: ]+")
_ASIDE = re.compile(r"\(?(?<!\S)\S{1,80}@\S{1,80}\.\w{2,20}\)?|\([^()]{1,60}\)")
_WITH_MAIL = re.compile(rf"^(?P<names>{_NAME})\s*[,|(]?\s*\S+@\S+\.\w+\)?$")


def bylines_of(line: str) -> tuple[str, ...]:
    """The names of a byline: "By Do Je-hae, Kim Yoo-chul", "Jane Doe jane@paper.example"; empty when it is none."""
    if len(words := line.split()) > _MOST_WORDS:
        return ()
    line = " ".join(words)
    if m := _WITH_MAIL.match(line):
        return (m["names"],)
    if not (m := _BY.match(line)):
        return ()
    names = []
    for name in names_in(_AFTER.split(m["names"], maxsplit=1)[0]):
        if not _looks_like_name(name):
            break
        names.append(name)
    if any(" " in name for name in names):  # "Lena Okafor, Ardby": the place is no writer
        names = [name for name in names if " " in name]
    return tuple(names)


def names_in(words: str) -> tuple[str, ...]:
    """The writers of a list, without places, houses, offices and addresses: "A in Oslo, B Jr., and C of The Post".

    >>> names_in("Nora Feld in Ardby, Thomas Kapp, Jr., Reuters, and Ana Ruiz, staff writer")
    ('Nora Feld', 'Thomas Kapp Jr.', 'Ana Ruiz')
    """
    plain = _ASIDE.sub("", _LEAD.sub("", " ".join(words[:_MOST_CHARS].split())))
    parts = _SPLIT.split(_SUFFIXED.sub(r" \1", _DEGREE.sub("", plain)))
    names = (_name(part) for part in parts if not part.casefold().endswith(" staff"))
    return tuple(dict.fromkeys(name for name in names if name and not _DISTRICT.match(name)))


def _name(part: str) -> str:
    """The name without what stands behind it; "" where nothing is left: "ANA RUIZ Associated Press", "staff writer"."""
    name = _ROLE.sub("", part).strip(" :;")
    before = _AT.split(name, maxsplit=1)[0]
    words = (before if " " in before else name).split()  # "Ministry of Defence" is a house
    for start in (0, *range(2, len(words))):
        if load_outlets().by_sure_name(" ".join(words[start:])):
            return " ".join(words[:start])
    return " ".join(words)


def is_byline(line: str) -> bool:
    """A line that names who wrote, and no sentence: "By Jane Doe", "BY STAFF REPORTER"."""
    if bylines_of(line):
        return True
    short = len(line.split()) <= 8 and not line.rstrip().endswith((".", "?", "!"))
    return short and bool(re.match(r"^(?:By|BY)\b[: ]", line)) and bool(_ROLE.search(line) or is_titlecase(line))


def _looks_like_name(name: str) -> bool:
    words = name.split()
    particles = set(_PARTICLES.split("|"))
    return (
        (1 < len(words) <= 5 and all(w[0].isupper() or w in particles for w in words))
        or (name.isupper() and len(words) <= 4)
        or (len(words) == 1 and words[0][0].isupper() and len(words[0]) > 2)
    )
