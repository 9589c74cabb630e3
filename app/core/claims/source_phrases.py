"""The words by which a text names a source: what of them is the name, what only says more about it.

"Mike Lind, head of the Harbour Watch, who resigned on Friday" is Mike Lind; "a homeless man who goes by “Shorty”" is a
homeless man; "Photo agency Berg Officials" are officials.
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.core.claims.actors.names import SUFFIXES
from app.core.claims.dates.almanac import MONTH, WEEKDAY
from app.core.lexicon.load import load, word_set
from app.core.records import Span
from app.core.text import fold

__all__ = ["core_of", "head_noun", "person_nouns", "says_only_when", "trailing_name"]


@lru_cache(maxsize=1)
def person_nouns() -> frozenset[str]:
    single = {noun.split()[-1].lower() for noun in load("roles")["nouns"]}
    return frozenset(single) | word_set("speakers", "persons")


# --- the core -------------------------------------------------------------------------------------------------------

_WHEN = (
    rf"(?:(?:on|in|at|by|since|late|early|earlier|this|last|next) )*(?:the )?(?:{WEEKDAY}|{MONTH}(?: \d{{1,2}})?|\d{{4}}|"
    r"yesterday|today|tonight|tomorrow|\d{1,2}:\d\d|(?:(?:this|last|next|earlier) )(?:week|month|year|morning|afternoon|evening|night))"
)
_TIME = re.compile(rf"\s+{_WHEN}(?:[\s,].*)?$", re.DOTALL)
_ONLY_TIME = re.compile(rf"(?:{_WHEN}(?:,? (?:morning|afternoon|evening|night))?[\s,]*)+", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\s*(?:[,(;—]|\b(?:who|whom|whose|which|where|when|that)\b(?! of\b)|"
    r"\b(?:(?:known|identified)(?: [a-z]+){0,3} as|nicknamed|dubbed)\b)"
)
_LISTED = re.compile(r"\s*, [\w' -]+?,? (?:and|or) ")
_SETTING = re.compile(
    r"(?:[A-Z]?[a-z]+ing|Asked|(?:[Ii]n|[Aa]t|[Oo]n|[Aa]fter|[Bb]efore|[Dd]uring|[Nn]ear|[Ff]rom|[Oo]utside|[Ii]nside|[Dd]espite|[Ww]ith))\b"
    r"[^,]*, (?=[A-Z])"
)


@lru_cache(maxsize=1)
def _credits() -> re.Pattern[str]:
    forms = sorted(load("speakers")["credits"], key=lambda f: (-len(f), f))
    return re.compile(rf"(?:(?i:{'|'.join(map(re.escape, forms))})[\s/:,]+)+(?=[A-Z])")


def core_of(text: str, span: Span) -> Span:
    """The words of a source without what leads up to it (a credit, a clause) and what is said on about it."""
    start, end = span
    words = text[start:end]
    for lead in (_credits(), _SETTING):
        found = lead.match(words)
        if found is not None and found.end() < len(words):
            start += found.end()
            words = text[start:end]
    cut = next((m.start() for m in _CLAUSE.finditer(words) if m.start() and not _LISTED.match(words, m.start())), None)
    if cut is not None:
        words = words[:cut]
    time = _TIME.search(words)
    if time is not None and time.start():
        words = words[: time.start()]
    words = words.rstrip(" ,.;:\"“”'‘’")
    return (start, start + len(words)) if words else span


def says_only_when(words: str) -> bool:
    """A time and nothing else: nobody speaks."""
    return _ONLY_TIME.fullmatch(words.strip()) is not None


_BEFORE_RELATION = re.compile(
    r"\s(?:of|at|from|for|in|on|with|to|by|about|near|among|outside|including|familiar|close)\s"
)


_OF_MANY = word_set("closed", "source_phrases_of_many")


def head_noun(words: str) -> str:
    """The folded noun that heads a phrase: "aide" of "a palace aide with knowledge of the talks"."""
    parts = [part.split() for part in _BEFORE_RELATION.split(f"{words} ")]
    core = parts[1] if len(parts) > 1 and parts[0] and fold(parts[0][-1]) in _OF_MANY else parts[0]
    return fold(core[-1]).strip(".,'\"") if core else ""


# --- a name in it ---------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _title_words() -> frozenset[str]:
    """Words that stand before a name and are none: "Minister", "Mr", "US"."""
    titles = {fold(w).rstrip(".") for title in load("roles")["before"] for w in title.split()}
    honours = {fold(w).rstrip(".") for words in load("roles")["honours"].values() for w in words}
    return frozenset(titles | honours | person_nouns() | {"us", "uk", "eu", "un"})


def trailing_name(words: str) -> tuple[str, str] | None:
    """The name that a core ends in and the word before it: ("Ana Berg", "singer") of "the singer Ana Berg"."""
    core = _BEFORE_RELATION.split(f"{words} ", maxsplit=1)[0].split()
    particles = word_set("names", "particles")
    first = next(
        (i + 1 for i in range(len(core) - 1, -1, -1) if not core[i][0].isupper() and core[i] not in particles), 0
    )
    parts = core[first:]
    while len(parts) > 1 and fold(parts[0]).rstrip(".") in _title_words():
        parts = parts[1:]
    while parts and parts[-1].rstrip(".") in SUFFIXES:
        parts = parts[:-1]
    if not parts or not parts[0][0].isupper():
        return None
    return " ".join(parts), fold(core[first - 1]) if first else ""
