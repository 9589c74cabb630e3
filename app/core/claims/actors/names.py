"""Words and names as print shows them: capitals, hyphens, particles; which part of a person's name is the family's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.core.lexicon.load import word_set

__all__ = [
    "MONTH_NAMES",
    "SUFFIXES",
    "PrintedWord",
    "chunks",
    "in_title_case",
    "is_family_first",
    "is_given",
    "pieces",
    "short_names",
]

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]\.(?= ?[^\W\d_])|[^\W\d_]+(?:['-][^\W\d_]+)*|\d[\d.,:]*|\S", re.UNICODE)
_TIME_NAMES = word_set("closed", "names_time_names")
MONTH_NAMES = frozenset("Jan April May June August Aug March".split())
"""Months that are names too: a name before a capital, unless a word of time or a figure stands before them."""
_TIME_BEFORE = word_set("closed", "names_time_before")
_SENTENCE_END = frozenset(".!?:;\"'()[]\n•")
_JOINED_PARTICLE = re.compile(r"(?:al|el|ul|as|ad|ar|at|az|an|ash|d|l)['-][A-Z]")
SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word of print. `opens` tells that a sentence, line or quotation begins with it, so that its capital says little."""

    text: str
    start: int
    end: int
    capital: bool
    opens: bool


@lru_cache(maxsize=8192)
def is_given(word: str) -> bool:
    """Whether a word is a given name: as listed, without its accents, or two such with a hyphen (José, Marie-Anne)."""
    given = word_set("names", "given")
    if word in given:
        return True
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return plain in given or ("-" in plain and all(part in given for part in plain.split("-")))


def pieces(flat: str) -> tuple[PrintedWord, ...]:
    """The words and signs of a levelled text; a possessive 's is left out of the word before it."""
    out: list[PrintedWord] = []
    before = "\n"
    for m in _WORD.finditer(flat):
        text, end = m.group(), m.end()
        if text.endswith(("'s", "'S")):
            text, end = text[:-2], end - 2
        newline = "\n" in flat[out[-1].end : m.start()] if out else True
        opens = newline or before in _SENTENCE_END
        capital = text[0].isupper() or _JOINED_PARTICLE.match(text) is not None
        out.append(PrintedWord(text, m.start(), end, capital, opens))
        before = text[-1]
    return tuple(out)


def chunks(words: Sequence[PrintedWord], flat: str, stops: Sequence[bool]) -> list[tuple[int, int]]:
    """Runs of capitalised words, as index ranges; particles ("van der", "bin") may stand inside; `stops` breaks a run."""
    out: list[tuple[int, int]] = []
    particles = word_set("names", "particles")

    def goes_on(k: int) -> bool:
        return k < len(words) and not stops[k] and flat[words[k - 1].end : words[k].start] == " "

    i = 0
    while i < len(words):
        if not words[i].capital or stops[i] or _is_time(words, i, flat):
            i += 1
            continue
        j = i + 1
        while goes_on(j):
            k = j
            while k < j + 3 and words[k].text in particles and goes_on(k + 1):
                k += 1
            if not words[k].capital or _is_time(words, k, flat):
                break
            j = k + 1
        out.append((i, j))
        i = j
    return out


def _is_time(words: Sequence[PrintedWord], i: int, flat: str) -> bool:
    text = words[i].text
    if text in _TIME_NAMES:
        return True
    if text not in MONTH_NAMES:
        return False
    if i and (words[i - 1].text.lower() in _TIME_BEFORE or words[i - 1].text[0].isdigit()):
        return True
    if i and words[i - 1].capital and is_given(words[i - 1].text):
        return False  # "Theresa May"
    return not (
        is_given(text)
        and i + 1 < len(words)
        and words[i + 1].capital
        and flat[words[i].end : words[i + 1].start] == " "
        and words[i + 1].text not in word_set("shapes", "never")
        and words[i + 1].text not in word_set("shapes", "event")
    )


_SYLLABLES = re.compile(
    r"(?:(?:[bcdfghjklmnpqrstvwxyz]|ch|gh|kh|kk|ng|nh|ph|pp|sh|ss|th|tr|ts|tt|zh|gi|qu)?"
    r"(?:[aeiou]|ae|ai|ao|au|ea|eo|eu|ei|ie|ia|io|iu|oa|oe|oo|ou|ua|ue|ui|uo|ya|ye|yeo|yi|yo|yu|wa|wae|we|weo|wi|wo|y|ieu|iao|iang|uai|uye|uyen)"
    r"(?:ng|nh|ch|[bcgklmnprt])?){1,3}"
)
"""A given name in Korean, Chinese or Vietnamese as Latin letters write it: short open syllables."""


@lru_cache(maxsize=4096)
def is_family_first(name: str) -> bool:
    """Whether the family name stands first: Moon Jae-in, Xi Jinping, Choi Kang; not Shinzo Abe, Kim Clijsters, Kim Coghill."""
    parts = name.split()
    if len(parts) < 2 or parts[0] not in word_set("names", "family_first"):
        return False
    if re.search(r"^[A-Z][a-z]+-[A-Za-z][a-z]+$", parts[1]):
        return True
    if not all(_SYLLABLES.fullmatch(part.lower().replace("-", "")) for part in parts[1:]):
        return False
    return not is_given(parts[0]) or (
        parts[0] not in word_set("names", "either") and not is_given(parts[-1]) and len(parts) == 2
    )


def short_names(name: str) -> tuple[str, ...]:
    """The forms by which a person is called after the first mention, most likely first.

    >>> short_names("Moon Jae-in"), short_names("Mike Pompeo"), short_names("Mohammed bin Salman")
    (('Moon',), ('Pompeo',), ('Salman', 'bin Salman', 'Bin Salman'))
    """
    parts = [p for p in name.split() if p.rstrip(".") not in SUFFIXES]
    if len(parts) < 2:
        return ()
    if is_family_first(name):
        return (parts[0],)
    last = parts[-1]
    out = [last]
    particle = next((i for i in range(1, len(parts) - 1) if parts[i] in word_set("names", "particles")), None)
    if particle is not None:
        whole = " ".join(parts[particle:])
        out += [whole, whole[0].upper() + whole[1:]]
    elif len(parts) > 2 and len(parts[-2].rstrip(".")) > 1 and not parts[-2].endswith("."):
        out.append(" ".join(parts[-2:]))
    if particle is None and len(parts) > 3 and len(parts[-2]) > 3:
        out.append(parts[-2])  # "Luis Guillermo Solís Rivera" is Solís
    if _JOINED_PARTICLE.match(last):
        out += [re.split(r"['-]", last, maxsplit=1)[1], last[0].upper() + last[1:]]
    return tuple(dict.fromkeys(out))


_LINE_REACH = 2_000
"""Characters at either side that are looked at for the line: enough for a headline, however long a paragraph is."""


def in_title_case(flat: str, at: int) -> bool:
    """Whether the line around sets nearly every word with a capital, so that capitals tell nothing of names."""
    begin, end = flat.rfind("\n", max(0, at - _LINE_REACH), at) + 1, flat.find("\n", at, at + _LINE_REACH)
    line = flat[begin or max(0, at - _LINE_REACH) : end if end >= 0 else at + _LINE_REACH]
    long = re.findall(r"[^\W\d_]{4,}", line)
    return len(long) >= 4 and sum(w[0].isupper() for w in long) >= 0.75 * len(long)
