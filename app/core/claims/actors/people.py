"""Persons: full names first, then the single names that stand for somebody."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.core.claims.actors.names import (
    MONTH_NAMES,
    SUFFIXES,
    PrintedWord,
    chunks,
    in_title_case,
    is_family_first,
    is_given,
)
from app.core.claims.actors.roles import honour, role_after, role_apposed, role_before, title_spans
from app.core.claims.actors.spans import Cover, WordSpans
from app.core.lexicon.load import load, word_set
from app.core.records import Span

__all__ = ["Entity", "FoundName", "find_people", "is_called_a_body", "is_shaped_otherwise"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A name that the model found: text offsets and its OntoNotes label."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name in the text before it is known whose: `sure` when more than the model's word speaks for it.

    `text` is the name; what stands between the offsets may be longer ('Ana "Nan" Berg').
    """

    start: int
    end: int
    text: str
    sure: bool = True
    treaty: bool = False
    speaks: bool = False


_SAID = re.compile(
    r",? (?:said|says|told|tells|added|noted|wrote|argued|warned|claimed|insisted|explained|tweeted|admitted|denied)\b"
)
_SAID_BEFORE = re.compile(r"(?:said|says|added|noted|wrote|argued|warned|explained) $")
_SET_OFF = re.compile(r"[,.;:)\"—]|$| (?:of|from|at|in|on|who|as|after|when)\b", re.MULTILINE)
_AGED = re.compile(r", (?:aged )?\d{1,2}(?=[,.;)])")
_LIVES = re.compile(
    r", (?:aged )?\d{1,2}(?=[,.;)])|'s (?:own )?(?:father|mother|parents|wife|husband|son|daughter|children|brother|sister|family|"
    r"uncle|aunt|cousin|widow|partner|girlfriend|boyfriend|lawyers?|attorneys?|spokes\w+|agent|body|death|career)\b"
)
_RULE = re.compile(r" (?:administration|presidency|camp|campaign|cabinet)\b")
_CAMEL = re.compile(r"^(?!Mc|Mac|Mc|De|Di|Le|La|Fitz|Van|O')[A-Z][a-z]+[A-Z]|\d")
_KOREAN = re.compile(r"^[A-Z][a-z]+-[A-Za-z][a-z]+$")
_NICKNAME = re.compile(r" (?:\"[A-Z][a-z]+\"|'[A-Z][a-z]+'|\([A-Z][a-z]+\)) (?=[A-Z])")
_SUFFIX = re.compile(r",? (Jr|Sr)\b\.?")
_STOP = re.compile(r"[.!?\n]")
_PLACED = re.compile(r"\b(?:in|at|near|from|outside|around|toward|towards) $")
_ARTICLED = re.compile(r"\b[Tt]he $")
_OWNING = re.compile(r" (?:administration|presidency|campaign|camp|family|era|regime|government|cabinet|case|trial|brothers|sisters|estate|foundation|[A-Z][a-z]+)\b")  # fmt: skip


def find_people(
    flat: str, words: Sequence[PrintedWord], entities: Sequence[Entity], blocked: Sequence[Span], *, title_case: bool
) -> tuple[list[FoundName], list[FoundName]]:
    """(full names, single names that a title or the model calls a person), in order.

    `blocked` are names of the registry, which no person's name runs into, unless a given name stands before it
    ("George Washington"). `title_case` says that capitals tell nothing here (a headline).
    """
    finder = _NameFinder(flat, words, entities, title_case=title_case)
    full: list[FoundName] = []
    single: list[FoundName] = []
    runs = chunks(words, flat, _stops(flat, words, entities, blocked))
    k = 0
    while k < len(runs):
        (first, last), nickname = runs[k], None
        if k + 1 < len(runs) and is_given(words[last - 1].text):
            between = _NICKNAME.match(flat, words[last - 1].end)
            after = range(k + 1, min(k + 3, len(runs)))
            goes_on = next((n for n in after if between and words[runs[n][0]].start == between.end()), None)
            if goes_on is not None:
                k = goes_on
                nickname, last = (last, runs[k][0]), runs[k][1]
        k += 1
        group = [*words[first : nickname[0]], *words[nickname[1] : last]] if nickname else list(words[first:last])
        name = finder.name_in(group)
        if name is not None:
            (single if " " not in name.text else full).append(name)
    return full, single


def _stops(flat: str, words: Sequence[PrintedWord], entities: Sequence[Entity], blocked: Sequence[Span]) -> list[bool]:
    """Which words no person's name runs into: titles, and names of the registry but where the model sees one person in all of it."""
    covered = Cover(len(flat), [*blocked, *title_spans(flat)])
    stops = [covered.touches(w.start, w.end) for w in words]
    starts = [e.start for e in entities]
    for i, word in enumerate(words):
        last = bisect_right(starts, word.start) - 1
        if not stops[i] or last < 0 or entities[last].label != "PERSON" or entities[last].end < word.end:
            continue
        opens = entities[last].start == word.start and entities[last].end > word.end
        beside = i > 0 and words[i - 1].capital and not stops[i - 1] and flat[words[i - 1].end : word.start] == " "
        first = flat[entities[last].start : entities[last].end].split(maxsplit=1)[0]
        if (opens or beside) and (is_given(first) or (beside and is_given(words[i - 1].text))):
            stops[i] = False  # "George Washington", "Sofia da Costa Lima"
    return stops


@lru_cache(maxsize=1)
def _callings() -> frozenset[str]:
    """What a person is, as one word: "singer", "coach", "clerk"."""
    return frozenset(n for n in load("roles")["nouns"] if " " not in n) | word_set("speakers", "persons")


_CALLED = re.compile(r"\b(?:the|a|an|The|A|An) (?:[a-z-]+ ){0,2}([a-z]+) $")


def is_called_a_body(flat: str, start: int) -> bool:
    """Whether the words right before a name say that it is a body's: "the campaign group", "a law firm"."""
    found = _CALLED.search(flat[max(0, start - 50) : start])
    return found is not None and found[1] in word_set("speakers", "organisations")


def is_shaped_otherwise(name: str) -> bool:
    """Whether a name of several words looks like an organisation's, a place's or an event's."""
    first, *_, last = name.split()
    return (
        last.split("-")[-1] in word_set("shapes", "organisation_last")
        or first in word_set("shapes", "organisation_first")
        or last in word_set("shapes", "place")
        or first in word_set("shapes", "place_first")
        or last in word_set("shapes", "event")
    )


class _NameFinder:
    """Tells which of a run of capitalised words is a person's name, by all that the text says of it."""

    def __init__(
        self, flat: str, words: Sequence[PrintedWord], entities: Sequence[Entity], *, title_case: bool
    ) -> None:
        self._flat = flat
        self._title_case = title_case
        self._entities = entities
        self._starts = [e.start for e in entities]
        self._lower = {w.text for w in words if not w.capital}
        self._places = WordSpans(flat)
        self._labels: dict[str, Counter[str]] = {}
        self._told: dict[str, bool] = {}
        for e in entities:
            self._labels.setdefault(flat[e.start : e.end].removesuffix("'s"), Counter())[e.label] += 1

    def name_in(self, group: Sequence[PrintedWord]) -> FoundName | None:
        """The person that a run of capitalised words names, if it names one."""
        group, titled = self._own(group)
        if not group:
            return None
        start, end = group[0].start, group[-1].end
        text = " ".join(w.text for w in group)
        while len(group) > 1 and group[-1].text in SUFFIXES:
            group = group[:-1]
        if group[-1].text in SUFFIXES or (len(group) == 1 and text != group[0].text):
            return None  # "Fred Jr.": whose name that is, is told elsewhere
        titled = titled or role_before(self._flat, start) is not None or honour(self._flat, start) is not None
        if len(group) == 1:
            return self._single(group[0], titled=titled)
        if not self._is_person(group, start, end, text, titled=titled):
            return None
        suffix = _SUFFIX.match(self._flat, end)
        if suffix is not None and group[-1].end == end:
            text, end = f"{text} {suffix[1]}", suffix.end(1)
        sure = titled or self._by_name(group) or self._speaks(start, end) or self._korean(group)
        return FoundName(start, end, text, sure=sure)

    def _own(self, group: Sequence[PrintedWord]) -> tuple[Sequence[PrintedWord], bool]:
        """The run without what only opens a sentence or says what somebody is, and whether the latter stood there."""
        never = word_set("shapes", "never")
        first, last, titled = 0, len(group), False
        while first < last:
            text = group[first].text
            if (text in never and not (is_given(text) and last - first > 1 and self._is_called(group[first:]))) or (
                group[first].opens
                and not is_given(text)
                and (text.lower() in self._lower or (text.endswith("ing") and last - first > 1))
            ):
                first += 1
            else:
                break
        calling = next((i for i in range(last - 2, first - 1, -1) if group[i].text.lower() in _callings()), None)
        if calling is not None and not any(is_given(w.text) for w in group[first : calling + 1]):
            first, titled = calling + 1, True  # "Singer Ana Berg", "County Clerk Ana Berg"
        if last - first > 2 and not is_given(group[first].text) and not group[first].text.endswith("."):
            # "County Executive Kathy ...": the name begins with the given name
            first = next((i for i in range(first, last - 1) if is_given(group[i].text)), first)
        half = (last - first) // 2
        if half > 1 and [w.text for w in group[first : first + half]] == [w.text for w in group[first + half : last]]:
            last = first + half  # a caption that says its name twice
        if last - first > 1 and group[last - 1].text.lower() in _callings() and not is_given(group[first].text):
            return (), False  # "County Prosecutor"
        return group[first:last], titled

    def _is_called(self, group: Sequence[PrintedWord]) -> bool:
        """Whether a word that is a name too ("Will", "May", "April") is one here."""
        start, end = group[0].start, group[-1].end
        if not group[0].opens and not in_title_case(self._flat, start):
            return True
        stop = _STOP.search(self._flat, end, end + 200)
        if stop is not None and stop.group() == "?":
            return False  # "Will Berg sign it?"
        return (
            self._speaks(start, end) or _AGED.match(self._flat, end) is not None or "PERSON" in self._near(start, end)
        )

    def _is_person(self, group: Sequence[PrintedWord], start: int, end: int, text: str, *, titled: bool) -> bool:
        if len(group) > 5 or any(_CAMEL.search(w.text) for w in group):
            return False
        capitals = sum(w.text.isupper() and "." not in w.text and len(w.text) > 1 for w in group)
        if (capitals and not text.isupper()) or any(c in text for c in "@#/"):
            return False
        by_name = self._by_name(group) and len(group) <= 4
        korean = self._korean(group)
        if self._title_case and not (by_name or korean):
            return False
        if titled:
            return True
        speaks = self._speaks(start, end) or _AGED.match(self._flat, end) is not None
        apposed = role_apposed(self._flat, start, end) is not None
        articled = bool(_ARTICLED.search(self._flat[max(0, start - 4) : start]))
        if articled or text in word_set("shapes", "places") or is_called_a_body(self._flat, start):
            return False
        if is_shaped_otherwise(text) and not (by_name and (apposed or speaks)):
            return False
        labels = self._near(start, end)
        month = group[0].text in MONTH_NAMES and not group[0].opens  # the model never takes them for a name
        if korean or apposed or (by_name and (labels <= {"PERSON", "DATE"} or speaks or month)):
            return True
        # Right behind a quotation the model takes names for titles of works.
        likely = by_name or is_family_first(text) or labels <= {"PERSON", "WORK_OF_ART"}
        if likely and len(group) <= 3 and role_after(self._flat, end) is not None:
            return True
        called = any(
            e.label == "PERSON" and min(e.end, end) - max(e.start, start) >= 0.4 * (end - start)
            for e in self._touching(start, end)
        )
        return called and (by_name or speaks or self._is_told_of_as_a_person(group, text))

    def _is_told_of_as_a_person(self, group: Sequence[PrintedWord], text: str) -> bool:
        """What only the model calls a person, the rest of the text must not call otherwise: "in X", "the X", another label;
        unless somewhere it speaks, has an age, a father, a lawyer.
        """
        if text not in self._told:
            self._told[text] = self._tells_of_a_person(group[-1].text, text)
        return self._told[text]

    def _tells_of_a_person(self, last: str, text: str) -> bool:
        forms = [(at, at + len(form)) for form in dict.fromkeys((text, last)) for at in self._places.places(form)]
        if any(self._speaks(at, end) or _LIVES.match(self._flat, end) for at, end in forms):
            return True
        labels = self._labels.get(text, Counter())
        whole = [at for at, end in forms if end - at == len(text)]
        placed = sum(bool(_PLACED.search(self._flat[max(0, at - 9) : at])) for at in whole)
        if labels["PERSON"] * 2 < labels.total() or placed * 2 > len(whole):
            return False
        return not any(
            _ARTICLED.search(self._flat[max(0, at - 4) : at]) and not _OWNING.match(self._flat, end)
            for at, end in forms
        )

    def _single(self, word: PrintedWord, *, titled: bool) -> FoundName | None:
        if self._title_case or word.text in word_set("shapes", "organisation_last"):
            return None
        if word.text.isupper() and len(word.text) < 6:
            return None
        if not titled and "PERSON" not in self._near(word.start, word.end):
            return None
        if not titled and not self._is_told_of_as_a_person([word], word.text):
            return None
        sure = titled or bool(_RULE.match(self._flat, word.end))
        return FoundName(word.start, word.end, word.text, sure=sure, speaks=self._speaks(word.start, word.end))

    # --- what speaks for or against --------------------------------------------------------------------------------

    def _touching(self, start: int, end: int) -> Sequence[Entity]:
        # Entities come in order and do not overlap: only the last one that starts before may reach in.
        near = self._entities[max(0, bisect_left(self._starts, start) - 1) : bisect_left(self._starts, end)]
        return [e for e in near if e.start < end and start < e.end]

    def _near(self, start: int, end: int) -> set[str]:
        return {e.label for e in self._touching(start, end)}

    def _speaks(self, start: int, end: int) -> bool:
        if _SAID.match(self._flat, end):
            return True
        return bool(_SAID_BEFORE.search(self._flat[max(0, start - 12) : start]) and _SET_OFF.match(self._flat, end))

    @staticmethod
    def _by_name(group: Sequence[PrintedWord]) -> bool:
        return is_given(group[0].text)

    @staticmethod
    def _korean(group: Sequence[PrintedWord]) -> bool:
        return group[0].text in word_set("names", "family_first") and bool(_KOREAN.match(group[1].text))
