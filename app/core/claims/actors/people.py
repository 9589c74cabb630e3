"""Persons: full names first, then the short forms that stand for them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.claims.actors.names import Piece, chunks, is_family_first
from app.core.claims.actors.roles import honour, role_after, role_before, title_spans
from app.core.claims.actors.spans import Cover
from app.core.lexicon.load import words_of
from app.core.records import Span

__all__ = ["Entity", "Found", "find_people"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A name that the model found: text offsets and its OntoNotes label."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Found:
    """A name in the text before it is known whose: `sure` when more than the model's word speaks for it."""

    start: int
    end: int
    text: str
    sure: bool = True
    treaty: bool = False
    speaks: bool = False


_SAID = re.compile(
    r",? (?:said|says|told|added|noted|wrote|argued|warned|claimed|insisted|explained|tweeted|admitted|denied)\b"
)
_SAID_BEFORE = re.compile(r"(?:said|says|added|noted|wrote|argued|warned|explained) $")
_RULE = re.compile(r" (?:administration|presidency|camp|campaign|cabinet)\b")
_CAMEL = re.compile(r"^(?!Mc|Mac|Mc|De|Di|Le|La|Fitz|Van|O')[A-Z][a-z]+[A-Z]|\d")
_KOREAN = re.compile(r"^[A-Z][a-z]+-[A-Za-z][a-z]+$")


def find_people(
    flat: str, words: Sequence[Piece], entities: Sequence[Entity], blocked: Sequence[Span], *, title_case: bool
) -> tuple[list[Found], list[Found]]:
    """(full names, single names that a title or the model calls a person), in order.

    `blocked` are names of the registry, which no person's name runs into, unless a given name stands before it
    ("George Washington"). `title_case` says that capitals tell nothing here (a headline).
    """
    titles = title_spans(flat)
    given, family = words_of("names", "given"), words_of("names", "family_first")
    closed = [*blocked, *titles]
    covered = Cover(len(flat), closed)
    stops = [covered.touches(w.start, w.end) for w in words]
    entity_starts = [e.start for e in entities]
    for i in range(1, len(words)):
        if (
            stops[i]
            and words[i - 1].text in given
            and words[i - 1].capital
            and not stops[i - 1]
            and flat[words[i - 1].end : words[i].start] == " "
        ):
            last = bisect_right(entity_starts, words[i - 1].start) - 1
            if last >= 0 and entities[last].label == "PERSON" and entities[last].end >= words[i].end:
                stops[i] = False
    full: list[Found] = []
    single: list[Found] = []
    never, last_words = words_of("shapes", "never"), words_of("shapes", "organisation_last")
    places = words_of("shapes", "places")
    lower = {w.text for w in words if not w.capital}
    for first, last in chunks(words, flat, stops):
        group = list(words[first:last])
        while group and (
            group[0].text in never or (group[0].opens and group[0].text.lower() in lower and group[0].text not in given)
        ):
            group = group[1:]
        if len(group) > 1 and group[0].opens and group[0].text.endswith("ing") and group[0].text not in given:
            group = group[1:]  # "Tranquilizing Harambe ..."
        if len(group) > 2 and group[0].text not in given:
            later = next((i for i, w in enumerate(group) if w.text in given and i < len(group) - 1), 0)
            group = group[later:]  # "County Executive Kathy ...": the name begins with the given name
        if not group:
            continue
        start, end = group[0].start, group[-1].end
        text = flat[start:end]
        articled = flat[max(0, start - 4) : start].lower() in {"the ", " the"}
        titled = role_before(flat, start) is not None or honour(flat, start) is not None
        described = len(group) in {2, 3} and not articled and role_after(flat, end) is not None
        # Entities come in order and do not overlap: only the last one that starts before may reach in.
        near = entities[max(0, bisect_left(entity_starts, start) - 1) : bisect_left(entity_starts, end)]
        labels = {e.label for e in near if e.start < end and start < e.end}
        person = any(e.label == "PERSON" and min(e.end, end) - max(e.start, start) >= 0.4 * (end - start) for e in near)
        korean = len(group) >= 2 and group[0].text in family and bool(_KOREAN.match(group[1].text))
        if len(group) >= 2:
            shape = group[-1].text.split("-")[-1] in last_words or group[0].text in words_of(
                "shapes", "organisation_first"
            )
            spot = group[-1].text in words_of("shapes", "place") or group[-1].text in words_of("shapes", "event")
            capitals = sum(w.text.isupper() and len(w.text.strip(".")) > 1 for w in group)
            if (shape or spot or articled or text in places) and not titled:
                continue
            if (capitals and not text.isupper()) or any(_CAMEL.search(w.text) for w in group):
                continue
            by_name = group[0].text in given and len(group) <= 4
            if title_case and not (by_name or korean):
                continue
            speaks = _speaks(flat, start, end)
            named_so = by_name and (labels <= {"PERSON"} or speaks)
            # Right behind a quotation the model takes names for titles of works.
            told = described and (by_name or is_family_first(text) or labels <= {"PERSON", "WORK_OF_ART"})
            if len(group) <= 5 and (titled or korean or person or named_so or told):
                full.append(Found(start, end, text, sure=titled or korean or by_name or speaks))
        elif (
            not title_case
            and (titled or person)
            and group[0].text not in last_words
            and not (text.isupper() and len(text) < 6)
        ):
            single.append(
                Found(start, end, text, sure=titled or bool(_RULE.match(flat, end)), speaks=_speaks(flat, start, end))
            )
    return full, single


def _speaks(flat: str, start: int, end: int) -> bool:
    return bool(_SAID.match(flat[end : end + 14]) or _SAID_BEFORE.search(flat[max(0, start - 12) : start]))
