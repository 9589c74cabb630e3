"""Whether two full names may be one person's: initials, middle names, nicknames, second surnames, a letter misspelt.

"William P. Lind" and "Bill Lind", "Ana María Berg Solís" and "Ana Berg", "Heidar Lund" and "Heydar Lund" may be one;
"Ana Berg" and "Eva Berg", "Mark Berg Jr." and "Mark Berg Sr." may not. Whether they are is for the articles to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from app.core.claims.actors.names import is_family_first, is_given
from app.core.lexicon.load import load, word_set
from app.core.text import fold

__all__ = ["FullName", "Likeness", "likeness", "parsed_name", "spelt_alike"]


class Likeness(IntEnum):
    """How two names are alike, the surest last."""

    NONE = 0
    SPELT = 1  # but for a letter
    CALLED = 2  # a nickname, an initial, a second surname, a title in front
    SAME = 3  # but for middle names


@dataclass(frozen=True, slots=True)
class FullName:
    """A name of two words or more, folded; initials without their dots. `family_first` tells which end is the family's."""

    words: tuple[str, ...]
    suffix: str | None = None
    family_first: bool = False

    @property
    def given(self) -> str:
        return self.words[-1] if self.family_first else self.words[0]

    @property
    def family(self) -> str:
        return self.words[0] if self.family_first else self.words[-1]


_SUFFIX = re.compile(r",? (jr|sr|ii|iii|iv)$")


@lru_cache(maxsize=8192)
def parsed_name(name: str) -> FullName | None:
    """None for a single word, and for a family name with what belongs to it: "van der Berg", "el-Lind"."""
    plain = " ".join(re.sub(r"[.’']", "", fold(name)).split())
    suffix = _SUFFIX.search(plain)
    plain = plain[: suffix.start()] if suffix else plain
    words = [w for w in re.split(r"[ -]", plain) if w]
    particles = word_set("names", "particles")
    if len(words) < 2 or (particles.issuperset(words[:-1]) and not is_given(words[0].capitalize())):
        return None
    if is_family_first(name):
        words = [words[0], "".join(words[1:])]
    particle = next((i for i in range(1, len(words) - 1) if words[i] in particles), None)
    if particle is not None:
        words = [*words[:particle], "".join(words[particle:])]
    return FullName(tuple(words), suffix[1] if suffix else None, is_family_first(name))


@lru_cache(maxsize=65536)
def likeness(a: FullName, b: FullName) -> Likeness:
    """The same whichever comes first."""
    if a.suffix and b.suffix and a.suffix != b.suffix:
        return Likeness.NONE
    if "".join(a.words) == "".join(b.words):
        return Likeness.SAME
    if a.family_first is not b.family_first:
        first, last = (a, b) if a.family_first else (b, a)
        return Likeness.CALLED if "".join(last.words) == f"{first.given}{first.family}" else Likeness.NONE
    if a.family_first:
        alike = a.family == b.family and spelt_alike(a.given, b.given, 5)
        return Likeness.SPELT if alike else Likeness.NONE
    short, long = (a, b) if (len(a.words), a.words) <= (len(b.words), b.words) else (b, a)
    extra = len(long.words) - len(short.words)
    if extra and long.words[: len(short.words)] == short.words:
        return Likeness.CALLED  # a second surname
    if extra and long.words[extra:] == short.words and not any(is_given(w.capitalize()) for w in long.words[:extra]):
        return Likeness.CALLED  # a title, an epithet in front
    if extra and long.words[0] in person_titles() and len(long.words) > 2:
        return min(Likeness.CALLED, likeness(short, FullName(long.words[1:], long.suffix)))  # "Dean" may be a title too
    if not _middles_agree(short.words[1:-1], long.words[1:-1]):
        return Likeness.NONE
    return min(_same_given(short.given, long.given), _same_family(short.family, long.family))


def _middles_agree(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Every middle name of the one is, or begins, one of the other."""
    return all(any(m.startswith(n) or n.startswith(m) for n in long) for m in short) if long else True


def _same_given(a: str, b: str) -> Likeness:
    if a == b:
        return Likeness.SAME
    if min(len(a), len(b)) <= 2 and (a[0] == b[0]):
        initials = min(a, b, key=len)
        return Likeness.CALLED if len(initials) == 1 or len(max(a, b, key=len)) > 2 else Likeness.NONE
    if _nicknames(a) & _nicknames(b):
        return Likeness.CALLED
    if _sex(a) and _sex(b) and _sex(a) != _sex(b):
        return Likeness.NONE
    both_known = is_given(a.capitalize()) and is_given(b.capitalize())
    if both_known:
        return Likeness.SPELT if len(a) > 3 and len(b) > 3 and _sounds(a) == _sounds(b) else Likeness.NONE
    return Likeness.SPELT if spelt_alike(a, b, 4) else Likeness.NONE


def _same_family(a: str, b: str) -> Likeness:
    if a == b:
        return Likeness.SAME
    return Likeness.SPELT if spelt_alike(a, b, 5) else Likeness.NONE


@lru_cache(maxsize=1)
def person_titles() -> frozenset[str]:
    """Titles of one word, folded; some are given names too ("Dean")."""
    return frozenset(fold(t).rstrip(".") for t in load("roles")["before"] if " " not in t) | {"dean", "rabbi", "imam"}


def spelt_alike(a: str, b: str, least: int) -> bool:
    """One letter more, less, other or swapped, in words of at least `least` letters."""
    return min(len(a), len(b)) >= least and OSA.distance(a, b, score_cutoff=1) <= 1


@lru_cache(maxsize=1)
def _rows_of() -> dict[str, frozenset[int]]:
    out: dict[str, set[int]] = {}
    for i, row in enumerate(load("nicknames")["rows"]):
        for form in row.split():
            out.setdefault(form, set()).add(i)
    return {form: frozenset(rows) for form, rows in out.items()}


def _nicknames(given: str) -> frozenset[int]:
    return _rows_of().get(given, frozenset())


def _sex(given: str) -> str | None:
    name = given.capitalize()
    if name in word_set("names", "women"):
        return "f"
    return "m" if is_given(name) and name not in word_set("names", "either") else None


def _sounds(word: str) -> str:
    """Consonants as they sound, double ones once: jon = john, marc = mark."""
    plain = word.replace("ph", "f").replace("c", "k").replace("y", "i").replace("z", "s")
    return re.sub(r"(.)\1+", r"\1", plain[0] + re.sub(r"[aeiouh]", "", plain[1:]))
