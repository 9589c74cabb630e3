"""Who has appeared in a text so far, and who of them "he", "the aide", "the ministry" may mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.core.claims.actors.book import ActorBook
from app.core.claims.source_phrases import head_noun, person_nouns
from app.core.lexicon.load import load, word_set
from app.core.records import ActorKind, Speaker
from app.core.text import fold

__all__ = ["AS_SUBJECT", "SINGULAR", "Appearance", "Cast", "described", "fits_pronoun", "sex_of_noun"]

Sex = Literal["f", "m"]

SINGULAR = {"he": "m", "she": "f", "him": "m", "her": "f"}
AS_SUBJECT = {
    "his": "he",
    "him": "he",
    "himself": "he",
    "her": "she",
    "hers": "she",
    "herself": "she",
    "its": "it",
    "their": "they",
}
"""What a pronoun is as who does or says it: of "its offer" it is "it" that offers."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """Somebody who spoke or stood in focus: in which sentence, by which nouns the text spoke of them so far."""

    speaker: Speaker
    sentence: int
    nouns: frozenset[str]
    sex: Sex | None
    plural: bool
    spoke: bool


class Cast:
    """Those who appeared, in the order of the text; asking costs no more on a long text than on a short one."""

    def __init__(self, book: ActorBook) -> None:
        self._book = book
        self._appearances: list[Appearance] = []
        self._last: dict[str, Appearance] = {}
        self._counted = False
        self._company: Speaker | None = None

    def enter(self, speaker: Speaker, index: int, nouns: Iterable[str], *, spoke: bool) -> None:
        """Note a speaker or actor in sentence `index` (sentences come in order), and the nouns that say what they are."""
        if not speaker.key:
            return
        called = frozenset(nouns) | _own_nouns(speaker)
        known = self._last.get(speaker.key)
        sex = self._sex(speaker, called)
        if known is not None:
            called |= known.nouns
            sex = sex or known.sex
        plural = speaker.kind is ActorKind.UNNAMED and bool(called & word_set("speakers", "groups"))
        plural = plural or speaker.key in self._book.plural
        self._last[speaker.key] = Appearance(speaker, index, called, sex, plural, spoke)
        self._appearances.append(self._last[speaker.key])

    def near(self, index: int, reach: int) -> Sequence[Appearance]:
        """Who may be meant, best first: nearest sentence, there who spoke before who was named, there the last."""
        first = len(self._appearances)
        while first and index - self._appearances[first - 1].sentence <= reach:
            first -= 1
        near = list(enumerate(self._appearances[first:]))
        near.sort(key=lambda ka: (-ka[1].sentence, not ka[1].spoke, -ka[0]))
        return [a for _, a in near]

    def company(self) -> Speaker | None:
        """The company that the text is about: named twice as often as any other."""
        if not self._counted:
            self._counted = True
            told: Counter[str] = Counter()
            for m in self._book.mentions:
                if m.kind is ActorKind.ORGANISATION and not _is_public_or_press(frozenset(fold(m.name).split())):
                    told[m.key] += 1
            first, *rest = [*told.most_common(2), ("", 0)]
            if first[1] > 1 and first[1] >= 2 * rest[0][1]:
                actor = self._book.actor(first[0])
                self._company = Speaker(actor.key, actor.name, actor.kind, role=actor.role) if actor else None
        return self._company

    def latest(self, name: str) -> Speaker | None:
        """The person who appeared last and bears this last name."""
        for appearance in reversed(self._appearances):
            if appearance.speaker.kind is ActorKind.PERSON and appearance.speaker.name.split()[-1] == name:
                return appearance.speaker
        return None

    def may_be(self, pronoun: str, speaker: Speaker) -> bool:
        """Whether a pronoun of a person can mean somebody by what is known of their sex."""
        known = self._last.get(speaker.key)
        sex = known.sex if known is not None else self._book.sex(speaker.key)
        return sex in (None, SINGULAR[pronoun])

    def _sex(self, speaker: Speaker, nouns: frozenset[str]) -> Sex | None:
        known = self._book.sex(speaker.key)
        if known or speaker.kind not in (ActorKind.PERSON, ActorKind.UNNAMED):
            return known
        found = {sex for noun in nouns if (sex := _sexed().get(noun)) and noun not in SINGULAR}
        return next(iter(found)) if len(found) == 1 else None


def _own_nouns(speaker: Speaker) -> frozenset[str]:
    """The nouns that a speaker's role and, unless it is a person's, name say: "governor of Lund"; "bank" of "Harbour Bank"."""
    out = {head_noun(role) for role in re.split(r",| and ", speaker.role or "") if role.strip()}
    if speaker.kind is ActorKind.UNNAMED:
        out.add(head_noun(speaker.name))
    elif speaker.kind is not ActorKind.PERSON:
        out |= set(fold(speaker.name).split())
    return frozenset(out)


# --- who may be meant -----------------------------------------------------------------------------------------------


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


def sex_of_noun(noun: str) -> Sex | None:
    """The sex that a noun says: "mother", "actor"."""
    return _sexed().get(noun)


def fits_pronoun(pronoun: str, appearance: Appearance) -> bool:
    """Whether a pronoun of the third person can mean them: sex, number, kind."""
    kind = appearance.speaker.kind
    if pronoun in SINGULAR:
        if kind not in (ActorKind.PERSON, ActorKind.UNNAMED) or appearance.plural:
            return False
        if kind is ActorKind.UNNAMED and head_noun(appearance.speaker.name) not in person_nouns():
            return False
        return appearance.sex in (None, SINGULAR[pronoun])
    body = kind is ActorKind.ORGANISATION or _is_unnamed(appearance, "organisations")
    if pronoun == "it":
        return body or kind is ActorKind.STATE or _is_unnamed(appearance, "documents")
    return appearance.plural or body


def _is_unnamed(appearance: Appearance, field: str) -> bool:
    """Somebody or something without a name, headed by a noun of this list."""
    speaker = appearance.speaker
    return speaker.kind is ActorKind.UNNAMED and head_noun(speaker.name) in word_set("speakers", field)


def _is_called(noun: str, appearance: Appearance) -> bool:
    """Whether the text spoke of them by this noun, or one that means the same."""
    return noun in appearance.nouns or bool(_same().get(noun, frozenset()) & appearance.nouns)


def described(
    noun: str, words: str, index: int, near: Sequence[Appearance], cast: Cast, *, sure: bool = False
) -> Speaker | None:
    """Of those who are `near` the one that "the aide", "the firm" means: who was called so, else who may be.

    "The company" is the one that the text is about, if it is about one. With `sure` what two may be called stays open.
    """
    fitting = [a for a in near if _fits_description(words, noun, a, index - a.sentence)]
    called = [a for a in fitting if _is_called(noun, a)]
    if called:
        return called[0].speaker if not sure or len({a.speaker.key for a in called}) == 1 else None
    if noun in word_set("speakers", "companies"):
        topic = cast.company()
        return topic if topic is not None else fitting[0].speaker if fitting and not sure else None
    return fitting[0].speaker if fitting and (not sure or len({a.speaker.key for a in fitting}) == 1) else None


def _fits_description(words: str, noun: str, appearance: Appearance, gap: int) -> bool:
    """Whether "the aide", "the finance ministry", headed by `noun` and `gap` sentences on, can mean them.

    Somebody the text called so. Beyond that a noun that anybody may be called by ("the man", "the company") means the one
    who appeared right before.
    """
    speaker = appearance.speaker
    person = noun in person_nouns()
    organisation = noun in word_set("speakers", "organisations")
    named = speaker.kind is not ActorKind.UNNAMED
    if named and noun in word_set("speakers", "documents") and not organisation:
        return False  # no statement is a person
    if named and person is not organisation and person is not (speaker.kind is ActorKind.PERSON):
        return False
    if noun in _sexed() and appearance.sex not in (None, _sexed()[noun]):
        return False
    if not _is_the_same_one(words, noun, speaker):
        return False
    if _is_called(noun, appearance):
        return True
    if gap > 1 or not named:
        return False
    if speaker.kind is ActorKind.PERSON:
        return noun in word_set("speakers", "anyone")
    return noun in word_set("speakers", "companies") and not _is_public_or_press(appearance.nouns)


def _is_public_or_press(nouns: frozenset[str]) -> bool:
    """Whether an organisation's name says that it is an office or reports news, so that no "company" means it."""
    offices = word_set("speakers", "organisations") - word_set("speakers", "companies")
    return bool(nouns & (offices | word_set("speakers", "press")))


_LOOSE = word_set("closed", "cast_loose")
"""Words before a noun that do not tell one minister, one ministry from another."""


def _is_the_same_one(words: str, noun: str, speaker: Speaker) -> bool:
    """A ministry that goes by another word before the noun is another one."""
    told = _word_before(fold(words), noun)
    if told is None or told in _LOOSE:
        return True
    own = {w for form in (speaker.name, speaker.role) if form and (w := _word_before(fold(form), noun))}
    return not own or told in own or bool(own & _LOOSE)


def _word_before(phrase: str, noun: str) -> str | None:
    """The word that stands before a noun and tells which one it is."""
    found = re.search(rf"([^\W\d_][\w'-]*) {re.escape(noun)}(?!\w)", phrase)
    return (
        found.group(1) if found and found.group(1) not in {"the", "a", "an", "that", "this", "its", "their"} else None
    )
