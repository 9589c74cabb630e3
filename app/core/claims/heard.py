"""Whom a text has named or quoted so far: who may be meant by "he", "the aide", "the ministry"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.core.claims.actors.book import ActorBook
from app.core.claims.source_phrases import head_noun, person_nouns
from app.core.lexicon.load import load, words_of
from app.core.records import ActorKind, Speaker
from app.core.text import fold

__all__ = ["SINGULAR", "Heard", "HeardSoFar", "called", "described", "fits", "may_be"]

Sex = Literal["f", "m"]

SINGULAR = {"he": "m", "she": "f", "him": "m", "her": "f"}


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody who spoke or stood in focus: in which sentence, by which nouns the text spoke of them so far."""

    speaker: Speaker
    sentence: int
    nouns: frozenset[str]
    sex: Sex | None
    plural: bool
    spoke: bool


@lru_cache(maxsize=1)
def _same() -> dict[str, frozenset[str]]:
    return {noun: frozenset(nouns.split()) for noun, nouns in load("speakers")["same"].items()}


@lru_cache(maxsize=1)
def _sexed() -> dict[str, Sex]:
    sexes: dict[str, Sex] = {}
    for sex, nouns in load("speakers")["sex"].items():
        for noun in nouns.split():
            sexes[noun] = sex
    return sexes


class HeardSoFar:
    """What was heard, in the order of the text; asking costs no more on a long text than on a short one."""

    def __init__(self, book: ActorBook) -> None:
        self._book = book
        self._heard: list[Heard] = []
        self._last: dict[str, Heard] = {}

    def remember(self, speaker: Speaker, index: int, words: str, *, spoke: bool) -> None:
        """Note a speaker or actor in sentence `index` (sentences come in order), and the words the text spoke of them by."""
        if not speaker.key:
            return
        nouns = frozenset(fold(words).replace(",", " ").split())
        known = self._last.get(speaker.key)
        sex = self._sex(speaker, nouns)
        if known is not None:
            nouns |= known.nouns
            sex = sex or known.sex
        plural = bool(nouns & words_of("speakers", "groups")) and speaker.kind is ActorKind.UNNAMED
        heard = Heard(speaker, index, nouns, sex, plural or speaker.key in self._book.plural, spoke)
        self._heard.append(heard)
        self._last[speaker.key] = heard

    def near(self, index: int, reach: int) -> Sequence[Heard]:
        """Who may be meant, best first: nearest sentence, there who spoke before who was named, there the last."""
        first = len(self._heard)
        while first and index - self._heard[first - 1].sentence <= reach:
            first -= 1
        near = list(enumerate(self._heard[first:]))
        near.sort(key=lambda kh: (-kh[1].sentence, not kh[1].spoke, -kh[0]))
        return [h for _, h in near]

    def latest(self, name: str) -> Speaker | None:
        """The person last heard who bears this last name."""
        for heard in reversed(self._heard):
            if heard.speaker.kind is ActorKind.PERSON and heard.speaker.name.split()[-1] == name:
                return heard.speaker
        return None

    def _sex(self, speaker: Speaker, nouns: frozenset[str]) -> Sex | None:
        known = self._book.sex(speaker.key)
        if known or speaker.kind not in (ActorKind.PERSON, ActorKind.UNNAMED):
            return known
        found = {sex for noun in nouns if (sex := _sexed().get(noun)) and noun not in SINGULAR}
        return next(iter(found)) if len(found) == 1 else None


def fits(pronoun: str, heard: Heard) -> bool:
    """Whether a pronoun of the third person can mean them: sex, number, kind."""
    kind = heard.speaker.kind
    if pronoun in SINGULAR:
        if kind not in (ActorKind.PERSON, ActorKind.UNNAMED) or heard.plural:
            return False
        if kind is ActorKind.UNNAMED and head_noun(heard.speaker.name) not in person_nouns():
            return False
        return heard.sex in (None, SINGULAR[pronoun])
    if pronoun == "it":
        return kind in (ActorKind.ORGANISATION, ActorKind.STATE) or (
            kind is ActorKind.UNNAMED and head_noun(heard.speaker.name) in words_of("speakers", "documents")
        )
    return heard.plural or kind is ActorKind.ORGANISATION


def described(noun: str, heard: Heard, *, person: bool, organisation: bool, gap: int) -> bool:
    """Whether a definite noun, `gap` sentences on, can mean them."""
    if noun in _sexed() and heard.sex not in (None, _sexed()[noun]):
        return False
    if called(noun, heard):
        return True
    kind = heard.speaker.kind
    if person:
        return gap <= 2 and kind is ActorKind.PERSON
    return organisation and gap <= 1 and kind is ActorKind.ORGANISATION


def called(noun: str, heard: Heard) -> bool:
    """Whether the text spoke of them by this noun, or one that means the same."""
    return noun in heard.nouns or bool(_same().get(noun, frozenset()) & heard.nouns)


_LOOSE = frozenset("same new former then current outgoing incoming late top senior local said".split())
"""Words before a noun that do not tell one minister, one ministry from another."""


def may_be(speaker: Speaker, words: str, noun: str, *, person: bool, organisation: bool) -> bool:
    """Whether "the court", "the finance ministry" can mean a speaker at all: no court is a person, and a ministry that goes
    by another word before the noun is another one.
    """
    if organisation and not person and speaker.kind is ActorKind.PERSON:
        return False
    if person and not organisation and speaker.kind in (ActorKind.ORGANISATION, ActorKind.STATE):
        return False
    said = _word_before(words, noun)
    if said is None or said in _LOOSE:
        return True
    own = {w for form in (speaker.name, speaker.role) if form and (w := _word_before(fold(form), noun))}
    return not own or said in own or bool(own & _LOOSE)


def _word_before(phrase: str, noun: str) -> str | None:
    """The word that stands before a noun and tells which one it is."""
    found = re.search(rf"([^\W\d_][\w'-]*) {re.escape(noun)}(?!\w)", phrase)
    return (
        found.group(1) if found and found.group(1) not in {"the", "a", "an", "that", "this", "its", "their"} else None
    )
