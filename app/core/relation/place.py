"""Where: two places of one act differ when neither can hold the other."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from rapidfuzz import fuzz

from app.core import thresholds
from app.core.records import Claim, Dimension, Outcome, Reason, Span
from app.core.relation.context import Context
from app.core.relation.evidence import between_names, reason, where
from app.core.relation.scan import scan
from app.core.text import fold

__all__ = ["compare_places"]


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    text = resources.files("app.core.relation").joinpath("data", "places.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    prepositions = "|".join(_data()["prepositions"])
    name = r"(?:[A-Z][\w'’-]+|St\.)(?:\s+(?:[A-Z][\w'’-]+|de|la|del|of the|el|al))*"
    return re.compile(
        rf"\b({prepositions})\s+(?:the\s+)?(?:[a-z]+\s+of\s+)?((?:(?:northern|southern|eastern|western|central)\s+)?{name})"
    )


@dataclass(frozen=True, slots=True)
class _Place:
    text: str
    words: frozenset[str]
    near: bool
    start: int
    end: int


@lru_cache(maxsize=8192)
def _places(text: str) -> tuple[_Place, ...]:
    skip = frozenset(_data()["not_places"])
    out = []
    for m in _pattern().finditer(text):
        words = frozenset(fold(m[2]).split())
        if words & skip or any(w.isdigit() for w in words):
            continue
        out.append(_Place(m[2], words, m[1] in ("near", "outside", "off", "around"), m.start(2), m.end(2)))
    return tuple(out)


def compare_places(a: Claim, b: Claim, context: Context) -> Reason | None:
    """EXCLUDES when one act is put in two places and the rest is told alike; SAME when they share a place."""
    if found := _directions(a, b, context):
        return found
    first, second = _places(a.text), _places(b.text)
    if not first or not second:
        return None
    shared = [(p, q) for p in first for q in second if p.words & q.words]
    names = between_names(a, b, context)
    directions = frozenset(_data()["directions"])
    for p, q in shared:
        points = [{_point(w) for w in x.words & directions} for x in (p, q)]
        if points[0] and points[1] and points[0] != points[1]:
            return reason(
                Dimension.PLACE, Outcome.EXCLUDES, a, b, where(a, p.start, p.end), where(b, q.start, q.end),
                f"{names[0]} puts it in {p.text}; {names[1]} in {q.text}.",
            )  # fmt: skip
    if shared:
        p, q = min(shared, key=lambda s: (s[0].start + s[1].start, *sorted((s[0].text, s[1].text))))
        return reason(
            Dimension.PLACE,
            Outcome.SAME,
            a,
            b,
            where(a, p.start, p.end),
            where(b, q.start, q.end),
            f"Both name {p.text}.",
        )
    if len(first) != 1 or len(second) != 1:
        return None  # a town here, its country there: nothing says that they differ
    p, q = first[0], second[0]
    if p.near != q.near or fold(q.text) in fold(a.text) or fold(p.text) in fold(b.text):
        return None
    if fuzz.token_sort_ratio(_without(a.text, p), _without(b.text, q)) < thresholds.SAME_SCENE_RATIO:
        return None
    kinds = [
        {m.kind for m in c.actors if m.start < where(c, x.start, x.end)[1] and where(c, x.start, x.end)[0] < m.end}
        for c, x in ((a, p), (b, q))
    ]
    if kinds[0] != kinds[1] or _numbers_apart(a, b) or (_indefinite(a) and _indefinite(b)):
        return None
    return reason(
        Dimension.PLACE, Outcome.EXCLUDES, a, b, where(a, p.start, p.end), where(b, q.start, q.end),
        f"{names[0]} puts it in {p.text}; {names[1]} in {q.text}.",
    )  # fmt: skip


def _directions(a: Claim, b: Claim, context: Context) -> Reason | None:
    """EXCLUDES for "the western wing" and "the eastern wing", "north of Hask" and "south of Hask"."""
    names = between_names(a, b, context)
    for p, of_a in _directed(a.text):
        for q, of_b in _directed(b.text):
            if of_a == of_b and _point(a.text[slice(*p)]) != _point(b.text[slice(*q)]):
                return reason(
                    Dimension.PLACE, Outcome.EXCLUDES, a, b, where(a, *p), where(b, *q),
                    f"{names[0]} says {a.text[slice(*p)]}; {names[1]} {b.text[slice(*q)]}.",
                )  # fmt: skip
    return None


@lru_cache(maxsize=8192)
def _directed(text: str) -> tuple[tuple[Span, str], ...]:
    """Directions that stand once, with the word they direct; a text of two directions tells of a way, not of a place."""
    words = scan(text).words
    known = frozenset(_data()["directions"])
    found = [
        ((w.start, w.end), next((x.stem for x in words[i + 1 : i + 5] if x.content), ""))
        for i, w in enumerate(words)
        if w.text in known
    ]
    return tuple(found) if len(found) == 1 and found[0][1] else ()


def _point(direction: str) -> str:
    """The south is the southern part.

    >>> _point("Southern"), _point("southwest")
    ('south', 'southwest')
    """
    return direction.lower().removesuffix("ern")


def _indefinite(claim: Claim) -> bool:
    """`A fire broke out near X`: some fire, not one that both know."""
    return claim.text.lower().startswith(("a ", "an "))


def _numbers_apart(a: Claim, b: Claim) -> bool:
    """Other numbers as well as another place: rather two events than one told wrongly."""
    values = [{n.value for n in c.numbers} for c in (a, b)]
    return bool(values[0] and values[1] and not values[0] & values[1])


def _without(text: str, place: _Place) -> str:
    rest = text[: place.start] + text[place.end :]
    return " ".join(w.stem for w in scan(rest).words if w.content)
