"""Words and names as print shows them: capitals, hyphens, particles; which part of a person's name is the family's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.core.lexicon.load import words_of

__all__ = ["Piece", "chunks", "is_family_first", "pieces", "short_names"]

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]\.(?= ?[^\W\d_])|[^\W\d_]+(?:['-][^\W\d_]+)*|\d[\d.,:]*|\S", re.UNICODE)
_TIME_NAMES = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February July August September October November "
    "December Jan Feb Aug Sept Sep Oct Nov Dec Mr Mrs Ms Miss Dr Mr. Mrs. Ms. Dr. Photo Image".split()
)
_SENTENCE_END = frozenset(".!?:;\"'()[]\n•")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of print. `opens` tells that a sentence, line or quotation begins with it, so that its capital says little."""

    text: str
    start: int
    end: int
    capital: bool
    opens: bool


def pieces(flat: str) -> tuple[Piece, ...]:
    """The words and signs of a levelled text; a possessive 's is left out of the word before it."""
    out: list[Piece] = []
    before = "\n"
    for m in _WORD.finditer(flat):
        text, end = m.group(), m.end()
        if text.endswith(("'s", "'S")):
            text, end = text[:-2], end - 2
        newline = "\n" in flat[out[-1].end : m.start()] if out else True
        opens = newline or before in _SENTENCE_END
        out.append(Piece(text, m.start(), end, text[0].isupper(), opens))
        before = text[-1]
    return tuple(out)


def chunks(words: Sequence[Piece], flat: str, stops: Sequence[bool]) -> list[tuple[int, int]]:
    """Runs of capitalised words, as index ranges; a particle ("van", "bin") may stand inside; `stops` breaks a run."""
    out: list[tuple[int, int]] = []
    particles = words_of("names", "particles")
    i = 0
    while i < len(words):
        if not words[i].capital or stops[i] or words[i].text in _TIME_NAMES:
            i += 1
            continue
        j = i + 1
        while j < len(words) and flat[words[j - 1].end : words[j].start] == " " and not stops[j]:
            if words[j].capital and words[j].text not in _TIME_NAMES:
                j += 1
            elif (
                words[j].text in particles
                and j + 1 < len(words)
                and words[j + 1].capital
                and not stops[j + 1]
                and flat[words[j].end : words[j + 1].start] == " "
            ):
                j += 2
            else:
                break
        out.append((i, j))
        i = j
    return out


@lru_cache(maxsize=4096)
def is_family_first(name: str) -> bool:
    """Whether the family name stands first: Moon Jae-in, Xi Jinping, Choi Kang; not Shinzo Abe, nor Kim Clijsters."""
    parts = name.split()
    if len(parts) < 2 or parts[0] not in words_of("names", "family_first"):
        return False
    if re.search(r"^[A-Z][a-z]+-[A-Za-z][a-z]+$", parts[1]):
        return True
    given = words_of("names", "given")
    return parts[0] not in given or (
        parts[0] not in words_of("names", "either") and parts[-1] not in given and len(parts) == 2
    )


def short_names(name: str) -> tuple[str, ...]:
    """The forms by which a person is called after the first mention, most likely first.

    >>> short_names("Moon Jae-in"), short_names("Mike Pompeo"), short_names("Mohammed bin Salman")
    (('Moon',), ('Pompeo',), ('Salman', 'bin Salman'))
    """
    parts = [p for p in name.split() if p.rstrip(".") not in {"Jr", "Sr", "II", "III", "IV"}]
    if len(parts) < 2:
        return ()
    if is_family_first(name):
        return (parts[0],)
    last = parts[-1]
    out = [last]
    if len(parts) > 2 and len(parts[-2].rstrip(".")) > 1:
        out.append(" ".join(parts[-2:]))
    if len(parts) > 3 and len(parts[-2]) > 3:
        out.append(parts[-2])  # "Luis Guillermo Solís Rivera" is Solís
    if last[:3].lower() in {"al-", "el-"}:
        out.append(last[3:])
    return tuple(out)
