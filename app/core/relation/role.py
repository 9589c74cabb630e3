"""What is someone called, and who plays which part: titles of one person, and who did it to whom."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from rapidfuzz import fuzz

from app.core import thresholds
from app.core.records import ActorKind, Claim, Dimension, Outcome, Reason, Span
from app.core.relation.context import Context
from app.core.relation.evidence import between_names, reason, where
from app.core.text import fold

__all__ = ["compare_roles", "compare_titles", "is_loose", "stated_title", "title_head", "title_of"]

_BEFORE = re.compile(r"((?:[\w.&'-]+(?:\s+(?:of|for|and|the)\s+|\s+)){1,9})$")
_AFTER = re.compile(r"^\s*[,(–—-]+\s*(?:(?:the|a|an|who is|who was)\s+)?([^,;:.()–—\"“”]{3,110})")
_WORD = re.compile(r"[\w&]+(?:[.'-][\w&]+)*")
_IDLE = frozenset("the a an of for and at in to on 's its his her us u.s uk eu".split())
_LEADERS = frozenset("director president chair ceo minister commissioner secretary manager governor commander".split())


@dataclass(frozen=True, slots=True)
class _Titles:
    heads: frozenset[str]
    before: frozenset[str]  # what a title before a name may be made of
    marks: frozenset[str]
    loose: frozenset[str]
    same: dict[str, str]
    phrases: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def _titles() -> _Titles:
    text = resources.files("app.core.relation").joinpath("data", "roles.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    same = {w: group[0] for group in data["same"] for w in group}
    return _Titles(
        frozenset(data["heads"]),
        frozenset(data["heads"]) | frozenset(data["marks"]) | frozenset(data["modifiers"]),
        frozenset(data["marks"]),
        frozenset(data["loose"]),
        same,
        tuple(sorted(((w, s) for w, s in same.items() if " " in w), key=lambda p: (-len(p[0]), p[0]))),
    )


def compare_roles(a: Claim, b: Claim, context: Context, only: str | None = None) -> Reason | None:
    """DIFFERS when one person bears two titles, DETAIL when one title says more, SAME when they are one.

    `only` names the person to look at; every person whom both name otherwise.
    """
    found = []
    people_b = {m.key: m for m in b.actors if m.kind is ActorKind.PERSON}
    for key, mention in {m.key: m for m in reversed(a.actors) if m.kind is ActorKind.PERSON}.items():
        if key not in people_b or only not in (None, key):
            continue
        first, second = stated_title(a, key), stated_title(b, key)
        if first and second:
            outcome = compare_titles(first[0], second[0])
            found.append((outcome, mention.name, first, second))
    rank = [Outcome.DIFFERS, Outcome.DETAIL, Outcome.SAME]
    if not found:
        return None
    outcome, person, (title_a, span_a), (title_b, span_b) = min(found, key=lambda f: (rank.index(f[0]), f[1]))
    names = between_names(a, b, context)
    if outcome is Outcome.SAME:
        say = f"Both call {person} {title_a}."
    elif outcome is Outcome.DETAIL:
        say = f"{person} is “{title_a}” in {names[0]} and “{title_b}” in {names[1]}: one title says more."
    else:
        say = f"{names[0]} calls {person} “{title_a}”; {names[1]} “{title_b}”."
    return reason(Dimension.ROLE, outcome, a, b, span_a, span_b, say)


def stated_title(claim: Claim, key: str) -> tuple[str, Span] | None:
    """The title that the claim itself gives a person, with its place."""
    for mention in claim.actors:
        if mention.key == key:
            found = title_of(claim.text, mention.start - claim.start, mention.end - claim.start)
            if found:
                return found[0], where(claim, *found[1])
    return None


def title_of(text: str, start: int, end: int) -> tuple[str, Span] | None:
    """The title beside a name: before it ("Foreign Minister X") or after a comma ("X, head of Y").

    >>> title_of("Anna Berg, head of the water board, resigned", 0, 9)
    ('head of the water board', (11, 34))
    >>> title_of("Finance Minister Anna Berg resigned", 17, 26)
    ('Finance Minister', (0, 16))
    """
    after = _AFTER.match(text[end:])
    if after and _has_head(after[1]):
        begin = end + after.start(1)
        return after[1].rstrip(), (begin, begin + len(after[1].rstrip()))
    before = text[:start]
    chunk = re.split(r"[,;:.()“”\"](?:\s|$)|\s[–—-]\s", before)[-1]
    words = list(_WORD.finditer(chunk))
    offset = start - len(chunk)
    kept: list[re.Match[str]] = []
    for m in reversed(words):
        low = m.group().lower()
        base = re.sub(r"['’]s$", "", low)
        titles = _titles()
        titular = m.group()[0].isupper() or base in titles.before or low in ("of", "for", "and", "the")
        if (
            not titular or low != base
        ):  # "Japan's foreign minister": what stands before the possessive is whose, not what
            break
        kept.insert(0, m)
    while kept and kept[0].group().lower() in ("of", "for", "and", "the", "but", "when", "while", "in", "at", "on"):
        kept.pop(0)
    if not kept:
        return None
    begin, finish = offset + kept[0].start(), offset + kept[-1].end()
    title = text[begin:finish]
    return (title, (begin, finish)) if _has_head(title) and finish <= start else None


def _has_head(title: str) -> bool:
    return any(w in _titles().heads for w in _words(title))


def title_head(title: str) -> str:
    """The noun that makes a title, "" when there is none."""
    return _head(title, _words(title))


def is_loose(title: str) -> bool:
    """Could anyone be called this: "an official", "a leader"?"""
    return _loose(_words(title))


def _words(title: str) -> list[str]:
    """The words that make a title, one for all its synonyms; whose minister he is belongs to no title."""
    folded = fold(title).replace("-", " ")
    folded = re.sub(r"\b[\w.]+'s?\s", " ", folded)
    for phrase, canonical in _titles().phrases:
        folded = re.sub(rf"\b{re.escape(phrase)}\b", canonical, folded)
    same = _titles().same
    return [same.get(w, w) for w in (m.group() for m in _WORD.finditer(folded)) if w not in _IDLE]


def compare_titles(first: str, second: str) -> Outcome:
    """SAME, DETAIL or DIFFERS.

    >>> compare_titles("foreign minister", "Foreign Minister").value, compare_titles("minister", "finance minister").value
    ('same', 'detail')
    >>> compare_titles("deputy director", "director").value, compare_titles("chief scientist", "flight director").value
    ('differs', 'differs')
    """
    titles = _titles()
    a, b = _words(first), _words(second)
    if sorted(a) == sorted(b):
        return Outcome.SAME
    if (_loose(a) and not _of_something(first)) or (_loose(b) and not _of_something(second)):
        return Outcome.DETAIL
    if {w for w in a if w in titles.marks} != {w for w in b if w in titles.marks}:
        return Outcome.DIFFERS
    heads = _head(first, a), _head(second, b)
    if heads[0] != heads[1]:
        # "the agency's deputy head" may be its deputy director; "head of security" is an office of its own
        general = [
            t for t, h in zip((first, second), heads, strict=True) if h == "head" and " of " not in f" {t.lower()} "
        ]
        return Outcome.DETAIL if general and set(heads) & _LEADERS else Outcome.DIFFERS
    if set(a) <= set(b) or set(b) <= set(a):
        return Outcome.DETAIL
    if fuzz.token_sort_ratio(" ".join(a), " ".join(b)) >= thresholds.SAME_ROLE_RATIO:
        return Outcome.SAME
    return Outcome.DIFFERS


def _head(title: str, words: list[str]) -> str:
    """The noun that makes the title: the last one before "of", "for", "in" or the end."""
    before = re.split(r"\b(?:of|for|in|at|on|to|who|which|and)\b", fold(title), maxsplit=1)[0]
    heads = [w for w in _words(before) if w in _titles().heads] or [w for w in words if w in _titles().heads]
    return heads[-1] if heads else ""


def _of_something(title: str) -> bool:
    """`Leader of the dockers' union` is an office, `a leader` is none."""
    return "leader of " in f"{fold(title)} "


def _loose(words: list[str]) -> bool:
    heads = [w for w in words if w in _titles().heads]
    return bool(heads) and all(w in _titles().loose for w in heads)
