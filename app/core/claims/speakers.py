"""Who a source phrase means: a named actor, "he", "the aide", a document, or somebody nobody names.

`SpeakerMemory` is fed the frames of a text in order and remembers who has spoken and who was in focus; pronouns and
definite descriptions go to the last fitting one (sex, number, kind, and what the noun says). What fits nobody stays as
it was worded, kind UNNAMED: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from app.core.claims.actors.book import ActorBook
from app.core.claims.quotes import Quote
from app.core.claims.sentences import ReadSentence
from app.core.lexicon.load import load, words_of
from app.core.records import ActorKind, ActorMention, Span, Speaker
from app.core.text import fold, slug
from app.core.thresholds import DESCRIPTION_REACH, PRONOUN_REACH

__all__ = ["SpeakerMemory"]

Sex = Literal["f", "m"]

_SINGULAR = {"he": "m", "she": "f", "him": "m", "her": "f"}
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_FIRST = frozenset({"i", "we", "me", "us"})
_CORE = re.compile(r"\s*(?:,|\(|\bwho\b|\bof\b|\bat\b|\bfrom\b|\bwhich\b)")
"""Where the core of a source phrase ends: before an apposition, a bracket, a clause."""
_PARTICLES = frozenset("de van von al bin der la".split())
_DEFINITE = ("the ", "that ", "this ", "these ", "those ")


@dataclass(frozen=True, slots=True)
class _Heard:
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


@lru_cache(maxsize=1)
def _person_nouns() -> frozenset[str]:
    single = {noun.split()[-1].lower() for noun in load("roles")["nouns"]}
    return frozenset(single) | words_of("speakers", "persons")


@lru_cache(maxsize=1)
def _title_words() -> frozenset[str]:
    """Words that stand before a name and are none: "Minister", "Mr", "US"."""
    titles = {fold(w).rstrip(".") for title in load("roles")["before"] for w in title.split()}
    honours = {fold(w).rstrip(".") for words in load("roles")["honours"].values() for w in words}
    return frozenset(titles | honours | _person_nouns() | {"us", "uk", "eu", "un"})


def _named_after(between: str, people: Sequence[ActorMention]) -> bool:
    """Whether a title stands with what belongs to it, then whose it is: "the president of the union, Ana Berg, said"."""
    return len(people) == 1 and between.endswith(", ") and between.count(",") == 1


class SpeakerMemory:
    """Resolves source phrases of one text, in order."""

    def __init__(self, text: str, book: ActorBook, quotes: Sequence[Quote] = ()) -> None:
        self._text = text
        self._book = book
        self._quotes = quotes
        self._heard: list[_Heard] = []

    # --- remembering ------------------------------------------------------------------------------------------------

    def read(self, index: int, sentence: ReadSentence) -> None:
        """Note who stands in focus in a sentence: named actors outside quotations, subjects last (they weigh most)."""
        start, end = sentence.start, sentence.end
        subjects = [
            start + t.start
            for t in sentence.parsed.tokens
            if t.dep in ("nsubj", "nsubjpass") and t.pos in ("PROPN", "NOUN")
        ]
        mentions = [m for m in self._book.within(start, end) if not self._quoted(m.start)]
        mentions.sort(key=lambda m: (any(m.start <= s < m.end for s in subjects), -m.start))
        for m in mentions:
            self._remember(self._of_mention(m), index, self._around(sentence, m), spoke=False)

    def _around(self, sentence: ReadSentence, mention: ActorMention) -> str:
        tokens = sentence.parsed.tokens
        near = [t for t in tokens if mention.start - 40 <= sentence.start + t.start < mention.end + 60]
        return " ".join(t.text for t in near)

    def spoke(self, speaker: Speaker, index: int, words: str) -> None:
        self._remember(speaker, index, words, spoke=True)

    def _remember(self, speaker: Speaker, index: int, words: str, *, spoke: bool) -> None:
        if not speaker.key:
            return
        nouns = frozenset(fold(words).replace(",", " ").split())
        known = [h for h in self._heard if h.speaker.key == speaker.key]
        sex = self._sex(speaker, nouns)
        if known:
            nouns |= known[-1].nouns
            sex = sex or known[-1].sex
        plural = bool(nouns & words_of("speakers", "groups")) and speaker.kind is ActorKind.UNNAMED
        self._heard.append(_Heard(speaker, index, nouns, sex, plural or speaker.key in self._book.plural, spoke))

    def _sex(self, speaker: Speaker, nouns: frozenset[str]) -> Sex | None:
        known = self._book.sex(speaker.key)
        if known or speaker.kind not in (ActorKind.PERSON, ActorKind.UNNAMED):
            return known
        found = {sex for noun in nouns if (sex := _sexed().get(noun)) and noun not in _SINGULAR}
        return next(iter(found)) if len(found) == 1 else None

    def _quoted(self, offset: int) -> bool:
        return any(q.start <= offset < q.end for q in self._quotes)

    # --- resolving --------------------------------------------------------------------------------------------------

    def resolve(
        self, index: int, sentence: ReadSentence, span: Span, head: int | None, outer: Speaker | None = None
    ) -> Speaker:
        """The speaker that the words at `span` name; `head` is the token that heads them, `outer` who quotes them."""
        tokens = sentence.parsed.tokens
        if head is not None:
            mention = self._book.at(sentence.start + tokens[head].start)
            if mention is not None and mention.start >= sentence.start and mention.end <= sentence.end:
                span = min(span[0], mention.start), max(span[1], mention.end)
        words = self._text[span[0] : span[1]]
        noun = tokens[head].text if head is not None else words
        low = fold(noun)
        if low in _RELATIVE and head is not None:
            found = self._antecedent(sentence, head, span)
            if found:
                return found
        if low in _SINGULAR or low in ("they", "it", "them") or low in _FIRST:
            return self._pronoun(low, index, span, words, outer)
        mention = self._mention(sentence, span, head)
        if mention is not None:
            return replace(self._of_mention(mention), start=span[0], end=span[1], text=words)
        return self._named(span, words) or self._description(
            index, span, words, low, tokens[head].tag if head is not None else ""
        )

    def _named(self, span: Span, words: str) -> Speaker | None:
        """A name that the book of actors lacks: "Ana Berg, a baker", later "Berg"."""
        core = _CORE.split(words, maxsplit=1)[0].split()
        first = next(
            (i + 1 for i in range(len(core) - 1, -1, -1) if not core[i][0].isupper() and core[i] not in _PARTICLES), 0
        )
        parts = core[first:]
        while len(parts) > 1 and fold(parts[0]).rstrip(".") in _title_words():
            parts = parts[1:]
        if not parts or not parts[0][0].isupper():
            return None
        before = fold(core[first - 1]) if first else ""
        name = " ".join(parts)
        if len(parts) == 1:
            for heard in reversed(self._heard):
                if heard.speaker.kind is ActorKind.PERSON and heard.speaker.name.split()[-1] == name:
                    return replace(heard.speaker, start=span[0], end=span[1], text=words)
            return None
        if fold(parts[-1]) in words_of("speakers", "organisations") | words_of("speakers", "documents"):
            return None
        kind = ActorKind.ORGANISATION if before in words_of("speakers", "organisations") else ActorKind.PERSON
        return Speaker(slug(name), name, kind, span[0], span[1], text=words)

    def _of_mention(self, mention: ActorMention) -> Speaker:
        actor = self._book.actor(mention.key)
        return Speaker(mention.key, mention.name, mention.kind, role=actor.role if actor else None)

    def _mention(self, sentence: ReadSentence, span: Span, head: int | None) -> ActorMention | None:
        inside = self._book.within(*span)
        tokens = sentence.parsed.tokens
        if head is not None:
            at = sentence.start + tokens[head].start
            for m in inside:
                if m.start <= at < m.end:
                    return m
            low = fold(tokens[head].text)
            if low in ("government", "administration", "authorities"):
                states = [m for m in inside if m.kind is ActorKind.STATE and m.start < at]
                if states:
                    return states[-1]
            # "Kim, deputy director of ..." misread as headed by the title, "spokesman Lee" headed by the title
            people = [m for m in inside if m.kind is ActorKind.PERSON and abs(m.start - at) < 60]
            between = self._text[min(at, people[0].start) : max(at, people[0].start)] if people else ""
            if (
                people
                and (low in _person_nouns() or tokens[head].tag.startswith("NNP"))
                and (("'" not in between and " of " not in between) or _named_after(between, people))
            ):
                return people[0]
            return None
        return inside[0] if inside else None

    def _antecedent(self, sentence: ReadSentence, head: int, span: Span) -> Speaker | None:
        tokens = sentence.parsed.tokens
        verb = tokens[head].head
        while tokens[verb].dep not in ("relcl", "acl", "ROOT") and tokens[verb].head != verb:
            verb = tokens[verb].head
        if tokens[verb].dep not in ("relcl", "acl"):
            return None
        noun = tokens[verb].head
        mention = self._beside(sentence, head, noun) or self._book.at(sentence.start + tokens[noun].start)
        if mention is not None:
            return replace(self._of_mention(mention), start=span[0], end=span[1], text=self._text[span[0] : span[1]])
        words = tokens[noun].text
        return Speaker(
            slug(words), words, self._kind(fold(words)), span[0], span[1], text=self._text[span[0] : span[1]]
        )

    def _beside(self, sentence: ReadSentence, head: int, noun: int) -> ActorMention | None:
        """The last of several joined names that a clause follows: "A and B, which has urged ..."."""
        tokens = sentence.parsed.tokens
        joined = any(t.head == noun and t.dep == "conj" for t in tokens)
        if not joined:
            return None
        i = head - 1
        while i > 0 and tokens[i].pos in ("PUNCT", "ADP"):
            i -= 1
        return self._book.at(sentence.start + tokens[i].start)

    def _pronoun(self, low: str, index: int, span: Span, words: str, outer: Speaker | None) -> Speaker:
        placed = {"start": span[0], "end": span[1], "text": words}
        if low in _FIRST:
            if outer is not None:
                return replace(outer, **placed)  # type: ignore[arg-type]
            return Speaker("author", words, ActorKind.UNNAMED, span[0], span[1], text=words)
        for heard in self._candidates(index, PRONOUN_REACH):
            if self._fits(low, heard):
                return replace(heard.speaker, **placed)  # type: ignore[arg-type]
        return Speaker(slug(words), words, ActorKind.UNNAMED, span[0], span[1], text=words)

    def _candidates(self, index: int, reach: int) -> Iterable[_Heard]:
        """Who may be meant, best first: nearest sentence, there who spoke before who was named, there the last."""
        near = [(k, h) for k, h in enumerate(self._heard) if index - h.sentence <= reach]
        near.sort(key=lambda kh: (-kh[1].sentence, not kh[1].spoke, -kh[0]))
        return [h for _, h in near]

    def _fits(self, pronoun: str, heard: _Heard) -> bool:
        kind = heard.speaker.kind
        if pronoun in _SINGULAR:
            if kind not in (ActorKind.PERSON, ActorKind.UNNAMED) or heard.plural:
                return False
            if kind is ActorKind.UNNAMED and not (heard.nouns & _person_nouns()):
                return False
            return heard.sex in (None, _SINGULAR[pronoun])
        if pronoun == "it":
            return kind in (ActorKind.ORGANISATION, ActorKind.STATE) or (
                kind is ActorKind.UNNAMED and bool(heard.nouns & words_of("speakers", "documents"))
            )
        return heard.plural or kind is ActorKind.ORGANISATION

    def _kind(self, noun: str) -> ActorKind:
        return ActorKind.ORGANISATION if noun in words_of("speakers", "organisations") else ActorKind.UNNAMED

    def _description(self, index: int, span: Span, words: str, noun: str, tag: str) -> Speaker:
        low = fold(words)
        named = self._book.resolve(words)
        if named is not None:
            return Speaker(named.key, named.name, named.kind, span[0], span[1], named.role, words)
        if low.startswith(_DEFINITE) and tag in ("NN", "NNP", ""):
            person = noun in _person_nouns()
            organisation = noun in words_of("speakers", "organisations")
            spoke = [
                h
                for h in self._candidates(index, DESCRIPTION_REACH)
                if h.spoke and _may_be(h.speaker, low, noun, person=person, organisation=organisation)
            ]
            for heard in (*filter(lambda h: self._called(noun, h), spoke), *spoke):
                if self._described(noun, heard, person=person, organisation=organisation, gap=index - heard.sentence):
                    return replace(heard.speaker, start=span[0], end=span[1], text=words)
        bare = words
        for article in ("The ", "the "):
            bare = bare.removeprefix(article)
        return Speaker(
            slug(bare),
            words if words[:2].lower() in ("a ", "an") else bare,
            self._kind(noun),
            span[0],
            span[1],
            text=words,
        )

    def _described(self, noun: str, heard: _Heard, *, person: bool, organisation: bool, gap: int) -> bool:
        if noun in _sexed() and heard.sex not in (None, _sexed()[noun]):
            return False
        if self._called(noun, heard):
            return True
        kind = heard.speaker.kind
        if person:
            return gap <= 2 and kind is ActorKind.PERSON
        return organisation and gap <= 1 and kind is ActorKind.ORGANISATION

    def _called(self, noun: str, heard: _Heard) -> bool:
        """Whether the text spoke of them by this noun, or one that means the same."""
        return noun in heard.nouns or bool(_same().get(noun, frozenset()) & heard.nouns)


_LOOSE = frozenset("same new former then current outgoing incoming late top senior local said".split())
"""Words before a noun that do not tell one minister, one ministry from another."""


def _may_be(speaker: Speaker, words: str, noun: str, *, person: bool, organisation: bool) -> bool:
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
