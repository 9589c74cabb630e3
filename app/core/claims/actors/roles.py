"""What a person is said to be: titles before a name, descriptions after it."""

from __future__ import annotations

import re
from functools import lru_cache

from app.core.lexicon.load import load, word_set
from app.core.records import Span
from app.core.text import level

__all__ = [
    "honour",
    "is_form_of_address",
    "role_after",
    "role_apposed",
    "role_before",
    "sex_of",
    "side_of_role",
    "title_spans",
]


@lru_cache(maxsize=1)
def _titles() -> re.Pattern[str]:
    forms = sorted(load("roles")["before"], key=lambda f: (-len(f), f))
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(f) for f in forms) + r")(?![\w-])(?!')")


@lru_cache(maxsize=1)
def _lower_titles() -> re.Pattern[str]:
    forms = sorted(load("roles")["lower_before"], key=lambda f: (-len(f), f))
    return re.compile(r"(?<![\w])(?:" + "|".join(re.escape(f) for f in forms) + r")$")


@lru_cache(maxsize=1)
def _honours() -> re.Pattern[str]:
    table = load("roles")["honours"]
    forms = sorted({f for group in table.values() for f in group}, key=lambda f: (-len(f), f))
    return re.compile(r"(?<!\w)(" + "|".join(re.escape(f) for f in forms) + r") $")


@lru_cache(maxsize=1)
def _nouns() -> re.Pattern[str]:
    forms = sorted(load("roles")["nouns"], key=lambda f: (-len(f), f))
    return re.compile(r"(?<![\w])(?:" + "|".join(re.escape(f) for f in forms) + r")s?(?!\w)", re.IGNORECASE)


_NAME_FOLLOWS = re.compile(r" [^\W\d_a-z]")


def title_spans(flat: str) -> list[Span]:
    """Where capitalised titles stand that a name follows."""
    return [m.span() for m in _titles().finditer(flat) if _NAME_FOLLOWS.match(flat, m.end())]


def honour(flat: str, start: int) -> str | None:
    """The form of address right before a name ("Mr", "spokeswoman")."""
    m = _honours().search(flat[max(0, start - 20) : start])
    return m.group(1) if m else None


def is_form_of_address(word: str) -> bool:
    return _honours().fullmatch(f"{word} ") is not None


def role_before(flat: str, start: int) -> Span | None:
    """The title that ends right before a name at `start`, with what belongs to it: "then-South Korean President"."""
    if start == 0 or flat[start - 1] != " ":
        return None
    head = flat[max(0, start - 120) : start - 1]
    base = start - 1 - len(head)
    upper = [m for m in _titles().finditer(head) if m.end() == len(head)]
    m: re.Match[str] | None = upper[0] if upper else None
    if m is None:
        lower = _lower_titles().search(head)
        if lower is None:
            return None
        m = lower
    begin = m.start()
    modifiers = word_set("roles", "modifiers")
    while True:
        left = re.search(
            r"(?<![\w.'-])((?:then-|former |ex-)?(?:[^\W\d_]\.){2,}|[^\W\d_][^\W_]*(?:[-'][^\W_]+)*\.?|of|for|and)( |'s )$",
            head[:begin],
        )
        if left is None:
            break
        word, gap = left.group(1), left.group(2)
        bare = word.split("-")[-1] if word.startswith("then-") else word
        if (
            word.lower() in modifiers
            or word.startswith(("then-", "ex-", "vice-"))
            or (
                bare[0].isupper()
                and gap == " "
                and not word.endswith("."[:0] or ",")
                and word not in word_set("shapes", "never")
            )
            or re.fullmatch(r"(?:[^\W\d_]\.){2,}", word)
            or (gap == "'s " and word[0].isupper())
        ):
            begin = left.start(1)
        else:
            break
    return base + begin, start - 1


_SET_OFF = re.compile(r"[,.;)]|$| -| —| \(", re.MULTILINE)
_WHOSE = re.compile(
    r"(?:(?:the|The|its|Its|his|His|her|Her|their|Their|our|a|A|an|An)|[^\W\d_][\w-]*'s?) (?:[\w-]+ ){0,4}$"
)


def role_apposed(flat: str, start: int, end: int) -> Span | None:
    """The description that a name set off by commas explains: "the owners' lawyer" before ", Ana Berg, said"."""
    if flat[max(0, start - 2) : start] != ", " or not _SET_OFF.match(flat, end):
        return None
    head = flat[max(0, start - 82) : start - 2]
    noun = next((m for m in _nouns().finditer(head) if m.end() == len(head)), None)
    if noun is None or noun.group().endswith("s"):
        return None
    whose = _WHOSE.search(head[: noun.start()])
    if whose is None or _VERB.search(whose.group()):
        return None
    return start - 2 - len(head) + whose.start(), start - 2


_AFTER = re.compile(
    r"(?:,| -| –| —|,? who is|,? who was|,? \() ?((?:the |a |an |its |their |his |her |[A-Z][\w.]*(?: [A-Z][\w.]*)*'s )?)"
)
_STOP = re.compile(
    r"[,;.\n\")\u2014\u2013]| - | who | which | that | said | told | says | added | and the two | in a | in an | at a news | on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
)
_VERB = re.compile(
    r"\b(?:said|says|told|was|were|is|are|has|had|have|will|would|who|which|when|while|after|before|citing|adding|arrived|visited)\b"
)


def role_after(flat: str, end: int) -> Span | None:
    """The description set off after a name: "deputy director of the presidential National Security Office (NSO)"."""
    opening = _AFTER.match(flat, end)
    if opening is None:
        return None
    start = opening.end()
    # A full stop inside an abbreviation and a comma inside parentheses do not end a role.
    at = start
    while True:
        stop = _STOP.search(flat, at)
        if stop is None:
            close = min(len(flat), start + 160)
            break
        if (
            stop.group() == "."
            and re.search(r"(?:\b[A-Z]|\b[A-Z][a-z]{1,3})$", flat[start : stop.start()])
            and flat[stop.end() : stop.end() + 1] == " "
            and flat[stop.end() + 1 : stop.end() + 2].isupper()
        ):
            at = stop.end()
            continue
        if stop.group() == "." and (
            re.match(r"[A-Z]\.?", flat[stop.end() : stop.end() + 2])
            or (
                re.search(r"\b[A-Z]\.[A-Z]$", flat[start : stop.start()])
                and re.match(r"'s| [a-z]", flat[stop.end() : stop.end() + 2])
            )
        ):
            at = stop.end()
            continue
        if stop.group() == ")" and "(" in flat[start : stop.start()]:
            at = stop.end()
            continue
        close = stop.start()
        break
    phrase = flat[start:close]
    noun = _nouns().search(phrase)
    if noun is None or close - start > 160 or _VERB.search(phrase[: noun.end()]):
        return None
    if len(re.findall(r"\w+", phrase[: noun.start()])) > 7 or re.search(
        r"\b(?:of|in|at|for|with|from|by)\b", phrase[: noun.start()]
    ):
        return None
    return start, start + len(phrase.rstrip())


@lru_cache(maxsize=2048)
def side_of_role(role: str) -> str | None:
    """The key of the state that a role speaks for: the first state, capital or state body it names."""
    from app.core.claims.actors.known import registered

    for _, _, named in registered(level(role)):
        if named.kind.value == "state":
            return named.key
        if named.side:
            return named.side
    return None


def sex_of(name: str, address: str | None) -> str | None:
    """By form of address, else by a given name that only women bear."""
    table = load("roles")["honours"]
    if address in table["m"]:
        return "m"
    if address in table["f"]:
        return "f"
    first = name.split(maxsplit=1)[0]
    if first in word_set("names", "women"):
        return "f"
    if first in word_set("names", "given") and first not in word_set("names", "either"):
        return "m"
    return None
